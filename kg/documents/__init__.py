"""READ: files, folders, globs and standard input become `SourceDocument`s, one at a time.

`inputs` finds the files and names them, `text` decodes them, `records` reads JSON Lines, `dates` finds the
date of publication, `boilerplate` marks what is no prose, `read` puts these together.
"""

from kg.documents.read import read_documents

__all__ = ["read_documents"]
