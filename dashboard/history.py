"""What happened to a subject or by it, from the case files of its city: the latest first, and no more than fit."""

from typing import TYPE_CHECKING

import numpy as np

from coproduction.dashboard.subjects import CASE, OFFENDER, OFFICER, RESIDENT, Subject, how_many
from coproduction.experiments.follow_words import lasting, moment
from coproduction.experiments.report import wording
from coproduction.simulation.parameters import names_of
from coproduction.simulation.rules.calendar import SECONDS_PER_WATCH, WATCHES_PER_WEEK
from coproduction.simulation.state import NOBODY, Cases, Fate

if TYPE_CHECKING:
    from coproduction.dashboard.world import World

MOST_EVENTS = 20
"""Events that are told of one subject: the latest."""
COLUMNS = {
    RESIDENT: (("victim", "was the victim of"), ("witness", "told the police of"), ("intervener", "stepped in at")),
    OFFENDER: (("offender", "did"),),
    OFFICER: (("officer", "was sent to"),),
}  # fmt: skip


def history(world: "World", subject: Subject) -> list[str]:
    """Return what happened, one sentence an event; a case has its own steps, see :func:`course`."""
    cases, n = world.state.cases, how_many(world.state, CASE)
    found = [
        (int(row), did)
        for column, did in COLUMNS.get(subject.kind, ())
        for row in np.flatnonzero(getattr(cases, column)[:n] == subject.index)[-MOST_EVENTS:]
    ]
    return [
        f"{_when(cases, row)}: {did} {_crime(world, row)} (case {row + 1}, {_fate(cases, row)})."
        for row, did in sorted(found, reverse=True)[:MOST_EVENTS]
    ]


def course(world: "World", case: int) -> list[str]:
    """Return the course of a case so far, from the offence to its outcome, each step with its moment."""
    return [*_offence(world, case), *_report(world.state.cases, case), *_outcome(world.state.cases, case)]


def _offence(world: "World", i: int) -> list[str]:
    c = world.state.cases
    victim = "" if c.victim[i] == NOBODY else f" against resident {int(c.victim[i])}"
    lines = [f"{_when(c, i)}: {_crime(world, i)} by offender {int(c.offender[i])}{victim}."]
    if c.tries[i] > 1:
        lines.append("Somebody had stopped a first try.")
    if c.intervener[i] != NOBODY:
        lines.append(f"Resident {int(c.intervener[i])} stepped in.")
    return lines


def _report(c: Cases, i: int) -> list[str]:
    who = [
        *(["the victim"] if c.victim_reported[i] else []),
        *([f"{int(c.witness_reports[i])} of {int(c.witnesses[i])} witnesses"] if c.witness_reports[i] else []),
        *(["a volunteer"] if c.volunteer_report[i] else []),
    ]  # fmt: skip
    if c.delay[i] < 0:
        return ["Nobody told the police, and they never knew of it."]
    told = f"Told by {' and '.join(who)}" if who else "An officer on patrol came upon it"
    lines = [f"{_when(c, i, int(c.delay[i]))}: {told}, after {lasting(float(c.delay[i]))}."]
    if c.response[i] >= 0:
        came = _when(c, i, int(c.delay[i]) + int(c.response[i]))
        post = "" if c.officer[i] == NOBODY else f" of post {int(c.officer[i])}"
        lines.append(f"{came}: an officer{post} came, {lasting(float(c.response[i]))} after the report.")
    return lines


def _outcome(c: Cases, i: int) -> list[str]:
    if c.delay[i] < 0:
        return []
    if not c.cleared[i]:
        return [f"So far it is {_fate(c, i)}: nobody was arrested."]
    how = "at the scene" if c.cleared[i] == 1 else "by investigation"
    lines = [f"{_week(int(c.cleared_watch[i]))}: the offender was arrested {how}."]
    if c.court_watch[i] != NOBODY:
        held = "held until then" if c.remanded[i] else "on bail until then"
        threat = "; a witness was threatened" if c.retaliation[i] else ""
        lines.append(f"{_week(int(c.court_watch[i]))}: day in court, the offender {held}{threat}.")
    sentence = f", {int(c.sentence[i])} weeks" if c.sentence[i] else ""
    return [*lines, f"What has become of it: {_fate(c, i)}{sentence}."]


def _when(c: Cases, i: int, later: int = 0) -> str:
    watches, second = divmod(int(c.second[i]) + later, SECONDS_PER_WATCH)
    return wording.sentence_start(moment(int(c.watch[i]) + watches, second))


def _week(watch: int) -> str:
    return f"Week {watch // WATCHES_PER_WEEK + 1}"


def _crime(world: "World", i: int) -> str:
    return names_of(world.scenario.parameters)[int(world.state.cases.crime[i])].replace("_", " ")


def _fate(c: Cases, i: int) -> str:
    return Fate(int(c.fate[i])).name.lower().replace("_", " ")
