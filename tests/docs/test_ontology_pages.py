"""The pages of the ontology are those that the generator writes, and say what they should."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from blocks import Block, Bullets, Code, Figure, Heading, Paragraph, Table, html, markdown
from diagram import ARROWS, diagram
from ontology_pages import FOLDER, pages
from pyoxigraph import RdfFormat, parse

from kg.ontology import load_ontology

README, PAGE = FOLDER / "README.md", FOLDER / "index.html"


class Links(HTMLParser):
    """Gathers the anchors and links of a page, and sees that its elements close."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.anchors += [found["id"] or ""] if "id" in found and tag == "tr" else []
        self.links += [found["href"] or ""] if "href" in found else []
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that closes itself."""


@pytest.mark.parametrize("name", ["README.md", "index.html", "diagram.svg"])
def test_pages_are_current(name: str) -> None:
    path = FOLDER / name
    assert path.read_text(encoding="utf-8") == pages()[path], f"ontology/{name} is stale: run 'make docs'"


def test_every_term_has_a_row_to_link_to() -> None:
    links = Links()
    links.feed(pages()[PAGE])
    assert links.open == []
    assert sorted(links.anchors) == sorted(load_ontology().terms)
    missing = [link for link in links.links if "//" not in link and not (FOLDER / link).exists()]
    assert missing == []


def test_the_examples_are_turtle() -> None:
    for example in re.findall(r"^```turtle\n(.*?)^```", pages()[README], re.MULTILINE | re.DOTALL):
        assert len(list(parse(example.encode(), RdfFormat.TURTLE))) > 40


def test_the_diagram_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    root = ElementTree.fromstring(diagram())
    shown = " ".join(root.itertext())
    assert all(name in shown for arrow in ARROWS for name in arrow.names)
    monkeypatch.setattr("diagram.ARROWS", ARROWS[1:])
    with pytest.raises(ValueError, match=r"the diagram lacks .*inArticle"):
        diagram()


def test_blocks_are_written_both_ways() -> None:
    blocks: list[Block] = [
        Heading(level=2, text="A <b>"),
        Paragraph(text="See `x|y` and [there](a.md)."),
        Bullets(items=("one", "two")),
        Table(header=("a", "b"), rows=(("`x|y`", "<"),), anchors=("row",)),
        Code(language="turtle", text="<a> ."),
        Figure(file="f.svg", svg="<svg></svg>", caption="F"),
    ]
    assert markdown(blocks, "note").split("\n\n") == [
        "<!-- note -->",
        "## A <b>",
        "See `x|y` and [there](a.md).",
        "- one\n- two",
        "| a | b |\n| --- | --- |\n| `x\\|y` | < |",
        "```turtle\n<a> .\n```",
        "![F](f.svg)\n",
    ]
    written = html(blocks, "T", "note")
    for part in (
        '<h2 id="section-a-b">A &lt;b&gt;</h2>',
        '<code>x|y</code> and <a href="a.md">there</a>.',
        "<li>one</li>\n<li>two</li>",
        "<tr id='row'><td><code>x|y</code></td><td>&lt;</td></tr>",
        "<pre><code>&lt;a&gt; .</code></pre>",
        "<svg></svg></figure>",
    ):
        assert part in written
