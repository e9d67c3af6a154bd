from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.casualties import Casualties, casualties_of, count_of
from kg.annotate.numerals import Numbers
from kg.errors import DataError

VOCAB = Vocab()
LEMMAS = {
    "killed": "kill",
    "wounded": "wound",
    "died": "die",
    "killing": "kill",
    "arrested": "arrest",
    "deaths": "death",
}


def parsed(text: str) -> Doc:
    """A document from ``word/tag/dep>head`` for each token."""
    rows = [token.rsplit("/", 2) for token in text.split()]
    words = [word for word, _, _ in rows]
    arcs = [arc.split(">") for _, _, arc in rows]
    return Doc(
        VOCAB,
        words=words,
        tags=[tag for _, tag, _ in rows],
        deps=[dep for dep, _ in arcs],
        heads=[int(head) for _, head in arcs],
        lemmas=[LEMMAS.get(word, word.lower()) for word in words],
    )


def counted(phrase: str, noun: str | None = "farmers") -> tuple[int, str] | None:
    """The count of `noun`, on which the words of `phrase` hang (on the last of them without a noun)."""
    words = phrase.split() + ([noun] if noun else [])
    last = len(words) - 1
    doc = Doc(
        VOCAB,
        words=[*words, "fled"],
        tags=["CD"] * last + ["NNS" if noun else "CD", "VBD"],
        deps=["nummod"] * last + ["nsubj", "ROOT"],
        heads=[last] * last + [last + 1, last + 1],
    )
    found = count_of(doc, last)
    return (found.lower, found.text) if found else None


@pytest.mark.parametrize(
    ("phrase", "lower"),
    [
        ("14", 14),
        ("five", 5),
        ("at least 18", 18),
        ("more than 1600", 1600),
        ("up to 2,000", 2000),
        ("as many as 30", 30),
        ("nearly two dozen", 24),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("several", 3),
        ("a few", 3),
        ("several dozen", 36),
        ("a few hundred", 300),
        ("a couple of dozen", 24),
        ("a hundred", 100),
        ("one hundred and twenty", 120),
        ("one hundred twenty - one", 121),
        ("twenty - five", 25),
        ("two hundred thousand", 200_000),
        ("two thousand three hundred", 2300),
        ("1.5 million", 1_500_000),
        ("between 5 and 7", 5),
        ("from 5 to 7", 5),
        ("5 - 7", 5),
        ("10,000 to 15,000", 10_000),
        ("two to three hundred", 200),
        ("one or two", 1),
        ("both", 2),
        ("an estimated 300", 300),
        ("another three", 3),
        ("no fewer than 12", 12),
        ("the 18", 18),
    ],
)
def test_counts_before_a_noun(phrase: str, lower: int) -> None:
    assert counted(phrase) == (lower, f"{phrase} farmers")


@pytest.mark.parametrize(
    ("phrase", "lower"),
    [
        ("dozens", 24),
        ("scores", 40),
        ("hundreds", 200),
        ("thousands", 2000),
        ("seven", 7),
        ("tens of thousands", 20_000),
        ("hundreds of thousands", 200_000),
        ("at least 12", 12),
        ("a handful", 3),
        ("a dozen", 12),
    ],
)
def test_counts_that_stand_alone(phrase: str, lower: int) -> None:
    assert counted(phrase, None) == (lower, phrase)


@pytest.mark.parametrize("phrase", ["many", "few", "some", "no one", "not five", "215th", "1.5", "0", "the"])
def test_what_is_no_count(phrase: str) -> None:
    assert counted(phrase) is None


def test_nobody_is_no_count_and_a_share_is_none() -> None:
    assert counted("no one", None) is None
    doc = parsed("30/CD/nummod>1 percent/NN/nsubj>4 of/IN/prep>1 farmers/NNS/pobj>2 fled/VBD/ROOT>4")
    assert count_of(doc, 0) is None
    assert count_of(doc, 1) is None
    assert count_of(doc, 3) is None


OF = "Hundreds/NNS/nsubj>3 of/IN/prep>0 farmers/NNS/pobj>1 fled/VBD/ROOT>3"
TENS = "Tens/NNS/quantmod>2 of/IN/quantmod>2 thousands/NNS/ROOT>2 of/IN/prep>2 farmers/NNS/pobj>3"
BOY = (
    "a/DT/det>6 9/CD/nummod>3 -/HYPH/punct>3 year/NN/npadvmod>5 -/HYPH/punct>5 old/JJ/amod>6 farmer/NN/ROOT>6"
)
BLAST = "It/PRP/nsubj>1 killed/VBD/ROOT>1 dozens/NNS/dobj>1 and/CC/cc>1 wounded/VBD/conj>1 seven/CD/dobj>4"
LISTED = (
    "Five/CD/nummod>1 guards/NNS/nsubjpass>6 and/CC/cc>1 three/CD/nummod>4 clerks/NNS/conj>1 "
    "were/VBD/auxpass>6 arrested/VBN/ROOT>6"
)
PART = "two/CD/nsubj>4 of/IN/prep>0 18/CD/nummod>3 farmers/NNS/pobj>1 fled/VBD/ROOT>4"


@pytest.mark.parametrize(
    ("text", "head", "lower", "words"),
    [
        (OF, 0, 200, "Hundreds of farmers"),
        (OF, 2, 200, "Hundreds of farmers"),
        (TENS, 4, 20_000, "Tens of thousands of farmers"),
        (PART, 0, 2, "two of 18 farmers"),
        (PART, 3, 2, "two of 18 farmers"),
        ("A/DT/det>1 farmer/NN/nsubj>2 fled/VBD/ROOT>2", 1, 1, "A farmer"),
        ("It/PRP/nsubj>1 hit/VBD/ROOT>1 another/DT/dobj>1", 2, 1, "another"),
        ("a/DT/det>1 family/NN/ROOT>1 of/IN/prep>1 five/CD/pobj>2", 1, 5, "a family of five"),
        ("a/DT/det>1 group/NN/ROOT>1 of/IN/prep>1 12/CD/nummod>4 men/NNS/pobj>2", 1, 12, "a group of 12 men"),
        ("Nearly/RB/advmod>1 two/CD/nummod>4 dozen/NN/quantmod>1 old/JJ/amod>4 farmers/NNS/ROOT>4", 4, 24,
         "Nearly two dozen old farmers"),
        (BOY, 6, 1, "a 9 - year - old farmer"),
    ],
)  # fmt: skip
def test_counts_by_their_arcs(text: str, head: int, lower: int, words: str) -> None:
    doc = parsed(text)
    found = count_of(doc, head)
    assert found is not None
    assert (found.lower, found.text.strip()) == (lower, words)
    assert doc[found.start : found.end].text == found.text


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("a/DT/det>1 group/NN/ROOT>1 of/IN/prep>1 men/NNS/pobj>2", 1),
        ("the/DT/det>1 farmer/NN/ROOT>1", 1),
        ("farmers/NNS/ROOT>0", 0),
        ("five/CD/nummod>1 days/NNS/npadvmod>3 later/RB/advmod>1 farmers/NNS/ROOT>3", 3),
    ],
)
def test_nouns_without_a_count(text: str, head: int) -> None:
    assert count_of(parsed(text), head) is None


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        (BLAST, 1, Casualties(killed=24, text="dozens")),
        (BLAST, 4, Casualties(wounded=7, text="seven")),
        ("12/CD/nsubj>1 died/VBD/ROOT>1", 1, Casualties(killed=12, text="12")),
        ("Dozens/NNS/nsubjpass>2 were/VBD/auxpass>2 killed/VBN/ROOT>2 or/CC/cc>2 wounded/VBN/conj>2", 2,
         Casualties(text="Dozens")),
        (LISTED, 6, Casualties(detained=8, text="Five guards and three clerks")),
        ("12/CD/nummod>1 clerks/NNS/nsubj>3 killed/VBN/acl>1 rested/VBD/ROOT>3", 2,
         Casualties(killed=12, text="12 clerks")),
        ("Four/CD/nummod>1 guards/NNS/ROOT>1 who/WP/nsubjpass>4 were/VBD/auxpass>4 killed/VBN/relcl>1", 4,
         Casualties(killed=4, text="Four guards")),
        ("the/DT/det>1 death/NN/ROOT>1 of/IN/prep>1 14/CD/nummod>4 clerks/NNS/pobj>2", 1,
         Casualties(killed=14, text="14 clerks")),
        ("14/CD/nummod>1 deaths/NNS/ROOT>1", 1, Casualties(killed=14, text="14 deaths")),
        ("It/PRP/nsubj>1 left/VBD/ROOT>1 12/CD/nummod>3 dead/JJ/oprd>1", 3,
         Casualties(killed=12, text="12 dead")),
        ("He/PRP/nsubjpass>2 was/VBD/auxpass>2 killed/VBN/ROOT>2", 2, None),
        ("Two/CD/nummod>1 guards/NNS/nsubj>2 killed/VBD/ROOT>2 him/PRP/dobj>2", 2, None),
        ("Two/CD/nummod>1 guards/NNS/nsubj>2 fled/VBD/ROOT>2", 2, None),
    ],
)  # fmt: skip
def test_the_figures_of_a_trigger(text: str, trigger: int, expected: Casualties | None) -> None:
    assert casualties_of(parsed(text), trigger) == expected


def test_the_caller_says_which_triggers_tell_what() -> None:
    doc = parsed("Two/CD/nummod>1 guards/NNS/nsubjpass>3 were/VBD/auxpass>3 drowned/VBN/ROOT>3")
    assert casualties_of(doc, 3) is None
    assert casualties_of(doc, 3, {"drowned": "killed"}) == Casualties(killed=2, text="Two guards")


@given(st.integers(1, 10**9))
def test_figures_are_read_as_they_are_written(number: int) -> None:
    assert counted(f"{number:,}") == (number, f"{number:,} farmers")


@given(
    st.lists(
        st.sampled_from(
            ["a", "of", "and", "-", "to", "dozen", "hundreds", "3", "two", "few", "no", "%", "several"]
        ),
        max_size=7,
    )
)
def test_no_row_of_number_words_fails(words: list[str]) -> None:
    found = counted(" ".join(words)) if words else None
    assert found is None or found[0] >= 1


@pytest.mark.parametrize(
    ("content", "message"),
    [("numbers: [", "cannot be read"), ("- a", "not a mapping"), ("numbers: {one: 1}", "the section '"),],
)  # fmt: skip
def test_wrong_number_words_are_refused(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "numbers.yaml"
    file.write_text(content)
    with pytest.raises(DataError, match=message):
        Numbers.load(file)
