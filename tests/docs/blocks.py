"""Pages made of blocks, written as Markdown and as HTML that needs nothing else.

Text within a block is Markdown of two kinds only: `code` and [links](to somewhere).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

_INLINE = re.compile(r"`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)")
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1c2330; background: #fff;
  margin: 0 auto; padding: 1rem 1.5rem 4rem; max-width: 72rem; }
h1, h2, h3 { line-height: 1.2; margin: 2.2rem 0 .6rem; }
h1 { margin-top: 1rem; }
h2 { border-bottom: 1px solid #cfd6e1; padding-bottom: .2rem; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0 1.4rem; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #e3e8ef; }
th { background: #f3f5f9; }
tr:target { background: #fff6d6; }
code { font: .92em ui-monospace, monospace; background: #f3f5f9; padding: 0 .2em; border-radius: 3px;
  overflow-wrap: break-word; }
pre { background: #f3f5f9; padding: .8rem 1rem; overflow-x: auto; font-size: .85rem; }
pre code { background: none; padding: 0; overflow-wrap: normal; }
a { color: #1d4f91; }
svg { max-width: 100%; height: auto; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list without numbers."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table. In HTML a row can be linked to by its anchor, where `anchors` has one for each."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A listing in a language."""

    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing: the file beside the page for Markdown, its SVG itself for HTML."""

    file: str
    svg: str
    caption: str


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Code | Figure


def markdown(blocks: Sequence[Block], note: str) -> str:
    """The page in Markdown; `note` is a comment for who would edit it."""
    return "\n\n".join([f"<!-- {note} -->", *map(_markdown, blocks)]) + "\n"


def html(blocks: Sequence[Block], title: str, note: str) -> str:
    """The page in HTML, its style and drawings in it."""
    head = (
        f'<!doctype html>\n<!-- {note} -->\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    return head + "\n".join(map(_html, blocks)) + "\n</body>\n</html>\n"


def _markdown(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {block.text}"
        case Paragraph():
            return block.text
        case Bullets():
            return "\n".join(f"- {item}" for item in block.items)
        case Table():
            lines = [block.header, ("---",) * len(block.header), *block.rows]
            return "\n".join(f"| {' | '.join(_cell(each) for each in line)} |" for line in lines)
        case Code():
            return f"```{block.language}\n{block.text}\n```"
        case Figure():
            return f"![{block.caption}]({block.file})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _html(block: Block) -> str:
    match block:
        case Heading():
            anchor = re.sub(r"[^a-z0-9]+", "-", block.text.lower()).strip("-")
            return f'<h{block.level} id="section-{anchor}">{_inline(block.text)}</h{block.level}>'
        case Paragraph():
            return f"<p>{_inline(block.text)}</p>"
        case Bullets():
            return "<ul>\n" + "\n".join(f"<li>{_inline(item)}</li>" for item in block.items) + "\n</ul>"
        case Table():
            head = "".join(f"<th>{_inline(each)}</th>" for each in block.header)
            anchors = block.anchors or ("",) * len(block.rows)
            rows = "\n".join(
                f"<tr{f' id={anchor!r}' if anchor else ''}>"
                + "".join(f"<td>{_inline(each)}</td>" for each in row)
                + "</tr>"
                for anchor, row in zip(anchors, block.rows, strict=True)
            )
            return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
        case Code():
            return f"<pre><code>{escape(block.text)}</code></pre>"
        case Figure():
            return f'<figure aria-label="{escape(block.caption)}">{block.svg}</figure>'


def _inline(text: str) -> str:
    found, end = [], 0
    for match in _INLINE.finditer(text):
        code, name, link = match.groups()
        found.append(escape(text[end : match.start()]))
        found.append(
            f"<code>{escape(code)}</code>" if code else f'<a href="{escape(link)}">{_inline(name)}</a>'
        )
        end = match.end()
    return "".join(found) + escape(text[end:])
