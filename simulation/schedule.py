"""The order of a watch: one table that drives both engines.

Within a watch the phases run from top to bottom; those with a weekly or monthly cadence run in the last watch of their
period. A phase reads what the phases before it have left and writes its own columns.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.dispatch import dispatch
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.phases.beats import walk_beats
from coproduction.simulation.phases.boost import spread
from coproduction.simulation.phases.careers import careers
from coproduction.simulation.phases.change import change, join, plan_patrol, take_stock, unite
from coproduction.simulation.phases.deploy import calendar, deploy, volunteer
from coproduction.simulation.phases.disorder import tidy
from coproduction.simulation.phases.justice import charge, hold_court, release
from coproduction.simulation.phases.membership import enlist
from coproduction.simulation.phases.offend import arrive, offend, victimise
from coproduction.simulation.phases.protect import expect, protect
from coproduction.simulation.phases.reporting import report
from coproduction.simulation.phases.respond import call, investigate, remember
from coproduction.simulation.phases.staff import staff
from coproduction.simulation.phases.talk import talk
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_WEEK
from coproduction.simulation.state import State

WATCH, WEEK, MONTH = 1, WATCHES_PER_WEEK, WATCHES_PER_MONTH
CADENCE_NAMES = {WATCH: "every watch", WEEK: "last watch of a week", MONTH: "last watch of four weeks"}


class Phase(NamedTuple):
    """A phase: its name, its kernel (state, numbers, seed, watch), cadence in watches, what it reads and writes."""

    name: str
    kernel: Callable[[State, Numbers, int, int], None]
    cadence: int
    reads: str
    writes: str


PHASES = (
    Phase("calendar", calendar, WATCH, "levers, bills for training", "programmes, posts, ledger, first case"),
    Phase("deploy", deploy, WATCH, "posts, patrol plan, call load", "duty, stops, contacts, patrol by cell"),
    Phase("volunteer", volunteer, WATCH, "roster", "visits by cell, shifts"),
    Phase("offend", offend, WATCH, "guardianship, attractiveness", "case files, offences by cell, certainty"),
    Phase("victimise", victimise, WATCH, "whereabouts", "victims"),
    Phase(
        "report",
        report,
        WATCH,
        "trust, whereabouts, volunteers, stops",
        "reports, discoveries, records by cell",
    ),
    Phase("call", call, WATCH, "residents by neighbourhood", "calls other than crime"),
    Phase(
        "dispatch", dispatch, WATCH, "reports, calls, units", "queue, response, arrests at the scene, hours"
    ),
    Phase(
        "remember",
        remember,
        WATCH,
        "victims, response, contacts, suspicions",
        "trust, fear, force, complaints",
    ),
    Phase("walk_beats", walk_beats, WATCH, "levers of programmes", "patrol by cell, trust, fear"),
    Phase("spread", spread, WATCH, "offences by cell", "boost"),
    Phase("arrive", arrive, WATCH, "lattice settings", "positions on the lattice"),
    Phase("investigate", investigate, WEEK, "reports, witnesses, local knowledge", "clearance"),
    Phase("release", release, WEEK, "sentences", "who is held, weeks in custody"),
    Phase("hold_court", hold_court, WEEK, "trust, silence, threats", "convictions, sentences"),
    Phase("charge", charge, WEEK, "evidence, prior arrests", "charges, bail, threats to witnesses, bills"),
    Phase("plan_patrol", plan_patrol, WEEK, "records, patrol by cell, priorities", "crime map, patrol plan"),
    Phase("tidy", tidy, MONTH, "offences, efficacy", "offences by neighbourhood, disorder"),
    Phase("talk", talk, MONTH, "trust of ties", "trust heard of, news"),
    Phase(
        "change",
        change,
        MONTH,
        "own traits, trust heard of, news, disorder, offences nearby",
        "fear, trust, perceived crime, self-efficacy, membership",
    ),
    Phase("protect", protect, MONTH, "fear, trust, victimisation, income", "protective behaviour"),
    Phase("expect", expect, MONTH, "avoidance", "presence expected in the evening"),
    Phase("careers", careers, MONTH, "age, bonds, peers and what befell them", "careers, certainty"),
    Phase("join", join, MONTH, "who wants to join, places", "membership, roster, training"),
    Phase("enlist", enlist, MONTH, "own traits, ties, programmes", "memberships, members"),
    Phase("take_stock", take_stock, MONTH, "residents", "panel"),
    Phase("unite", unite, MONTH, "panel", "collective efficacy, priorities"),
    Phase("staff", staff, MONTH, "turnover, posts", "who holds a post, local knowledge"),
)


def printable() -> str:
    """Return the schedule as a table for people."""
    width = max(len(p.name) for p in PHASES)
    lines = [
        f"{p.name:<{width}}  {CADENCE_NAMES[p.cadence]:<25} reads {p.reads}; writes {p.writes}"
        for p in PHASES
    ]
    return "\n".join(lines)


def due(phase: Phase, watch: int) -> bool:
    """Say whether a phase runs in this watch."""
    return (watch + 1) % phase.cadence == 0


CADENCES = np.array([phase.cadence for phase in PHASES])


@kernel
def perform(  # noqa: C901, PLR0912, PLR0915 - one branch a phase
    phase: int, state: State, numbers: Numbers, seed: int, watch: int
) -> None:
    """Run the kernel of one phase, by its place in ``PHASES``; a test holds the two lists together."""
    if phase == 0:
        calendar(state, numbers, seed, watch)
    elif phase == 1:
        deploy(state, numbers, seed, watch)
    elif phase == 2:
        volunteer(state, numbers, seed, watch)
    elif phase == 3:
        offend(state, numbers, seed, watch)
    elif phase == 4:
        victimise(state, numbers, seed, watch)
    elif phase == 5:
        report(state, numbers, seed, watch)
    elif phase == 6:
        call(state, numbers, seed, watch)
    elif phase == 7:
        dispatch(state, numbers, seed, watch)
    elif phase == 8:
        remember(state, numbers, seed, watch)
    elif phase == 9:
        walk_beats(state, numbers, seed, watch)
    elif phase == 10:
        spread(state, numbers, seed, watch)
    elif phase == 11:
        arrive(state, numbers, seed, watch)
    elif phase == 12:
        investigate(state, numbers, seed, watch)
    elif phase == 13:
        release(state, numbers, seed, watch)
    elif phase == 14:
        hold_court(state, numbers, seed, watch)
    elif phase == 15:
        charge(state, numbers, seed, watch)
    elif phase == 16:
        plan_patrol(state, numbers, seed, watch)
    elif phase == 17:
        tidy(state, numbers, seed, watch)
    elif phase == 18:
        talk(state, numbers, seed, watch)
    elif phase == 19:
        change(state, numbers, seed, watch)
    elif phase == 20:
        protect(state, numbers, seed, watch)
    elif phase == 21:
        expect(state, numbers, seed, watch)
    elif phase == 22:
        careers(state, numbers, seed, watch)
    elif phase == 23:
        join(state, numbers, seed, watch)
    elif phase == 24:
        enlist(state, numbers, seed, watch)
    elif phase == 25:
        take_stock(state, numbers, seed, watch)
    elif phase == 26:
        unite(state, numbers, seed, watch)
    elif phase == 27:
        staff(state, numbers, seed, watch)


@rule
def cases_lack_room(state: State) -> bool:
    """Say whether the next watch might fill the case files."""
    return bool(state.cases.count[0] + len(state.offenders.resident) > len(state.cases.watch))


@rule
def calls_lack_room(state: State) -> bool:
    """Say whether the next watch might fill the file of calls."""
    calls = state.calls.marks[0] + state.calls.most[0] + len(state.offenders.resident)
    return bool(calls > len(state.calls.second))


@rule
def lacks_room(state: State) -> bool:
    """Say whether the next watch might fill the case files or the file of calls."""
    return cases_lack_room(state) or calls_lack_room(state)


@kernel
def advance(state: State, numbers: Numbers, seed: int, span: tuple[int, int], cadences: np.ndarray) -> int:
    """Run watches span[0] to span[1] - 1 and return the first not run, earlier when files need more room."""
    for watch in range(span[0], span[1]):
        if lacks_room(state):
            return watch
        for phase in range(len(cadences)):
            if (watch + 1) % cadences[phase] == 0:
                perform(phase, state, numbers, seed, watch)
    return span[1]
