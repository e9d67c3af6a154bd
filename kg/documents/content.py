"""What tells whether an article is the one that was read before."""

from __future__ import annotations

import hashlib
import json

from kg.model import SourceDocument


def content_hash(document: SourceDocument) -> str:
    """SHA-256 (hex) of all that an article was given as: equal for equal documents, and for no others.

    >>> content_hash(SourceDocument(id="a", text="Rain fell."))[:12]
    'f21f8331139f'
    """
    given = [
        document.id,
        document.text,
        document.title,
        document.date,
        document.url,
        document.publisher,
        [[span.begin, span.end] for span in document.skip],
    ]
    return hashlib.sha256(json.dumps(given).encode("ascii")).hexdigest()
