"""Fixtures for all tests."""

import os
import pickle
import signal
import time
from collections.abc import Callable
from typing import Any

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
def once_for_all(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[], Any]], Any]:
    """Give a function that computes something once for all test processes: ``once_for_all(name, compute)``.

    Whoever asks first computes it; the others wait, and read what was found.
    """
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def once(name: str, compute: Callable[[], Any]) -> Any:
        found, turn = folder / f"{name}.pickle", folder / f"{name}.turn"
        while not found.exists():
            try:
                turn.mkdir()
            except FileExistsError:
                time.sleep(0.05)
                continue
            try:
                if not found.exists():
                    part = found.with_suffix(".part")
                    part.write_bytes(pickle.dumps(compute()))
                    part.replace(found)
            finally:
                turn.rmdir()
        return pickle.loads(found.read_bytes())

    return once


@pytest.fixture(scope="session")
def grid_city() -> Callable[..., City]:
    """Give the builder of square cities."""
    return build_grid_city
