"""O:volunteer through the production phases, and that other behaviour would be seen."""

import pytest

from coproduction.experiments.oracle_volunteer import SIZES, dilemma_rows, equilibrium, helping


@pytest.mark.parametrize("size", SIZES)
def test_residents_come_to_the_equilibrium(size: int) -> None:
    for row in dilemma_rows(size, seed=2):
        assert row.holds, row


@pytest.mark.parametrize("cost", [0.2, 0.8])
def test_it_moves_with_the_cost(cost: float) -> None:
    for row in dilemma_rows(5, cost):
        assert row.holds, row


def test_the_larger_the_group_the_likelier_that_nobody_helps() -> None:
    nobody = [helping(size)[1] for size in (2, 5, 50)]
    assert nobody == sorted(nobody)


def test_a_neighbouring_size_would_be_told_apart() -> None:
    row = dilemma_rows(5)[0]
    for size in (4, 6):
        assert abs(equilibrium(size, 0.5)[0] - row.measured) > row.tolerance
