"""Who is highest, without sorting everybody."""

import numpy as np
from numpy.typing import NDArray

from coproduction.simulation.city import FloatArray


def highest(values: FloatArray, count: int) -> NDArray[np.bool_]:
    """Say of each whether it is among the ``count`` highest, shape (n,); of equals the first are.

    count  0 to n; exactly so many are
    """
    if count == 0:
        return np.zeros(len(values), np.bool_)
    lowest = np.partition(values, len(values) - count)[len(values) - count]
    among: NDArray[np.bool_] = values > lowest
    among[np.flatnonzero(values == lowest)[: count - np.count_nonzero(among)]] = True
    return among
