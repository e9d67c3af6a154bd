"""A made-up world of namesakes, and articles about it built by hand."""

from __future__ import annotations

import re
from pathlib import Path

from kg.gazetteer.areas import Draft
from kg.gazetteer.building import write
from kg.gazetteer.designations import Designations
from kg.gazetteer.gazetteers import Gazetteers
from kg.gazetteer.index import PlaceIndex
from kg.gazetteer.tables import read_rows
from kg.model import AnnotatedDocument, Chain, EntityMention, Form, SourceDocument, Span
from kg.resources import gazetteer_dir

TABLE = (
    "id,label,kind,names,country,same_as,source,latitude,longitude\n"
    "river-front,River Front,ArmedGroup,RF|Front,AA,,test,,\n"
    "radio-free,Radio Free,NewsOrganization,RF,BB,https://example.org/rf,test,,\n"
    "ada-quill,Ada Quill,Person,Ada B. Quill|Quill,AA,,test,,\n"
    "hill-hamlet,Hill Hamlet,PopulatedPlace,,AA,,test,,\n"
    "salt-gate,Salt Gate,Facility,,AA,,test,,\n"
    "the-marsh,The Marsh,Region,Marshlands,AA,,test,10.4,20.4\n"
)


def _town(id: int, name: str, country: str, population: int, *parents: int, **more: object) -> Draft:
    draft = Draft(
        id=id, name=name, kind="PopulatedPlace", country=country, names=[name], population=population,
        parents=parents, latitude=10.0, longitude=20.0,
    )  # fmt: skip
    draft.names += more.get("names", [])  # type: ignore[arg-type]
    draft.capital_of = more.get("capital_of", ())  # type: ignore[assignment]
    return draft


def _area(id: int, name: str, kind: str, country: str, *parents: int, names: tuple[str, ...] = ()) -> Draft:
    return Draft(id=id, name=name, kind=kind, country=country, names=[name, *names], parents=parents)


def open_world(folder: Path) -> Gazetteers:
    """Aaland: provinces Tarn (seat Tarn), Velo (seat Ostra, and a small town Velo), Shabuah. Beeland."""
    index = folder / "places.sqlite"
    countries = [_area(1, "Aaland", "Country", "AA"), _area(2, "Beeland", "Country", "BB")]
    for country in countries:
        country.population = 8_000_000
    drafts = [
        *countries,
        _area(10, "Tarn Province", "Province", "AA", 1, names=("Tarn",)),
        _area(11, "Velo Province", "Province", "AA", 1, names=("Velo",)),
        _area(12, "Lerida", "Province", "BB", 2),
        _area(13, "Aaland", "Province", "BB", 2),
        _area(14, "Shabuah Province", "Province", "AA", 1, names=("Shabuah",)),
        _area(20, "Nidal District", "District", "AA", 10, 1, names=("Nidal",)),
        _town(100, "Tarn", "AA", 400_000, 10, 1, capital_of=(10,)),
        _town(101, "Ostra", "AA", 60_000, 11, 1, capital_of=(11,)),
        _town(102, "Velo", "AA", 8_000, 11, 1),
        _town(103, "Sheberghal", "AA", 30_000, 11, 1),
        _town(104, "Nidal", "AA", 2_000, 20, 10, 1),
        _town(105, "Springfield", "BB", 90_000, 12, 2),
        _town(106, "Springfield", "AA", 7_000, 10, 1),
        _town(107, "Quay", "BB", 900, 12, 2),
        _town(108, "Shabwa", "BB", 900, 12, 2),
        _town(109, "Big City", "BB", 3_000_000, 12, 2, capital_of=(2, 12), names=["Metropol"]),
    ]
    write(index, drafts)
    table = folder / "own.csv"
    table.write_text(TABLE, encoding="utf-8")
    designations = Designations.read(gazetteer_dir() / "designations.csv")
    demonyms = {"Aalander": "AA", "Beelander": "BB"}
    return Gazetteers(PlaceIndex.open(index), read_rows([table]), demonyms, designations)


def article(text: str, *chains: tuple[str, str] | tuple[str, str, str]) -> AnnotatedDocument:
    """An article with chains of (class, names parted by bars, country), each mentioned wherever named."""
    made: list[Chain] = []
    mentions: list[EntityMention] = []
    taken: list[tuple[int, int]] = []
    for id, (kind, names, *country) in enumerate(chains):
        name, *others = names.split("|")
        made.append(
            Chain(id=id, kind=kind, name=name, names=tuple(others), country=country[0] if country else None)
        )
    spans = [
        (found.start(), found.end(), chain.id)
        for chain in made
        for name in (chain.name, *chain.names)
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    ]
    for begin, end, id in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if all(end <= first or last <= begin for first, last in taken):
            taken.append((begin, end))
            mentions.append(
                EntityMention(key=f"m{begin}", begin=begin, end=end, form=Form.NAMED, chain=id, sentence=0)
            )
    return AnnotatedDocument(
        document=SourceDocument(id="x", text=text),
        sentences=(Span(begin=0, end=len(text)),),
        chains=tuple(made),
        mentions=tuple(sorted(mentions, key=lambda mention: mention.begin)),
    )
