"""The tables under ``data/gazetteer`` and those that a user adds: comma-separated with a header, or SKOS.

Every fault is refused as a `GazetteerError` that names the file and the line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError, ResourceError

PLACE_KINDS = frozenset(
    {"Place", "Country", "AdministrativeArea", "Province", "District", "PopulatedPlace", "Facility", "Region"}
)
KINDS = PLACE_KINDS | {
    "Person", "Organization", "Group", "ArmedGroup", "MilitaryUnit", "GovernmentBody", "PoliticalParty",
    "NewsOrganization", "InternationalOrganization", "Company",
}  # fmt: skip

_REQUIRED = ("id", "label", "kind", "names", "country", "same_as", "source")
_OPTIONAL = ("parent", "capital_of", "latitude", "longitude")


class GazetteerError(DataError):
    """A gazetteer table is wrong: the message gives the file and the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a gazetteer says of an organisation, person, group or place.

    `kind` is the local name of a class; `names` are all the names that it is known by, the label first;
    `country` the ISO 3166 alpha-2 code of the one that it belongs to; `same_as` absolute IRIs elsewhere.
    """

    id: str
    label: str
    kind: str
    names: tuple[str, ...] = ()
    country: str | None = None
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry with where it stands and, for a place, what is around it and where it lies."""

    entry: Entry
    path: Path
    line: int
    parent: str | None = None
    capital_of: str | None = None
    latitude: float | None = None
    longitude: float | None = None


def records(
    path: Path, required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of the table at `path` with their numbers, every cell stripped.

    Raises `ResourceError` where the file cannot be read, `GazetteerError` where its columns are others
    than `required` and `optional`, or a line has more or fewer cells than the header.
    """
    last = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = [cell.strip() for cell in next(reader, [])]
            last = reader.line_num
            _check_header(path, header, required, optional)
            for cells in reader:
                last = reader.line_num
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(header):
                    raise GazetteerError(
                        f"{path}, line {reader.line_num}: {len(cells)} cells, but {len(header)} columns: "
                        "put a cell that holds a comma between double quotes"
                    )
                yield reader.line_num, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    except OSError as error:
        raise ResourceError(f"the gazetteer {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path}, line {_undecodable(path)}: not UTF-8: save it as UTF-8") from error
    except csv.Error as error:
        raise GazetteerError(
            f"{path}, line {last + 1}: not a comma-separated table ({error}): close each quotation mark"
        ) from error


def read_rows(paths: Sequence[Path]) -> list[Row]:
    """The entries of all `paths`, tables (columns as in ``data/README.md``) or SKOS, checked together.

    Raises what `records` raises, and `GazetteerError` for a class that there is none of, a number that
    is none, an id given twice, a parent that is no place of these tables, or a loop of parents.
    """
    rows: dict[str, Row] = {}
    for path in paths:
        for line, record in _entries(path):
            row = _row(path, line, record)
            first = rows.setdefault(row.entry.id, row)
            if first is not row:
                raise GazetteerError(
                    f"{path}, line {line}: the id '{row.entry.id}' is also in {first.path}:{first.line}: "
                    "give each entry its own"
                )
    _check_parents(rows)
    return list(rows.values())


def _entries(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a table, or the concepts of a SKOS file, by the ending."""
    if path.suffix.lower() == ".csv":
        return records(path, _REQUIRED, _OPTIONAL)
    from kg.gazetteer.skos import SYNTAXES, read_concepts  # the parser only where it is needed

    if path.suffix.lower() in SYNTAXES:
        return read_concepts(path)
    raise GazetteerError(f"{path}: no gazetteer by its ending: use .csv, or SKOS as {' '.join(SYNTAXES)}")


def _undecodable(path: Path) -> int:
    """The first line that is not UTF-8."""
    data = path.read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data[: error.start].count(b"\n") + 1
    return 1


def _check_header(path: Path, header: list[str], required: Sequence[str], optional: Sequence[str]) -> None:
    missing = [name for name in required if name not in header]
    unknown = [name for name in header if name not in required and name not in optional]
    if missing or unknown or len(set(header)) < len(header):
        what = (
            f"the column '{missing[0]}' is missing"
            if missing
            else f"unknown column '{unknown[0]}'"
            if unknown
            else "a column is given twice"
        )
        raise GazetteerError(f"{path}, line 1: {what}: the columns are {', '.join((*required, *optional))}")


def _row(path: Path, line: int, record: dict[str, str]) -> Row:
    where = f"{path}, line {line}"
    for column in ("id", "label", "kind"):
        if not record[column]:
            raise GazetteerError(f"{where}: the cell '{column}' is empty")
    if any(letter.isspace() or letter in '<>"{}|\\^`/#?%' for letter in record["id"]):
        raise GazetteerError(f"{where}: the id '{record['id']}' may hold letters, digits and -._~ only")
    if record["kind"] not in KINDS:
        raise GazetteerError(
            f"{where}: unknown class '{record['kind']}': use one of {', '.join(sorted(KINDS))}"
        )
    country = record["country"]
    if country and not (len(country) == 2 and country.isascii() and country.isupper()):
        raise GazetteerError(
            f"{where}: the country '{country}' is not an ISO 3166 code of two capital letters"
        )
    same_as = _cells(record["same_as"])
    for iri in same_as:
        if not iri.startswith(("http://", "https://")):
            raise GazetteerError(f"{where}: '{iri}' in same_as is not an absolute IRI")
    entry = Entry(
        id=record["id"],
        label=record["label"],
        kind=record["kind"],
        names=tuple(dict.fromkeys((record["label"], *_cells(record["names"])))),
        country=country or None,
        same_as=same_as,
    )
    return Row(
        entry=entry,
        path=path,
        line=line,
        parent=record.get("parent") or None,
        capital_of=record.get("capital_of") or None,
        latitude=_degrees(where, record, "latitude", 90.0),
        longitude=_degrees(where, record, "longitude", 180.0),
    )


def _cells(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _degrees(where: str, record: dict[str, str], column: str, limit: float) -> float | None:
    text = record.get(column)
    if not text:
        return None
    try:
        degrees = float(text)
    except ValueError:
        degrees = limit + 1
    if not -limit <= degrees <= limit:
        raise GazetteerError(
            f"{where}: the {column} '{text}' is not between -{limit:g} and {limit:g} degrees"
        )
    return degrees


def _check_parents(rows: dict[str, Row]) -> None:
    """Parents are ids of these tables, of GeoNames (digits) or ISO codes, and lead upwards."""
    for row in rows.values():
        seen = {row.entry.id}
        at: Row | None = row
        while at is not None and at.parent is not None:
            if at.parent in seen:
                raise GazetteerError(
                    f"{row.path}, line {row.line}: '{row.entry.id}' lies in itself by its parents"
                )
            seen.add(at.parent)
            known = rows.get(at.parent)
            if known is None and not at.parent.isdigit():
                raise GazetteerError(
                    f"{at.path}, line {at.line}: the parent '{at.parent}' is neither an id of the gazetteers "
                    "nor a GeoNames id"
                )
            at = known
