"""A small hand-built corpus: two reports on one capture, as the earlier stages would hand them over.

It covers every kind of mention, every role and every kind of entity that the mapping writes.
"""

from __future__ import annotations

from dataclasses import replace

from kg.model import (
    AnnotatedDocument,
    Chain,
    Entity,
    EntityMention,
    Event,
    EventAccount,
    Form,
    Link,
    MentionRef,
    Place,
    Position,
    PositionClaim,
    ReadArticle,
    Reduction,
    RelationClaim,
    ResolvedDocument,
    SourceDocument,
    Span,
    Status,
    TimeMention,
)
from kg.rdf.mapping import map_article
from kg.rdf.settings import MappingSettings

FIRST = "first report.txt"
SECOND = "second"
FIRST_TEXT = (
    "Fighters of the Sahel Front captured Kidal on 3 March. "
    "Amadou Touré, the army's spokesman, said: “They killed 12 soldiers.”\n"
    "They plan to march from Kidal to Gao, he said, which lies in Mali."
)
SECOND_TEXT = "The Sahel Front took Kidal in March 2012, residents said. 😀 The army denied it."

KIDAL = Place(
    id="2455290",
    name="Kidal",
    kind="PopulatedPlace",
    country="ML",
    latitude=18.44111,
    longitude=1.40778,
    population=25617,
    parents=("2453866",),
)
KIDAL_LINK = Link(
    id="geonames/2455290",
    label="Kidal",
    kind="PopulatedPlace",
    confidence=0.9,
    reason="the only populated place of this name",
    same_as=("https://sws.geonames.org/2455290/",),
    alternate_names=("Kidalle",),
    place=KIDAL,
)
MALI_LINK = Link(
    id="geonames/2453866",
    label="Mali",
    kind="Country",
    confidence=1.0,
    reason="a country's name",
    same_as=("https://sws.geonames.org/2453866/",),
    place=Place(id="2453866", name="Mali", kind="Country", country="ML", latitude=18.0, longitude=-2.0),
)


def find(text: str, fragment: str, occurrence: int = 0) -> tuple[int, int]:
    """Where `fragment` stands in `text`: begin and end of its nth occurrence."""
    begin = -1
    for _ in range(occurrence + 1):
        begin = text.index(fragment, begin + 1)
    return begin, begin + len(fragment)


def sentences(text: str, *ends: str) -> tuple[Span, ...]:
    """The sentences of `text` that end with `ends`, in order."""
    spans, begin = [], 0
    for end in ends:
        stop = text.index(end, begin) + len(end)
        spans.append(Span(begin=begin, end=stop))
        begin = stop + 1
    return tuple(spans)


def mention(
    text: str,
    key: str,
    fragment: str,
    chain: int,
    sentence: int,
    form: Form = Form.NAMED,
    occurrence: int = 0,
) -> EntityMention:
    """An entity mention where `fragment` stands."""
    begin, end = find(text, fragment, occurrence)
    return EntityMention(
        key=key, begin=begin, end=end, form=form, chain=chain, sentence=sentence, confidence=0.95
    )


def first_report() -> ResolvedDocument:
    """The article of record: a dated capture, a statement with casualties, a plan, a post, relations."""
    text = FIRST_TEXT
    captured, said = find(text, "captured"), find(text, "said")
    killed, march, located = find(text, "killed"), find(text, "march"), find(text, "lies in")
    day = find(text, "on 3 March")
    return ResolvedDocument(
        annotated=AnnotatedDocument(
            document=SourceDocument(
                id=FIRST,
                text=text,
                title="Kidal falls",
                date="2012-03-04",
                url="https://news.example.org/a report?x=1",
                publisher="The Example",
            ),
            sentences=sentences(text, "March.", "soldiers.”", "Mali."),
            chains=(
                Chain(id=0, kind="ArmedGroup", name="Sahel Front"),
                Chain(id=1, kind="PopulatedPlace", name="Kidal"),
                Chain(id=2, kind="Person", name="Amadou Touré"),
                Chain(id=3, kind="MilitaryUnit", name="army", named=False),
                Chain(id=4, kind="Group", name="soldiers", named=False),
                Chain(id=5, kind="PopulatedPlace", name="Gao"),
                Chain(id=6, kind="Country", name="Mali"),
            ),
            mentions=(
                mention(text, "m1", "Sahel Front", 0, 0),
                mention(text, "m2", "Kidal", 1, 0),
                mention(text, "m3", "Amadou Touré", 2, 1),
                mention(text, "m4", "the army", 3, 1, Form.NOMINAL),
                mention(text, "m5", "They", 0, 1, Form.PRONOUN),
                mention(text, "m6", "soldiers", 4, 1, Form.NOMINAL),
                mention(text, "m7", "They", 0, 2, Form.PRONOUN, occurrence=1),
                mention(text, "m8", "Kidal", 1, 2, occurrence=1),
                mention(text, "m9", "Gao", 5, 2),
                mention(text, "m10", "Mali", 6, 2),
            ),
            times=(
                TimeMention(
                    key="t1",
                    begin=day[0],
                    end=day[1],
                    sentence=0,
                    start_date="2012-03-03",
                    end_date="2012-03-03",
                ),
            ),
            events=(
                EventAccount(
                    key="e1",
                    begin=captured[0],
                    end=captured[1],
                    sentence=0,
                    kind="Capture",
                    confidence=0.9,
                    agents=("m1",),
                    places=("m2",),
                    times=("t1",),
                    start_date="2012-03-03",
                    end_date="2012-03-03",
                ),
                EventAccount(
                    key="e2",
                    begin=said[0],
                    end=said[1],
                    sentence=1,
                    kind="Statement",
                    agents=("m3",),
                    quotation="They killed 12 soldiers.",
                    about=("e3",),
                ),
                EventAccount(
                    key="e3",
                    begin=killed[0],
                    end=killed[1],
                    sentence=1,
                    kind="Killing",
                    status=Status.CLAIMED,
                    confidence=0.75,
                    agents=("m5",),
                    targets=("m6",),
                    sources=("m3",),
                    killed=12,
                    casualty_text="12",
                ),
                EventAccount(
                    key="e4",
                    begin=march[0],
                    end=march[1],
                    sentence=2,
                    kind="Movement",
                    status=Status.PLANNED,
                    agents=("m7",),
                    origins=("m8",),
                    destinations=("m9",),
                    sources=("m3",),
                    start_date="2012-03",
                ),
            ),
            positions=(PositionClaim(holder=2, title="spokesman", at=3, mentions=("m3", "m4")),),
            relations=(
                RelationClaim(
                    key="r1",
                    begin=located[0],
                    end=located[1],
                    sentence=2,
                    subject="m9",
                    relation="locatedIn",
                    object="m10",
                ),
            ),
        ),
        links={1: KIDAL_LINK, 6: MALI_LINK},
    )


def second_report() -> ResolvedDocument:
    """The same capture by another article, with a character outside the basic plane before a mention."""
    text = SECOND_TEXT
    took, denied, month = find(text, "took"), find(text, "denied"), find(text, "March 2012")
    return ResolvedDocument(
        annotated=AnnotatedDocument(
            document=SourceDocument(id=SECOND, text=text, date="2012-03"),
            sentences=sentences(text, "said.", "it."),
            chains=(
                Chain(id=0, kind="ArmedGroup", name="Sahel Front"),
                Chain(id=1, kind="PopulatedPlace", name="Kidal"),
                Chain(id=2, kind="Group", name="residents", named=False),
                Chain(id=3, kind="MilitaryUnit", name="army", named=False),
            ),
            mentions=(
                mention(text, "m1", "Sahel Front", 0, 0),
                mention(text, "m2", "Kidal", 1, 0),
                mention(text, "m3", "residents", 2, 0, Form.NOMINAL),
                mention(text, "m4", "The army", 3, 1, Form.NOMINAL),
            ),
            times=(
                TimeMention(
                    key="t1",
                    begin=month[0],
                    end=month[1],
                    sentence=0,
                    start_date="2012-03",
                    end_date="2012-03",
                ),
            ),
            events=(
                EventAccount(
                    key="e1",
                    begin=took[0],
                    end=took[1],
                    sentence=0,
                    kind="Capture",
                    status=Status.CLAIMED,
                    agents=("m1",),
                    places=("m2",),
                    sources=("m3",),
                    times=("t1",),
                    start_date="2012-03",
                    end_date="2012-03",
                ),
                EventAccount(
                    key="e2",
                    begin=denied[0],
                    end=denied[1],
                    sentence=1,
                    kind="Statement",
                    agents=("m4",),
                    about=("e1",),
                ),
            ),
        ),
        links={1: replace(KIDAL_LINK, confidence=0.8)},
    )


def refs(article: str, *keys: str) -> tuple[MentionRef, ...]:
    """Mentions of `article`, named from outside it."""
    return tuple(MentionRef(article=article, key=key) for key in keys)


def reports() -> tuple[ResolvedDocument, ...]:
    """Both articles."""
    return first_report(), second_report()


def reduction() -> Reduction:
    """Both articles' entities, positions and events, merged."""
    return Reduction(
        entities=(
            Entity(
                id="geonames/2453866",
                kind="Country",
                label="Mali",
                mentions=refs(FIRST, "m10"),
                link=MALI_LINK,
            ),
            Entity(
                id="geonames/2455290",
                kind="PopulatedPlace",
                label="Kidal",
                mentions=refs(FIRST, "m2", "m8") + refs(SECOND, "m2"),
                link=KIDAL_LINK,
                relations=(("locatedIn", "geonames/2453866"),),
            ),
            Entity(id="group/residents", kind="Group", label="residents", mentions=refs(SECOND, "m3")),
            Entity(id="group/soldiers", kind="Group", label="soldiers", mentions=refs(FIRST, "m6")),
            Entity(
                id="organization/army",
                kind="MilitaryUnit",
                label="army of Mali",
                alternate_labels=("army",),
                mentions=refs(FIRST, "m4") + refs(SECOND, "m4"),
                relations=(("locatedIn", "geonames/2453866"),),
            ),
            Entity(
                id="organization/sahel-front",
                kind="ArmedGroup",
                label="Sahel Front",
                alternate_labels=("Sahel Front", "The Front"),
                mentions=refs(FIRST, "m1", "m5", "m7") + refs(SECOND, "m1"),
                reason="the same name",
            ),
            Entity(id="person/amadou-toure", kind="Person", label="Amadou Touré", mentions=refs(FIRST, "m3")),
            Entity(
                id="place/gao",
                kind="PopulatedPlace",
                label="Gao",
                mentions=refs(FIRST, "m9"),
                relations=(("locatedIn", "geonames/2453866"),),
            ),
        ),
        positions=(
            Position(
                id="position/amadou-toure-spokesman-army",
                holder="person/amadou-toure",
                title="spokesman",
                at="organization/army",
                as_of="2012-03-04",
                mentions=refs(FIRST, "m3", "m4"),
            ),
        ),
        events=(
            Event(
                id="event/capture-kidal",
                kind="Capture",
                label="Sahel Front captures Kidal",
                status=Status.ASSERTED,
                confidence=0.9,
                mentions=refs(FIRST, "e1") + refs(SECOND, "e1"),
                agents=("organization/sahel-front",),
                places=("geonames/2455290",),
                sources=("group/residents",),
                start_date="2012-03-03",
                end_date="2012-03-03",
                dated_by=refs(FIRST, "t1"),
                copies=refs(SECOND, "e1") + refs(FIRST, "e1"),
                reason="same class, agent and place, dates that meet",
            ),
            Event(
                id="event/denial",
                kind="Statement",
                label="army of Mali says something",
                status=Status.ASSERTED,
                confidence=1.0,
                mentions=refs(SECOND, "e2"),
                agents=("organization/army",),
                about=("event/capture-kidal",),
            ),
            Event(
                id="event/killing",
                kind="Killing",
                label="Sahel Front kills soldiers",
                status=Status.CLAIMED,
                confidence=0.75,
                mentions=refs(FIRST, "e3"),
                agents=("organization/sahel-front",),
                targets=("group/soldiers",),
                sources=("person/amadou-toure",),
            ),
            Event(
                id="event/movement",
                kind="Movement",
                label="Sahel Front moves to Gao",
                status=Status.PLANNED,
                confidence=1.0,
                mentions=refs(FIRST, "e4"),
                agents=("organization/sahel-front",),
                origins=("geonames/2455290",),
                destinations=("place/gao",),
                sources=("person/amadou-toure",),
                start_date="2012-03",
            ),
            Event(
                id="event/statement",
                kind="Statement",
                label="Amadou Touré says something",
                status=Status.ASSERTED,
                confidence=1.0,
                mentions=refs(FIRST, "e2"),
                agents=("person/amadou-toure",),
                about=("event/killing",),
            ),
        ),
    )


def read(report: ResolvedDocument, settings: MappingSettings) -> ReadArticle:
    """A report as `kg.reading` hands it over, without its digest."""
    return map_article(report, settings, content="", digest=b"")
