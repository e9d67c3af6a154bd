"""A digest as JSON, to be kept in a store or sent between processes, and back: nothing is lost.

An object holds the fields that differ from their defaults, in the order of the class, so that equal digests
give equal bytes. Reading checks every value against the field's type: what is read back may be trusted.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from sys import intern
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from kg.errors import DataError
from kg.model import Link
from kg.resolve.digest import Digest

Shared: TypeAlias = dict[Link, Link]
_Write: TypeAlias = Callable[[Any], Any]
_Read: TypeAlias = Callable[[Any, Shared], Any]
_NAMES: dict[type, str] = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


def to_json(digest: Digest) -> bytes:
    """The digest as JSON in UTF-8: equal digests give equal bytes."""
    written = _writer(Digest)(digest)
    return json.dumps(written, separators=(",", ":"), allow_nan=False).encode("ascii")


def from_json(data: bytes, shared: Shared | None = None) -> Digest:
    """The digest that `to_json` wrote; over all calls with one `shared`, equal links become one object.

    Raises `DataError` where `data` is no such thing, and says where.
    """
    try:
        found: Digest = _reader(Digest)(json.loads(data), {} if shared is None else shared)
    except (ValueError, RecursionError) as error:
        raise DataError(f"a digest cannot be read ({error}): read its article again") from None
    return found


@cache
def _writer(kind: Any) -> _Write:
    if get_origin(kind) is tuple:
        each = _writer(get_args(kind)[0])
        return lambda values: [each(value) for value in values]
    if get_origin(kind) in (Union, UnionType):
        inner = _writer(_optional(kind))
        return lambda value: None if value is None else inner(value)
    if is_dataclass(kind):
        return _object_writer(kind)
    if kind is float:
        return float
    return lambda value: value.value if isinstance(value, Enum) else value


def _object_writer(kind: Any) -> _Write:
    hints = get_type_hints(kind)
    parts = [(field.name, field.default, _writer(hints[field.name])) for field in fields(kind)]

    def write(value: Any) -> dict[str, Any]:
        given = ((name, getattr(value, name), default, writer) for name, default, writer in parts)
        return {name: writer(held) for name, held, default, writer in given if held != default}

    return write


@cache
def _reader(kind: Any) -> _Read:
    if get_origin(kind) is tuple:
        return _tuple_reader(_reader(get_args(kind)[0]))
    if get_origin(kind) in (Union, UnionType):
        inner = _reader(_optional(kind))
        return lambda value, shared: None if value is None else inner(value, shared)
    if is_dataclass(kind):
        return _object_reader(kind)
    if issubclass(kind, Enum):
        return lambda value, _shared: kind(value)
    if kind is str:
        return _read_text
    if kind is float:
        return _read_number
    return lambda value, _shared: value if type(value) is kind else _refuse(value, _NAMES[kind])


def _tuple_reader(each: _Read) -> _Read:
    def read(values: Any, shared: Shared) -> tuple[Any, ...]:
        if not isinstance(values, list):
            _refuse(values, "a list")
        return tuple([each(value, shared) for value in values])

    return read


def _object_reader(kind: Any) -> _Read:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    required = {field.name for field in fields(kind) if field.default is MISSING}

    def read(values: Any, shared: Shared) -> Any:
        if not isinstance(values, dict):
            _refuse(values, "an object")
        if unknown := values.keys() - readers.keys():
            raise ValueError(f"{kind.__name__} has no {min(unknown)}")
        if missing := required - values.keys():
            raise ValueError(f"{kind.__name__} lacks {min(missing)}")
        made = kind(**{name: _at(name, readers[name], value, shared) for name, value in values.items()})
        return shared.setdefault(made, made) if kind is Link else made

    return read


def _at(name: str, reader: _Read, value: Any, shared: Shared) -> Any:
    try:
        return reader(value, shared)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def _read_text(value: Any, _shared: Shared) -> str:
    return intern(value) if type(value) is str else _refuse(value, _NAMES[str])


def _read_number(value: Any, _shared: Shared) -> float:
    return float(value) if type(value) in (float, int) else _refuse(value, _NAMES[float])


def _optional(kind: Any) -> Any:
    """X of `X | None`."""
    (inner,) = (each for each in get_args(kind) if each is not NoneType)
    return inner


def _refuse(value: Any, wanted: str) -> Any:
    raise ValueError(f"{value!r:.40} is not {wanted}")
