"""How kernels draw in rows: Philox with words of 32 bits, written out in one loop.

Only so does the compiler draw four or more at once, which takes a third of the time. What it has to give is
:func:`coproduction.simulation.draws.draw_rows`; a test compares them bit by bit.
"""

import numpy as np
from numpy.typing import NDArray

_MULTIPLIERS = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_STEPS = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)


def draw_at_once(
    row: NDArray[np.float64],
    seed: int,
    decision: int,
    who: tuple[NDArray[np.int32], NDArray[np.int32]],
    watch: int,
) -> None:
    """Do what ``draw_rows`` does, compiled; its arguments are those."""
    entities, partners = who
    low, high, half = np.uint32(seed & 0xFFFFFFFF), np.uint32((seed >> 32) & 0xFFFFFFFF), np.uint64(32)
    for i in range(len(row)):
        c0, c1, c2, c3 = np.uint32(entities[i]), np.uint32(watch), np.uint32(partners[i]), np.uint32(decision)
        k0, k1 = low, high
        for _ in range(10):
            p0 = _MULTIPLIERS[0] * np.uint64(c0)
            p1 = _MULTIPLIERS[1] * np.uint64(c2)
            c0 = np.uint32(p1 >> half) ^ c1 ^ k0
            c2 = np.uint32(p0 >> half) ^ c3 ^ k1
            c1 = np.uint32(p1)
            c3 = np.uint32(p0)
            k0 = np.uint32(np.uint64(k0) + _STEPS[0])
            k1 = np.uint32(np.uint64(k1) + _STEPS[1])
        row[i] = ((c0 >> np.uint32(5)) * 67108864.0 + (c1 >> np.uint32(6))) / 9007199254740992.0
