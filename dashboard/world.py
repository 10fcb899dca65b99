"""One city under one policy, run watch by watch; it can be changed on the way, run again, and copied into another."""

from bisect import insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coproduction.dashboard.changes import Change, changed
from coproduction.dashboard.city_view import CityView
from coproduction.simulation.engine import branch, run_core
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.state import State, copied

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

MOST_CHANGES = 100
"""Changes that one city can take: enough for an afternoon, and a bound on what a link can ask for."""


@dataclass(frozen=True, slots=True)
class Week:
    """Figures of one week of a run, taken at its end.

    week      of the run, from 1
    offences  in it
    recorded  of these, known to the police
    fear      mean of residents, 0 to 1
    trust     in the police, mean of residents, 0 to 1
    """

    week: int
    offences: int
    recorded: int
    fear: float
    trust: float


class World:
    """A city under one policy.

    opening  state at the watch ``first``, shared with others and left as it is
    """

    def __init__(self, scenario: "Scenario", seed: int, opening: State, first: int) -> None:
        self.scenario, self.seed, self.first = scenario, seed, first
        self.changes: list[Change] = []
        self.weeks: list[Week] = []
        self._opening = opening
        self.restart()

    @property
    def last(self) -> int:
        """Watch at which the run ends: its books have no room for more."""
        return self.scenario.watches

    @property
    def view(self) -> CityView:
        """The city as it is now."""
        return CityView(self.state, self.numbers, self.watch)

    def restart(self) -> None:
        """Go back to the opening; changes are kept and will be made again in their watches."""
        self.watch = self.first
        self.numbers = self._numbers_at(self.first)
        self.state = branch(self._opening, self.numbers)
        self.weeks = []

    def run_to(self, watch: int) -> None:
        """Run to the beginning of a watch, from the opening where it lies behind; at most to the end of the run."""
        wanted = min(max(watch, self.first), self.last)
        if wanted < self.watch:
            self.restart()
        while self.watch < wanted:
            self._run_until(min(wanted, self._next_stop()))

    def change(self, change: Change) -> None:
        """Make a change that holds from its watch on; where it cannot be made, nothing is changed.

        Raises
        ------
        CoproductionError
            The key is unknown, the value out of range, the money does not suffice, or there were too many changes.
        """
        if len(self.changes) >= MOST_CHANGES:
            raise DesignError(
                f"page: changes must be at most {MOST_CHANGES} in one run; reload to begin anew."
            )
        tried = sorted([*self.changes, change], key=lambda each: each.watch)
        changed(self.scenario, tried)
        insort(self.changes, change, key=lambda each: each.watch)
        if change.watch < self.watch:
            now = self.watch
            self.restart()
            self.run_to(now)
        else:
            self._take_up(self._numbers_at(self.watch))

    def become(self, other: "World") -> None:
        """Become a copy of another world as it is now, sharing no memory with it."""
        self.scenario, self.seed, self.first = other.scenario, other.seed, other.first
        self.changes = [change for change in other.changes if change.watch <= other.watch]
        self.weeks, self.watch = list(other.weeks), other.watch
        self._opening = other._opening  # noqa: SLF001 - never changed by anybody
        self.numbers, self.state = self._numbers_at(self.watch), copied(other.state)

    def _next_stop(self) -> int:
        """Return the next watch at which a week ends or a change is due."""
        week_end = (self.watch // WATCHES_PER_WEEK + 1) * WATCHES_PER_WEEK
        due = (change.watch for change in self.changes if change.watch > self.watch)
        return min(week_end, next(due, week_end))

    def _run_until(self, stop: int) -> None:
        self.state = run_core(self.state, self.numbers, self.seed, self.watch, stop)
        self.watch = stop
        if stop % WATCHES_PER_WEEK == 0:
            self.weeks.append(_figures(self.view))
        if any(change.watch == stop for change in self.changes):
            self._take_up(self._numbers_at(stop))

    def _numbers_at(self, watch: int) -> Numbers:
        return changed(self.scenario, [change for change in self.changes if change.watch <= watch])

    def _take_up(self, numbers: Numbers) -> None:
        """Go on under other numbers, with posts for what they can pay."""
        self.numbers = numbers
        self.state = branch(self.state, numbers)._replace(programmes=self.state.programmes)


def _figures(view: CityView) -> Week:
    cases, n, people = view.state.cases, int(view.state.cases.count[0]), view.state.residents
    first = int(np.searchsorted(cases.watch[:n], view.watch - WATCHES_PER_WEEK))
    recorded = int((cases.delay[first:n] >= 0).sum())
    week = view.watch // WATCHES_PER_WEEK
    return Week(week, n - first, recorded, float(people.fear.mean()), float(people.trust.mean()))
