"""What an offender goes by in a watch: how often, and how sure of being caught. Read from the state by both engines."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.levers import CERTAINTY
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK, watch_of_day
from coproduction.simulation.rules.careers import after_release
from coproduction.simulation.rules.offending import personal_rhythm
from coproduction.simulation.state import NOBODY, State

ROUNDING = 1e-12
"""More than the last digits of a probability can be wrong by."""


@rule
def rate_now(state: State, numbers: Numbers, watch: int, offender: int) -> float:
    """Return the attempts per average watch that an offender would make undeterred, more after a release."""
    return float(state.offenders.rate[offender]) * heat_now(state, numbers, watch, offender)


@rule
def heat_now(state: State, numbers: Numbers, watch: int, offender: int) -> float:
    """Return the factor on an offender's rate that a release leaves behind, 1 where there was none."""
    offenders, c = state.offenders, numbers.parameters.careers
    if offenders.released[offender] == NOBODY:
        return 1.0
    waited = watch - offenders.released[offender]
    return after_release(c.release_factor, waited, c.release_weeks * WATCHES_PER_WEEK)


@rule
def rhythm_now(state: State, numbers: Numbers, watch: int, offender: int) -> float:
    """Return an offender's attempts at this time of day against the average watch."""
    time = watch_of_day(watch)
    own = state.rates.type_rhythm[time, state.offenders.speciality[offender]]
    return personal_rhythm(state.rates.rhythm[time], own, numbers.parameters.careers.specialisation)


@rule
def temptation_at_most(state: State, numbers: Numbers, watch: int, offender: int) -> float:
    """Return what the probability of an attempt never exceeds: it is 1 - exp(-x), below x, and deterrence lowers x.

    It costs less to find, and settles the watch of almost every offender.
    """
    return rate_now(state, numbers, watch, offender) * rhythm_now(state, numbers, watch, offender) + ROUNDING


@rule
def speciality_probability(state: State, numbers: Numbers, watch: int, offender: int) -> float:
    """Return the probability that an attempt at this time of day is of the own speciality by choice."""
    s, time = numbers.parameters.careers.specialisation, watch_of_day(watch)
    own = s * state.rates.type_rhythm[time, state.offenders.speciality[offender]]
    return float(own / max(rhythm_now(state, numbers, watch, offender), 1e-300))


@rule
def expected_certainty(state: State, offender: int) -> float:
    """Return the certainty of being caught, 0 to 1, that an offender reckons with, what programmes add included."""
    place = state.residents.neighbourhood[state.offenders.resident[offender]]
    return float(
        min(state.offenders.certainty[offender] + state.neighbourhoods.levers[place, CERTAINTY], 1.0)
    )
