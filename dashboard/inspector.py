"""What is to be known of a cell, as plain data, and the decisions of those in it term by term."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from coproduction.dashboard.layers import WEEKS_SHOWN
from coproduction.dashboard.sentences import moment
from coproduction.dashboard.subjects import OFFENDER, Subject, how_many
from coproduction.experiments.explanations.account import Account
from coproduction.experiments.explanations.choosing import described
from coproduction.experiments.explanations.subjects import ANSWERS, answers
from coproduction.experiments.explanations.watch import STREET, Watch
from coproduction.experiments.follow_words import counted
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters import names_of
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.state import Fate, State, copied

if TYPE_CHECKING:
    from coproduction.dashboard.city_view import CityView
    from coproduction.dashboard.world import World

MOST_CASES = 12
"""Offences of a cell that are told of: the latest."""


@dataclass(frozen=True, slots=True)
class Offence:
    """One offence in a cell: when, of which type, whether the police know of it, and what has become of it."""

    when: str
    crime: str
    recorded: bool
    fate: str


@dataclass(frozen=True, slots=True)
class CellReport:
    """A cell: its place on the grid from 1, neighbourhood, residents, and the offences of the last weeks."""

    row: int
    column: int
    neighbourhood: str | None
    residents: int
    offences: int
    recorded: int
    latest: tuple[Offence, ...]

    @property
    def text(self) -> str:
        """Who lives there and what happened there, in one or two sentences."""
        where = f"Column {self.column}, row {self.row}"
        if self.neighbourhood is None:
            return f"{where} lies outside the city."
        return (
            f"{where}, neighbourhood {self.neighbourhood}: {counted(self.residents, 'resident')}. "
            f"{counted(self.offences, 'offence').capitalize()} in the last {WEEKS_SHOWN} weeks, of which the "
            f"police know of {self.recorded:,}."
        )


def cell_report(world: "World", cell: int) -> CellReport:
    """Return who lives in a cell of a city and what happened there."""
    view = world.view
    row, column = divmod(cell, view.shape[1])
    of = int(view.state.cells.neighbourhood[cell])
    if of < 0:
        return CellReport(row + 1, column + 1, None, 0, 0, 0, ())
    first, last = (int(at) for at in view.state.cells.living_start[cell : cell + 2])
    cases = _cases_in(view, cell)
    known = int((view.state.cases.delay[cases] >= 0).sum())
    names = names_of(world.scenario.parameters)
    return CellReport(
        row + 1, column + 1, world.scenario.city.city.names[of], last - first, len(cases), known,
        tuple(_offence(view.state, int(case), names) for case in cases[::-1][:MOST_CASES]),
    )  # fmt: skip


def _cases_in(view: "CityView", cell: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    cases, n = view.state.cases, int(view.state.cases.count[0])
    first = int(np.searchsorted(cases.watch[:n], view.watch - WEEKS_SHOWN * WATCHES_PER_WEEK))
    return first + np.flatnonzero(cases.cell[first:n] == cell)


def _offence(state: State, case: int, names: tuple[str, ...]) -> Offence:
    cases = state.cases
    fate = Fate(int(cases.fate[case])).name.lower().replace("_", " ")
    recorded = bool(cases.delay[case] >= 0)
    return Offence(
        moment(int(cases.watch[case])), names[int(cases.crime[case])].replace("_", " "), recorded, fate
    )


class NextWatch(Watch):
    """The watch that a city on the page will run next, as explanations look at it; the city itself is left alone."""

    def __init__(self, world: "World") -> None:
        super().__init__(world.scenario, world.seed, world.watch // WATCHES_PER_WEEK + 1)
        self.number, self.numbers = world.watch, world.numbers
        self._now = world.state

    @cached_property
    def opening(self) -> State:
        """The city before the first phase of the watch."""
        opening: State = copied(self._now)
        return opening


def account_of(world: "World", subject: Subject) -> Account:
    """Return the decisions of a resident, officer or offender in the watch that comes next, term by term.

    Raises
    ------
    DesignError
        There is no such subject, it is a case, it is an offender and offenders walk on a lattice, or the run has ended.
    """
    kind, index, source = subject.kind, subject.index, world.scenario.source
    if kind not in ANSWERS or index >= how_many(world.state, kind):
        raise DesignError(f"{source}: this city must have a {kind} {index} who decides; it has none.")
    if kind == OFFENDER and world.scenario.parameters.setting.movement > 0.0:
        raise DesignError(
            f"{source}: [setting] movement must be 0 to explain offenders; got "
            f"{world.scenario.parameters.setting.movement:g}. On the lattice they have no journeys and no careers."
        )
    if world.watch >= world.scenario.watches:
        raise DesignError(
            "The run has ended here: there is no next watch to decide in. Jump to an earlier week."
        )
    watch = NextWatch(world)
    street = watch.before(STREET)
    return Account(
        kind, index, subject.name, described(kind, street, index), "",
        world.scenario.title, world.seed, watch.number, tuple(answers(kind, watch, index)),
    )  # fmt: skip
