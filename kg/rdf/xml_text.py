"""What RDF/XML cannot hold: control characters (XML 1.0, 2.2), and a carriage return as it stands."""

from __future__ import annotations

import re
from typing import IO

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def without_forbidden(text: str) -> str:
    """`text` with each character that XML forbids replaced by U+FFFD, one for one: offsets still hold."""
    return _FORBIDDEN.sub("\ufffd", text)


class XmlText:
    """A stream that writes a carriage return as a reference, since readers of XML would drop it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, data: bytes) -> int:
        self._stream.write(bytes(data).replace(b"\r", b"&#xD;"))
        return len(data)

    def flush(self) -> None:
        self._stream.flush()
