"""SKOS gazetteers: what is read, and the line that each fault is refused with."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.gazetteer.tables import GazetteerError, read_rows

PREFIXES = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix gn: <http://www.geonames.org/ontology#> .
@prefix wgs84: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix ex: <https://example.org/thesaurus/> .
"""
FIRST = PREFIXES.count("\n") + 1
WORLD = """\
ex:scheme a skos:ConceptScheme ; skos:prefLabel "Names of the delta"@en .
ex:delta a kg:Region, skos:Concept ; skos:prefLabel "The Delta"@en, "Le Delta"@fr ; gn:countryCode "ML" ;
  skos:narrower ex:taskin ; wgs84:lat 19.5 ; wgs84:long 0.5 .
ex:taskin a kg:PopulatedPlace ; skos:prefLabel "Taskin"@en ; skos:altLabel "Taskine"@fr, "تاسكين"@ar ;
  skos:hiddenLabel "Tasken" ; gn:countryCode "ML" ; skos:broader <https://sws.geonames.org/2449066/> .
ex:lamp-makers a kg:Organization ; skos:prefLabel "Union of the Lamp Makers"@en ; skos:altLabel "ULM" ;
  skos:exactMatch <https://example.org/body/ulm> ; skos:broader ex:unions .
ex:unions a skos:Concept ; skos:prefLabel "Unions" .
"""


def write(folder: Path, text: str, name: str = "own.ttl") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_concepts_become_entries(tmp_path: Path) -> None:
    rows = {row.entry.id: row for row in read_rows([write(tmp_path, PREFIXES + WORLD)])}
    assert list(rows) == ["delta", "taskin", "lamp-makers"]
    assert rows["delta"].entry.names == ("The Delta", "Le Delta")
    assert (rows["delta"].latitude, rows["delta"].longitude) == (19.5, 0.5)
    taskin = rows["taskin"]
    assert taskin.entry.names == ("Taskin", "Taskine", "تاسكين", "Tasken")
    assert (taskin.entry.kind, taskin.entry.country) == ("PopulatedPlace", "ML")
    assert taskin.parent == "2449066"
    assert taskin.line == FIRST + 2
    union = rows["lamp-makers"].entry
    assert union.same_as == ("https://example.org/body/ulm", "https://example.org/thesaurus/lamp-makers")
    assert rows["lamp-makers"].parent is None


def test_what_lies_in_what_may_be_told_from_above(tmp_path: Path) -> None:
    text = WORLD.replace(" ; skos:broader <https://sws.geonames.org/2449066/>", "")
    rows = {row.entry.id: row for row in read_rows([write(tmp_path, PREFIXES + text)])}
    assert rows["taskin"].parent == "delta"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('ex:a a kg:Army ; skos:prefLabel "A" .', 0, "unknown class 'Army'"),
        ("ex:a a kg:ArmedGroup .", 0, "has no skos:prefLabel"),
        ('ex:a a kg:Place, kg:Person ; skos:prefLabel "A" .', 0, "is of two classes, Person and Place"),
        ('\nex:a a kg:Place ; skos:prefLabel "A" ; gn:countryCode "Mali" .', 1, "not an ISO 3166 code"),
        ('\nex:a a kg:Place ; skos:prefLabel "A" ; wgs84:lat 91 .', 1, "latitude '91'"),
        ('[] a kg:Place ; skos:prefLabel "A" .', 0, "has no IRI"),
        ('ex:a a kg:Place ; skos:prefLabel "A|B" .', 0, "holds a |"),
        ('ex:a a kg:Place ; skos:prefLabel "A" \nex:b', 1, "no RDF"),
        (
            'ex:a a kg:Region ; skos:prefLabel "A" ; skos:broader ex:b .\n'
            'ex:b a kg:Region ; skos:prefLabel "B" ; skos:broader ex:a .',
            0,
            "lies in itself",
        ),
        (
            'ex:a a kg:Region ; skos:prefLabel "A" .\n<https://example.org/other/a> a kg:Region ;\n'
            ' skos:prefLabel "B" .',
            1,
            "the id 'a' is also in",
        ),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    path = write(tmp_path, PREFIXES + text)
    with pytest.raises(GazetteerError) as caught:
        read_rows([path])
    message = str(caught.value)
    assert message.startswith(f"{path}, line {FIRST + line}: ")
    assert what in message
    assert "\n" not in message


def test_an_ending_of_no_gazetteer_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"no gazetteer by its ending: use \.csv, or SKOS as \.ttl"):
        read_rows([write(tmp_path, "", "own.txt")])
    with pytest.raises(ResourceError, match="cannot be read"):
        read_rows([tmp_path / "none.ttl"])
