"""One case of a run with the city as it was when it happened: the luck is addressable, so it can be run again."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from coproduction.experiments.explanations.targets import squared_distance
from coproduction.experiments.stages import city_at, place_of, through_phases
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters import Numbers, Parameters
from coproduction.simulation.parameters.crimes import CrimeType
from coproduction.simulation.parameters.policing import Policing
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.state import NOBODY, State, copied

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario


@dataclass(frozen=True)
class Scene:
    """A case, and the city around it.

    number  of the case, from 1
    case    the case file as the run stored it
    before  the city just before anybody offended in the watch of the case: what every decision was made on
    after   the city when victims and those spoken with have taken the watch in; weekly work is not yet done
    row     of the case in the case files of ``after``
    """

    scenario: "Scenario"
    seed: int
    number: int
    case: Mapping[str, Any]
    before: State
    after: State
    row: int

    @property
    def numbers(self) -> Numbers:
        """What the kernels read."""
        return self.scenario.numbers

    @property
    def parameters(self) -> Parameters:
        """Parameters but the arrangement."""
        return self.scenario.parameters

    @property
    def watch(self) -> int:
        """Watch of the offence since the start of the run."""
        return int(self.case["watch"])

    @property
    def offender(self) -> int:
        """Index of the offender."""
        return int(self.case["offender"])

    @property
    def cell(self) -> int:
        """Cell of the offence."""
        return int(self.case["cell"])

    @property
    def victim(self) -> int:
        """Resident, or NOBODY."""
        return int(self.case["victim"])

    @property
    def crime(self) -> int:
        """Index of the crime type."""
        return int(self.case["crime"])

    @property
    def kind(self) -> CrimeType:
        """Parameters of the crime type."""
        return self.parameters.crimes[self.crime]

    @property
    def crime_name(self) -> str:
        """Name of the crime type in words."""
        return self.kind.name.replace("_", " ")

    @property
    def levers(self) -> Policing:
        """Arrangement in force in the watch of the offence."""
        return policing_at(self.after, self.numbers, self.watch)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the neighbourhoods."""
        return tuple(self.scenario.city.city.names)

    def luck(self, decision: Decision, partner: int = 0) -> float:
        """Return the draw of a decision of the offender in the watch of the offence."""
        return uniform(self.seed, decision, self.offender, self.watch, partner)

    def neighbourhood_of(self, cell: int) -> str:
        """Return the name of the neighbourhood that a cell lies in."""
        index = int(self.before.cells.neighbourhood[cell])
        return "nowhere" if index == NOBODY else self.names[index]

    def cells_apart(self, one: int, other: int) -> float:
        """Return the distance between two cells, in cells."""
        return float(self.squared_distance(one, other) ** 0.5)

    def squared_distance(self, one: int, other: int) -> int:
        """Return the squared distance between two cells, as journeys reckon with it."""
        return squared_distance(self.before, one, other)


def scene_of(scenario: "Scenario", seed: int, number: int, case: Mapping[str, Any]) -> Scene:
    """Run the city again up to a case of one of its runs.

    case  its row of ``Result.cases``, column to value

    Raises
    ------
    DesignError
        Offenders walk on a lattice in this scenario: there are no journeys to follow.
    """
    if scenario.parameters.setting.movement > 0.0:
        raise DesignError(
            f"{scenario.source}: [setting] movement must be 0 to follow a case; got "
            f"{scenario.parameters.setting.movement:g}. On the lattice there is no journey to tell."
        )
    watch, numbers = int(case["watch"]), scenario.numbers
    attempts, settled = place_of("offend"), place_of("remember") + 1
    before = through_phases(city_at(scenario, seed, watch), numbers, seed, watch, 0, attempts)
    after = through_phases(copied(before), numbers, seed, watch, attempts, settled)
    row = _row_of(after, watch, int(case["offender"]))
    return Scene(scenario, seed, number, case, before, after, row)


def _row_of(state: State, watch: int, offender: int) -> int:
    """Return the case of an offender in a watch: there is at most one."""
    cases = state.cases
    for row in range(int(cases.marks[0]), int(cases.count[0])):
        if cases.watch[row] == watch and cases.offender[row] == offender:
            return row
    raise AssertionError(f"no case of offender {offender} in watch {watch}: the run is not the one given")
