"""Opens the gazetteers with their index of places; prints the seconds and the MiB that it took, as JSON.

python tests/bench/open_places.py

The modules are imported first; the index is built before, where there is none yet. A hundred names are asked
for, hit and miss, before the memory is taken.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from itertools import islice

from kg.gazetteer import Gazetteers


def peak() -> float:
    """The peak resident memory of this process in MiB."""
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main() -> None:
    """Open, ask, print."""
    before, start = peak(), time.perf_counter()
    gazetteers = Gazetteers.open()
    seconds = time.perf_counter() - start
    for country in ("AF", "CO", "ML", "UA"):
        for province in islice(gazetteers.provinces(country), 25):
            gazetteers.places(province.name)
            gazetteers.has_place(f"{province.name} of nowhere")
    print(json.dumps({"seconds": seconds, "memory": peak() - before}))


if __name__ == "__main__":
    main()
