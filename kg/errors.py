"""The exceptions of newskg, in one tree.

Every message is one line and says what is wrong, where, and how to mend it. The command line prints
the message and leaves with the exception's `exit_status`: 1 the data was at fault, 2 usage, 3 a file
or an endpoint could not be used.
"""

from __future__ import annotations

import errno


class KgError(Exception):
    """Root of everything that newskg raises on purpose."""

    exit_status = 1


class UsageError(KgError):
    """The user asked for something that cannot be: an unknown query, an ill-typed parameter."""

    exit_status = 2


class ResourceError(KgError):
    """A file, a folder or an endpoint could not be used."""

    exit_status = 3


class DocumentError(KgError):
    """One article could not be read; the rest of the batch goes on."""


class DataError(KgError):
    """The data is at fault: a graph that breaks the shapes, an ontology or lexicon that is wrong."""


def given_twice(article: str) -> DataError:
    """Of two articles with one identifier, wherever they meet."""
    return DataError(f"two articles have the identifier '{article}': give one of them another")


_REMEDIES = {
    errno.ENOSPC: "free some space, or write to another place",
    errno.EDQUOT: "free some space, or write to another place",
    errno.EROFS: "write to another place",
    errno.EACCES: "change its permissions",
    errno.EPERM: "change its permissions",
    errno.ENOENT: "check the path",
    errno.ENOTDIR: "check the path",
    errno.ENAMETOOLONG: "give a shorter name",
}


def reason(error: Exception) -> str:
    """What the system says of a file, with the remedy where there is one.

    >>> reason(OSError(errno.ENAMETOOLONG, "File name too long"))
    'File name too long: give a shorter name'
    """
    if not isinstance(error, OSError):
        return str(error)
    said = error.strerror or str(error)
    remedy = _REMEDIES.get(error.errno or 0)
    return f"{said}: {remedy}" if remedy else said
