"""Evidence looked up in texts: those of the graph, and those that lie beside it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
import sample
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from kg.cli.validate import validate as command
from kg.rdf.iris import Minter
from kg.rdf.mapping import article_quads, reduction_quads
from kg.rdf.provenance import provenance_quads
from kg.rdf.settings import MappingSettings
from kg.rdf.writer import GraphWriter
from kg.store.memory import open_file
from kg.validate import PieceCheck, check_texts, validate
from kg.validate.evidence import check_evidence
from kg.validate.reading import quads_text
from kg.vocabulary import KG, NIF, PROV, XSD

TEXTS = {sample.FIRST: sample.FIRST_TEXT, sample.SECOND: sample.SECOND_TEXT}


def written(path: Path, *, keep_text: bool = False) -> Path:
    """The sample as a graph."""
    settings = MappingSettings(keep_text=keep_text)
    with GraphWriter(path.parent, path.suffix) as writer:
        for article in sample.reports():
            writer.add(sample.read(article, settings))
        writer.finish(sample.reduction(), settings, path)
    return path


def asked(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(each) for each in arguments], standalone_mode=False)


def test_texts_that_are_those_of_the_graph(tmp_path: Path) -> None:
    report = check_texts(open_file(written(tmp_path / "graph.trig")).dump, TEXTS.items())
    assert (report.violations, report.articles, report.missing) == ((), 2, ())


def test_a_text_that_has_changed(tmp_path: Path) -> None:
    dump = open_file(written(tmp_path / "graph.trig")).dump
    changed = sample.SECOND_TEXT.replace("denied", "confirmed")
    report = check_texts(dump, [(sample.SECOND, changed)])
    assert report.missing == (sample.FIRST,)
    assert {each.rule for each in report.violations} == {"Evidence", "SentenceEvidence"}
    assert {each.node.rpartition("#")[2] for each in report.violations} == {"m4", "e2"}
    assert any("has the text denied" in str(each) for each in report.violations)


def test_a_text_that_is_cut_short(tmp_path: Path) -> None:
    dump = open_file(written(tmp_path / "graph.trig")).dump
    report = check_texts(dump, [(sample.SECOND, sample.SECOND_TEXT[:20])])
    assert len({each.node for each in report.violations}) > 3


def test_a_sentence_stands_around_its_mention_or_not_at_all() -> None:
    text = "No. No, no. No!"
    quads = (
        f'<a:m> <{KG.inArticle}> <a:a> .\n<a:m> <{KG.sentence}> "No." .\n<a:a> <{NIF.isString}> "{text}" .\n'
    )
    for at in range(len(text)):
        offsets = "".join(
            f'<a:m> <{predicate}> "{offset}"^^<{XSD.integer}> .\n'
            for predicate, offset in ((NIF.beginIndex, at), (NIF.endIndex, at + 1))
        )
        assert bool(check_evidence(quads + offsets)) == (at >= len("No.")), at


def test_the_command_looks_up_the_texts_that_a_build_was_given(tmp_path: Path) -> None:
    graph = written(tmp_path / "graph.trig")
    records = tmp_path / "news.jsonl"
    lines = [json.dumps({"id": name, "text": text}) for name, text in TEXTS.items()]
    records.write_text("\n".join(lines), encoding="utf-8")
    done = asked(graph, "--texts", records)
    assert (done.return_value, done.stdout) == (0, "")
    assert "in the texts of 2 articles" in done.stderr
    records.write_text(lines[1].replace("denied", "refuted"), encoding="utf-8")
    done = asked(graph, "--texts", records, "--format", "json")
    told = json.loads(done.stdout)
    assert done.return_value == 1 and not told["conforms"]
    assert told["texts"] == {"articles": 1, "missing": [sample.FIRST]}
    assert {each["rule"] for each in told["violations"]} == {"Evidence", "SentenceEvidence"}
    assert f"1 articles of {graph} have no text in --texts: {sample.FIRST}" in done.stderr


def test_texts_of_other_articles_are_no_check(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Nothing of it.", encoding="utf-8")
    done = asked(written(tmp_path / "graph.trig"), "--texts", other)
    assert done.return_value == 1 and "in the texts of 0 articles" in done.stderr


@pytest.mark.parametrize("keep_text", [False, True])
@pytest.mark.parametrize("block", [1, 1000, 4 << 20])
def test_a_graph_in_pieces_is_checked_as_it_is_whole(keep_text: bool, block: int) -> None:
    settings = MappingSettings(program="1", keep_text=keep_text)
    reduction = sample.reduction()
    event = reduction.events[0]
    shared = replace(reduction.events[1], mentions=event.mentions)
    reduction = replace(reduction, events=(replace(event, reason=None), shared, *reduction.events[2:]))
    articles = [quads_text(article_quads(report, settings)) for report in sample.reports()]
    articles[1] = articles[1].replace('"took"', '"tooks"')
    gone = reduction.entities[-1]
    reduction = replace(reduction, entities=reduction.entities[:-1])
    rest = quads_text([*reduction_quads(reduction, settings), *provenance_quads(reduction, settings)])
    rest += f"<{Minter(settings.base_iri).dataset()}> <{PROV.used}> <{settings.base_iri}nowhere> .\n"
    pieces = PieceCheck(block=block)
    for each in articles:
        pieces.article(each.encode())
    pieces.rest(io.BytesIO(rest.encode()))
    found = pieces.report()
    whole = validate(list(parse("".join(articles) + rest, RdfFormat.N_QUADS)))
    assert found == whole
    assert gone.id == "place/gao"  # where an event went to
    wanted = {"MentionOfOne", "MergedEvent", "MentionLength", "MentionInSentence", "Destination", "Dangling"}
    assert set(found.rules()) == wanted | ({"Evidence"} if keep_text else set())
