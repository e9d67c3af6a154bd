"""Read news articles into a knowledge graph of who did what to whom, where, when, and on whose word.

From Python: `build`, `open_store`, `query`, `load`, `export`, with the behaviour of the command line
(`kg.api`). Nothing is loaded before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import Source, build, export, load, open_store, query
    from kg.errors import KgError

__all__ = ["KgError", "Source", "build", "export", "load", "open_store", "query"]

_MODULES = ("build", "export", "query")


if not TYPE_CHECKING:  # or every name would pass for one of ours

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name in _MODULES:
            return import_module(f"kg.{name}")  # which can be called: `kg.calling`
        if name in __all__:
            return getattr(import_module("kg.errors" if name == "KgError" else "kg.api"), name)
        raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
