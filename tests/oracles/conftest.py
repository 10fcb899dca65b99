"""The table of all analytic checks, computed once: many tests read their rows in it."""

from collections.abc import Callable
from typing import Any

import pytest

from coproduction.experiments.oracle_rows import Row
from coproduction.experiments.oracles import predicted_against_measured


@pytest.fixture(scope="session")
def table(once_for_all: Callable[[str, Callable[[], Any]], Any]) -> list[Row]:
    """Give the whole table, which takes most of a minute."""
    rows: list[Row] = once_for_all("table_of_oracles", predicted_against_measured)
    return rows


@pytest.fixture
def rows_of(table: list[Row]) -> Callable[..., list[Row]]:
    """Give a function that returns the rows of an oracle whose quantity holds some words; there are so many of them."""

    def rows_of(oracle: str, words: str, expected: int) -> list[Row]:
        found = [row for row in table if row.oracle == oracle and words in row.quantity]
        assert len(found) == expected, [row.quantity for row in found]
        return found

    return rows_of
