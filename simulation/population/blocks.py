"""Residents in blocks that fit the cache: what is needed only in passing is never as long as the city."""

from collections.abc import Callable, Iterator

import numpy as np

from coproduction.simulation.city import FloatArray

BLOCK = 1 << 16
"""Residents a block: half a megabyte for each number that is needed in passing."""


def blocks(n: int) -> Iterator[slice]:
    """Give the blocks of ``n`` residents in order; a draw by blocks is the draw as a whole, number for number."""
    for first in range(0, n, BLOCK):
        yield slice(first, min(first + BLOCK, n))


def draws(n: int, random: np.random.Generator) -> Iterator[tuple[slice, FloatArray]]:
    """Give each block of ``n`` residents with a draw from [0, 1) for each of them."""
    for part in blocks(n):
        yield part, random.random(part.stop - part.start)


def by_blocks(n: int, values: Callable[[slice], FloatArray]) -> FloatArray:
    """Return what a function gives for each block, put together, shape (n,)."""
    whole = np.empty(n)
    for part in blocks(n):
        whole[part] = values(part)
    return whole
