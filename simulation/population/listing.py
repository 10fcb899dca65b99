"""Residents by group: by the cell they live in, by the square they are tied in."""

import numpy as np

from coproduction.simulation._compiled import kernel
from coproduction.simulation.state import Ints


@kernel
def by_group(group: Ints, order: Ints, n_groups: int) -> tuple[Ints, Ints]:
    """Return where each group begins, shape (n_groups + 1,), and residents by group, in the given order within each.

    group  shape (R,), of each resident, 0 to n_groups - 1
    order  shape (R,), every resident once
    """
    start, listed = np.zeros(n_groups + 1, np.int32), np.empty(len(group), np.int32)
    for one in group:
        start[one + 1] += 1
    for one in range(n_groups):
        start[one + 1] += start[one]
    place = start[:-1].copy()
    for resident in order:
        listed[place[group[resident]]] = resident
        place[group[resident]] += 1
    return start, listed
