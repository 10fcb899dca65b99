"""Heaps of whole numbers: what comes first is always at hand, however long the queue.

An entry is one 64-bit number, so that entries compare as their parts do: 7 bits of class, 34 of second, 22 of row.
"""

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.state import Counts

HEAPS = ("coming", "waiting", "waiting_shared", "free_officers", "free_co_responders")
COMING, WAITING, WAITING_SHARED, FREE_OFFICERS, FREE_CO_RESPONDERS = range(5)
"""The heaps of a city, by their place in ``Calls.sizes``."""

ROW_BITS, SECOND_BITS = 22, 34
LATEST = (1 << SECOND_BITS) - 1
"""A second that no run reaches: 544 years."""


@rule
def entry(priority: int, second: int, row: int) -> int:
    """Return an entry that comes before all of a later class, or of its class and a later second, or of a later row."""
    return (((int(priority) << SECOND_BITS) | int(second)) << ROW_BITS) | int(row)


@rule
def row_of(key: int) -> int:
    """Return the row of an entry."""
    return key & ((1 << ROW_BITS) - 1)


@rule
def second_of(key: int) -> int:
    """Return the second of an entry."""
    return (key >> ROW_BITS) & LATEST


@kernel
def push(heap: Counts, sizes: Counts, which: int, key: int) -> None:
    """Put an entry into a heap; sizes[which] is how many it holds."""
    place = int(sizes[which])
    sizes[which] = place + 1
    while place > 0 and heap[(place - 1) // 2] > key:
        heap[place] = heap[(place - 1) // 2]
        place = (place - 1) // 2
    heap[place] = key


@kernel
def pop(heap: Counts, sizes: Counts, which: int) -> int:
    """Take the first entry out of a heap that is not empty."""
    first = int(heap[0])
    size = int(sizes[which]) - 1
    sizes[which] = size
    last = int(heap[size])
    place, child = 0, 1
    while child < size:
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= last:
            break
        heap[place] = heap[child]
        place, child = child, 2 * child + 1
    heap[place] = last
    return first
