"""Whom or what the page looks at: a resident, an officer's post, an offender or a case, and which are in a cell."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coproduction.dashboard.layers import WEEKS_SHOWN
from coproduction.experiments.follow_words import moment
from coproduction.simulation.parameters import names_of
from coproduction.simulation.rules.beats import beat_of
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.rules.careers import age_at
from coproduction.simulation.state import NOBODY, State

if TYPE_CHECKING:
    from coproduction.dashboard.city_view import CityView
    from coproduction.dashboard.world import World

RESIDENT, OFFICER, OFFENDER, CASE = KINDS = ("resident", "officer", "offender", "case")
MOST_LISTED = 60
"""Of a kind that are listed of one cell: the first, and of cases the latest."""
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody or something of a city.

    kind   one of ``KINDS``
    index  of it among its kind in the state, from 0
    """

    kind: str
    index: int

    def text(self) -> str:
        """Return it as a link carries it, such as resident-12."""
        return f"{self.kind}-{self.index}"

    @property
    def name(self) -> str:
        """Its name on the page; cases count from 1, as their files do elsewhere."""
        return f"{self.kind.capitalize()} {self.index + (self.kind == CASE)}"


def read_subject(text: str) -> Subject | None:
    """Return the subject that a link carries, None where it is not one."""
    kind, _, index = text.partition("-")
    if kind in KINDS and index.isascii() and index.isdecimal() and len(index) <= MOST_DIGITS:
        return Subject(kind, int(index))
    return None


def how_many(state: State, kind: str) -> int:
    """Return how many of a kind there are in a city."""
    return {
        RESIDENT: len(state.residents.home),
        OFFICER: len(state.officers.free_at),
        OFFENDER: len(state.offenders.resident),
        CASE: int(state.cases.count[0]),
    }[kind]


def cell_of(state: State, subject: Subject) -> int:
    """Return the cell that a subject is shown at: its home, or the place of a case; ``NOBODY`` for a post."""
    if subject.index >= how_many(state, subject.kind) or subject.kind == OFFICER:
        return NOBODY
    rows = {RESIDENT: state.residents.home, OFFENDER: state.offenders.home, CASE: state.cases.cell}
    return int(rows[subject.kind][subject.index])


def ties_of(state: State, subject: Subject) -> tuple[tuple[int, bool], ...]:
    """Return who is tied to a resident, and to an offender's: index, and True for a bonding tie; none to others."""
    if subject.index >= how_many(state, subject.kind) or subject.kind not in {RESIDENT, OFFENDER}:
        return ()
    one = subject.index if subject.kind == RESIDENT else int(state.offenders.resident[subject.index])
    first, bonding, last = (int(at) for at in (
        state.ties.start[one], state.ties.bonding_end[one], state.ties.start[one + 1]
    ))  # fmt: skip
    return tuple((int(state.ties.partner[at]), at < bonding) for at in range(first, last))


def subjects_in(world: "World", cell: int) -> list[tuple[str, list[tuple[Subject, str]]]]:
    """Return what is in a cell by group: who lives there, offenders, officers of the beat, cases; each in words."""
    view, state = world.view, world.state
    first, last = (int(at) for at in state.cells.living_start[cell : cell + 2])
    residents = [Subject(RESIDENT, i) for i in range(first, min(last, first + MOST_LISTED))]
    offenders = [Subject(OFFENDER, int(i)) for i in np.flatnonzero(_where_offenders_are(state) == cell)]
    groups = [
        ("Residents", [(each, _resident(view, each.index)) for each in residents]),
        ("Offenders", [(each, _offender(state, each)) for each in offenders[:MOST_LISTED]]),
        ("Officers of the beat", [(each, each.name) for each in _officers(state, cell)[:MOST_LISTED]]),
        (f"Cases of {WEEKS_SHOWN} weeks", [(each, _case(world, each)) for each in _cases(view, cell)[:MOST_LISTED]]),
    ]  # fmt: skip
    return [(title, found) for title, found in groups if found]


def _where_offenders_are(state: State) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    """Return each offender's cell: on the street where they walk on the lattice, else their home."""
    offenders = state.offenders
    return np.where(offenders.position != NOBODY, offenders.position, offenders.home)


def _officers(state: State, cell: int) -> list[Subject]:
    beat, beats = int(state.beats.of[state.cells.neighbourhood[cell]]), len(state.beats.cell_start) - 1
    return [Subject(OFFICER, i) for i in range(how_many(state, OFFICER)) if beat_of(i, beats) == beat]


def _cases(view: "CityView", cell: int) -> list[Subject]:
    cases, n = view.state.cases, int(view.state.cases.count[0])
    first = int(np.searchsorted(cases.watch[:n], view.watch - WEEKS_SHOWN * WATCHES_PER_WEEK))
    return [Subject(CASE, int(first + i)) for i in np.flatnonzero(cases.cell[first:n] == cell)[::-1]]


def _resident(view: "CityView", i: int) -> str:
    people = view.state.residents
    who = "woman" if people.sex[i] else "man"
    return f"Resident {i}, a {who} of {age_at(int(people.age[i]), view.watch)}"


def _offender(state: State, each: Subject) -> str:
    return f"{each.name}, who is resident {int(state.offenders.resident[each.index])}"


def _case(world: "World", each: Subject) -> str:
    cases, i = world.state.cases, each.index
    crime = names_of(world.scenario.parameters)[int(cases.crime[i])].replace("_", " ")
    return f"{each.name}: {crime}, {moment(int(cases.watch[i]), int(cases.second[i]))}"
