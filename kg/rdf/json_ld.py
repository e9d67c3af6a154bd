"""JSON-LD 1.1 as a person would write it, by the context in ``ontology/context.jsonld``.

An object for each subject, a line each; the context stands in every file, so that nobody needs the network
to read one. Reading it gives the very triples: what the context says of a term is used only where it holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import IO, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import DataError, ResourceError, reason
from kg.resources import ontology_dir
from kg.vocabulary import RDF, XSD

Json: TypeAlias = "str | int | bool | dict[str, Json] | list[Json]"

_ID, _VOCAB = "@id", "@vocab"
_LARGEST = 1 << 53  # beyond it JSON's numbers are no longer exact


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the context says: `text` as it is written; the name of each IRI; for a property, what its values
    are taken for (``@id``, ``@vocab`` or a datatype's IRI)."""

    text: str
    names: Mapping[str, str]
    coercions: Mapping[str, str]
    prefixes: Mapping[str, str]

    def key(self, predicate: str) -> str:
        """What a property is called: its name, a short IRI, or its IRI."""
        if predicate in self.names:
            return self.names[predicate]
        for prefix, namespace in self.prefixes.items():
            local = predicate.removeprefix(namespace)
            if local != predicate and local and not local.startswith("//"):
                return f"{prefix}:{local}"
        return predicate


@cache
def load_context() -> Context:
    """The context that comes with the program.

    Raises `ResourceError` where it cannot be read, `DataError` where it is wrong.
    """
    path = ontology_dir() / "context.jsonld"
    try:
        terms = json.loads(path.read_text(encoding="utf-8"))["@context"]
    except OSError as error:
        raise ResourceError(f"{path}: cannot be read: {reason(error)}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: is no context of JSON-LD: {error}") from None
    prefixes = {name: iri for name, iri in terms.items() if isinstance(iri, str) and iri.endswith(("#", "/"))}

    def expand(short: str) -> str:
        prefix, _, local = short.partition(":")
        return prefixes[prefix] + local if prefix in prefixes else short

    names, coercions = {}, {}
    for name, meaning in terms.items():
        if name in prefixes or name.startswith("@") or (isinstance(meaning, str) and meaning[:1] == "@"):
            continue
        iri = expand(meaning if isinstance(meaning, str) else meaning["@id"])
        names[iri] = name
        if not isinstance(meaning, str) and "@type" in meaning:
            coercions[iri] = expand(meaning["@type"])
    text = json.dumps(terms, ensure_ascii=False)
    return Context(text=text, names=names, coercions=coercions, prefixes=prefixes)


def write_json_ld(triples: Iterable[Triple | Quad], stream: IO[bytes]) -> None:
    """Writes the triples as they come; those of one subject must come together. Graphs are left out.

    Raises as `load_context`.
    """
    context = load_context()
    stream.write(f'{{"@context": {context.text},\n"@graph": ['.encode())
    before = "\n"
    for subject, said in groupby(triples, key=lambda each: each.subject):
        described = json.dumps(_described(subject, said, context), ensure_ascii=False)
        stream.write(f"{before}{described}".encode())
        before = ",\n"
    stream.write(b"\n]}\n")


def _described(subject: object, said: Iterator[Triple | Quad], context: Context) -> dict[str, Json]:
    found: dict[str, list[Json]] = {}
    for triple in said:
        predicate = triple.predicate.value
        if predicate == RDF.type and isinstance(triple.object, NamedNode):
            found.setdefault("type", []).append(context.names.get(triple.object.value, triple.object.value))
        else:
            value = _value(triple.object, context.coercions.get(predicate), context)
            found.setdefault(context.key(predicate), []).append(value)
    values: dict[str, Json] = {key: each[0] if len(each) == 1 else each for key, each in found.items()}
    return {"id": _iri(subject), **values}


def _value(term: object, taken_for: str | None, context: Context) -> Json:
    """A value, in short form where that is what the context takes it for."""
    if not isinstance(term, Literal):
        iri = _iri(term)
        if taken_for == _VOCAB:
            return context.names.get(iri, iri)
        return iri if taken_for == _ID else {"@id": iri}
    text, kind = term.value, term.datatype.value
    if term.language:
        return {"@value": text, "@language": term.language}
    if kind == taken_for:
        return text
    if kind == XSD.string:
        return text if taken_for is None else {"@value": text}
    if kind == XSD.boolean and text in ("true", "false"):
        return text == "true" if taken_for is None else {"@value": text == "true"}
    if kind == XSD.integer and _is_plain(text):
        return int(text) if taken_for is None else {"@value": int(text)}
    return {"@value": text, "@type": kind}


def _is_plain(digits: str) -> bool:
    """Whether a whole number is written as JSON writes it, and small enough for it."""
    return (
        digits.removeprefix("-").isascii()
        and digits.lstrip("-").isdecimal()
        and (str(int(digits)) == digits and abs(int(digits)) < _LARGEST)
    )


def _iri(term: object) -> str:
    assert isinstance(term, NamedNode | BlankNode), "RDF 1.1 has no triple terms"
    return term.value if isinstance(term, NamedNode) else str(term)
