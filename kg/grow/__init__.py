"""A graph that grows: articles into a store and out of it again, RDF made elsewhere beside them.

    READ to MAP    kg.reading  documents -> ReadArticle  into the ledger, an article whole or not at all
    RESOLVE, MAP   ledger      digests   -> Reduction    over all articles of the store, old and new
    SWITCH         kg.store    quads     -> generation   made beside the one that is asked, then named

Whatever ends the process, the store is as it was before or as it is after, and what the ledger holds is not
read again. What comes of it is what a build from nothing with the same articles gives.
"""

from __future__ import annotations

from kg.grow.articles import Growth, Withdrawal, grow, withdraw
from kg.grow.foreign import Import, import_file
from kg.grow.status import StoreStatus, store_status

__all__ = [
    "Growth",
    "Import",
    "StoreStatus",
    "Withdrawal",
    "grow",
    "import_file",
    "store_status",
    "withdraw",
]
