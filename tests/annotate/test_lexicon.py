"""The lexicon as data: what ships is sound, a user's is tried first, a wrong one is refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from parsed import mention, names, parsed

from kg import resources
from kg.annotate.events import EventReader
from kg.annotate.layer import layer
from kg.annotate.lexicon import Lexicon
from kg.errors import DataError, ResourceError
from kg.model import Form
from kg.ontology.reading import load_ontology

FOLDER = resources.ontology_dir() / "lexicon"


def test_what_ships_names_only_classes_of_the_ontology_and_covers_them_all() -> None:
    classes = load_ontology().event_classes()
    lexicon = Lexicon.load(FOLDER, classes=classes)
    frames = [
        frame for table in (lexicon.verbs, lexicon.nouns) for group in table.values() for frame in group
    ]
    assert {frame.kind for frame in frames} == set(classes) - {"Event"}


def test_it_knows_many_words() -> None:
    lexicon = Lexicon.load(FOLDER)
    assert len(lexicon.verbs) + len(lexicon.nouns) > 1000


def test_frames_that_ask_for_more_come_first() -> None:
    lexicon = Lexicon.load(FOLDER)
    for group in (*lexicon.verbs.values(), *lexicon.nouns.values()):
        asked = [frame.specificity for frame in group]
        assert asked == sorted(asked, reverse=True)


def test_a_category_takes_in_the_categories_that_it_names() -> None:
    lexicon = Lexicon.load(FOLDER)
    assert lexicon.categories["settlement"].nouns < lexicon.categories["place"].nouns


def test_a_user_teaches_words_of_another_field(tmp_path: Path) -> None:
    own = tmp_path / "trade.yaml"
    own.write_text(
        "categories:\n  works:\n    nouns: [plant]\n"
        "frames:\n  - class: Protest\n    verbs: [picket]\n    roles: {agent: subject, place: in}\n"
        "    where: {object: works}\n"
    )
    doc = parsed(
        "Miners/NNS/nsubj/1/miner picketed/VBD/ROOT/1/picket a/DT/det/3 plant/NN/dobj/1 in/IN/prep/1"
        " Oruro/NNP/pobj/4"
    )
    mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 5, 6, "PopulatedPlace")
    EventReader(Lexicon.load(FOLDER, own))(doc)
    (account,) = layer(doc).accounts
    assert (account.kind, names(doc, account.agents), names(doc, account.places)) == (
        "Protest",
        ["Miners"],
        ["Oruro"],
    )


def test_a_reading_can_be_refused(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "frames:\n  - class: Detention\n    verbs: [arrest]\n"
        "    refuse: true\n    where: {object: [decline]}\n"
        "  - class: Detention\n    verbs: [arrest]\n    roles: {agent: subject}\n"
    )
    words = "Lima/NNP/nsubj/1 arrested/VBD/ROOT/1/arrest the/DT/det/3 {}/NN/dobj/1"
    kinds = []
    for noun in ("decline", "thief"):
        doc = parsed(words.format(noun))
        mention(doc, 0, 1, "PopulatedPlace")
        EventReader(Lexicon.load(FOLDER, own))(doc)
        kinds.append([account.kind for account in layer(doc).accounts])
    assert kinds == [[], ["Detention"]]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("frames:\n  - class: Heist\n    verbs: [rob]\n", ":2: the ontology has no event class 'Heist'"),
        ("frames:\n  - verbs: [rob]\n", ":2: a frame needs a class"),
        ("frames:\n  - class: Attack\n", ":2: a frame needs verbs or nouns"),
        ("frames:\n  - class: Attack\n    verbs: [rob]\n    verb: x\n", ":2: unknown key 'verb'"),
        (
            "frames:\n  - class: Attack\n    verbs: [rob]\n    roles: {doer: subject}\n",
            ":2: unknown role 'doer'",
        ),
        (
            "frames:\n  - class: Attack\n    verbs: [rob]\n    where: {object: banks}\n",
            ":2: no category 'banks'",
        ),
        ("frames:\n  - class: Attack\n    verbs: [rob]\n    bare: banks\n", ":2: no category 'banks'"),
        ("frames:\n  - class: Attack\n    verbs: [7]\n", ":2: verbs must be words"),
        ("frames: [\n", ":2: not YAML"),
        ("words: []\n", ": unknown section 'words'"),
        ("- a\n", ": a lexicon is a mapping"),
        ("traits: {deadly: [Attack]}\n", ": unknown trait 'deadly'"),
        ("traits: {violent: [Heist]}\n", ": the ontology has no event class 'Heist'"),
        ("categories: {a: {with: [b]}, b: {with: [a]}}\n", "contains itself"),
    ],
)
def test_what_is_wrong_is_refused_with_file_and_line(tmp_path: Path, text: str, says: str) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(text)
    with pytest.raises(DataError) as caught:
        Lexicon.load(FOLDER, own, classes=load_ontology().event_classes())
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_lexicon_that_is_not_there_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="cannot be read"):
        Lexicon.load(FOLDER, tmp_path / "none.yaml")


def test_a_preposition_that_yaml_takes_for_a_truth_stays_a_word(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "frames:\n  - class: Attack\n    verbs: [zap]\n    roles: {target: on}\n    where: {on: any}\n"
    )
    (frame,) = Lexicon.load(FOLDER, own).verbs["zap"]
    assert frame.roles == {"target": ("on",)}
    assert frame.where == {("on",): "any"}
