"""Columns that lie row by row hold what they held, in lines of the cache that no row shares."""

import pickle
from collections.abc import Callable

import numpy as np
import pytest

from coproduction.experiments.run import start
from coproduction.scenarios.scenario import load, replace
from coproduction.simulation.layout import LINE, side_by_side
from coproduction.simulation.state import ROW_BY_ROW, State, copied, differences


@pytest.fixture(scope="module")
def city() -> State:
    return start(replace(load("own_department"), residents=500), 1)


def test_columns_side_by_side_keep_their_numbers_and_lengths() -> None:
    columns = {"wide": np.arange(5.0), "narrow": np.arange(6, dtype=np.int32), "flag": np.ones(5, np.int8)}
    beside = side_by_side(columns)
    for name, column in columns.items():
        np.testing.assert_array_equal(beside[name], column)
        assert beside[name].dtype == column.dtype
        assert beside[name].strides == (16,)
    first = beside["wide"].ctypes.data
    assert first % LINE == 0
    assert beside["narrow"].ctypes.data == first + 8
    assert beside["flag"].ctypes.data == first + 12


@pytest.mark.parametrize("kind", ROW_BY_ROW, ids=lambda kind: kind.__name__)
def test_a_row_is_in_one_line_and_no_number_is_torn_apart(city: State, kind: type) -> None:
    group = next(group for group in city if type(group) is kind)
    columns = [getattr(group, name) for name in ROW_BY_ROW[kind]]
    wide = {column.strides[0] for column in columns}
    assert len(wide) == 1, "one row for all"
    assert LINE % wide.pop() == 0
    assert all(column.ctypes.data % column.itemsize == 0 for column in columns)
    first = min(column.ctypes.data for column in columns)
    assert first % LINE == 0
    assert max(column.ctypes.data + column.itemsize for column in columns) <= first + columns[0].strides[0]


@pytest.mark.parametrize("again", [copied, lambda state: pickle.loads(pickle.dumps(state))])
def test_a_copy_lies_as_its_origin_does_and_shares_nothing(
    city: State, again: Callable[[State], State]
) -> None:
    """Otherwise kernels would be compiled anew for a branch, or in another process."""
    copy = again(city)
    assert differences(city, copy) == []
    for group, other in zip(city, copy, strict=True):
        for column, its in zip(group, other, strict=True):
            assert its.strides == column.strides or column.size < 2
            assert not np.shares_memory(its, column)
    copy.cells.patrol[:] += 1.0
    assert differences(city, copy) == ["state.cells.patrol"]
