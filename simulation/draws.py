"""Counter-based random numbers: each draw is a pure function of what it is for.

There is no generator and no state, so a draw cannot depend on what was drawn before, on the order of agents or
on the number of threads, and two policies meet the same luck. The generator is Philox 4x32 with ten rounds
(Salmon, Moraes, Dror and Shaw 2011, *Parallel random numbers: as easy as 1, 2, 3*, SC'11), checked against
the known-answer vectors published with Random123.
"""

import math

import numpy as np
from numpy.typing import NDArray

from coproduction.simulation._compiled import compiled_as, kernel, rule
from coproduction.simulation.rows_of_draws import draw_at_once

_WORD = 0xFFFFFFFF
_TWO_POW_26 = 67108864.0
_TWO_POW_53 = 9007199254740992.0


@rule
def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return four 32-bit words, each 0 to 2**32 - 1, of the counter's block under the key.

    Products are taken in 64 bits that wrap in compiled code and in unbounded integers in Python: after
    masking both give the same words.
    """
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        p0 = 0xD2511F53 * c0
        p1 = 0xCD9E8D57 * c2
        c0 = ((p1 >> 32) & _WORD) ^ c1 ^ k0
        c2 = ((p0 >> 32) & _WORD) ^ c3 ^ k1
        c1 = p1 & _WORD
        c3 = p0 & _WORD
        k0 = (k0 + 0x9E3779B9) & _WORD
        k1 = (k1 + 0xBB67AE85) & _WORD
    return c0, c1, c2, c3


@rule
def uniform(seed: int, decision: int, entity: int, watch: int, partner: int = 0) -> float:
    """Draw a number in [0, 1), resolution 2**-53, for one decision of one entity in one watch.

    seed      0 to 2**63 - 1, the run's
    decision  a :class:`Decision`
    entity    0 to 2**32 - 1, permanent index of who decides
    watch     0 to 2**32 - 1
    partner   0 to 2**32 - 1, tells several draws of the same decision apart
    """
    counter = (int(entity), int(watch), int(partner), decision)  # NumPy's 32 bits would not do in Python
    high, low, _, _ = philox(counter, (int(seed) & _WORD, (int(seed) >> 32) & _WORD))
    return ((high >> 5) * _TWO_POW_26 + (low >> 6)) / _TWO_POW_53


BLOCK = 512
"""How many are drawn in a row where all of a kind are gone through: what is drawn stays in the nearest cache."""


@compiled_as(draw_at_once)
def draw_rows(
    row: NDArray[np.float64],
    seed: int,
    decision: int,
    who: tuple[NDArray[np.int32], NDArray[np.int32]],
    watch: int,
) -> None:
    """Write what :func:`uniform` gives for each of many, which kernels do three times faster than one by one.

    row  shape (n,), as are both of who: entities and their partners
    """
    for place in range(len(row)):
        row[place] = uniform(seed, decision, int(who[0][place]), watch, int(who[1][place]))


@rule
def line_up(entities: NDArray[np.int32], first: int, end: int) -> int:
    """Write for whom to draw in a row: from the first on, as far as there is room or to the end; return how many."""
    n = min(len(entities), end - first)
    for place in range(n):
        entities[place] = first + place
    return n


@rule
def exponential(u: float, mean: float) -> float:
    """Turn a uniform draw into an exponential one of that mean, in the mean's unit."""
    return -mean * math.log1p(-u)


@rule
def skewed_around(u: float, median: float, spread: float) -> float:
    """Turn a uniform draw into a log-logistic one: ``median * (u / (1 - u)) ** spread``, in the median's unit.

    Log-logistic for want of an inverse normal that gives the same bits in both engines; spread 0.1 to 1.
    """
    return median * math.exp(spread * (math.log(u + 1e-12) - math.log1p(-u)))


@rule
def poisson(u: float, mean: float) -> int:
    """Turn a uniform draw into a Poisson count by inversion; mean 0 to 500."""
    term = math.exp(-mean)
    below = term
    count = 0
    while u >= below and count < 2000:
        count += 1
        term = term * mean / count
        below += term
    return count


@rule
def pick(u: float, n: int) -> int:
    """Turn a uniform draw into an index 0 to n - 1; n at least 1."""
    return min(int(u * n), n - 1)


@kernel
def draw(seed: int, decision: int, entity: int, watch: int, partner: int) -> float:
    """Do what :func:`uniform` does, compiled, for callers in Python: the same bits, fifteen times faster."""
    return uniform(seed, decision, entity, watch, partner)
