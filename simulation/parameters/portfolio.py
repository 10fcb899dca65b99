"""The programmes of a city as numbers: what kernels read of them, one row a programme."""

from typing import NamedTuple

import numpy as np

from coproduction.simulation.parameters.levers import LEVERS, lever_declarations

PAYERS = ("city", "county_state", "nonprofit", "residents", "district")
CITY, COUNTY_STATE, NONPROFIT, RESIDENTS, DISTRICT = range(len(PAYERS))
"""Who pays for a programme: budgets of the city, of county and state; nonprofits; those who live there; a levy."""

MOST_PROGRAMMES = 60
"""A membership is one bit of a whole number."""


class Portfolio(NamedTuple):
    """Shapes: P programmes, L levers, N neighbourhoods, S payers. An arrangement without programmes has P = 0."""

    start: np.ndarray  # (P,) int32 watch
    end: np.ndarray  # (P,) int32 first watch after the last
    amounts: np.ndarray  # (P, L) what the programme adds at full strength, dose and fidelity
    dose: np.ndarray  # (P,) multiple of the usual
    fidelity: np.ndarray  # (P,) 0 to 1, share of it that is carried out as meant
    switches: np.ndarray  # (L,) 1, or 0 where the lever's pathway is cut
    most: np.ndarray  # (L,) largest value that a lever can take
    targets: np.ndarray  # (P, N) int8 1 where it runs
    hottest: (
        np.ndarray
    )  # (P,) int32 neighbourhoods with most recorded crime at its start, or 0 for ``targets``
    members_wanted: np.ndarray  # (P,) per 1,000 residents, at full strength; 0 where staff does it
    members_supported: np.ndarray  # (P,) per 1,000 residents, whom its coordination can keep
    invitation: np.ndarray  # (P,) log odds of joining added
    cost: np.ndarray  # (P, S) USD a year per 1,000 residents of its neighbourhoods
    member_cost: np.ndarray  # (P, S) USD a year per member
    from_budget: np.ndarray  # (P,) int8 1 where the city's share is taken from its budget for policing
    adoption: np.ndarray  # (P,) probability that the city adopts it when it is to start
    adoption_contracted: np.ndarray  # (P,) the same once the city has decided for a contract


def no_programmes() -> Portfolio:
    """Return the numbers of a city without programmes."""
    n, levers, payers = 0, len(LEVERS), len(PAYERS)
    return Portfolio(
        start=np.zeros(n, np.int32), end=np.zeros(n, np.int32), amounts=np.zeros((n, levers)), dose=np.zeros(n),
        fidelity=np.zeros(n), switches=np.ones(levers), most=np.array([row.high for row in lever_declarations()]),
        targets=np.zeros((n, 0), np.int8), hottest=np.zeros(n, np.int32), members_wanted=np.zeros(n),
        members_supported=np.zeros(n), invitation=np.zeros(n), cost=np.zeros((n, payers)),
        member_cost=np.zeros((n, payers)), from_budget=np.zeros(n, np.int8), adoption=np.ones(n),
        adoption_contracted=np.ones(n),
    )  # fmt: skip


NO_PROGRAMMES = no_programmes()
