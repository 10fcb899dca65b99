"""Columns that lie row by row in memory, for those that one event reads of one place or person.

A patrol stop asks a dozen columns for the same cell. Were each column for itself, the processor would fetch a dozen
lines of its cache for a dozen numbers, and in a large city wait for each; side by side they come in one. Whoever reads
the columns sees no difference: each is an array as before, with its numbers further apart.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

LINE = 64
"""Bytes that a processor fetches at once."""


def side_by_side(columns: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Return copies of columns that lie row by row.

    columns  shape (n,) each, where n may differ; the widest numbers first, so that none is torn apart, and no more
             than a line in all
    """
    rows = _empty_rows(columns)
    beside = {name: rows[name][: len(column)] for name, column in columns.items()}
    for name, column in columns.items():
        beside[name][:] = column
    return beside


def _empty_rows(columns: Mapping[str, NDArray[Any]]) -> NDArray[np.void]:
    """Return room for the longest of the columns, no row across two lines."""
    kinds = [column.dtype for column in columns.values()]
    offsets = np.cumsum([0, *(kind.itemsize for kind in kinds)]).tolist()
    wide = 1 << (offsets[-1] - 1).bit_length()
    row = np.dtype({"names": list(columns), "formats": kinds, "offsets": offsets[:-1], "itemsize": wide})
    room = np.zeros(max(map(len, columns.values())) * wide + LINE, np.uint8)
    first = -room.ctypes.data % LINE
    return room[first : first - LINE].view(row)
