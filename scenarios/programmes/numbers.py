"""From the programmes of a scenario to the numbers that kernels read."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from coproduction.scenarios.programmes.adoption import adoption_probability
from coproduction.scenarios.programmes.programme import Programme
from coproduction.simulation.city import City
from coproduction.simulation.errors import ScenarioFileError
from coproduction.simulation.parameters.declaration import Pathway, unknown
from coproduction.simulation.parameters.government import Adoption, CityGovernment
from coproduction.simulation.parameters.levers import LEVERS, lever_declarations
from coproduction.simulation.parameters.portfolio import NO_PROGRAMMES, PAYERS, Portfolio
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK

FIFTH = 0.2
NEVER = 2**31 - 1
"""Watch that no run comes to."""


def portfolio(
    programmes: Sequence[Programme],
    city: City,
    policy_start: int,
    cut: Collection[Pathway],
    government: CityGovernment,
) -> Portfolio:
    """Return programmes as numbers.

    policy_start  watch from which their weeks count
    cut           pathways that are switched off
    government    decides on programmes that are left to it
    """
    if not programmes:
        return NO_PROGRAMMES
    chance = adoption_probability(government, Adoption())
    contracted = adoption_probability(government._replace(contracted=1.0), Adoption())
    paid = 0.0 if "cost" in cut else 1.0
    switches = [0.0 if row.pathway in cut else 1.0 for row in lever_declarations()]
    hottest = max(round(FIFTH * city.n_neighbourhoods), 1)
    return NO_PROGRAMMES._replace(
        start=np.array([_watch(policy_start, p.start_week) for p in programmes], np.int32),
        end=np.array([_watch(policy_start, p.end_week) for p in programmes], np.int32),
        amounts=np.array([[p.levers.get(lever, 0.0) for lever in LEVERS] for p in programmes], np.float64),
        dose=np.array([p.dose for p in programmes], np.float64),
        fidelity=np.array([p.fidelity for p in programmes], np.float64),
        switches=np.array(switches),
        targets=np.array([places(p, city) for p in programmes], np.int8),
        hottest=np.array([hottest if p.targets == "hottest" else 0 for p in programmes], np.int32),
        members_wanted=np.array([p.members_wanted for p in programmes], np.float64),
        members_supported=np.array([p.members_supported for p in programmes], np.float64),
        invitation=np.array([p.invitation for p in programmes], np.float64),
        cost=paid * _by_payer([p.cost for p in programmes]),
        member_cost=paid * _by_payer([p.member_cost for p in programmes]),
        adoption=np.array([1.0 if p.adoption == "always" else chance for p in programmes]),
        adoption_contracted=np.array([1.0 if p.adoption == "always" else contracted for p in programmes]),
        from_budget=np.array([p.funded == "budget" for p in programmes], np.int8),
    )


def _watch(policy_start: int, week: int | None) -> int:
    return NEVER if week is None else policy_start + week * WATCHES_PER_WEEK


def _by_payer(tables: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
    return np.array([[table.get(payer, 0.0) for payer in PAYERS] for table in tables], np.float64)


def places(programme: Programme, city: City) -> NDArray[np.int8]:
    """Return 1 for each neighbourhood that the programme is meant for, shape (N,); where crime is, is seen later."""
    targets = programme.targets
    if targets == "poorest":
        return poorest_fifth(city)
    if isinstance(targets, tuple):
        return np.array([name in targets for name in city.names], np.int8)
    return np.ones(city.n_neighbourhoods, np.int8)


def poorest_fifth(city: City) -> NDArray[np.int8]:
    """Return 1 for the neighbourhoods with the lowest income that hold at least a fifth of the residents."""
    order = np.argsort(city.income, kind="stable")
    below = np.cumsum(city.population_share[order]) - city.population_share[order]
    chosen = np.zeros(city.n_neighbourhoods, np.int8)
    chosen[order[below < FIFTH]] = 1
    return chosen


def check_names(source: str, programmes: Sequence[Programme], city: City) -> None:
    """Refuse a neighbourhood that the city does not have; raises ``ScenarioFileError``."""
    for programme in programmes:
        for name in programme.targets if isinstance(programme.targets, tuple) else ():
            if name not in city.names:
                raise ScenarioFileError(
                    f"{source}: [programmes.{programme.name}] targets: {unknown(name, list(city.names))}"
                )


def city_cost(programmes: Sequence[Programme], city: City) -> float:
    """Return what programmes can take from the city's budget at most, USD per resident a year."""
    return sum(
        (p.cost.get("city", 0.0) * p.dose + p.member_cost.get("city", 0.0) * p.members_supported)
        / 1000.0
        * largest_share(p, city)
        for p in programmes
        if p.funded == "budget"
    )


def largest_share(programme: Programme, city: City) -> float:
    """Return the share of residents in its places, at most: where crime will be highest is not known yet."""
    if programme.targets == "hottest":
        largest = np.sort(city.population_share)[::-1]
        return float(largest[: max(round(FIFTH * city.n_neighbourhoods), 1)].sum())
    return float(city.population_share @ places(programme, city))
