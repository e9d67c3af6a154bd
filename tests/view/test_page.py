from __future__ import annotations

from html.parser import HTMLParser

import sample
from hypothesis import given
from hypothesis import strategies as st

from kg.view.article import view_articles
from kg.view.page import page
from kg.view.paragraphs import Paragraph, Piece, Style, paragraph

VOID = {"meta"}


class Reader(HTMLParser):
    """Reads a page: its text outside the head, and whether what is opened is closed in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.told: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not {"src", "href"} & {name for name, _ in attrs}
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "head" not in self.open:
            self.told.append(data)


def read(*paragraphs: Paragraph) -> Reader:
    reader = Reader()
    reader.feed("\n".join(page("a <title>", paragraphs)))
    reader.close()
    assert reader.open == []
    return reader


def test_an_article_is_a_page_that_needs_nothing_else() -> None:
    paragraphs = tuple(view_articles(sample.reports(), colour=True))
    reader = read(*paragraphs)
    assert reader.tags == {"html", "head", "meta", "title", "style", "body", "h2", "p", "span"}
    text = "".join(reader.told)
    assert "Fighters of the Sahel Front O1 captured E1 Capture Kidal L1 on 3 March 2012-03-03." in text
    assert text.count("Marks:") == 1


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.sampled_from([style for style in Style if style is not Style.HEADING]),
)
def test_text_stays_text(text: str, style: Style) -> None:
    body = paragraph(Piece(text, style), label=Piece(text, style), indent=4)
    assert "".join(read(body).told).count(text.lstrip(" ")) >= 2


def test_a_label_stands_in_the_margin() -> None:
    line = list(page("t", [paragraph("b", label=Piece("  a", Style.KEY), indent=6)]))[-2]
    assert line == (
        '<p dir="auto" style="padding-left:6ch"><span class="label" style="margin-left:-4ch;min-width:4ch">'
        '<span class="key">a</span> </span>b</p>'
    )


def test_the_title_is_text() -> None:
    assert "<title>a &lt;b&gt;</title>" in "\n".join(page("a <b>", []))
