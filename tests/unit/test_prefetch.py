"""Memory is asked ahead of time, nothing is read by it, and nothing changes."""

from typing import Any

import numpy as np
from numba import njit

from coproduction.simulation._compiled import rule
from coproduction.simulation.prefetch import prefetch
from coproduction.simulation.state import Floats, Ints


@rule
def sum_of(values: Floats, places: Ints, ahead: int) -> float:
    total = 0.0
    for i in range(len(places)):
        prefetch(values, places[min(i + ahead, len(places) - 1)])
        total += values[places[i]]
    return total


@rule
def ask(values: Floats, row: int) -> None:
    prefetch(values, row)


compiled: Any = njit(sum_of)
far: Any = njit(ask)


def test_compiled_and_plain_give_the_same_also_of_columns_that_lie_apart() -> None:
    rows = np.random.default_rng(1).random((1000, 8))
    places = np.random.default_rng(2).integers(0, 1000, 500).astype(np.int32)
    for values in (rows[:, 3], np.ascontiguousarray(rows[:, 3])):
        assert compiled(values, places, 16) == sum_of(values, places, 16)
    assert all("llvm.prefetch" in code for code in compiled.inspect_llvm().values())


def test_a_place_beyond_the_column_does_no_harm() -> None:
    for row in (-1, 10, 1 << 40, -(1 << 40)):
        values = np.arange(3.0)
        far(values, row)
        prefetch(values, row)
        assert values.tolist() == [0.0, 1.0, 2.0]
