"""The word lists: what comes with the program is whole, and what is wrong is refused with its file."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg.annotate
from kg import resources
from kg.annotate.words import GivenNames, Nouns, Titles, given_names, nouns, titles
from kg.errors import DataError


def test_what_comes_with_the_program_is_read() -> None:
    assert nouns().organizations["ministry"] == "GovernmentBody"
    assert nouns().groups["rebel"] == {"insurgents"}
    assert ("prime", "minister") in titles().phrases
    assert given_names().pronoun("maria") == "she"
    assert "otto" in given_names()


def test_words_are_in_lower_case() -> None:
    for group in (nouns().groups, nouns().organizations, titles().posts):
        assert all(word == word.lower() for word in group)


@pytest.mark.parametrize(("word", "lemma"), [("rebels", "rebel"), ("gunmen", "gunmen"), ("police", "police")])
def test_group_noun_by_its_forms(word: str, lemma: str) -> None:
    assert nouns().group_noun(word, lemma) is not None
    assert nouns().group_noun("stones", "stone") is None


@pytest.mark.parametrize("kind", [Nouns, Titles])
def test_a_missing_section_and_a_broken_file(kind: type[Nouns] | type[Titles], tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    with pytest.raises(DataError, match=r"words.yaml: cannot be read"):
        kind.load(path)
    path.write_text("posts: [mayor]\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"section '.*' is missing"):
        kind.load(path)
    path.write_text("posts: [mayor\n", encoding="utf-8")
    with pytest.raises(DataError, match="cannot be read"):
        kind.load(path)


@pytest.mark.parametrize(("kind", "name"), [(Nouns, "nouns.yaml"), (Titles, "titles.yaml")])
def test_what_is_no_list_of_words(kind: type[Nouns] | type[Titles], name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    shipped = (resources.ontology_dir() / "lexicon" / name).read_text(encoding="utf-8")
    last = shipped[: shipped.rindex(": [")].splitlines()[-1]
    for wrong in ("[7]", "word"):
        text = "\n".join(
            f"{last}: {wrong}" if line.startswith(f"{last}:") else line for line in shipped.splitlines()
        )
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match=f"{name}: '{last}' must be a list of words"):
            kind.load(path)


@pytest.mark.parametrize("kind", [Nouns, Titles])
def test_no_list_is_idle(kind: type[Nouns] | type[Titles]) -> None:
    folder = Path(kg.annotate.__file__).parent
    code = "".join(
        path.read_text(encoding="utf-8") for path in folder.glob("*.py") if path.name != "words.py"
    )
    assert [name for name in kind.__slots__ if f".{name}" not in code] == []


def test_given_names_without_a_section(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("# names\nana otto\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"names.txt:2: a name before the first section"):
        GivenNames.load(path)
    path.write_text("[neuter]\nana\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"names.txt:1: no section"):
        GivenNames.load(path)
