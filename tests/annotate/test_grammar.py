"""Deep grammatical roles, on parses written by hand."""

from __future__ import annotations

import pytest
from parsed import parsed
from spacy.tokens import Token

from kg.annotate.grammar import coordinated, is_passive, objects, prepositions, subjects, surface_subject


def _texts(tokens: list[Token]) -> list[str]:
    return [t.text for t in tokens]


ACTIVE = "Rebels/NNS/nsubj/1 took/VBD/ROOT/1/take Gao/NNP/dobj/1"
PASSIVE = "Gao/NNP/nsubjpass/2 was/VBD/auxpass/2 taken/VBN/ROOT/2/take by/IN/agent/2 rebels/NNS/pobj/3"
AGENTLESS = "Gao/NNP/nsubjpass/2 was/VBD/auxpass/2 taken/VBN/ROOT/2/take"
RELATIVE = "rebels/NNS/ROOT/0 who/WP/nsubj/2 took/VBD/relcl/0/take Gao/NNP/dobj/2"
RELATIVE_OBJECT = "town/NN/ROOT/0 the/DT/det/2 rebels/NNS/nsubj/3 took/VBD/relcl/0/take"
PARTICIPLE = (
    "After/IN/prep/5 taking/VBG/pcomp/0/take Gao/NNP/dobj/1 ,/,/punct/5"
    " rebels/NNS/nsubj/5 left/VBD/ROOT/5/leave"
)
REDUCED = "towns/NNS/ROOT/0 taken/VBN/acl/0/take by/IN/agent/1 rebels/NNS/pobj/2"
SUBJECT_CONTROL = "Rebels/NNS/nsubj/1 vowed/VBD/ROOT/1/vow to/TO/aux/3 take/VB/xcomp/1 Gao/NNP/dobj/3"
OBJECT_CONTROL = (
    "Envoys/NNS/nsubj/1 urged/VBD/ROOT/1/urge rebels/NNS/dobj/1 to/TO/aux/4 leave/VB/xcomp/1 Gao/NNP/dobj/4"
)
ACCUSED = (
    "Envoys/NNS/nsubj/1 accused/VBD/ROOT/1/accuse rebels/NNS/dobj/1 of/IN/prep/1 shelling/VBG/pcomp/3/shell"
    " Gao/NNP/dobj/4"
)
COORDINATED = "Rebels/NNS/nsubj/1 attacked/VBD/ROOT/1/attack and/CC/cc/1 took/VBD/conj/1/take Gao/NNP/dobj/3"
ATTEMPT = (
    "Rebels/NNS/nsubj/1 made/VBD/ROOT/1/make an/DT/det/3 attempt/NN/dobj/1 to/TO/aux/5"
    " take/VB/acl/3 Gao/NNP/dobj/5"
)


@pytest.mark.parametrize(
    ("notation", "verb", "doers", "done_to"),
    [
        (ACTIVE, 1, ["Rebels"], ["Gao"]),
        (PASSIVE, 2, ["rebels"], ["Gao"]),
        (AGENTLESS, 2, [], ["Gao"]),
        (RELATIVE, 2, ["rebels"], ["Gao"]),
        (RELATIVE_OBJECT, 3, ["rebels"], ["town"]),
        (PARTICIPLE, 1, ["rebels"], ["Gao"]),
        (REDUCED, 1, ["rebels"], ["towns"]),
        (SUBJECT_CONTROL, 3, ["Rebels"], ["Gao"]),
        (OBJECT_CONTROL, 4, ["rebels"], ["Gao"]),
        (ACCUSED, 4, ["rebels"], ["Gao"]),
        (COORDINATED, 3, ["Rebels"], ["Gao"]),
        (COORDINATED, 1, ["Rebels"], ["Gao"]),
        (ATTEMPT, 5, ["Rebels"], ["Gao"]),
    ],
    ids=[
        "active",
        "passive",
        "agentless",
        "relative",
        "relative-object",
        "participle",
        "reduced",
        "subject-control",
        "object-control",
        "accused",
        "coordinated",
        "shared-object",
        "attempt",
    ],
)
def test_deep_subject_and_object(notation: str, verb: int, doers: list[str], done_to: list[str]) -> None:
    doc = parsed(notation)
    assert _texts(subjects(doc[verb])) == doers
    assert _texts(objects(doc[verb])) == done_to


def test_a_subject_that_the_parse_took_for_the_object_of_a_conjunction() -> None:
    doc = parsed(
        "Fear/NN/nsubj/1 grew/VBD/ROOT/1/grow as/IN/prep/1 troops/NNS/pobj/2 continue/VBP/ccomp/1"
        " to/TO/aux/6 withdraw/VB/xcomp/4"
    )
    subject = surface_subject(doc[6])
    assert subject is not None
    assert subject.text == "troops"


def test_a_finite_verb_without_any_subject_has_none() -> None:
    doc = parsed("Take/VB/ROOT/0 Gao/NNP/dobj/0")
    assert surface_subject(doc[0]) is None
    assert subjects(doc[0]) == []


def test_lists_of_nouns_and_no_verbs() -> None:
    doc = parsed(
        "Gao/NNP/ROOT/0 ,/,/punct/0 Kidal/NNP/conj/0 and/CC/cc/2 Menaka/NNP/conj/2 fell/VBD/conj/0/fall"
    )
    assert _texts(coordinated(doc[0])) == ["Gao", "Kidal", "Menaka"]


def test_a_perfect_is_no_passive() -> None:
    doc = parsed("Rebels/NNS/nsubj/2 have/VBP/aux/2 taken/VBN/ROOT/2/take Gao/NNP/dobj/2")
    assert not is_passive(doc[2])


def test_prepositions_go_through_one_another_and_leave_according_to_aside() -> None:
    doc = parsed(
        "fled/VBD/ROOT/0/flee out/IN/prep/0 of/IN/prep/1 Gao/NNP/pobj/2 according/VBG/prep/0 to/IN/prep/4"
        " aides/NNS/pobj/5"
    )
    assert [(word, obj.text) for word, obj in prepositions(doc[0])] == [("of", "Gao"), ("out", "Gao")]
