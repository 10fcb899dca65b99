"""One city under one policy, run watch by watch; it can be changed on the way, run again, and copied into another."""

from bisect import insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coproduction.dashboard.changes import Change, changed
from coproduction.dashboard.city_view import CityView
from coproduction.dashboard.running import Running
from coproduction.simulation.engine import branch, with_room_for
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.population.size import expected_cases
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.state import State, copied

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

MOST_CHANGES = 100
"""Changes that one city can take: enough for an afternoon, and a bound on what a link can ask for."""
ROOM = 1.2
"""Case files that a run is given room for, against those that its base rates let expect."""


@dataclass(frozen=True, slots=True)
class Week:
    """Figures of one week of a run, or of one resident in it, taken at its end.

    week      of the run, from 1
    offences  in it
    recorded  of these, known to the police
    fear      mean of residents, or of the one, 0 to 1
    trust     in the police, likewise, 0 to 1
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
        self.followed: int | None = None
        self.trail: list[Week] = []
        self._opening, self._running = opening, Running()
        self.restart()

    @property
    def title(self) -> str:
        """The policy's title, and from when on it is no longer the policy as it was chosen."""
        if not self.changes:
            return self.scenario.title
        return f"{self.scenario.title}, changed from week {self.changes[0].week} on"

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
        self.state = with_room_for(branch(self._opening, self.numbers), self._room())
        self.weeks, self.trail = [], []

    def _room(self) -> int:
        """Return rows for the cases of a whole run: files that grow on the way are copied, and take twice as much."""
        expected = expected_cases(self.scenario.residents, self.numbers, self.last)
        return round(ROOM * expected) + len(self._opening.offenders.resident)

    def follow(self, resident: int | None) -> None:
        """Keep the weeks of a resident from now on, those of nobody else."""
        if resident != self.followed:
            self.followed, self.trail = resident, []

    def again(self) -> "World":
        """Return the same city at its opening, with the same changes to come, to be run again beside this one."""
        other = World(self.scenario, self.seed, self._opening, self.first)
        other.changes = list(self.changes)
        other.restart()
        return other

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
        self.weeks, self.watch, self.trail = list(other.weeks), other.watch, list(other.trail)
        self._opening = other._opening  # noqa: SLF001 - never changed by anybody
        self.numbers, self.state = self._numbers_at(self.watch), copied(other.state)

    def _next_stop(self) -> int:
        """Return the next watch at which a week ends or a change is due."""
        week_end = (self.watch // WATCHES_PER_WEEK + 1) * WATCHES_PER_WEEK
        due = (change.watch for change in self.changes if change.watch > self.watch)
        return min(week_end, next(due, week_end))

    def _run_until(self, stop: int) -> None:
        self.state = self._running.run(self.state, self.numbers, self.seed, (self.watch, stop))
        self.watch = stop
        if stop % WATCHES_PER_WEEK == 0:
            self.weeks.append(_figures(self.view))
            if self.followed is not None:
                self.trail.append(_of_resident(self.view, self.followed))
        if any(change.watch == stop for change in self.changes):
            self._take_up(self._numbers_at(stop))

    def _numbers_at(self, watch: int) -> Numbers:
        return changed(self.scenario, [change for change in self.changes if change.watch <= watch])

    def _take_up(self, numbers: Numbers) -> None:
        """Go on under other numbers, with posts for what they can pay."""
        self.numbers = numbers
        self.state = branch(self.state, numbers)._replace(programmes=self.state.programmes)


def _figures(view: CityView) -> Week:
    cases, people = view.state.cases, view.state.residents
    first, n = _of_week(view)
    recorded = int((cases.delay[first:n] >= 0).sum())
    week = view.watch // WATCHES_PER_WEEK
    return Week(week, n - first, recorded, float(people.fear.mean()), float(people.trust.mean()))


def _of_resident(view: CityView, resident: int) -> Week:
    cases, people = view.state.cases, view.state.residents
    first, n = _of_week(view)
    suffered = cases.victim[first:n] == resident
    recorded = int((suffered & (cases.delay[first:n] >= 0)).sum())
    fear, trust = float(people.fear[resident]), float(people.trust[resident])
    return Week(view.watch // WATCHES_PER_WEEK, int(suffered.sum()), recorded, fear, trust)


def _of_week(view: CityView) -> tuple[int, int]:
    """Return the first case of the last week, and the number of all cases."""
    cases, n = view.state.cases, int(view.state.cases.count[0])
    return int(np.searchsorted(cases.watch[:n], view.watch - WATCHES_PER_WEEK)), n
