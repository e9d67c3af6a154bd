"""An article with everything found in it, as a JSON object.

The keys are the fields of `kg.model`, in their order, so that a field that is added there is here too.
Whatever has offsets (Unicode code points into ``document.text``, half-open) also has its words, as
``anchor``; a chain has its ``link``, or null.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from kg.model import EntityMention, EventAccount, RelationClaim, ResolvedDocument, TimeMention

_Spanned = EntityMention | TimeMention | EventAccount | RelationClaim


def record(resolved: ResolvedDocument) -> dict[str, Any]:
    """The article as nested dictionaries and lists, in a settled order."""
    annotated = resolved.annotated
    text = annotated.document.text

    def spanned(found: Iterable[_Spanned]) -> list[dict[str, Any]]:
        return [asdict(one) | {"anchor": text[one.begin : one.end]} for one in found]

    def link(chain: int) -> dict[str, Any] | None:
        return asdict(resolved.links[chain]) if chain in resolved.links else None

    return {
        "document": asdict(annotated.document),
        "sentences": [asdict(span) for span in annotated.sentences],
        "chains": [asdict(chain) | {"link": link(chain.id)} for chain in annotated.chains],
        "mentions": spanned(annotated.mentions),
        "times": spanned(annotated.times),
        "events": spanned(annotated.events),
        "positions": [asdict(position) for position in annotated.positions],
        "relations": spanned(annotated.relations),
    }


def json_line(resolved: ResolvedDocument) -> str:
    """`record` on one line, without its end."""
    return json.dumps(record(resolved), ensure_ascii=False)
