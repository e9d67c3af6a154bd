"""The lexicon as data: what ships is sound, a user's is tried first, a wrong one is refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from parsed import mention, names, parsed

import kg.annotate
from kg import resources
from kg.annotate.constructions import Constructions
from kg.annotate.events import EventReader
from kg.annotate.layer import layer
from kg.annotate.lexicon import Lexicon
from kg.errors import DataError, ResourceError
from kg.model import Form
from kg.ontology.reading import load_ontology

FOLDER = resources.ontology_dir() / "lexicon"
CODE = Path(kg.annotate.__file__).parent


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


def _doers(own: Path | None) -> list[list[str]]:
    """Of *Police began a manhunt freeing Ana*: who freed her, by the lexicon with the words of `own`."""
    doc = parsed(
        "Police/NNP/nsubj/1 began/VBD/ROOT/1/begin a/DT/det/3 manhunt/NN/dobj/1 freeing/VBG/acl/3/free"
        " Ana/NNP/dobj/4"
    )
    mention(doc, 0, 1, "GovernmentBody")
    mention(doc, 5, 6, "Person")
    EventReader(Lexicon.load(FOLDER, own))(doc)
    return [names(doc, account.agents) for account in layer(doc).accounts if account.kind == "Release"]


def test_the_words_of_a_construction_are_data(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("words:\n  operations: [manhunt]\n")
    assert _doers(None) == [[]]
    assert _doers(own) == [["Police"]]
    assert _doers(None) == [[]], "a user's words hold for what is read by them alone"


def test_lists_take_the_place_of_ours_and_of_mappings_only_their_keys(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("words: {hearing: [cable], turning_to: {pray: [to]}, claimed: {adverbs: [supposably]}}\n")
    ours, theirs = Lexicon.load(FOLDER), Lexicon.load(FOLDER, own)
    assert theirs.constructions.hearing == {"cable"}
    assert theirs.constructions.turning_to == {**ours.constructions.turning_to, "pray": {"to"}}
    assert theirs.claimed.adverbs == {"supposably"}
    assert theirs.claimed.verbs == ours.claimed.verbs
    assert theirs.planned == ours.planned


@pytest.mark.parametrize("name", Constructions.__slots__)
def test_no_list_is_idle(name: str) -> None:
    code = (path.read_text(encoding="utf-8") for path in CODE.glob("*.py") if path.name != "constructions.py")
    assert any(f".{name}" in text for text in code)


def test_a_list_that_ours_lack_is_told(tmp_path: Path) -> None:
    for path in FOLDER.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace("\nhearing: [", "\nhearers: ["), encoding="utf-8")
    with pytest.raises(DataError, match=r"constructions.yaml: the list 'hearing' is missing"):
        Lexicon.load(tmp_path)


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
        ("phrases: []\n", ": unknown section 'phrases'"),
        ("words: []\n", ": 'words' must map names to lists"),
        (
            "words:\n  operation: [siege]\n",
            ":2: no list of words is called 'operation'; did you mean 'operations'?",
        ),
        ("words: {forms: {a: b}}\n", ":1: no list of words is called 'forms'"),
        ("words:\n  hearing: tell\n", ":2: 'hearing' must be a list of words"),
        ("words: {hearing: [7]}\n", ":1: 'hearing' must be a list of words"),
        ("words: {turning_to: [beg]}\n", ":1: 'turning_to' must map names to lists"),
        ("words: {turning_to: {beg: of}}\n", ":1: turning_to: 'beg' must be a list of words"),
        (
            "words: {planned: {verb: [eye]}}\n",
            "planned: no list of words is called 'verb'; did you mean 'verbs'?",
        ),
        ("words: {support: {verb: [eye]}}\n", "own.yaml:1: support: no list of words is called 'verb'"),
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
