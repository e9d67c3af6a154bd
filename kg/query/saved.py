"""Saved queries: files of valid SPARQL 1.1 whose header, in comments, says what they answer.

    # summary: Who took which place, when, and on whose word.
    # param place (place): Only this place and what lies in it.
    # param min (integer, default 2): At least so many articles.
    # column eventIRI (detail): The capture; tables leave out what is marked so.
    # column placeLabel: The place that was taken.
    #   A line that is indented goes on with the one before.

A parameter `x` stands in the text as `VALUES ?x { UNDEF }`, or with its default in place of `UNDEF`.
The idea of a header in comments is grlc's (https://grlc.io).
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kg.errors import ResourceError, UsageError, reason
from kg.query import tokens

_HEADER = re.compile(r"#\s?(summary|param|column)\b\s*(.*)", re.IGNORECASE)
_FIELD = re.compile(r"(?P<name>\w+)\s*(?:\((?P<notes>[^)]*)\))?\s*:\s*(?P<text>.*)")
_ENDING = ".rq"


class Kind(StrEnum):
    """What a parameter takes: the name or IRI of something in the graph, or a value.

    An agent is a person, an organisation, a group, or a place that acts (its government); an entity is
    one of them or any place; a thing may be an event too.
    """

    AGENT = "agent"
    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    EVENT = "event"
    ARTICLE = "article"
    ENTITY = "entity"
    THING = "thing"
    CLASS = "class"
    STATUS = "status"
    DATE = "date"
    INTEGER = "integer"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter: `default` is the SPARQL that stands in the query for it, None for ``UNDEF``."""

    name: str
    kind: Kind = Kind.THING
    required: bool = False
    default: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the answer; `detail` marks one that tables leave out, being for programs."""

    name: str
    text: str
    detail: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedQuery:
    """A query with what its header says; `form` is ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``."""

    name: str
    text: str
    form: str
    summary: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name, or None."""
        return next((one for one in self.parameters if one.name == name), None)


def parse(text: str, name: str) -> SavedQuery:
    """Read a query and its header.

    A parameter without a line in the header is one all the same, of kind `thing`. Raises `UsageError`
    where the text is an update or no query, or its header is wrong (with the line).
    """
    keyword = tokens.update(text)
    if keyword is not None:
        raise UsageError(f"{name}: only queries are run, and {keyword} is an update")
    form = tokens.form(text)
    if form is None:
        raise UsageError(f"{name}: no SPARQL query: none of SELECT, ASK, CONSTRUCT and DESCRIBE is in it")
    slots = {slot.name: slot for slot in reversed(tokens.slots(text))}
    summary, parameters, columns = "", {}, []
    for number, field, rest in _header(text):
        if field == "summary":
            summary = rest.removeprefix(":").strip()
            continue
        match = _FIELD.fullmatch(rest)
        if match is None:
            raise UsageError(
                f"{name}, line {number}: write '# {field} NAME (KIND): what it is', not '{rest}'"
            )
        if field == "column":
            columns.append(
                Column(name=match["name"], text=match["text"], detail=(match["notes"] or "") == "detail")
            )
            continue
        slot = slots.get(match["name"])
        if slot is None:
            where = f"VALUES ?{match['name']} {{ UNDEF }}"
            raise UsageError(
                f"{name}, line {number}: no {where} in the query for the parameter {match['name']}"
            )
        default = None if slot.free else text[slot.begin : slot.end].strip()
        parameters[match["name"]] = _parameter(match, default, f"{name}, line {number}")
    for slot in tokens.slots(text):
        if slot.free and slot.name not in parameters:
            parameters[slot.name] = Parameter(name=slot.name)
    return SavedQuery(
        name=name,
        text=text,
        form=form,
        summary=summary,
        parameters=tuple(parameters.values()),
        columns=tuple(columns),
    )


def saved_queries(folder: Path) -> list[SavedQuery]:
    """Every saved query of `folder`, sorted by name. Raises as `read_query` does."""
    return [read_query(path) for path in sorted(folder.glob(f"*{_ENDING}"))]


def read_query(path: Path, name: str | None = None) -> SavedQuery:
    """The query in a file, called `name` or else as the file is.

    Raises `ResourceError` where it cannot be read, and as `parse` does.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ResourceError(f"{path}: {reason(error)}") from error
    except UnicodeDecodeError as error:
        raise ResourceError(f"{path}: not UTF-8 at byte {error.start}: save it as UTF-8") from error
    return parse(text, name or path.name.removesuffix(_ENDING))


def find_query(name_or_path: str, folder: Path) -> SavedQuery:
    """The saved query of that name in `folder`, else the one in the file of that path.

    Raises `UsageError` where there is neither, with the nearest names.
    """
    names = sorted(path.name.removesuffix(_ENDING) for path in folder.glob(f"*{_ENDING}"))
    if name_or_path in names:
        return read_query(folder / f"{name_or_path}{_ENDING}")
    path = Path(name_or_path)
    if path.is_file():
        return read_query(path, name_or_path)
    if path.suffix == _ENDING or len(path.parts) > 1:
        raise ResourceError(f"{name_or_path}: no such file")
    near = difflib.get_close_matches(name_or_path, names, n=2, cutoff=0.6)
    hint = f"did you mean {', '.join(near)}?" if near else "'kg queries' lists them"
    raise UsageError(f"no saved query '{name_or_path}': {hint}")


def _header(text: str) -> list[tuple[int, str, str]]:
    """(line, field, what follows it) of the comments before the query, continued lines joined."""
    found: list[tuple[int, str, str]] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if line and not line.startswith("#"):
            break
        match = _HEADER.match(line)
        if match is not None:
            found.append((number, match[1].lower(), match[2].strip()))
        elif found and line.startswith("#   ") and line[1:].strip():
            first, field, rest = found[-1]
            found[-1] = (first, field, f"{rest} {line[1:].strip()}")
    return found


def _parameter(match: re.Match[str], default: str | None, where: str) -> Parameter:
    """One `param` line: its notes are a kind, ``required``, ``default VALUE``, in this order."""
    notes = [note.strip() for note in (match["notes"] or Kind.THING.value).split(",")]
    kinds = [kind.value for kind in Kind]
    if notes[0] not in kinds:
        raise UsageError(f"{where}: no kind of parameter '{notes[0]}': one of {', '.join(kinds)}")
    stated = next(
        (note.removeprefix("default ").strip() for note in notes if note.startswith("default ")), None
    )
    if stated != default:
        raise UsageError(f"{where}: the default is {stated or 'none'} here and {default or 'none'} in VALUES")
    return Parameter(
        name=match["name"],
        kind=Kind(notes[0]),
        required="required" in notes,
        default=default,
        text=match["text"],
    )
