"""Rows of small queries of ours, read into plain values, and the sentences that they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from kg.query import names
from kg.query.engine import Queryable
from kg.query.names import Candidate
from kg.query.portrait import Evidence
from kg.query.prefixes import PREFIXES
from kg.query.results import Term

_PREFIXES = ("kg", "rdfs", "dcterms", "owl", "nif")
_HEAD = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in _PREFIXES)
LAST = "9999"
"""What stands for a date that is not known, behind all others."""

IN_ARTICLE = (
    "?{} kg:sentence ?sentence ; kg:inArticle ?article . ?article dcterms:identifier ?id ."
    " OPTIONAL {{ ?article dcterms:issued ?issued }} OPTIONAL {{ ?article dcterms:title ?title }}"
)
"""The pattern that binds a mention's sentence and article, to be formatted with the mention's variable."""


def evidence(source: Queryable, path: str, things: Iterable[Term]) -> dict[str, tuple[Evidence, ...]]:
    """The sentences of the mentions that `path` (SPARQL) leads to from each of the things, by its IRI."""
    wanted = " ".join(sorted({str(thing) for thing in things}))
    found: dict[str, set[Evidence]] = defaultdict(set)
    for row in ask(
        source,
        f"SELECT DISTINCT ?thing ?sentence ?id ?issued ?title WHERE {{ VALUES ?thing {{ {wanted} }}"
        f" ?thing {path} ?mention . {IN_ARTICLE.format('mention')} }}",
    ):
        found[row["thing"].value].add(sentence(row))
    return {iri: in_order(told) for iri, told in found.items()}


def sentence(row: QuerySolution) -> Evidence:
    """What a row with the variables of `IN_ARTICLE` speaks of."""
    return Evidence(
        sentence=row["sentence"].value,
        article=row["id"].value,
        issued=value(row["issued"]),
        title=value(row["title"]),
    )


def in_order(told: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """By the articles' dates, the undated last."""
    return tuple(sorted(told, key=lambda one: (one.issued or LAST, one.article, one.sentence)))


def facts(source: Queryable, things: Iterable[NamedNode]) -> dict[str, dict[str, list[Term]]]:
    """Predicate to objects, of each of the things."""
    found: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    wanted = " ".join(str(thing) for thing in things)
    for row in ask(source, f"SELECT DISTINCT * WHERE {{ VALUES ?s {{ {wanted} }} ?s ?p ?o }}"):
        found[row["s"].value][row["p"].value].append(row["o"])
    return found


def described(source: Queryable, terms: Iterable[Term | None]) -> dict[str, Candidate]:
    """Label, narrowest class and surroundings of those terms that are IRIs, by IRI."""
    iris = {term.value for term in terms if isinstance(term, NamedNode)}
    return {one.iri: one for one in names.describe(source, iris)}


def texts(terms: Iterable[Term]) -> tuple[str, ...]:
    """The values, sorted."""
    return tuple(sorted({term.value for term in terms}))


def value(term: Term | None) -> str | None:
    """The text of a term, None where there is none."""
    return None if term is None else term.value


def number(terms: Iterable[Term]) -> float | None:
    """The first that is a number."""
    for text in texts(terms):
        try:
            return float(text)
        except ValueError:
            continue
    return None


def whole(term: Term | None) -> int | None:
    """The whole number that a term is, else None."""
    found = None if term is None else number([term])
    return None if found is None else int(found)


def is_true(term: Term | None) -> bool:
    """Whether a term is the boolean `true`; some stores write it ``"1"``."""
    return isinstance(term, Literal) and term.value in ("true", "1")


def ask(source: Queryable, text: str) -> QuerySolutions:
    """The rows of a query of ours."""
    rows = source.query(_HEAD + text)
    assert isinstance(rows, QuerySolutions)
    return rows
