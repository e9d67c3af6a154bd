"""One event, once: which accounts of the sample reports become one event, against chains judged by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from pyoxigraph import Literal, NamedNode, QuerySolution, Store

from kg.build import build
from kg.config import BuildOptions

pytestmark = pytest.mark.model

ROOT = Path(__file__).parent
REPORTS = ROOT.parent / "data" / "reports"
LEAST_RECALL = 0.5
ACCOUNTS = """
    PREFIX kg: <https://w3id.org/newskg/ontology#>
    PREFIX dcterms: <http://purl.org/dc/terms/>
    PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
    SELECT ?id ?text ?begin ?class ?event WHERE {
      ?account a kg:EventMention ; nif:beginIndex ?begin ; kg:inArticle ?article ; dcterms:type ?class .
      ?article dcterms:identifier ?id ; nif:isString ?text . ?event kg:hasMention ?account ; a kg:Event }
    ORDER BY ?id ?begin
"""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the build, with the event that it is of."""

    article: str
    text: str
    begin: int
    kind: str
    event: str


def graph(folder: Path, *, merge: bool = True) -> Store:
    out = folder / "g.nt"
    report = build([REPORTS], out, BuildOptions(keep_text=True, merge=merge))
    assert report.failures == ()
    store = Store()
    store.load(path=out)
    return store


def accounts(store: Store) -> list[Account]:
    def told(row: QuerySolution) -> Account:
        id_, text, begin, class_, event = (row[name] for name in ("id", "text", "begin", "class", "event"))
        assert isinstance(id_, Literal) and isinstance(text, Literal) and isinstance(begin, Literal)
        assert isinstance(class_, NamedNode) and isinstance(event, NamedNode)
        return Account(id_.value, text.value, int(begin.value), class_.value.split("#")[1], event.value)

    return [told(row) for row in store.query(ACCOUNTS)]  # type: ignore[union-attr]


def chains(found: list[Account]) -> Iterator[list[Account]]:
    """The accounts of each chain that the program finds; every entry must name words of its article."""
    texts = {account.article: account.text for account in found}
    gold: list[dict[str, Any]] = yaml.safe_load((ROOT / "chains.yaml").read_text(encoding="utf-8"))
    for chain in gold:
        named = []
        for entry in chain["accounts"]:
            ((article, words),) = entry.items()
            assert texts[article].count(words) == 1, f"{article} must hold '{words}' once"
            begin = texts[article].index(words)
            named += [
                account
                for account in found
                if account.article == article
                and begin <= account.begin < begin + len(words)
                and account.kind == chain["kind"]
            ][:1]
        yield named


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return graph(tmp_path_factory.mktemp("chains"))


def test_no_merge_is_false_and_many_are_found(merged: Store) -> None:
    known = list(chains(accounts(merged)))
    false = [
        (one, other)
        for mine, theirs in combinations(known, 2)
        for one in mine
        for other in theirs
        if one.event == other.event
    ]
    pairs = [pair for chain in known for pair in combinations(chain, 2)]
    right = sum(one.event == other.event for one, other in pairs)
    precision, recall = right / max(right + len(false), 1), right / len(pairs)
    print(f"merges: P {precision:.3f}  R {recall:.3f}  (gold {len(pairs)} pairs)")
    assert false == []
    assert recall >= LEAST_RECALL


def test_the_near_copies_are_one_witness(merged: Store) -> None:
    found = accounts(merged)
    (event,) = {
        account.event
        for account in found
        if account.article == "djibo-wire" and account.text[account.begin :].startswith("attacked the town")
    }
    told_by = {account.article for account in found if account.event == event}
    assert told_by >= {"djibo-wire", "djibo-gazette", "djibo-courier", "djibo-survivors"}
    witnesses = merged.query(
        f"SELECT ?n WHERE {{ <{event}> <https://w3id.org/newskg/ontology#witnesses> ?n }}"
    )
    (row,) = list(witnesses)  # type: ignore[arg-type]
    assert row["n"].value == str(len(told_by) - 2)


def test_without_merging_each_account_has_an_event(tmp_path: Path) -> None:
    found = accounts(graph(tmp_path, merge=False))
    assert len({account.event for account in found}) == len(found)
