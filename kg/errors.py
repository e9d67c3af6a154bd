"""The exceptions of newskg, in one tree.

Every message is one line and says what is wrong, where, and how to mend it. The command line prints
the message and leaves with the exception's `exit_status`: 1 the data was at fault, 2 usage, 3 a file
or an endpoint could not be used.
"""

from __future__ import annotations


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
