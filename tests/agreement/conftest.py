"""A small city in which everything that the model knows of happens within two months."""

from collections.abc import Callable

import numpy as np
import pytest

from coproduction.simulation.city import City
from coproduction.simulation.parameters import Numbers, Parameters, Policing
from coproduction.simulation.parameters.levers import LEVERS
from coproduction.simulation.parameters.portfolio import NO_PROGRAMMES, PAYERS, Portfolio
from coproduction.simulation.population import populate
from coproduction.simulation.state import State

POLICY_START = 50
WATCHES = 210


def eventful_parameters(*, lattice: bool = False) -> Parameters:
    """Return parameters under which rare things are frequent: crime, arrests, short custody, joining, leaving."""
    p = Parameters()
    return p._replace(
        crimes=tuple(
            c._replace(recorded_rate=50_000.0, reported_share=0.3, visibility=0.6, reporting_delay=2.0)
            for c in p.crimes
        ),
        population=p.population._replace(volunteer_share=0.03, offender_share=0.06),
        volunteering=p.volunteering._replace(joining=0.03, hours=400.0, leaving=0.3),
        justice=p.justice._replace(
            scene_arrest=0.7, court_weeks=1.0, conference=0.3, attendance=0.6, retaliation=5.0, diversion=1.0
        ),
        sanctions=tuple(s._replace(weeks=2.0) for s in p.sanctions),
        general_calls=p.general_calls._replace(calls=2.0),
        mental_health_calls=p.mental_health_calls._replace(calls=0.5),
        suspicion_calls=p.suspicion_calls._replace(calls=2.0),
        conduct=p.conduct._replace(resistance=0.3, excess=0.5, complaint=0.4, sustained=0.4),
        patrol=p.patrol._replace(discovery=0.4),
        dysfunctions=p.dysfunctions._replace(discrimination=0.5, unreliable_volunteers=0.2),
        setting=p.setting._replace(
            movement=float(lattice), periodic=float(lattice), arrivals=0.2 * lattice, fixed_attraction=0.3
        ),
    )


BEFORE = Policing()._replace(
    meetings=20.0,
    engagement=0.5,
    budget=1100.0,
    co_responders=8.0,
    turnover=1.5,
    foot=0.3,
    sub_stations=0.2,
    field_stops=30.0,
)
AFTER = BEFORE._replace(
    boards=0.4,
    board_funding=0.5,
    coordinators=3.0,
    invitation=1.0,
    meetings=50.0,
    fairness=0.7,
    discovery_weight=0.5,
    discovery_correction=0.7,
    budget=1300.0,
    takeover=0.3,
    oversight=0.5,
    foot=0.1,
)


def eventful_programmes(neighbourhoods: int = 9) -> Portfolio:
    """Return programmes that overlap, end, and together move every lever: of staff, of members, where crime is high."""
    n, largest = 4, NO_PROGRAMMES.most
    amounts = np.zeros((n, len(LEVERS)))
    amounts[0] = 0.1 * largest
    amounts[1] = 0.05 * largest
    amounts[2, ::2] = 0.9 * largest[::2]
    targets = np.ones((n, neighbourhoods), np.int8)
    targets[1, 1::2] = 0
    return NO_PROGRAMMES._replace(
        start=np.array([POLICY_START, POLICY_START + 7, 84, 0], np.int32),
        end=np.array([140, 10**6, 10**6, 2], np.int32),
        amounts=amounts,
        dose=np.array([1.0, 1.5, 1.0, 1.0]),
        fidelity=np.array([1.0, 0.8, 1.0, 1.0]),
        targets=targets,
        hottest=np.array([0, 0, 2, 0], np.int32),
        members_wanted=np.array([0.0, 40.0, 0.0, 0.0]),
        members_supported=np.array([0.0, 60.0, 0.0, 0.0]),
        invitation=np.array([0.0, 3.0, 0.0, 0.0]),
        cost=np.full((n, len(PAYERS)), 900.0),
        member_cost=np.full((n, len(PAYERS)), 20.0),
        from_budget=np.array([1, 0, 1, 0], np.int8),
        adoption=np.array([1.0, 1.0, 1.0, 0.0]),
        adoption_contracted=np.array([1.0, 0.0, 1.0, 0.0]),
    )


@pytest.fixture(scope="session")
def eventful() -> Numbers:
    """Give numbers that exercise every mechanism; a policy of every lever starts in the second month."""
    return Numbers(eventful_parameters(), BEFORE, AFTER, POLICY_START, 60, eventful_programmes())


@pytest.fixture(scope="session")
def on_lattice() -> Numbers:
    """Give the same numbers with offenders who walk a lattice whose opposite edges touch."""
    p = eventful_parameters(lattice=True)
    return Numbers(p, BEFORE, AFTER, POLICY_START, 60, eventful_programmes())


@pytest.fixture(scope="session")
def settle(grid_city: Callable[..., City]) -> Callable[..., State]:
    """Give a function that peoples a city of 1,000 residents: settle(numbers, seed)."""

    def people(numbers: Numbers, seed: int = 1, residents: int = 1000) -> State:
        return populate(grid_city(), residents, numbers, seed, WATCHES)

    return people
