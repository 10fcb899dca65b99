"""One watch of a run, phase by phase: each decision is explained on the city as it is when the decision is taken."""

from functools import cached_property
from typing import TYPE_CHECKING

from coproduction.experiments.explanations.moment import Moment, Names
from coproduction.experiments.stages import city_at, place_of, through_phases
from coproduction.simulation.decisions import Decision
from coproduction.simulation.phases.change import attend
from coproduction.simulation.phases.talk import settle
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.schedule import PHASES
from coproduction.simulation.state import State, copied

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

START = PHASES[0].name
STREET, COURT, PLANNED, MONTH, PROTECT, CAREERS, ENLIST, UNITE, STAFF = (
    "offend", "hold_court", "tidy", "change", "protect", "careers", "enlist", "unite", "staff"
)  # fmt: skip
TIDY = PLANNED
"""Phases that decisions are explained before; ``PLANNED`` is the one after the patrol plan, which tidies streets."""


class Watch:
    """The last watch of a week of a run, on an evening; week, from 1."""

    def __init__(self, scenario: "Scenario", seed: int, week: int) -> None:
        self.scenario, self.seed, self.week = scenario, seed, week
        self.number = week * WATCHES_PER_WEEK - 1
        self.numbers = scenario.numbers
        self._states: dict[str, State] = {}

    @cached_property
    def names(self) -> Names:
        """What the arrays do not say of the city."""
        programmes = self.scenario.programmes
        return Names(
            tuple(self.scenario.city.city.names),
            tuple(each.name for each in programmes),
            tuple(each.adoption == "city" for each in programmes),
            self.scenario.government,
        )

    @cached_property
    def opening(self) -> State:
        """The city before the first phase."""
        return city_at(self.scenario, self.seed, self.number)

    def before(self, phase: str) -> Moment:
        """Return the city just before a phase, those that are due before it having run."""
        if phase not in self._states:
            state = copied(self.opening)
            last = place_of(phase)
            self._states[phase] = through_phases(state, self.numbers, self.seed, self.number, 0, last)
        return self._moment(self._states[phase])

    def settled(self, resident: int, *, met: bool) -> Moment:
        """Return the city as a resident finds it when deciding to help: settled after the month, perhaps met.

        met  whether the meeting of the month, if the resident came to one, lies behind
        """
        moment = self.before(MONTH)
        if not moment.due(MONTH):
            return moment
        state = copied(moment.state)
        settle(state, self.numbers, resident)
        if met:
            u = moment.luck(Decision.ATTEND, resident)
            attend(state, self.numbers, moment.policing, (self.seed, self.number, u), resident)
        return self._moment(state)

    def _moment(self, state: State) -> Moment:
        return Moment(state, self.numbers, self.seed, self.number, self.names)
