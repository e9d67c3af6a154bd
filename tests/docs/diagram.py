"""The diagram of the ontology: what an article says on the left, what is so on the right, as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from kg.ontology import load_ontology
from kg.ontology.reading import TermKind

WIDTH, HEIGHT = 1080, 700
_LINE = 17
# They hold wherever one below them does, or name what is drawn already.
LEFT_OUT = frozenset({"hasParticipant"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A class, by its middle and its width; `inside` are the properties that lead from it to its like."""

    name: str
    x: int
    y: int
    width: int = 180
    kinds: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """What stands below the name: classes below it, properties to its like."""
        wide = self.width // 7
        kinds = _wrapped(", ".join(self.kinds), wide)
        return [*kinds, *(f"↻ {line}" for line in _wrapped(", ".join(self.inside), wide - 2))]

    @property
    def height(self) -> int:
        """In pixels."""
        return 36 + _LINE * len(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """Properties from one class to another; the label stands at `at` of the way, moved by `shift`.

    `note` is written behind the properties.
    """

    source: str
    target: str
    names: tuple[str, ...]
    at: float = 0.5
    shift: tuple[int, int] = (0, 0)
    note: str = ""


BOXES = (
    Box(name="Article", x=170, y=80),
    Box(name="RelationMention", x=170, y=200),
    Box(
        name="EntityMention",
        x=170,
        y=330,
        width=230,
        kinds=("NamedMention", "NominalMention", "PronounMention"),
    ),
    Box(name="EventMention", x=170, y=500, width=230, inside=("about",)),
    Box(name="TimeMention", x=170, y=640),
    Box(
        name="Agent",
        x=620,
        y=150,
        width=210,
        kinds=("Person", "Organization", "Group"),
        inside=("memberOf", "partOf"),
    ),
    Box(name="Position", x=960, y=150, width=150),
    Box(
        name="Place",
        x=930,
        y=330,
        width=220,
        kinds=("Country", "AdministrativeArea", "PopulatedPlace", "Facility", "Region"),
        inside=("locatedIn", "capitalOf"),
    ),
    Box(name="Event", x=620, y=470, width=190, inside=("about",)),
    Box(
        name="Status",
        x=930,
        y=620,
        width=220,
        kinds=("Asserted", "Claimed", "Denied", "Planned", "Possible"),
    ),
)
ARROWS = (
    Arrow(source="RelationMention", target="Article", names=("inArticle",), note=" (every mention)"),
    Arrow(source="RelationMention", target="EntityMention", names=("subjectMention", "objectMention")),
    Arrow(
        source="EventMention",
        target="EntityMention",
        names=(
            "agentMention",
            "targetMention",
            "placeMention",
            "originMention",
            "destinationMention",
            "sourceMention",
        ),
    ),
    Arrow(source="EventMention", target="TimeMention", names=("timeMention",)),
    Arrow(source="Agent", target="EntityMention", names=("hasMention",)),
    Arrow(source="Event", target="EventMention", names=("hasMention", "copiedMention")),
    Arrow(source="Event", target="TimeMention", names=("datedBy",), at=0.6),
    Arrow(source="Event", target="Agent", names=("hasAgent", "hasTarget", "accordingTo")),
    Arrow(source="Event", target="Place", names=("hasPlace", "hasOrigin", "hasDestination")),
    Arrow(source="Event", target="Status", names=("status",)),
    Arrow(source="EventMention", target="Status", names=("status",), at=0.55),
    Arrow(source="Agent", target="Position", names=("holdsPosition",), at=0.5, shift=(0, -14)),
    Arrow(source="Position", target="Agent", names=("positionAt",), at=0.5, shift=(0, 16)),
    Arrow(source="Agent", target="Place", names=("locatedIn", "residentOf")),
)


def diagram() -> str:
    """The drawing. Raises `ValueError` where the ontology has a relation, or lacks a name, that it shows."""
    _check()
    boxes = {box.name: box for box in BOXES}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
        f' height="{HEIGHT}" font-family="system-ui, sans-serif" font-size="13" role="img">',
        "<title>The classes of the newskg ontology and the properties between them</title>",
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8"'
        ' orient="auto-start-reverse"><path d="M0 0 L10 5 L0 10 z" fill="#5b6675"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        _band(20, 320, "What an article says"),
        _band(480, 580, "What is so"),
        *(_arrow(arrow, boxes) for arrow in ARROWS),
        *map(_box, BOXES),
        *(_label(arrow, boxes) for arrow in ARROWS),
        "</svg>",
    ]
    return "\n".join(parts)


def _check() -> None:
    terms = load_ontology().terms
    shown = {name for box in BOXES for name in (box.name, *box.kinds, *box.inside)}
    shown |= {name for arrow in ARROWS for name in arrow.names}
    if unknown := sorted(shown - set(terms)):
        raise ValueError(f"the diagram shows what the ontology lacks: {unknown}")
    relations = {name for name, term in terms.items() if term.kind is TermKind.OBJECT_PROPERTY}
    if missing := sorted(relations - shown - LEFT_OUT):
        raise ValueError(f"the diagram lacks {missing}: add them to ARROWS or BOXES")


def _band(x: int, width: int, title: str) -> str:
    return (
        f'<rect x="{x}" y="14" width="{width}" height="{HEIGHT - 24}" rx="10" fill="#f6f8fb"/>'
        f'<text x="{x + 14}" y="36" fill="#5b6675" font-size="14">{title}</text>'
    )


def _box(box: Box) -> str:
    left, top = box.x - box.width // 2, box.y - box.height // 2
    lines = "".join(
        f'<text x="{box.x}" y="{top + 42 + _LINE * at}" text-anchor="middle" fill="#45505f"'
        f' font-size="12">{escape(line)}</text>'
        for at, line in enumerate(box.lines)
    )
    return (
        f'<rect x="{left}" y="{top}" width="{box.width}" height="{box.height}" rx="6" fill="#fff"'
        f' stroke="#1d4f91" stroke-width="1.5"/><text x="{box.x}" y="{top + 23}" text-anchor="middle"'
        f' font-weight="600" fill="#1c2330" font-size="14">{box.name}</text>{lines}'
    )


def _ends(arrow: Arrow, boxes: dict[str, Box]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where an arrow leaves its source and meets its target: on the line between their middles."""
    source, target = boxes[arrow.source], boxes[arrow.target]
    lift = 10 if arrow.shift[1] else 0
    up = lift if arrow.shift[1] > 0 else -lift

    def edge(box: Box, other: Box) -> tuple[float, float]:
        across, down = other.x - box.x, other.y - box.y
        scale = min(
            box.width / 2 / abs(across) if across else 9e9, box.height / 2 / abs(down) if down else 9e9
        )
        return box.x + across * scale, box.y + down * scale + up

    return edge(source, target), edge(target, source)


def _arrow(arrow: Arrow, boxes: dict[str, Box]) -> str:
    (x1, y1), (x2, y2) = _ends(arrow, boxes)
    return (
        f'<line x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}" stroke="#5b6675"'
        ' stroke-width="1.2" marker-end="url(#tip)"/>'
    )


def _label(arrow: Arrow, boxes: dict[str, Box]) -> str:
    (x1, y1), (x2, y2) = _ends(arrow, boxes)
    x = x1 + (x2 - x1) * arrow.at + arrow.shift[0]
    y = y1 + (y2 - y1) * arrow.at + arrow.shift[1]
    lines = _wrapped(", ".join(arrow.names) + arrow.note, 34)
    width = max(map(len, lines)) * 6.4 + 8
    height = 15 * len(lines) + 3
    texts = "".join(
        f'<text x="{x:.0f}" y="{y - height / 2 + 13 + 15 * at:.0f}" text-anchor="middle" font-size="12"'
        f' fill="#7a3b12">{escape(line)}</text>'
        for at, line in enumerate(lines)
    )
    return (
        f'<rect x="{x - width / 2:.0f}" y="{y - height / 2:.0f}" width="{width:.0f}" height="{height}"'
        f' rx="3" fill="#f6f8fb" fill-opacity=".92"/>{texts}'
    )


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
