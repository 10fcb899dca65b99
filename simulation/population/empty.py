"""Officers, case files and books before anything has happened."""

import math
from typing import Any, get_type_hints

import numpy as np

from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.portfolio import PAYERS
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_WEEK
from coproduction.simulation.state import (
    ITEMS,
    MOST_STOPS,
    NOBODY,
    PANEL,
    WEEKLY,
    Books,
    Cases,
    Flags,
    Floats,
    Ints,
    Officers,
    Programmes,
)

_QUINTILES = 5
_DTYPES: dict[Any, type] = {Ints: np.int32, Flags: np.int8, Floats: np.float64}


def posts_needed(residents: int, numbers: Numbers) -> int:
    """Return the officers' posts that either arrangement could pay from its whole budget, with one to spare."""
    most = max(p.budget * residents / p.officer_cost for p in (numbers.before, numbers.after))
    return math.ceil(most) + 1


def empty_officers(posts: int) -> Officers:
    """Return officers who have done nothing yet."""
    return Officers(
        np.zeros(posts, np.int64), np.zeros(posts, np.int32), np.zeros(posts, np.int8),
        np.full((posts, MOST_STOPS), NOBODY, np.int32),
    )  # fmt: skip


def empty_programmes(neighbourhoods: int, numbers: Numbers) -> Programmes:
    """Return programmes that have not started."""
    shape = (len(numbers.programmes.start), neighbourhoods)
    return Programmes(
        np.zeros(shape, np.int8), np.zeros(shape), np.zeros(shape, np.int32),
        np.zeros((shape[0], len(PAYERS), neighbourhoods)),
    )  # fmt: skip


def empty_cases(capacity: int) -> Cases:
    """Return case files without a case; dtypes as :class:`Cases` says."""
    kinds = get_type_hints(Cases)
    columns: list[Any] = [np.zeros(capacity, _DTYPES[kinds[field]]) for field in Cases._fields[2:]]
    return Cases(np.zeros(1, np.int64), np.zeros(3, np.int64), *columns)


def empty_books(neighbourhoods: int, watches: int) -> Books:
    """Return empty books for a run of that many watches."""
    weeks = -(-watches // WATCHES_PER_WEEK)
    months = max(-(-watches // WATCHES_PER_MONTH), 1)
    return Books(
        np.zeros((weeks, len(ITEMS))), np.zeros((weeks, len(WEEKLY)), np.int64),
        np.zeros((months, neighbourhoods, len(PANEL))), np.zeros((months, _QUINTILES, len(PANEL))),
    )  # fmt: skip
