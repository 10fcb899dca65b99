"""The stopping rule's settings, looks, targets and its two looks in a row."""

import math

import numpy as np
import pytest

from coproduction.experiments.precision import StoppingRule
from coproduction.simulation.errors import DesignError


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"precision": 0.0}, "precision must be between 0.0001 and 1.0; got 0.0"),
        ({"precision": 2.0}, "0.02 asks for 2 %"),
        ({"precision": math.nan}, "precision must be between"),
        ({"confidence": 1.0}, "confidence must be between 0.5 and 0.999; got 1.0"),
        ({"minimum": 1}, "minimum must be between 2 and 10000; got 1"),
        ({"step": 0}, "step must be between 1 and"),
        ({"minimum": 8, "ceiling": 7}, "ceiling must be between 8 and 100000; got 7"),
    ],
)
def test_settings_out_of_range_are_refused(setting: dict[str, float], said: str) -> None:
    with pytest.raises(DesignError, match=said):
        StoppingRule(**setting)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("minimum", "step", "ceiling", "looks"),
    [(10, 2, 20, (10, 12, 14, 16, 18, 20)), (4, 3, 9, (4, 7, 9)), (5, 2, 5, (5,)), (2, 5, 3, (2, 3))],
)
def test_looks(minimum: int, step: int, ceiling: int, looks: tuple[int, ...]) -> None:
    assert StoppingRule(minimum=minimum, step=step, ceiling=ceiling).looks() == looks


def test_intervals_are_computed_a_little_wider_than_they_are_called() -> None:
    assert StoppingRule().interval_confidence == pytest.approx(0.96)


def test_target_is_a_share_of_the_baseline_or_of_the_policy_where_there_is_none() -> None:
    target = StoppingRule(precision=0.05).target([100.0, -20.0, 0.0, 0.0], [1.0, 1.0, 40.0, 0.0])
    np.testing.assert_allclose(target, [5.0, 1.0, 2.0, 0.0])


def test_narrow_enough_looks_at_pairs_only() -> None:
    rule = StoppingRule(precision=0.1)
    luck = np.array([80.0, 100.0, 120.0, math.nan])
    baseline = np.stack([luck, luck, luck, luck], axis=1)
    policy = np.stack([luck - 5, luck * [0.5, 1.0, 1.5, 1.0], luck, [math.nan, math.nan, 7.0, 7.0]], axis=1)
    assert rule.narrow_enough(baseline, policy).tolist() == [True, False, True, False]


def test_stops_at_the_second_narrow_look_in_a_row() -> None:
    assert not StoppingRule.stops([True])
    assert not StoppingRule.stops([True, False, True])
    assert StoppingRule.stops([False, True, True])
