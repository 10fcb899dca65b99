"""O:volunteer through the production phases, and that other behaviour would be seen."""

from collections.abc import Callable

import pytest

from coproduction.experiments.oracle_rows import Row
from coproduction.experiments.oracle_volunteer import SIZES, dilemma_rows, equilibrium

RowsOf = Callable[[str, str, int], list[Row]]


@pytest.mark.parametrize("size", SIZES)
def test_residents_come_to_the_equilibrium(size: int, rows_of: RowsOf) -> None:
    for row in rows_of("O:volunteer", f", n = {size}, ", 2):
        assert row.holds, row


@pytest.mark.nightly
@pytest.mark.parametrize("size", SIZES)
def test_residents_come_to_the_equilibrium_by_other_luck(size: int) -> None:
    for row in dilemma_rows(size, seed=2):
        assert row.holds, row


@pytest.mark.parametrize("cost", [0.2, 0.8])
def test_it_moves_with_the_cost(cost: float) -> None:
    for row in dilemma_rows(5, cost):
        assert row.holds, row


def test_the_larger_the_group_the_likelier_that_nobody_helps(rows_of: RowsOf) -> None:
    words = [f"share where nobody does, n = {size}, " for size in (2, 5, 50)]
    nobody = [rows_of("O:volunteer", each, 1)[0].measured for each in words]
    assert nobody == sorted(nobody)


def test_a_neighbouring_size_would_be_told_apart(rows_of: RowsOf) -> None:
    (row,) = rows_of("O:volunteer", "share who help, n = 5, ", 1)
    for size in (4, 6):
        assert abs(equilibrium(size, 0.5)[0] - row.measured) > row.tolerance
