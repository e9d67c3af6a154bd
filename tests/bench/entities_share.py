"""Seconds that the parts which find who is who take, beside those of the bare model, on the same articles.

python tests/bench/entities_share.py RECORDS

Prints as JSON: `bare`, the model's own components under `nlp.pipe`; `entities`, our components for sentences,
names, groups, titles and coreference; `linking`, linking to the gazetteers. Each is the shortest of several
rounds; in every round the gazetteers are opened anew, so that no name is known from the round before.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from kg.annotate.convert import convert
from kg.annotate.pipeline import Annotator
from kg.gazetteer import Gazetteers
from kg.model import SourceDocument
from kg.resolve.linking import Linker

ROUNDS = 5
OURS = ("kg_names", "kg_groups", "kg_titles", "kg_coreference")


def once(documents: list[SourceDocument]) -> dict[str, float]:
    """One round."""
    gazetteers = Gazetteers.open()
    annotator = Annotator.open(gazetteers=gazetteers)
    nlp, linker = annotator.nlp, Linker(gazetteers)
    models = [name for name in nlp.pipe_names if type(nlp.get_pipe(name)).__module__.startswith("spacy.")]
    found = dict.fromkeys(("bare", "entities", "linking"), 0.0)

    def timed(part: str, start: float) -> None:
        found[part] += time.perf_counter() - start

    with nlp.select_pipes(enable=models):
        start = time.perf_counter()
        for _ in nlp.pipe((document.text for document in documents), batch_size=16):
            pass
        timed("bare", start)
    sentences = nlp.get_pipe("kg_sentences")
    docs = [annotator._prepared(document) for document in documents]
    start = time.perf_counter()
    for doc in docs:
        sentences(doc)
    timed("entities", start)
    with nlp.select_pipes(enable=models):
        docs = list(nlp.pipe(docs, batch_size=16))
    for name in OURS:
        component = nlp.get_pipe(name)
        start = time.perf_counter()
        for doc in docs:
            component(doc)
        timed("entities", start)
    annotated = [convert(doc, document) for doc, document in zip(docs, documents, strict=True)]
    start = time.perf_counter()
    for each in annotated:
        linker.link(each)
    timed("linking", start)
    return found


def main(records: Path) -> None:
    """Print the shortest times over all rounds."""
    lines = [json.loads(line) for line in records.read_text(encoding="utf-8").splitlines()]
    documents = [SourceDocument(id=line["id"], text=line["text"], date=line.get("date")) for line in lines]
    rounds = [once(documents) for _ in range(ROUNDS)]
    print(json.dumps({part: min(each[part] for each in rounds) for part in rounds[0]}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
