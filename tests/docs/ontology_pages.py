"""Write the pages of the ontology: its README, ``index.html`` and ``diagram.svg``, in ``ontology/``.

All that they say of terms comes from the ontology, its alignments, the sample graph and the competency
questions; ``tests/docs/test_ontology_pages.py`` fails where they are stale.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote

import yaml
from blocks import Block, Bullets, Code, Figure, Heading, Paragraph, Table, html, markdown
from diagram import diagram
from pyoxigraph import NamedNode, RdfFormat, parse, serialize

from kg.config import DEFAULT_BASE_IRI
from kg.ontology import Term, load_ontology
from kg.ontology.owl import ontology_files
from kg.ontology.reading import TermKind
from kg.vocabulary import KG, ONTOLOGY, OWL, PREFIXES, RDF, RDFS

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "ontology"
SAMPLE = ROOT / "tests" / "data" / "ardan.trig"
NOTE = "written by `make docs` from kg.ttl, alignments.ttl and competency.yaml: edit those"

# A name and all that it says, from the sample graph: an account, the event, those that take part.
EXAMPLE = ("article/one#e1", "article/one#m2", "event/capture", "organization/northern-league", "geonames/3")

_SECTION = re.compile(r"^# ---- (.*?) -+$|^kg:(\w+) a ", re.MULTILINE)
_MATCHES = ("closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_SIGNS = {"closeMatch": "=", "broadMatch": "⊂", "narrowMatch": "⊃", "relatedMatch": "~"}
_FEATURES = {"TransitiveProperty": "transitive", "FunctionalProperty": "at most one"}
_CODEBOOK = "https://w3id.org/newskg/codebook/"


class Facts:
    """What the ontology and its alignments say of each term: predicate to values, as IRIs or texts."""

    def __init__(self) -> None:
        self._about: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for path in ontology_files():
            for quad in parse(path=path):
                assert isinstance(quad.subject, NamedNode)
                self._about[quad.subject.value][quad.predicate.value].append(_value(quad.object))

    def of(self, iri: str, predicate: str) -> list[str]:
        """The values of a predicate, each once, in the order of the files."""
        return list(dict.fromkeys(self._about[iri][predicate]))

    def subjects(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Subjects and values of a predicate."""
        for subject, about in self._about.items():
            for value in about.get(predicate, ()):
                yield subject, value


def pages() -> dict[Path, str]:
    """The text of each page, by its path."""
    drawing = diagram()
    blocks = list(_blocks(drawing))
    return {
        FOLDER / "README.md": markdown(blocks, NOTE),
        FOLDER / "index.html": html(blocks, "The newskg ontology", NOTE),
        FOLDER / "diagram.svg": drawing + "\n",
    }


def main() -> None:
    """Rewrite the pages in place."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


def _blocks(drawing: str) -> Iterator[Block]:
    ontology, facts = load_ontology(), Facts()
    yield Heading(level=1, text="The newskg ontology")
    (about,) = facts.of(ONTOLOGY, "http://purl.org/dc/terms/description")
    yield Paragraph(
        text=f"{about} Its IRI is `{ONTOLOGY}`, that of this version"
        f" `{ONTOLOGY}/{ontology.version}`; terms are written with the prefix `kg:`, for"
        f" `{KG.iri}`. OWL 2 DL, Apache-2.0. Foreign terms are declared and aligned to, never"
        " imported."
    )
    yield Bullets(
        items=(
            "[kg.ttl](kg.ttl): the classes and properties",
            "[alignments.ttl](alignments.ttl): what they are in other vocabularies, and a"
            " crosswalk to two codebooks of event data",
            "[shapes.ttl](shapes.ttl): what a graph must look like (SHACL), dates and"
            " cardinalities above all",
            "[competency.yaml](competency.yaml): the questions that a graph must be able to answer",
            "[lexicon/](lexicon/README.md): the words by which the program knows events and statuses",
        )
    )
    yield Paragraph(
        text="An account is what one article says of an event in one place: an event mention,"
        " tied to the article's own mentions. An event is what accounts agree to be one"
        " happening, tied to entities. So two sides' accounts stand side by side, and each"
        " article's graph depends on that article alone."
    )
    yield Figure(file="diagram.svg", svg=drawing, caption="Classes, and the properties between them")
    yield from _terms(ontology.terms, facts)
    yield from _exclusions(ontology.terms, facts)
    yield Heading(level=2, text="An example")
    yield Paragraph(
        text="From a graph made by hand ([tests/data/ardan.trig](../tests/data/ardan.trig)): one"
        " account of a capture, its mention of the place, the event, the one who acted, and"
        " the place."
    )
    yield Code(language="turtle", text=_example())
    yield from _alignments(ontology.terms, facts)
    yield from _crosswalk(ontology.event_classes(), facts)
    yield from _questions()
    yield from _policy(ontology.version)


def _terms(terms: dict[str, Term], facts: Facts) -> Iterator[Block]:
    """Tables of classes, properties and individuals, in the sections of the file."""
    sections: dict[str, list[str]] = defaultdict(list)
    title = ""
    for heading, name in _SECTION.findall(ontology_files()[0].read_text(encoding="utf-8")):
        title = heading or title
        if name:
            sections[title].append(name)
    listed = [name for names in sections.values() for name in names]
    assert sorted(listed) == sorted(terms), set(listed) ^ set(terms)
    yield Heading(level=2, text="Terms")
    for title, names in sections.items():
        yield Heading(level=3, text=title)
        chosen = [terms[name] for name in names]
        classes = [term for term in chosen if term.kind is TermKind.CLASS]
        individuals = [term for term in chosen if term.kind is TermKind.INDIVIDUAL]
        properties = [term for term in chosen if term not in classes and term not in individuals]
        if classes:
            yield _table(
                ("class", "under", "what it is"),
                ((term, (_above(term, facts, RDFS.subClassOf), _said(term))) for term in classes),
            )
        if individuals:
            yield _table(
                ("individual", "of", "what it is"),
                ((term, (_kinds(term, facts), _said(term))) for term in individuals),
            )
        if properties:
            yield _table(
                ("property", "from", "to", "under", "what it says"),
                ((term, _ends(term, facts)) for term in properties),
            )


def _table(header: tuple[str, ...], rows: Iterable[tuple[Term, tuple[str, ...]]]) -> Table:
    listed = list(rows)
    return Table(
        header=header,
        rows=tuple((f"`kg:{term.name}`", *cells) for term, cells in listed),
        anchors=tuple(term.name for term, _ in listed),
    )


def _said(term: Term) -> str:
    if not term.deprecated:
        return term.definition
    instead = ", ".join(f"`kg:{name}`" for name in term.replaced_by)
    return f"{term.definition} Deprecated{f': write {instead}' if instead else ''}."


def _above(term: Term, facts: Facts, predicate: str) -> str:
    """What it is under, ours first; what the alignments add has a table of its own."""
    ours = [iri for iri in facts.of(KG.term(term.name), predicate) if iri.startswith(KG.iri)]
    return _codes(ours)


def _kinds(term: Term, facts: Facts) -> str:
    return _codes(iri for iri in facts.of(KG.iri + term.name, RDF.type) if iri.startswith(KG.iri))


def _ends(term: Term, facts: Facts) -> tuple[str, ...]:
    iri = KG.iri + term.name
    features = [word for name, word in _FEATURES.items() if OWL.iri + name in facts.of(iri, RDF.type)]
    note = f" ({', '.join(features)})" if features else ""
    kind = {TermKind.OBJECT_PROPERTY: "", TermKind.DATATYPE_PROPERTY: "a value"}.get(
        term.kind, "an annotation"
    )
    return (
        _codes(_inherited(iri, facts, RDFS.iri + "domain")),
        (_codes(_inherited(iri, facts, RDFS.iri + "range")) or kind) + note,
        _above(term, facts, RDFS.subPropertyOf),
        _said(term),
    )


def _inherited(iri: str, facts: Facts, predicate: str) -> list[str]:
    """The domain or range of a property, or else of the nearest one above it that has any."""
    for each in (line := [iri]):  # grows while it is read
        if found := facts.of(each, predicate):
            return found
        line += facts.of(each, RDFS.subPropertyOf)
    return []


def _exclusions(terms: dict[str, Term], facts: Facts) -> Iterator[Block]:
    """The disjoint classes, those gathered that exclude each other all."""
    order = [KG.iri + name for name in terms]
    disjoint = {
        frozenset(pair) for pair in facts.subjects(OWL.iri + "disjointWith") if set(pair) <= set(order)
    }
    groups: list[list[str]] = []
    left = set(disjoint)
    while left:
        group: list[str] = []
        for iri in order:
            fits = all(frozenset({iri, other}) in disjoint for other in group)
            if fits and any(frozenset({iri, other}) in disjoint for other in order):
                group.append(iri)
        covered = {pair for pair in left if pair <= set(group)}
        if not covered:  # what is left over, pair by pair
            groups += [sorted(pair, key=order.index) for pair in sorted(left, key=sorted)]
            break
        groups.append(group)
        left -= covered
        order = [iri for iri in order if any(iri in pair for pair in left)]
    yield Heading(level=3, text="What excludes what")
    yield Paragraph(
        text="Nothing is of two classes of one of these lists; `kg reason` explains a graph that says so."
    )
    yield Bullets(items=tuple(_codes(group) for group in groups))


def _alignments(terms: dict[str, Term], facts: Facts) -> Iterator[Block]:
    yield Heading(level=2, text="Alignments")
    yield Paragraph(
        text="What our terms are in other vocabularies. With `kg reason`, a graph can be asked in"
        " their words alone. Where a term comes near and is wider or narrower than ours, it"
        " is only named."
    )
    for title, predicates in (
        ("Classes", (RDFS.subClassOf,)),
        ("Properties", (RDFS.subPropertyOf, OWL.iri + "inverseOf")),
    ):
        rows = []
        for term in terms.values():
            iri = KG.iri + term.name
            is_class = term.kind is TermKind.CLASS
            if is_class != (title == "Classes"):
                continue
            under = [each for each in facts.of(iri, predicates[0]) if not each.startswith(KG.iri)]
            near = facts.of(iri, RDFS.iri + "seeAlso")
            if under or near:
                rows.append((f"`kg:{term.name}`", _codes(under), _codes(near)))
        yield Heading(level=3, text=title)
        yield Table(header=("ours", "is also", "comes near"), rows=tuple(rows))
    foreign = [
        (_code(subject), word, _code(value))
        for predicate, word in ((RDFS.subPropertyOf, "is also"), (OWL.iri + "inverseOf", "is the inverse of"))
        for subject, value in facts.subjects(predicate)
        if not subject.startswith(KG.iri)
    ]
    yield Paragraph(text="Between their own terms, as those vocabularies have it:")
    yield Table(header=("theirs", "", ""), rows=tuple(foreign))


def _crosswalk(classes: Iterable[str], facts: Facts) -> Iterator[Block]:
    yield Heading(level=2, text="Crosswalk to PLOVER 2.0 and ACLED")
    yield Paragraph(text="= the same, ⊂ ours is narrower, ⊃ ours is wider, ~ related.")
    rows = []
    for name in classes:
        cells: dict[str, list[str]] = defaultdict(list)
        for match in _MATCHES:
            for iri in facts.of(KG.iri + name, PREFIXES["skos"] + match):
                book = iri.removeprefix(_CODEBOOK).partition("/")[0]
                (notation,) = facts.of(iri, PREFIXES["skos"] + "notation")
                cells[book].append(f"{_SIGNS[match]} {notation}")
        rows.append((f"`kg:{name}`", "; ".join(cells["plover"]), "; ".join(cells["acled"])))
    yield Table(header=("class", "PLOVER", "ACLED"), rows=tuple(rows))


def _questions() -> Iterator[Block]:
    text = (FOLDER / "competency.yaml").read_text(encoding="utf-8")
    yield Heading(level=2, text="Competency questions")
    yield Paragraph(
        text="What a graph must be able to answer. Each is asked by a saved query, of a graph"
        " made by hand, and a test holds the rows."
    )
    rows = []
    for asked in yaml.load(text, Loader=yaml.BaseLoader):
        parameters = "".join(
            f" --param {key}={quote(value)}" for key, value in asked.get("parameters", {}).items()
        )
        rows.append((asked["question"], f"`kg query {asked['query']}{parameters}`"))
    yield Table(header=("question", "query"), rows=tuple(rows))


def _policy(version: str) -> Iterator[Block]:
    yield Heading(level=2, text="Versions and deprecation")
    yield Paragraph(
        text=f"This is version {version} (`owl:versionInfo`); its `owl:versionIRI` is the"
        " ontology's IRI with the version behind it, and does not change once released. The"
        " alignments have the same version. Every graph names the version that it conforms to"
        " (`dcterms:conformsTo`)."
    )
    yield Bullets(
        items=(
            "The last figure grows when words change: labels, definitions, comments.",
            "The middle figure grows when terms or axioms are added that no graph of an older"
            " version breaks.",
            "The first figure grows when a graph or a query that was right may no longer be so."
            " Before 1.0.0 the middle figure may do so too, and the changelog says it.",
            "No term is taken away or given another meaning. A term that is no longer written"
            " says `owl:deprecated true`, names with `dcterms:isReplacedBy` what took its place,"
            " and stays in the file: graphs that have it can still be read and reasoned with.",
            "The program writes no deprecated term, and no term that is not defined here; a test holds both.",
        )
    )


def _example() -> str:
    """The sample's statements on some of its nodes, as Turtle, a node after the other."""
    quads = list(parse(path=SAMPLE))
    shown = {prefix: iri for prefix, iri in PREFIXES.items() if prefix in _EXAMPLE_PREFIXES}
    written = []
    for name in EXAMPLE:
        chosen = [quad.triple for quad in quads if quad.subject == NamedNode(DEFAULT_BASE_IRI + name)]
        assert chosen, name
        text = (serialize(chosen, format=RdfFormat.TURTLE, prefixes=shown) or b"").decode()
        lines = text.replace(f"<{DEFAULT_BASE_IRI}", "<").replace("\t", "    ").splitlines()
        written.append("\n".join(line for line in lines if line and not line.startswith("@prefix")))
    heads = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in shown.items()]
    return "\n\n".join(["\n".join([f"@base <{DEFAULT_BASE_IRI}> .", *heads]), *written])


_EXAMPLE_PREFIXES = frozenset({"kg", "nif", "rdfs", "skos", "owl", "xsd", "wgs84", "geo"})


def _codes(iris: Iterable[str]) -> str:
    return ", ".join(map(_code, iris))


def _code(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"`{prefix}:{iri.removeprefix(namespace)}`"
    return f"`{iri}`"


def _value(term: object) -> str:
    value = getattr(term, "value", None)
    assert isinstance(value, str)
    return value


if __name__ == "__main__":
    main()
