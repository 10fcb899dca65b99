"""Fixtures for all tests."""

import signal
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import settings

from coproduction.simulation.city import City

# Machines are shared: how long an example takes says nothing about the code.
settings.register_profile("coproduction", deadline=None)
settings.load_profile("coproduction")

# A shell that starts the tests in the background has them ignore Ctrl-C, and all that they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def build_grid_city(side: int = 12, quarters: int = 3, outside: tuple[int, ...] = ()) -> City:
    """Return a square city of side times side cells in quarters times quarters neighbourhoods, poorest first.

    outside  cells that lie outside the city
    """
    row, column = np.divmod(np.arange(side * side), side)
    neighbourhood = (row * quarters // side) * quarters + column * quarters // side
    neighbourhood[list(outside)] = -1
    n = quarters * quarters
    income = np.linspace(8.0, 30.0, n)
    return City(
        name="grid",
        rows=side,
        columns=side,
        neighbourhood=neighbourhood.astype(np.int64),
        names=tuple(f"quarter {i}" for i in range(n)),
        population_share=np.full(n, 1.0 / n),
        income=income,
        housing_value=2.5 * income,
        household_size=2.75,
        cell_metres=100.0,
        distances_in_metres=False,
    )


@pytest.fixture(scope="session")
def grid_city() -> Callable[..., City]:
    """Give the builder of square cities."""
    return build_grid_city
