"""Case files that are closed: taken out of the city as it runs, so that a large one need not keep all in memory."""

import numpy as np
from numpy.typing import NDArray

from coproduction.simulation.population.empty import empty_cases
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH
from coproduction.simulation.state import NOBODY, Cases, Fate, State


def take_closed(state: State, watch: int) -> Cases:
    """Take out, in place, the case files that no phase will look at again before or in any watch from ``watch`` on.

    Returns them in their order; those that stay keep theirs, and marks and calls point to them where they are now.
    """
    cases, n = state.cases, int(state.cases.count[0])
    stays = still_needed(state, watch)
    closed = _rows(cases, ~stays)
    left = _rows(cases, stays)
    now_at = np.cumsum(stays) - 1
    waiting = state.calls.case[: state.calls.marks[0]]
    waiting[waiting != NOBODY] = now_at[waiting[waiting != NOBODY]]
    cases.marks[:] = [int(stays[:mark].sum()) for mark in cases.marks]
    cases.count[0] = left.count[0]
    for name in Cases._fields[2:]:
        column = getattr(cases, name)
        column[: left.count[0]] = getattr(left, name)
        column[left.count[0] : n] = 0  # as it was before a case was opened there
    return closed


def still_needed(state: State, watch: int) -> NDArray[np.bool_]:
    """Say which case files a phase may still look at, shape (count,).

    Those of this month and week, those that wait for charge or court, and those whose call waits for a unit.
    """
    cases, n = state.cases, int(state.cases.count[0])
    stays = cases.watch[:n] >= watch - WATCHES_PER_MONTH
    stays[cases.marks[1] :] = True
    stays |= np.isin(cases.fate[:n], (Fate.AWAITING_CHARGE, Fate.AWAITING_COURT))
    waiting = state.calls.case[: state.calls.marks[0]]
    stays[waiting[waiting != NOBODY]] = True
    return stays


def _rows(cases: Cases, chosen: NDArray[np.bool_]) -> Cases:
    """Return a copy of some of the case files."""
    n = len(chosen)
    columns = [getattr(cases, name)[:n][chosen] for name in Cases._fields[2:]]
    return Cases(np.array([np.count_nonzero(chosen)], np.int64), np.zeros(3, np.int64), *columns)


def put_together(parts: list[Cases]) -> Cases:
    """Return case files that were taken out at different times as one, in the order of watch, offender.

    No offender commits two offences in one watch, so that this is the order in which they were opened.
    """
    columns = {
        name: np.concatenate([getattr(part, name)[: part.count[0]] for part in parts])
        for name in Cases._fields[2:]
    }
    order = np.lexsort((columns["offender"], columns["watch"]))
    whole = empty_cases(0)._replace(**{name: column[order] for name, column in columns.items()})
    return whole._replace(count=np.array([len(order)], np.int64))
