"""Officers, case files and books before anything has happened."""

import math
from typing import Any, get_type_hints

import numpy as np

from coproduction.simulation.city import FloatArray
from coproduction.simulation.parameters import Numbers, Policing
from coproduction.simulation.parameters.portfolio import PAYERS
from coproduction.simulation.queue import HEAPS
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_WEEK
from coproduction.simulation.rules.police import co_responder_posts
from coproduction.simulation.state import (
    CALL_KINDS,
    ENCOUNTERS,
    ITEMS,
    MOST_STOPS,
    NOBODY,
    PANEL,
    QUEUE,
    WEEKLY,
    Books,
    Calls,
    Cases,
    CoResponders,
    Counts,
    Flags,
    Floats,
    Ints,
    Officers,
    Programmes,
)

_QUINTILES, _GROUPS = 5, 2
_FEWEST_CASES = 4096
_DTYPES: dict[Any, type] = {Ints: np.int32, Flags: np.int8, Floats: np.float64}


def posts_needed(residents: int, numbers: Numbers) -> int:
    """Return the officers' posts that either arrangement could pay from its whole budget, with one to spare."""
    most = max(posts_at_most(residents, levers) for levers in (numbers.before, numbers.after))
    return most + 1


def posts_at_most(residents: int, levers: Policing) -> int:
    """Return the officers' posts that an arrangement could pay from its whole budget, the last perhaps in part."""
    return math.ceil(levers.budget * residents / levers.officer_cost)


def empty_officers(posts: int) -> Officers:
    """Return officers who have done nothing yet."""
    return Officers(
        np.zeros(posts, np.int64), np.zeros(posts, np.int32), np.zeros(posts, np.int8),
        np.full((posts, MOST_STOPS), NOBODY, np.int32), np.zeros(posts, np.int32), np.zeros(posts, np.int64),
        np.zeros((posts, MOST_STOPS), np.int8), np.zeros(posts, np.int32), np.zeros(posts), np.zeros(posts),
        np.zeros(posts, np.int32),
    )  # fmt: skip


def empty_programmes(neighbourhoods: int, numbers: Numbers) -> Programmes:
    """Return programmes that have not started."""
    shape = (len(numbers.programmes.start), neighbourhoods)
    return Programmes(
        np.zeros(shape, np.int8), np.zeros(shape, np.int32),
        np.zeros((shape[0], len(PAYERS), neighbourhoods)), np.ones(shape),
    )  # fmt: skip


def co_responders_needed(residents: int, numbers: Numbers) -> int:
    """Return the co-responders' posts of either arrangement, with one to spare."""
    most = max(co_responder_posts(p.co_responders, residents) for p in (numbers.before, numbers.after))
    return math.ceil(most) + 1


def empty_co_responders(posts: int) -> CoResponders:
    """Return co-responders who have done nothing yet."""
    return CoResponders(
        np.zeros(posts, np.int64), np.zeros(posts, np.int8), np.zeros(posts, np.int32), np.zeros(posts, np.int64)
    )  # fmt: skip


def empty_calls(capacity: int, most: int) -> Calls:
    """Return a file of calls without a call; most is how many a watch can bring, offences aside."""
    kinds = get_type_hints(Calls)
    dtypes = {**_DTYPES, Counts: np.int64}
    shapes: dict[str, Any] = {"checks": (capacity, 3)}
    columns: list[Any] = [
        np.zeros(shapes.get(field, capacity), dtypes[kinds[field]]) for field in Calls._fields[3:]
    ]
    heaps = np.zeros(len(HEAPS), np.int64)
    return Calls(np.zeros(3, np.int64), heaps, np.array([most], np.int64), *columns)


def most_calls(by_neighbourhood: FloatArray) -> int:
    """Return more calls than a watch can bring; by_neighbourhood are the means.

    The draw is a Poisson count by inversion of a number below 1 - 2**-53, 8.3 standard deviations above the mean.
    """
    return int((by_neighbourhood + 10.0 * np.sqrt(by_neighbourhood) + 20.0).sum())


def empty_cases(capacity: int) -> Cases:
    """Return case files without a case; dtypes as :class:`Cases` says."""
    kinds = get_type_hints(Cases)
    columns: list[Any] = [np.zeros(capacity, _DTYPES[kinds[field]]) for field in Cases._fields[2:]]
    return Cases(np.zeros(1, np.int64), np.zeros(3, np.int64), *columns)


def room_for_cases(offenders: int) -> int:
    """Return the rows that case files begin with."""
    return max(_FEWEST_CASES, 4 * offenders)


def room_for_open_cases(offenders: int) -> int:
    """Return the rows that case files begin with where those that are closed are handed over as the run goes.

    A watch must find a row for each offender; as many again hold what a month brings, and what waits for court.
    """
    return max(_FEWEST_CASES, 2 * offenders)


def room_for_calls(by_neighbourhood: FloatArray, offenders: int) -> int:
    """Return the rows that the file of calls begins with; by_neighbourhood are mean calls a watch, offences aside."""
    return 2 * most_calls(by_neighbourhood) + 2 * offenders


def empty_books(neighbourhoods: int, watches: int) -> Books:
    """Return empty books for a run of that many watches."""
    weeks = -(-watches // WATCHES_PER_WEEK)
    months = max(-(-watches // WATCHES_PER_MONTH), 1)
    return Books(
        np.zeros((weeks, len(ITEMS))), np.zeros((weeks, len(WEEKLY)), np.int64),
        np.zeros((months, neighbourhoods, len(PANEL))), np.zeros((months, _QUINTILES, len(PANEL))),
        np.zeros((weeks, len(CALL_KINDS), len(QUEUE)), np.int64), np.zeros((weeks, _GROUPS, len(ENCOUNTERS)), np.int64),
    )  # fmt: skip
