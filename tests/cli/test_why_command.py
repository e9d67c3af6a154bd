from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import ardan
import pytest
from rich.cells import cell_len

from kg.cli.main import run

DATA = str(ardan.DATA)
Kg = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Runs `kg why`, piped: its exit status, what it printed, and what it said."""
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(["why", *arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return status, said.out, said.err

    return call


def test_a_triple_as_it_is_shown(kg: Kg) -> None:
    status, printed, said = kg("id:event/capture", "hasPlace", "Port Ardan", DATA)
    assert (status, said) == (0, "")
    assert printed == (
        "Northern League captures Port Ardan (Capture)\n"
        "https://w3id.org/newskg/id/event/capture\n"
        "\n"
        "kg:hasPlace Port Ardan (PopulatedPlace) id:geonames/3\n"
        "    text: 2 of its 2 accounts say so (kg:placeMention)\n"
        "    – The Northern League [captured] [Port Ardan] on Saturday, its spokesman Ilo\n"
        "      Vant said.\n"
        "      one, 2031-05-04, “League takes the port”, 0–81: trigger 20–28 #e1, place\n"
        "      29–39 #m2\n"
        "    – The Defence Ministry of Sorrel denied that the League had [captured]\n"
        "      [Ardan] on Saturday.\n"
        "      two, 2031-05-05, “Ministry: port still ours”, 0–85: trigger 58–66 #e1,\n"
        "      place 67–72 #m3\n"
    )


def test_all_triples_fit_the_screen(kg: Kg) -> None:
    status, printed, _ = kg("Port Ardan", DATA)
    assert status == 0
    assert all(cell_len(line) <= 80 for line in printed.splitlines())
    keys = ("rdf:type", "rdfs:label", "skos:altLabel", "owl:sameAs", "wgs84:lat", "kg:hasMention")
    assert all(f"\n{key} " in printed for key in keys)
    assert "gazetteer: the entry of the gazetteer, geonames:3/," in printed
    assert "1 more: --limit 2" in printed
    assert kg("Port Ardan", DATA, "--limit", "9")[1].count("more: --limit") == 0


def test_many_objects_of_one_property_are_counted(kg: Kg, tmp_path: Path) -> None:
    graph = tmp_path / "graph.ttl"
    names = ", ".join(f'"name {number}"' for number in range(9))
    graph.write_text(
        "@prefix kg: <https://w3id.org/newskg/ontology#> ."
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
        f"<urn:x> a kg:Agent ; skos:altLabel {names} ."
    )
    printed = kg("<urn:x>", str(graph))[1]
    assert printed.count("\nskos:altLabel ") == 5
    assert printed.endswith("4 more of skos:altLabel: ask for skos:altLabel alone to see them\n")
    assert kg("<urn:x>", "altLabel", str(graph))[1].count("\nskos:altLabel ") == 9


def test_json_has_every_offset(kg: Kg) -> None:
    status, printed, _ = kg("Ilo Vant", "memberOf", DATA, "--format", "json")
    assert status == 0
    (reason,) = json.loads(printed)["reasons"]
    assert reason["object"]["label"] == "Northern League"
    (ground,) = reason["grounds"]
    assert ground["rests_on"] == "text"
    (quote,) = ground["quotes"]
    assert (quote["begin"], quote["end"]) == (0, 81)
    for mark in quote["marks"]:
        assert quote["sentence"][mark["begin"] : mark["end"]] == mark["words"]


def test_one_name_of_several_is_a_choice(kg: Kg) -> None:
    status, printed, said = kg("Ardan", "label", DATA)
    assert (status, printed) == (1, "")
    first, *choices = said.splitlines()
    assert first.startswith("kg: 'Ardan' is the name of 3: choose one, as in: kg why id:geonames/2 label ")
    assert len(choices) == 3


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("Nobody at all", DATA), 1, "SUBJECT: no thing called 'Nobody at all' in the graph"),
        (("Ilo Vant", "hasAgent", DATA), 1, "id:person/ilo-vant has no 'hasAgent' in the graph: it has"),
        (("Ilo Vant", "label", "x", "y", DATA), 2, "too many arguments: SUBJECT [PREDICATE [OBJECT]] SOURCE"),
        (("Ilo Vant", "missing.ttl"), 3, "missing.ttl"),
        (("Ilo Vant",), 2, "Missing argument"),
    ],
)
def test_what_goes_wrong_is_one_line(kg: Kg, arguments: tuple[str, ...], status: int, message: str) -> None:
    found, printed, said = kg(*arguments)
    assert (found, printed) == (status, "")
    assert message in said
    assert said.count("\n") == 1
