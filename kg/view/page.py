"""Paragraphs as one page of HTML that needs nothing else: no script, no file, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from kg.view.paragraphs import Paragraph, Piece, Style

_TINTS = {
    Style.PERSON: ("#ffe8a3", "#5c4a00"),
    Style.ORGANIZATION: ("#bfe9f2", "#0b4a57"),
    Style.GROUP: ("#ecd0f5", "#55256b"),
    Style.PLACE: ("#cdeccd", "#1d4f1d"),
    Style.TIME: ("#d5dcff", "#2b3680"),
    Style.EVENT: ("#ffcfc7", "#7a1c10"),
}
_LOOK = """
:root { color-scheme: light dark; }
body { font: 16px/1.6 system-ui, sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; }
p { margin: .3em 0; } p:empty { height: .6em; } h2 { font-size: 1.15em; margin: .8em 0 .3em; }
h2 .plain { font-weight: normal; }
.label { display: inline-block; white-space: pre; }
.heading { font-weight: bold; } .key { font-style: italic; } .faint { opacity: .65; font-size: .85em; }
.person, .organization, .group, .place, .time, .event { border-radius: .25em; padding: 0 .15em; }
.event { font-weight: bold; }
"""


def page(title: str, paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """The lines of a page of HTML5, as the paragraphs come."""
    light = "\n".join(f".{style} {{ background: {tint[0]}; }}" for style, tint in _TINTS.items())
    dark = "\n".join(f".{style} {{ background: {tint[1]}; }}" for style, tint in _TINTS.items())
    yield "<!DOCTYPE html>"
    yield f'<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<style>{_LOOK}{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}</style></head><body>"
    for paragraph in paragraphs:
        yield _element(paragraph)
    yield "</body></html>"


def _element(paragraph: Paragraph) -> str:
    body = "".join(map(_span, paragraph.pieces))
    if paragraph.pieces and paragraph.pieces[0].style is Style.HEADING:
        return f"<h2>{body}</h2>"
    indent, label = f"{paragraph.indent}ch", ""
    if paragraph.label.text:
        bare = paragraph.label.text.lstrip(" ")
        width = f"{paragraph.indent - (len(paragraph.label.text) - len(bare))}ch"
        name = _span(Piece(bare, paragraph.label.style))
        label = f'<span class="label" style="margin-left:-{width};min-width:{width}">{name} </span>'
    place = f' style="padding-left:{indent}"' if paragraph.indent else ""
    return f'<p dir="auto"{place}>{label}{body}</p>' if label or body else "<p></p>"


def _span(piece: Piece) -> str:
    text = escape(piece.text)
    return text if piece.style is Style.PLAIN else f'<span class="{piece.style}">{text}</span>'
