"""RDF files that somebody made to do harm: each is refused in one line, in little memory."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.errors import ResourceError, UsageError
from kg.query.engine import check
from kg.store.memory import open_file

_HEAD = '<?xml version="1.0"?><!DOCTYPE r ['
_BODY = (
    ']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="http://a/">'
    '<rdf:Description rdf:about="http://a/b"><a:c>&l9;</a:c></rdf:Description></rdf:RDF>'
)
_LAUGHS = '<!ENTITY l0 "ha">' + "".join(
    f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10)
)
_FAR = f"<!-- {'x' * 3_000_000} -->"


@pytest.mark.parametrize(
    "entities",
    [_LAUGHS, _FAR + _LAUGHS, f'<!ENTITY l9 "{"ha" * 100_000}">', "<!ENTITY % p SYSTEM 'file:///etc/hosts'>"],
)
def test_entities_that_unpack_to_anything_are_refused(tmp_path: Path, entities: str) -> None:
    path = tmp_path / "a.rdf"
    path.write_text(_HEAD + entities + _BODY, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"ENTITY|declares an entity"):
        open_file(path)


def test_entities_for_namespaces_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.owl"
    plain = "".join(f'<!ENTITY l{at} "http://a.example/{at}#">\n' for at in range(10))
    path.write_text(_HEAD + plain + _BODY, encoding="utf-8")
    assert len(open_file(path)) == 1


def test_a_gzip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.nt.gz"
    with gzip.open(path, "wb") as stream:
        for _ in range(110):
            stream.write(b" " * 1_000_000)
        stream.write(b"<a:b> <a:c> <a:d> .\n")
    with pytest.raises(ResourceError, match="KG_MOST_UNPACKED"):
        open_file(path)
    monkeypatch.setenv("KG_MOST_UNPACKED", "2000")
    assert len(open_file(path)) == 1


def test_a_term_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    path.write_text(f'<a:b> <a:c> "{"a" * 20_000_000}" .\n', encoding="utf-8")
    with pytest.raises(ResourceError, match="longer than can be read"):
        open_file(path)


@pytest.mark.parametrize("signs", ["{}", "()", "[]", "!", "-", "^"])
def test_a_query_nested_without_end_is_refused(signs: str) -> None:
    text = f"SELECT * WHERE {{ {signs[0] * 100_000} ?s {signs[-1] * 100_000 if len(signs) > 1 else ''} }}"
    with pytest.raises(UsageError, match="nested"):
        check(text)
