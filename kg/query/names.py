"""From a name to the things in the graph that bear it.

A name is compared folded: without case, accents, punctuation and a leading article. Several things may
bear one name; the choice is the user's, never ours.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, QuerySolutions

from kg.errors import DataError
from kg.ontology import load_ontology
from kg.query.engine import Queryable
from kg.query.prefixes import KG, PREFIXES, compact
from kg.query.saved import Kind

_HEAD = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("kg", "rdfs", "skos", "dcterms"))
_ARTICLES = ("the ", "a ", "an ")
_LABELS = "rdfs:label|skos:altLabel ?label ."
# Labels stand in each branch: engines are slow to join what comes after a UNION.
_THINGS = {
    Kind.AGENT: f"{{ ?thing a kg:Agent ; {_LABELS} }} UNION"
    f" {{ ?event kg:hasAgent|kg:hasTarget|kg:accordingTo ?thing . ?thing a kg:Place ; {_LABELS} }}",
    Kind.PERSON: f"?thing a kg:Person ; {_LABELS}",
    Kind.ORGANIZATION: f"{{ ?thing a kg:Organization ; {_LABELS} }}"
    f" UNION {{ ?thing a kg:Group ; {_LABELS} }}",
    Kind.PLACE: f"?thing a kg:Place ; {_LABELS}",
    Kind.EVENT: f"?thing a kg:Event ; {_LABELS}",
    Kind.ARTICLE: "?thing a kg:Article ; dcterms:identifier|dcterms:title ?label .",
    Kind.ENTITY: f"{{ ?thing a kg:Agent ; {_LABELS} }} UNION {{ ?thing a kg:Place ; {_LABELS} }}",
    Kind.THING: f"{{ ?thing a kg:Agent ; {_LABELS} }} UNION {{ ?thing a kg:Place ; {_LABELS} }}"
    f" UNION {{ ?thing a kg:Event ; {_LABELS} }}",
}
_NEAR = 4
_LISTED = 12
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Candidate:
    """A thing that bears the name: what it is called, the class it is of, what it lies in, its IRI."""

    label: str
    kind: str
    place: str
    iri: str

    def __str__(self) -> str:
        within = f", {self.place}" if self.place else ""
        return f"{self.label} ({self.kind}{within}) {compact(self.iri)}"


class UnknownNameError(DataError):
    """Nothing of the wanted kind bears the name."""


class AmbiguousNameError(DataError):
    """Several things bear the name: `choices` has them all."""

    def __init__(self, message: str, choices: tuple[Candidate, ...]) -> None:
        super().__init__(message)
        self.choices = choices


def fold(name: str) -> str:
    """`name` as it is compared.

    >>> fold("The Sar-e-Pól")
    'sar e pol'
    """
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    words = " ".join("".join(char if char.isalnum() else " " for char in plain).split())
    for article in _ARTICLES:
        if words.startswith(article) and len(words) > len(article):
            return words[len(article) :]
    return words


def find(source: Queryable, name: str, kind: Kind, parameter: str = "name") -> NamedNode:
    """The one thing of `kind` that is called `name`, by label or alternate label.

    ``NAME (CLASS)`` keeps only things of that class: *Gao (Province)*. `parameter` is only for the
    message. Raises `UnknownNameError`, with near names, and `AmbiguousNameError`, with the choice.
    """
    names = _names(source, kind)
    found = names.get(fold(name), set())
    only = None
    if not found and name.rstrip().endswith(")"):
        bare, _, only = name.rstrip().removesuffix(")").rpartition("(")
        found = names.get(fold(bare), set())
    candidates = describe(source, found)
    if only is not None:
        candidates = tuple(one for one in candidates if _same_class(one.kind, only))
    if len(candidates) == 1:
        return NamedNode(candidates[0].iri)
    if not candidates:
        raise UnknownNameError(f"{parameter}: {_unknown(source, name, kind, names)}")
    listed = "; ".join(str(one) for one in candidates[:_LISTED])
    if len(candidates) > _LISTED:
        listed += f"; and {len(candidates) - _LISTED} more"
    raise AmbiguousNameError(
        f"{parameter}: {quoted(name)} is the name of {len(candidates)}: {listed}: choose one by its IRI,"
        f" --param {parameter}={compact(candidates[0].iri)}",
        candidates,
    )


def quoted(text: str) -> str:
    """What a user wrote, in quotation marks, fit for a message of one line."""
    line = "".join(char if char.isprintable() else " " for char in " ".join(text.split()))
    return f"'{line if len(line) <= _LONGEST else line[:_LONGEST] + '…'}'"


def describe(source: Queryable, iris: Iterable[str]) -> tuple[Candidate, ...]:
    """Label, narrowest class and surroundings of things, sorted."""
    things = " ".join(str(NamedNode(iri)) for iri in sorted(iris))
    if not things:
        return ()
    facts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    given = f"VALUES ?thing {{ {things} }}"
    rows = _ask(
        source,
        "SELECT ?thing ?label ?class ?within WHERE {"
        f" {{ {given} ?thing rdfs:label|dcterms:identifier ?label }}"
        f" UNION {{ {given} ?thing a ?class }}"
        f" UNION {{ {given} ?thing kg:locatedIn|kg:partOf|kg:hasPlace ?place ."
        " ?place rdfs:label ?within } }",
    )
    for row in rows:
        for key in ("label", "class", "within"):
            if row[key] is not None:
                facts[row["thing"].value][key].add(row[key].value)
    return tuple(
        sorted(
            Candidate(
                label=min(fact["label"], default=compact(iri)),
                kind=_narrowest(fact["class"]),
                place=min(fact["within"], default=""),
                iri=iri,
            )
            for iri, fact in facts.items()
        )
    )


def _names(source: Queryable, kind: Kind) -> dict[str, set[str]]:
    """Folded name to the IRIs that bear it, over all things of `kind`."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in _ask(source, f"SELECT DISTINCT ?thing ?label WHERE {{ {_THINGS[kind]} }}"):
        if isinstance(row["thing"], NamedNode):
            names[fold(row["label"].value)].add(row["thing"].value)
    return names


def _unknown(source: Queryable, name: str, kind: Kind, names: dict[str, set[str]]) -> str:
    """Why the name is not there, and the nearest that are."""
    wanted = fold(name)
    what = "person, organization, group or place" if kind is Kind.ENTITY else kind.value
    message = f"no {what} called {quoted(name)} in the graph"
    elsewhere = _names(source, Kind.THING).get(wanted, set()) if kind is not Kind.THING else set()
    if elsewhere:
        return f"{message}; there is {describe(source, elsewhere)[0]}"
    near = difflib.get_close_matches(wanted, names, n=_NEAR, cutoff=0.6)
    words = set(wanted.split())
    near += [other for other in sorted(names) if words & set(other.split()) and other not in near]
    labels = dict.fromkeys(one.label for other in near[:_NEAR] for one in describe(source, names[other]))
    return f"{message}: did you mean {', '.join(labels)}?" if labels else message


def _narrowest(classes: set[str]) -> str:
    """The local name of the narrowest of our classes among `classes`: the one with most above it."""
    terms = load_ontology().terms
    ours = sorted(one.removeprefix(KG) for one in classes if one.startswith(KG))
    return max(ours, key=lambda one: len(_above(one)) if one in terms else 0, default="thing")


def _above(name: str) -> tuple[str, ...]:
    """A class of the ontology and all above it."""
    return load_ontology().superclasses(name)


def _same_class(name: str, wanted: str) -> bool:
    """Whether `wanted` names the class: *PopulatedPlace*, *populated place*."""
    return fold(name).replace(" ", "") == fold(wanted).replace(" ", "")


def _ask(source: Queryable, text: str) -> QuerySolutions:
    """The rows of a query of ours."""
    rows = source.query(_HEAD + text)
    assert isinstance(rows, QuerySolutions)
    return rows
