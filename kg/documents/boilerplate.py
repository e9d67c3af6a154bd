"""What in a scraped page is no prose of the article: forms, share bars, notices, credits, sign-offs.

The cues are data, in ``boilerplate.toml``. Lines are judged by themselves and by where they stand, after
Kohlschütter et al., "Boilerplate detection using shallow text features" (WSDM 2010): a cue in the middle
takes its own line alone; near the end, where most lines are cues, all lines from the first cue on are
taken, but never a line that reads as prose.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.errors import DataError
from kg.model import Span

_LONGEST_CUE = 700
"""Characters beyond which a line is prose whatever it begins with."""
_HEAD_LINES = 6
_PROSE_WORDS = 12
"""Words from which a line is prose, and half as many where it ends as a sentence does."""
_DENSITY = 0.6
"""The share of cues among the lines of a block at the end."""
_SIGNOFF_WORDS = 6

_LINE = re.compile(r"[^\r\n]+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_BOUNDARY = re.compile(r"(?<=[.!?…”\")\]])(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St)\.)(?<!\bMrs\.)\s+(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """The patterns of ``boilerplate.toml``, a section each."""

    line: re.Pattern[str]
    head: re.Pattern[str]
    tail: re.Pattern[str]
    sentence: re.Pattern[str]
    signoff: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    begin: int
    end: int
    text: str
    cue: bool
    weak: bool

    @property
    def prose(self) -> bool:
        words = len(self.text.split())
        ends = _SENTENCE_END.search(self.text) is not None
        return not (self.cue or self.weak) and words >= (_PROSE_WORDS // 2 if ends else _PROSE_WORDS)


def find_boilerplate(text: str, *, begin: int = 0, title: str | None = None) -> tuple[Span, ...]:
    """The stretches of `text` from `begin` on that are no prose: sorted, not overlapping.

    Where the first line, or `title`, stands again among other boilerplate at the end, it goes too.
    """
    lines = _classify(text, begin, title)
    start = _tail(lines)
    spans = [(line.begin, line.end) for line in lines[:start] if line.cue]
    rest = [line for line in lines[:start] if not line.cue]
    spans += list(_last_words(rest))
    if start < len(lines):
        spans.append((lines[start].begin, lines[-1].end))
    return tuple(_merged(text, sorted(spans)))


def unbroken(text: str, longest: int) -> tuple[Span, ...]:
    """The stretches of more than `longest` characters without white space: no word, whatever they are."""
    if len(text) <= longest:
        return ()
    found = re.finditer(rf"\S{{{longest + 1},}}", text)
    return tuple(Span(begin=each.start(), end=each.end()) for each in found)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """`spans` sorted, those that overlap made one, empty ones left out."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.begin, span.end)):
        if found and span.begin < found[-1].end:
            found[-1] = Span(begin=found[-1].begin, end=max(found[-1].end, span.end))
        elif span.end > span.begin:
            found.append(span)
    return tuple(found)


def load_cues(source: str) -> Cues:
    """The cues in `source`, TOML.

    Raises:
        DataError: it is no TOML, lacks a section, or holds a pattern that is no regular expression.
    """
    try:
        sections = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"boilerplate.toml: {error}") from None
    compiled = {}
    for name in Cues.__slots__:
        patterns = []
        for key, group in sections.get(name, {}).items():
            for pattern in group:
                try:
                    re.compile(pattern)
                except re.error as error:
                    raise DataError(f"boilerplate.toml: [{name}] {key}: {pattern!r}: {error}") from None
                patterns.append(f"(?:{pattern})")
        compiled[name] = re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)
    return Cues(**compiled)


@cache
def _cues() -> Cues:
    return load_cues(resources.files(__package__).joinpath("boilerplate.toml").read_text(encoding="utf-8"))


def _classify(text: str, begin: int, title: str | None) -> list[_Line]:
    cues = _cues()
    lines: list[_Line] = []
    headlines = {title.strip().casefold()} if title else set()
    for found in _LINE.finditer(text, begin):
        stripped = found[0].strip()
        if not stripped:
            continue
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        short = len(stripped) <= _LONGEST_CUE
        cue = short and (
            cues.line.fullmatch(stripped) is not None
            or (len(lines) < _HEAD_LINES and cues.head.fullmatch(stripped) is not None)
        )
        again = bool(lines) and stripped.casefold() in headlines and not _SENTENCE_END.search(stripped)
        weak = short and (again or cues.tail.fullmatch(stripped) is not None)
        lines.append(_Line(begin=start, end=start + len(stripped), text=stripped, cue=cue, weak=weak))
        if len(lines) == 1:
            headlines.add(stripped.casefold())
    return lines


def _tail(lines: list[_Line]) -> int:
    """The index of the first line of the block at the end, or the number of lines."""
    start = len(lines)
    cues = 0
    for index in range(len(lines) - 1, 0, -1):
        line = lines[index]
        if line.prose:
            break
        cues += line.cue or line.weak
        if line.cue and cues >= _DENSITY * (len(lines) - index):
            start = index
    return start


def _last_words(lines: list[_Line]) -> Iterator[tuple[int, int]]:
    """Sentences at the end of the last paragraph that are no prose, and a last line that is a sign-off."""
    cues = _cues()
    last = len(lines) - 1
    if last > 0:
        line = lines[last]
        if len(line.text.split()) <= _SIGNOFF_WORDS and cues.signoff.fullmatch(line.text):
            yield line.begin, line.end
            last -= 1
    while last >= 0:
        line = lines[last]
        starts = [0, *(found.end() for found in _BOUNDARY.finditer(line.text))]
        end = len(line.text)
        while starts and (last > 0 or starts[-1] > 0):
            sentence = line.text[starts[-1] : end].rstrip()
            if len(sentence) > _LONGEST_CUE or not cues.sentence.fullmatch(sentence):
                break
            end = starts.pop()
        if end < len(line.text):
            yield line.begin + end, line.end
        if end > 0:
            return
        last -= 1


def _merged(text: str, spans: list[tuple[int, int]]) -> Iterator[Span]:
    """`spans` with those joined that only white space parts."""
    current: tuple[int, int] | None = None
    for begin, end in spans:
        if current is not None and not text[current[1] : begin].strip():
            current = (current[0], max(end, current[1]))
            continue
        if current is not None:
            yield Span(begin=current[0], end=current[1])
        current = (begin, end)
    if current is not None:
        yield Span(begin=current[0], end=current[1])
