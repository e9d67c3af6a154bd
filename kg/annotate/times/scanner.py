"""A text as the small words that the grammar of time reads, whatever tokens others make of it.

*mid-March*, *June 1-10* and *2021-08-10* fall apart at their signs; *1990s* into number and letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

TOKEN: Final = re.compile(r"[^\W\d_]+|[0-9]+(?:,[0-9]{3})*|\n\s*\n\s*|\S")
BARRIER: Final = "\n"
_PAD: Final = 12


@dataclass(frozen=True, slots=True)
class Words:
    """Word `i` is ``raw[i]``, in lower case ``low[i]``, at ``begin[i]`` to ``end[i]`` of the text.

    A blank line is a word of its own, `BARRIER`. Empty words follow the last one, so that looking
    ahead needs no bounds; looking behind the first word meets those too.
    """

    raw: list[str]
    low: list[str]
    begin: list[int]
    end: list[int]
    size: int

    def glued(self, i: int) -> bool:
        """Whether nothing stands between word `i` and the one before it."""
        return 0 < i < self.size and self.end[i - 1] == self.begin[i] and self.raw[i - 1] != BARRIER

    def capital(self, i: int) -> bool:
        """Whether word `i` begins with a capital."""
        return self.raw[i][:1].isupper()

    def opens_sentence(self, i: int) -> bool:
        """Whether word `i` is the first of the text, or follows a stop, a blank line or an opening quote."""
        before = self.low[i - 1] if i > 0 else ""
        return before in ("", BARRIER, ".", "!", "?", "“", '"', ":", ";", "—", "–")


def scan(text: str) -> Words:
    """The words of `text`."""
    raw: list[str] = []
    begin: list[int] = []
    end: list[int] = []
    for match in TOKEN.finditer(text):
        word = match.group()
        raw.append(BARRIER if word[0] == "\n" else word)
        begin.append(match.start())
        end.append(match.end())
    size = len(raw)
    raw.extend([""] * _PAD)
    begin.extend([len(text)] * _PAD)
    end.extend([len(text)] * _PAD)
    return Words(raw, [word.lower() for word in raw], begin, end, size)
