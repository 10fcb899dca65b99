"""What kernels are handed: the same arrays and numbers, alive as long as the packed object is."""

import gc
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from coproduction.simulation.packed import Packed, pack_numbers
from coproduction.simulation.parameters import Numbers, Parameters, Policing


class Weights(NamedTuple):
    near: float
    far: float


class Town(NamedTuple):
    homes: Any
    by_type: Any
    weights: Weights
    shops: int


def town() -> Town:
    by_type = np.arange(6.0).reshape(2, 3, order="F")
    return Town(np.array([4, 5, 6], np.int8), by_type, Weights(0.25, -1.5), -7)


@njit
def read(town: Any) -> tuple[int, float, float, float, int]:
    return town.homes[2], town.by_type[1, 2], town.weights.near, town.weights.far, town.shops


@njit
def build(town: Any) -> None:
    town.homes[0] += 1
    town.by_type[0, :] = 9.0


def test_fields_of_every_kind_read_as_they_do_unpacked() -> None:
    assert read(Packed(town())) == read.py_func(town()) == (6, 5.0, 0.25, -1.5, -7)


def test_kernels_write_into_the_original_arrays() -> None:
    original = town()
    build(Packed(original))
    assert original.homes.tolist() == [5, 5, 6]
    assert original.by_type.tolist() == [[9.0, 9.0, 9.0], [1.0, 3.0, 5.0]]


def test_arrays_live_as_long_as_what_was_packed_from_them() -> None:
    packed = Packed(Town(np.full(2_000_000, 3, np.int8), *town()[1:]))
    gc.collect()
    others = [np.zeros(2_000_000, np.int8) for _ in range(5)]
    assert read(packed)[0] == 3
    assert len(others) == 5


def test_kernels_of_one_type_read_other_values() -> None:
    numbers = Numbers(Parameters(), Policing(), Policing(), 1, 2)
    one, other = pack_numbers(numbers), pack_numbers(numbers._replace(policy_start=5))

    @njit
    def start(numbers: Any) -> tuple[int, float]:
        return numbers.policy_start, numbers.parameters.patrol.stops

    assert start(one) == (1, Parameters().patrol.stops)
    assert start(other) == (5, Parameters().patrol.stops)
    assert len(start.signatures) == 1
