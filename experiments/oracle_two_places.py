"""The city of O:allocation and O:delay: two places, offences at the offenders' homes, patrol by the crime map."""

import numpy as np

from coproduction.experiments.oracle_city import (
    WITHOUT_BOOST,
    WITHOUT_CALLS,
    WITHOUT_CAREERS,
    WITHOUT_CRIME,
    WITHOUT_CUSTODY,
    WITHOUT_GUARDIANS,
    WITHOUT_LEARNING,
    WITHOUT_TURNOVER,
    Tables,
    at_limits,
    one_neighbourhood,
    together,
    unchanging,
    with_offenders,
    with_tables,
)
from coproduction.simulation.city import FloatArray
from coproduction.simulation.parameters import CRIME_NAMES, Numbers, Policing
from coproduction.simulation.population import populate
from coproduction.simulation.state import State

CRIME = CRIME_NAMES.index("domestic_violence")
"""Done at home, so that each place keeps its own offences."""

STEADY: Tables = {
    "domestic_violence": {
        "recorded_rate": 280.0, "night_share": 1.0 / 3.0, "day_share": 1.0 / 3.0, "guardable": 1.0, "visibility": 1.0,
    },
    "offending": {"second_try": 0.0, "certainty_weight": 0.0},
    "population": {"volunteer_share": 0.0},
    "emergency_call": {"urgent": 0.0},
}  # fmt: skip
"""Offences come as likely in every watch, everybody near sees them, and they cost officers no time."""


def reported_with(probability: float) -> Tables:
    """Return tables under which victims report with this probability, and nobody else does."""
    return {
        "domestic_violence": {"victim_reporting": probability},
        "reporting": {"trust_weight": 0.0, "victim_silence": 0.0, "looks": 0.0, "volunteer": 0.0},
    }


BY_MAP = Policing(
    hot_spots=1.0, beat_integrity=0.0, field_stops=0.0, coordinators=0.0, co_responders=0.0, engagement=0.0
)
"""All patrol goes by the crime map."""


def mapped_patrol(residents: int, posts: int, levers: Policing, *tables: Tables) -> Numbers:
    """Return numbers of a city that pays so many officers and nothing else.

    levers  all but the budget
    tables  may leave the declared ranges, such as a map that never fades
    """
    calm = (WITHOUT_CRIME, WITHOUT_CALLS, WITHOUT_TURNOVER, WITHOUT_BOOST, WITHOUT_CAREERS, WITHOUT_CUSTODY)
    p = at_limits(with_tables(*calm, WITHOUT_GUARDIANS, WITHOUT_LEARNING, STEADY), together(*tables))
    budget = posts * levers.officer_cost / residents * (1.0 + 1e-12)  # not a rounding less than all posts
    return unchanging(p, levers._replace(budget=budget))


def two_places(numbers: Numbers, residents: int, offenders: tuple[int, int], watches: int) -> State:
    """Return the city with so many offenders in each of its two cells; each attempts at rate 0 until it is set."""
    state = populate(one_neighbourhood(1, 2), residents, numbers, 1, watches)
    state = with_offenders(state, sum(offenders), 0.0)
    living = [np.flatnonzero(state.residents.home == cell)[:n] for cell, n in enumerate(offenders)]
    people = state.offenders
    people.resident[:] = np.concatenate(living)
    people.home[:] = people.leisure[:] = state.residents.home[people.resident]
    return state


def rate_of(probability: float) -> float:
    """Return the rate at which an offender attempts with this probability in a watch."""
    return float(-np.log1p(-probability))


def follow_shares(state: State, first: float) -> None:
    """Let the patrol plan send that share of patrol to the first place, and the rest to the second."""
    state.beats.plan[:] = np.cumsum(np.array([first, 1.0 - first])[state.beats.cell])


def share_of_first(state: State) -> float:
    """Return the first cell's share of the crime map; of patrol, then."""
    crime_map: FloatArray = state.cells.crime_map
    return float(crime_map[0] / crime_map.sum())
