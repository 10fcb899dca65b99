"""Case files: one row an offence, from attempt to custody. Opened and closed here for both engines."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import exponential, uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.rules.attractiveness import attractiveness
from coproduction.simulation.rules.calendar import SECONDS_PER_WATCH, WATCHES_PER_DAY, WATCHES_PER_WEEK
from coproduction.simulation.rules.offending import learnt_certainty
from coproduction.simulation.state import CUSTODY_PAID, NOBODY, State

AT_SCENE, BY_INVESTIGATION = 1, 2


@rule
def open_case(state: State, numbers: Numbers, when: tuple[int, int, float], offence: tuple[int, int, int, int],
              attempt: tuple[float, float]) -> None:  # fmt: skip
    """Append the case file of an offence, count it in its cell, and let the offender learn that it went well.

    when     seed, watch, draw of the moment within the watch
    offence  offender, crime type, cell, tries
    attempt  probability of the attempt, guardianship overcome
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
    cases.attempt_probability[row], cases.guardianship[row] = attempt
    cases.certainty[row] = offenders.certainty[offender]
    cases.attraction[row] = attractiveness(state.cells.fixed[crime, cell], state.cells.boost[crime, cell])
    _close_open_ends(state, row)
    state.cells.offences[crime, cell] += 1
    offenders.offences[offender] += 1
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


@rule
def clear_case(state: State, numbers: Numbers, seed: int, cleared: tuple[int, int, int]) -> None:
    """Clear a case: the offender is arrested, learns from it, and may be held in custody.

    cleared  row of the case, how (AT_SCENE or BY_INVESTIGATION), watch
    """
    row, how, watch = cleared
    cases, offenders, p = state.cases, state.offenders, numbers.parameters
    offender, offended = cases.offender[row], cases.watch[row]
    cases.cleared[row] = how
    cases.cleared_watch[row] = watch
    offenders.arrests[offender] += 1
    offenders.certainty[offender] = learnt_certainty(
        offenders.certainty[offender], 1.0, p.offending.certainty_gain
    )
    if uniform(seed, Decision.CUSTODY, offender, offended) < p.justice.custody:
        u = uniform(seed, Decision.CUSTODY_LENGTH, offender, offended)
        held = 1 + int(exponential(u, p.justice.custody_weeks * WATCHES_PER_WEEK))
        cases.custody[row] = held
        offenders.free_from[offender] = max(offenders.free_from[offender], watch + 1 + held)
        week = watch // WATCHES_PER_WEEK
        state.books.usd[week, CUSTODY_PAID] += held / WATCHES_PER_DAY * p.justice.custody_cost


@rule
def reported(state: State, row: int) -> bool:
    """Say whether the police know of a case."""
    return bool(state.cases.delay[row] != NOBODY)
