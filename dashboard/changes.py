"""What a visitor changes while a city runs, and the numbers that it then runs with.

A change is kept with the watch from which it holds, so that a city can be run again, and a link can carry it.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from coproduction.scenarios.portfolio_tables import with_pathways_cut
from coproduction.scenarios.programmes import library
from coproduction.scenarios.programmes.numbers import NEVER, portfolio
from coproduction.scenarios.scenario import changed_parameters, check_budgets
from coproduction.simulation import parameters as declared
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters import Declaration, Numbers, Portfolio
from coproduction.simulation.parameters.declaration import unknown
from coproduction.simulation.parameters.portfolio import MOST_PROGRAMMES
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK

if TYPE_CHECKING:
    from coproduction.scenarios.programmes import Programme
    from coproduction.scenarios.scenario import Scenario

POLICING, PROGRAMMES, DYSFUNCTIONS = "policing", "programmes", "dysfunctions"
ONLY_AT_THE_START = ("takeover",)
"""Levers that act in the one watch in which a policy starts; to turn them later would do nothing."""
STRENGTHS = ("discrimination", "unreliable_volunteers")
"""What of the dysfunctions is a switch; the others are sizes that nobody knows, and no policy."""


@dataclass(frozen=True, slots=True)
class Change:
    """A lever, programme or dysfunction set to a value.

    watch  from which it holds
    table  policing, programmes or dysfunctions
    key    in that table
    value  in the unit of the lever; of a programme 1 for on and 0 for off
    """

    watch: int
    table: str
    key: str
    value: float

    @property
    def week(self) -> int:
        """Week of the run, from 1, in which it is made."""
        return self.watch // WATCHES_PER_WEEK + 1

    def text(self) -> str:
        """Return it as a link carries it, such as policing.hot_spots=0.8@567."""
        return f"{self.table}.{self.key}={self.value!r}@{self.watch}"


def read_change(text: str) -> Change:
    """Return the change that a link carries; raises ``DesignError`` where it is not one."""
    try:
        place, rest = text.split("=")
        table, key = place.split(".")
        value, watch = rest.split("@")
        return Change(int(watch), table, key, float(value))
    except ValueError as error:
        raise DesignError(
            f"link: a change must be written as policing.hot_spots=0.8@567 (value, then watch); got {text[:60]!r}. "
            "Copy the whole link."
        ) from error


@cache
def _declared() -> tuple[Declaration, ...]:
    return tuple(declared.describe())


def levers(scenario: "Scenario") -> list[Declaration]:
    """Return the levers that can be turned while the policy runs, those of a pathway that is cut left out."""
    return [
        row
        for row in _declared()
        if row.table == POLICING and row.key not in ONLY_AT_THE_START and row.pathway not in scenario.cut
    ]


def dysfunctions() -> list[Declaration]:
    """Return the dysfunctions that can be switched on, each with its range."""
    return [row for row in _declared() if row.table == DYSFUNCTIONS and row.key in STRENGTHS]


def programmes_of(scenario: "Scenario") -> tuple["Programme", ...]:
    """Return the scenario's own programmes, then those of the library that could be switched on."""
    own = {programme.name for programme in scenario.programmes}
    others = [programme for name, programme in library().items() if name not in own]
    return (*scenario.programmes, *others)[:MOST_PROGRAMMES]


def changed(scenario: "Scenario", changes: Sequence[Change]) -> Numbers:
    """Return the numbers of a scenario after some changes, in their order.

    Raises
    ------
    CoproductionError
        A key is unknown, a value out of range, or programmes cost more than the budget.
    """
    policy, parameters = scenario.policy, scenario.parameters
    for change in changes:
        if change.table == POLICING:
            policy = declared.policing("page", POLICING, policy, {change.key: change.value})
        elif change.table == DYSFUNCTIONS:
            parameters = changed_parameters("page", parameters, {DYSFUNCTIONS: {change.key: change.value}})
        elif change.table != PROGRAMMES:
            raise DesignError(f"page: table {unknown(change.table, [POLICING, PROGRAMMES, DYSFUNCTIONS])}")
    programmes = _portfolio(scenario, changes)
    running = _running(scenario, changes)
    check_budgets("page", dataclasses.replace(scenario, policy=policy, programmes=running))
    after = with_pathways_cut(scenario.policing, policy, scenario.cut)
    return scenario.numbers._replace(parameters=parameters, after=after, programmes=programmes)


def _portfolio(scenario: "Scenario", changes: Sequence[Change]) -> Portfolio:
    """Return all programmes as numbers, those that nobody has switched on starting in a watch that never comes."""
    every = programmes_of(scenario)
    names = [programme.name for programme in every]
    numbers = portfolio(
        every, scenario.city.city, scenario.policy_start_watch, scenario.cut, scenario.government
    )
    start, end = numbers.start.copy(), numbers.end.copy()
    start[len(scenario.programmes) :] = NEVER
    end[len(scenario.programmes) :] = NEVER
    for change in changes:
        if change.table == PROGRAMMES:
            if change.key not in names:
                raise DesignError(f"page: programme {unknown(change.key, names)}")
            place = names.index(change.key)
            if change.value > 0.0:
                start[place], end[place] = change.watch, NEVER
            else:
                end[place] = change.watch
    return numbers._replace(start=start.astype(np.int32), end=end.astype(np.int32))


def _running(scenario: "Scenario", changes: Sequence[Change]) -> tuple["Programme", ...]:
    on = {programme.name for programme in scenario.programmes}
    for change in changes:
        if change.table == PROGRAMMES:
            (on.add if change.value > 0.0 else on.discard)(change.key)
    return tuple(programme for programme in programmes_of(scenario) if programme.name in on)
