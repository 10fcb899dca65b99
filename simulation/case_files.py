"""Case files: one row an offence, from attempt to its fate. Opened and closed here for both engines."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.justice import COMMUNITY, JAIL, PRISON
from coproduction.simulation.parameters.levers import VICTIM_SUPPORT
from coproduction.simulation.rules.attractiveness import attractiveness
from coproduction.simulation.rules.calendar import SECONDS_PER_WATCH, WATCHES_PER_DAY, WATCHES_PER_WEEK
from coproduction.simulation.rules.offending import learnt_certainty
from coproduction.simulation.rules.recovery import remaining_harm
from coproduction.simulation.rules.temptation import expected_certainty, rate_now
from coproduction.simulation.state import (
    COMMUNITY_PAID,
    COMMUNITY_WEEKS,
    CONFERENCES,
    CONFERENCES_PAID,
    COURTS_PAID,
    CUSTODY_PAID,
    JAIL_WEEKS,
    NOBODY,
    PRISON_WEEKS,
    TRIALS,
    Fate,
    State,
)

AT_SCENE, BY_INVESTIGATION = 1, 2
DAYS_PER_WEEK = WATCHES_PER_WEEK / WATCHES_PER_DAY


@rule
def open_case(state: State, numbers: Numbers, when: tuple[int, int, float], offence: tuple[int, int, int, int],
              attempt: tuple[float, float, int]) -> None:  # fmt: skip
    """Append the case file of an offence, count it in its cell, and let the offender learn that it went well.

    when     seed, watch, draw of the moment within the watch
    offence  offender, crime type, cell, tries
    attempt  probability of the attempt, guardianship overcome, anchor that it started from
    """
    _, watch, moment = when
    offender, crime, cell, tries = offence
    cases, offenders = state.cases, state.offenders
    row = cases.count[0]
    cases.count[0] = row + 1
    cases.watch[row] = watch
    cases.second[row] = int(moment * SECONDS_PER_WATCH)
    cases.crime[row] = crime
    cases.offender[row] = offender
    cases.cell[row] = cell
    cases.tries[row] = tries
    cases.attempt_probability[row], cases.guardianship[row], cases.anchor[row] = attempt
    cases.certainty[row] = expected_certainty(state, offender)
    cases.rate[row] = rate_now(state, numbers, watch, offender)
    cases.attraction[row] = attractiveness(state.cells.fixed[crime, cell], state.cells.boost[crime, cell])
    _close_open_ends(state, row)
    state.cells.offences[crime, cell] += 1
    offenders.offences[offender] += 1
    if cell != offenders.home[offender]:
        offenders.last_target[offender] = cell
    gain = numbers.parameters.offending.certainty_gain
    offenders.certainty[offender] = learnt_certainty(offenders.certainty[offender], 0.0, gain)


@rule
def _close_open_ends(state: State, row: int) -> None:
    """Set what later phases may fill in to: nobody, never, not."""
    cases = state.cases
    cases.victim[row] = NOBODY
    cases.delay[row] = NOBODY
    cases.response[row] = NOBODY
    cases.cleared_watch[row] = NOBODY
    cases.witness[row] = NOBODY
    cases.court_watch[row] = NOBODY
    cases.channel[row] = NOBODY
    cases.officer[row] = NOBODY
    cases.intervener[row] = NOBODY
    cases.intervention[row] = 0


@rule
def clear_case(state: State, numbers: Numbers, cleared: tuple[int, int, int]) -> None:
    """Clear a case: the offender is arrested and learns from it; what follows is for the prosecutor.

    cleared  row of the case, how (AT_SCENE or BY_INVESTIGATION), watch
    """
    row, how, watch = cleared
    cases, offenders, p = state.cases, state.offenders, numbers.parameters
    offender = cases.offender[row]
    cases.cleared[row] = how
    cases.cleared_watch[row] = watch
    offenders.arrests[offender] += 1
    offenders.certainty[offender] = learnt_certainty(
        offenders.certainty[offender], 1.0, p.offending.certainty_gain
    )
    cases.fate[row] = Fate.AWAITING_CHARGE
    cases.marks[2] = min(cases.marks[2], row)


@rule
def reported(state: State, row: int) -> bool:
    """Say whether the police know of a case."""
    return bool(state.cases.delay[row] != NOBODY)


@rule
def harm_left(state: State, numbers: Numbers, resident: int, watch: int) -> float:
    """Return what is left of a resident's harm from offences, 0 to 1; support of victims speeds recovery."""
    residents = state.residents
    support = state.neighbourhoods.levers[residents.neighbourhood[resident], VICTIM_SUPPORT]
    memory = numbers.parameters.recovery.weeks * WATCHES_PER_WEEK
    return remaining_harm(residents.harm[resident], watch - residents.harm_seen[resident], memory, support)


@rule
def cases_per_post(state: State) -> float:
    """Return the week's recorded cases per full-time officer paid, at least one post."""
    recorded = 0
    for row in range(state.cases.marks[1], state.cases.count[0]):
        if reported(state, row):
            recorded += 1
    return float(recorded / max(state.government.posts[0], 1.0))


@rule
def close_docket(state: State) -> None:
    """Move the mark of the courts to the first case that still awaits a charge or its day in court."""
    cases = state.cases
    row = cases.marks[2]
    while row < cases.count[0] and not before_court(state, row):
        row += 1
    cases.marks[2] = row


@rule
def before_court(state: State, row: int) -> bool:
    """Say whether a case awaits a charge or its day in court."""
    fate = state.cases.fate[row]
    return bool(fate == Fate.AWAITING_CHARGE or fate == Fate.AWAITING_COURT)  # noqa: PLR1714 - compiles faster


@rule
def pay_justice(state: State, numbers: Numbers, watch: int) -> None:
    """Book to county and state what the week's courts, conferences, supervision and custody cost."""
    p, week = numbers.parameters, watch // WATCHES_PER_WEEK
    done, usd = state.books.weekly[week], state.books.usd[week]
    jailed = DAYS_PER_WEEK * p.sanctions[JAIL].day_cost * done[JAIL_WEEKS]
    usd[CUSTODY_PAID] += jailed + DAYS_PER_WEEK * p.sanctions[PRISON].day_cost * done[PRISON_WEEKS]
    usd[COMMUNITY_PAID] += DAYS_PER_WEEK * p.sanctions[COMMUNITY].day_cost * done[COMMUNITY_WEEKS]
    usd[COURTS_PAID] += p.justice.court_cost * done[TRIALS]
    usd[CONFERENCES_PAID] += p.justice.conference_cost * done[CONFERENCES]
