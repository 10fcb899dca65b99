"""O:volunteer. The volunteer's dilemma (Diekmann 1985), reached by residents who respond to what they saw.

One helper is enough for a neighbourhood of n, and costs whoever it is c of a benefit b. In the mixed equilibrium each
helps with p = 1 - (c/b)^(1/(n-1)), and nobody does in (c/b)^(n/(n-1)) of cases. The production phases never see these
numbers: residents offer help as often as it would have paid so far, given who was seen to help (fictitious play).
"""

import numpy as np

from coproduction.experiments.oracle_city import WITHOUT_CRIME, Tables, at_limits, unchanging, with_tables
from coproduction.experiments.oracle_rows import Row
from coproduction.simulation.city import City
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.phases.change import change, join
from coproduction.simulation.population import populate
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH
from coproduction.simulation.state import State

ORACLE = "O:volunteer"
SIZES = (2, 3, 5, 10, 20, 50)
COST = 0.5
ADAPTING, MEASURED = 2000, 500
"""Months."""
NEAR = 0.07
"""How near the equilibrium residents come, as a share of it: adapting never ends, and what is seen is luck in part."""

ROOM_FOR_ALL: Tables = {"volunteering": {"self_organised": 1e6}}
"""Places are not scarce here, beyond what the declared range allows."""


def neighbourhoods_of(size: int, residents: int) -> City:
    """Return a city of one-cell neighbourhoods of so many residents each."""
    n = residents // size
    return City(
        name="analytic check", rows=1, columns=n, neighbourhood=np.arange(n), names=tuple(map(str, range(n))),
        population_share=np.full(n, 1.0 / n), income=np.full(n, 20.0), housing_value=np.full(n, 50.0),
        household_size=2.75, cell_metres=100.0, distances_in_metres=False,
    )  # fmt: skip


def in_dilemma(size: int, cost: float, seed: int) -> tuple[State, Numbers]:
    """Return a city of such neighbourhoods in which to help is a volunteer's dilemma and nobody helps yet."""
    tables: Tables = {"setting": {"helping_cost": cost}, "population": {"volunteer_share": 0.0}}
    numbers = unchanging(at_limits(with_tables(WITHOUT_CRIME, tables), ROOM_FOR_ALL))
    residents = max(4000 // size, 400) * size
    return populate(neighbourhoods_of(size, residents), residents, numbers, seed, WATCHES_PER_MONTH), numbers


def helping(size: int, cost: float = COST, seed: int = 1) -> tuple[float, float]:
    """Return the share of residents who help, and of neighbourhoods where nobody does, once residents have adapted."""
    state, numbers = in_dilemma(size, cost, seed)
    packed, helpers, deserted = (pack_state(state), pack_numbers(numbers)), 0, 0
    for month in range(ADAPTING + MEASURED):
        watch = (month + 1) * WATCHES_PER_MONTH - 1
        change(*packed, seed, watch)
        join(*packed, seed, watch)
        if month >= ADAPTING:
            by_place = state.residents.volunteer.reshape(-1, size).sum(axis=1)
            helpers += int(by_place.sum())
            deserted += int((by_place == 0).sum())
    people = len(state.residents.home) * MEASURED
    return helpers / people, deserted / (people / size)


def equilibrium(size: int, cost: float) -> tuple[float, float]:
    """Return Diekmann's probabilities that one helps and that nobody does."""
    return 1.0 - cost ** (1.0 / (size - 1)), cost ** (size / (size - 1))


def dilemma_rows(size: int, cost: float = COST, seed: int = 1) -> list[Row]:
    """Compare what residents have learnt to do with the equilibrium."""
    said = ("share who help", "share where nobody does")
    pairs = zip(said, equilibrium(size, cost), helping(size, cost, seed), strict=True)
    return [
        Row(ORACLE, f"{what}, n = {size}, c/b = {cost:g}", predicted, found, NEAR * predicted)
        for what, predicted, found in pairs
    ]


def volunteer_dilemma_rows() -> list[Row]:
    """Return the rows of O:volunteer."""
    return [row for size in SIZES for row in dilemma_rows(size)]
