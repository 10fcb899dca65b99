"""Digests: equal for equal bits, different for any difference, on any machine."""

import numpy as np
import pandas as pd
import pytest

from coproduction.experiments.digest import digest_of

TABLE = pd.DataFrame({"week": [0, 1], "crime": [1.5, np.nan], "where": ["north", None]})


def test_known_answer() -> None:
    """Fails when the form changes, which would make every manifest written before say "differs"."""
    assert digest_of({"a": 1.0, "b": np.array([1, 2])}) == "3f39dddad4449755"


def test_equal_results_have_equal_digests() -> None:
    assert digest_of(TABLE) == digest_of(TABLE.copy())
    assert digest_of(np.array([1.0, 2.0])) == digest_of(np.array([1.0, 2.0], dtype=">f8"))
    assert digest_of(np.array([1, 2])) == digest_of(np.array([1, 2], dtype=np.int16))
    assert digest_of(np.array([np.nan])) == digest_of(np.array([-np.nan]))


@pytest.mark.parametrize(
    "other",
    [
        TABLE.assign(crime=[np.nextafter(1.5, 2), np.nan]),
        TABLE.assign(crime=[1.5, 0.0]),
        TABLE.assign(where=["north", "south"]),
        TABLE.rename(columns={"crime": "fear"}),
        TABLE.set_index(pd.Index([0, 2])),
        TABLE.iloc[::-1],
        TABLE.iloc[:1],
        TABLE[["week", "where", "crime"]],
    ],
)
def test_any_difference_shows(other: pd.DataFrame) -> None:
    assert digest_of(other) != digest_of(TABLE)


def test_what_is_joined_cannot_be_confused_with_what_is_not() -> None:
    assert digest_of({"ab": 1.0}) != digest_of({"a": 1.0})
    assert digest_of(["ab", "c"]) != digest_of(["a", "bc"])
    assert digest_of(np.zeros((2, 3))) != digest_of(np.zeros((3, 2)))
    assert digest_of(0.0) != digest_of(-0.0)
