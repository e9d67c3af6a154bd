"""Time expressions: found by a grammar, put on the calendar against the date of publication and the text.

`resolve` reads plain text; the spaCy component ``kg_times`` (`component`) fills ``layer(doc).times``.
The words *timex*, *anchor*, *duration* and *set* are TimeML's (ISO 24617-1).
"""

from kg.annotate.times.apart import dates_apart
from kg.annotate.times.component import annotate_times
from kg.annotate.times.dateline import Dateline, dateline_date, find_dateline
from kg.annotate.times.model import Tense, Timex
from kg.annotate.times.reading import resolve

__all__ = [
    "Dateline",
    "Tense",
    "Timex",
    "annotate_times",
    "dateline_date",
    "dates_apart",
    "find_dateline",
    "resolve",
]
