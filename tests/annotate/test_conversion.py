"""From a `Doc` with its layer to our values."""

from __future__ import annotations

from parsed import mention, parsed
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.convert import convert
from kg.annotate.layer import Account, Holding, Relation, TimeExpression, layer
from kg.annotate.pipeline import masked
from kg.model import Form, SourceDocument, Span, Status


def test_offsets_are_code_points_and_keys_are_unique() -> None:
    doc = parsed("Élise/NNP/nsubj/1 took/VBD/ROOT/1/take Gao/NNP/dobj/1 and/CC/cc/2 Kidal/NNP/conj/2 ./././1")
    document = SourceDocument(id="a", text=doc.text)
    elise, gao, kidal = (
        mention(doc, i, i + 1, kind) for i, kind in ((0, "Person"), (2, "Place"), (4, "Place"))
    )
    layer(doc).accounts = [
        Account(trigger=1, trigger_end=2, kind="Capture", agents=[elise], places=[place])
        for place in (gao, kidal)
    ]
    annotated = convert(doc, document)
    assert [doc.text[m.begin : m.end] for m in annotated.mentions] == ["Élise", "Gao", "Kidal"]
    first, second = annotated.events
    assert (first.key, second.key) == ("v6-10", "v6-10.2")
    assert (first.agents, first.places, second.places) == (("e0-5",), ("e11-14",), ("e19-24",))
    assert first.status is Status.ASSERTED
    assert annotated.sentences == (Span(begin=0, end=len(doc.text)),)


def test_who_is_never_named_and_does_nothing_is_left_out() -> None:
    doc = parsed("Rebels/NNS/nsubj/2 saw/VBD/aux/2 residents/NNS/ROOT/2")
    rebels = mention(doc, 0, 1, "Group", form=Form.NOMINAL)
    mention(doc, 2, 3, "Group", form=Form.NOMINAL)
    layer(doc).accounts = [Account(trigger=1, trigger_end=2, kind="Attack", agents=[rebels])]
    annotated = convert(doc, SourceDocument(id="a", text=doc.text))
    assert [chain.name for chain in annotated.chains] == ["Rebels"]
    assert len(annotated.mentions) == 1


def test_posts_relations_and_times() -> None:
    doc = parsed(
        "Diallo/NNP/nsubj/1 leads/VBZ/ROOT/1/lead Gao/NNP/dobj/1 today/NN/npadvmod/1 daily/RB/advmod/1"
    )
    diallo, gao = mention(doc, 0, 1, "Person"), mention(doc, 2, 3, "Place")
    found = layer(doc)
    found.holdings = [Holding(holder=0, title="leader", at=1, evidence=(diallo,))]
    found.relations = [
        Relation(subject=diallo, relation="residentOf", object=gao),
        Relation(subject=diallo, relation="memberOf", object=diallo),
    ]
    found.times = [
        TimeExpression(start=3, end=4, root=3, start_date="2020-01-02", end_date="2020-01-02"),
        TimeExpression(start=4, end=5, root=4, start_date=None, end_date=None, kind="set"),
    ]
    annotated = convert(doc, SourceDocument(id="a", text=doc.text))
    (post,) = annotated.positions
    assert (post.holder, post.title, post.at, post.mentions) == (0, "leader", 1, ("e0-6",))
    (relation,) = annotated.relations
    assert (relation.subject, relation.relation, relation.object) == ("e0-6", "residentOf", "e13-16")
    (time,) = annotated.times
    assert (time.begin, time.end, time.start_date) == (17, 22, "2020-01-02")


def test_what_is_passed_over_is_blanked_and_offsets_stay() -> None:
    document = SourceDocument(
        id="a", text="date 2020\nRain fell.\nSubscribe!", skip=(Span(begin=0, end=9), Span(begin=21, end=31))
    )
    text = masked(document)
    assert len(text) == len(document.text)
    assert text == " " * 9 + "\nRain fell.\n" + " " * 10
    assert masked(SourceDocument(id="a", text="Rain.")) == "Rain."


def test_a_quotation_is_printed_as_the_document_has_it_without_what_is_skipped() -> None:
    document = SourceDocument(
        id="a", text="“We didn’t [ad] leave” said Diallo", skip=(Span(begin=11, end=15),)
    )
    words = ["“", "We", "did", "n't", "    ", "leave", "”", "said", "Diallo"]
    spaces = [False, True, False, True, True, False, True, True, False]
    doc = Doc(Vocab(), words=words, spaces=spaces)
    for token in doc:
        token.is_sent_start = token.i == 0
    assert doc.text == masked(document)
    mention(doc, 8, 9, "Person")
    layer(doc).accounts = [Account(trigger=7, trigger_end=8, kind="Statement", agents=[0], quoted=[(1, 6)])]
    (statement,) = convert(doc, document).events
    assert statement.quotation == "We didn’t      leave"
