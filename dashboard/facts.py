"""What the state of a city says of a subject: as rows that can be set beside those of the other city."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coproduction.dashboard.changes import programmes_of
from coproduction.dashboard.subjects import CASE, OFFENDER, OFFICER, RESIDENT, Subject, how_many
from coproduction.experiments.follow_words import chance, lasting, moment
from coproduction.simulation.parameters import CHANNEL_NAMES, names_of
from coproduction.simulation.rules.beats import MODES, beat_of, mode_of
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.rules.careers import age_at
from coproduction.simulation.rules.protection import N_DOMAINS
from coproduction.simulation.state import NOBODY, Fate

if TYPE_CHECKING:
    from coproduction.dashboard.world import World

CAREERS = ("potential", "active", "given up")
HELD = ("at large", "held until the court sits", "in jail", "in prison")
CLEARED = ("no", "yes, by an arrest at the scene", "yes, by investigation")

Facts = dict[str, str]
"""What is told, by its name with the unit; in the order of the table."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A fact in both cities; None where there is no such subject."""

    name: str
    a: str | None
    b: str | None

    @property
    def differs(self) -> bool:
        """True where the two cities are apart."""
        return self.a != self.b


def facts_of(world: "World", subject: Subject) -> Facts:
    """Return what is known of a subject in a city; nothing where the city has no such subject."""
    if subject.index >= how_many(world.state, subject.kind):
        return {}
    ways = {RESIDENT: _of_resident, OFFICER: _of_officer, OFFENDER: _of_offender, CASE: _of_case}
    return ways[subject.kind](world, subject.index)


def compared(a: Facts, b: Facts) -> list[Compared]:
    """Set the facts of both cities beside each other."""
    return [Compared(name, a.get(name), b.get(name)) for name in (a or b)]


def counterpart(here: "World", there: "World", subject: Subject) -> Subject | None:
    """Return the same in another city. A case is the same where its offender and watch are; None if there is none."""
    if subject.kind != CASE:
        return subject
    if subject.index >= how_many(here.state, CASE):
        return None
    mine, theirs, n = here.state.cases, there.state.cases, how_many(there.state, CASE)
    same = (theirs.watch[:n] == mine.watch[subject.index]) & (
        theirs.offender[:n] == mine.offender[subject.index]
    )
    found = np.flatnonzero(same)
    return Subject(CASE, int(found[0])) if len(found) else None


def place(world: "World", cell: int) -> str:
    """Return a cell in words."""
    row, column = divmod(cell, world.view.shape[1])
    return f"column {column + 1}, row {row + 1}"


def _index(value: float) -> str:
    return f"{value:.3f}"


def _of_resident(world: "World", i: int) -> Facts:
    r, cases, n = world.state.residents, world.state.cases, how_many(world.state, CASE)
    suffered = cases.victim[:n] == i
    programmes = [
        each.title for p, each in enumerate(programmes_of(world.scenario)) if int(r.memberships[i]) >> p & 1
    ]
    return {
        "Home": place(world, int(r.home[i])),
        "Age, years": f"{age_at(int(r.age[i]), world.watch)}",
        "Income fifth, 1 is poorest": f"{int(r.quintile[i]) + 1}",
        "Trust in the police, 0 to 1": _index(r.trust[i]),
        "Fear of crime, 0 to 1": _index(r.fear[i]),
        "Self-efficacy, 0 to 1": _index(r.self_efficacy[i]),
        "Social capital, 0 to 1": _index(r.social_capital[i]),
        "Norm against telling, 0 to 1": _index(r.silence[i]),
        "Perceived crime, 1 is usual": _index(r.perceived[i]),
        "Volunteers": "yes" if r.volunteer[i] else "no",
        "Programmes": ", ".join(programmes) or "none",
        f"Protects in domains, of {N_DOMAINS}": f"{int(r.protection[i]).bit_count()}",
        "Times a victim": f"{int(suffered.sum())}",
        "of these told the police": f"{int((suffered & (cases.victim_reported[:n] > 0)).sum())}",
    }


def _of_offender(world: "World", i: int) -> Facts:
    o = world.state.offenders
    return {
        "Is resident": f"{int(o.resident[i])}",
        "Home": place(world, int(o.home[i])),
        "Career": CAREERS[int(o.career[i])],
        "Now": HELD[int(o.held[i])] if world.watch < o.free_from[i] else HELD[0],
        "Attempts a week, undeterred": f"{o.rate[i] * WATCHES_PER_WEEK:.3f}",
        "Perceived certainty of being caught, 0 to 1": _index(o.certainty[i]),
        "Speciality": names_of(world.scenario.parameters)[int(o.speciality[i])].replace("_", " "),
        "Offences so far": f"{int(o.offences[i])}",
        "Arrests so far": f"{int(o.arrests[i])}",
    }


def _of_officer(world: "World", i: int) -> Facts:
    o, beats = world.state.officers, len(world.state.beats.cell_start) - 1
    policing = world.view.policing
    return {
        "Works": MODES[mode_of(i, policing.foot, policing.sub_stations)],
        "Beat": f"{beat_of(i, beats) + 1} of {beats}",
        "On duty in the watch before": "yes" if o.on_duty[i] else "no",
        "Patrol stops in it": f"{int(o.stops[i])}",
        "Time on calls in it": lasting(float(o.busy[i])),
        "Knows the beat, 0 to 1": _index(o.knowledge[i]),
        "Corrected by complaints, 0 to 1": _index(o.supervision[i]),
        "Complaints on file": f"{int(o.complaints[i])}",
        "Holders before": f"{int(o.holder[i])}",
    }


def _of_case(world: "World", i: int) -> Facts:
    c = world.state.cases
    known, victim = bool(c.delay[i] >= 0), int(c.victim[i])
    return {
        "When": moment(int(c.watch[i]), int(c.second[i])),
        "Crime": names_of(world.scenario.parameters)[int(c.crime[i])].replace("_", " "),
        "Where": place(world, int(c.cell[i])),
        "Offender": f"{int(c.offender[i])}",
        "Victim": "nobody" if victim == NOBODY else f"resident {victim}",
        "Chance that the victim reports": chance(float(c.report_probability[i])) if victim != NOBODY else "no victim",
        "The victim reported": "yes" if c.victim_reported[i] else "no",
        "Witnesses, and how many reported": f"{int(c.witnesses[i])}, {int(c.witness_reports[i])}",
        "The police knew": f"after {lasting(float(c.delay[i]))}" if known else "never",
        "Told by": CHANNEL_NAMES[int(c.channel[i])].replace("_", " ") if c.channel[i] >= 0 else "nobody",
        "An officer came": f"after {lasting(float(c.response[i]))}" if c.response[i] >= 0 else "no",
        "Cleared": CLEARED[int(c.cleared[i])],
        "What has become of it": Fate(int(c.fate[i])).name.lower().replace("_", " "),
    }  # fmt: skip
