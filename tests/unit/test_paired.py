"""Intervals and paired differences against SciPy and by hand; the edges where nothing varies or nothing is left."""

import math

import numpy as np
import pytest
from scipy import stats

from coproduction.experiments.paired import (
    adjusted_p,
    mean_interval,
    n_needed,
    p_value,
    skewness,
    t_quantile,
    variance_ratio,
)

NAN = math.nan


def test_interval_and_p_equal_scipys_paired_t_test() -> None:
    rng = np.random.default_rng(1)
    before, after = rng.normal(5.0, 2.0, (2, 9, 7))
    theirs = stats.ttest_rel(after, before, axis=0)
    limits = theirs.confidence_interval(0.95)
    mine = mean_interval(after - before, 0.95)
    np.testing.assert_allclose(mine.low, limits.low, rtol=1e-12)
    np.testing.assert_allclose(mine.high, limits.high, rtol=1e-12)
    np.testing.assert_allclose(p_value(mine), theirs.pvalue, rtol=1e-10)


def test_the_quantile_is_scipys_in_every_bit() -> None:
    n = np.concatenate([np.arange(2, 400), [12_345, 1_000_000]])
    for confidence in (0.8, 0.95, 0.999):
        np.testing.assert_array_equal(t_quantile(n, confidence), stats.t.ppf((1 + confidence) / 2, n - 1))


def test_interval_by_hand() -> None:
    # 1, 2, 3: mean 2, deviation 1; Student's t with 2 degrees of freedom has a closed form at p = 0.975.
    quantile = (2 * 0.975 - 1) * math.sqrt(2 / (4 * 0.975 * 0.025))
    interval = mean_interval([1.0, 2.0, 3.0], 0.95)
    assert [float(x) for x in (interval.n, interval.mean, interval.deviation)] == [3.0, 2.0, 1.0]
    assert float(interval.half_width) == pytest.approx(quantile / math.sqrt(3), rel=1e-12)


def test_failed_replications_are_left_out_entry_by_entry() -> None:
    interval = mean_interval([[1.0, NAN, NAN], [3.0, 4.0, NAN], [math.inf, NAN, NAN]], 0.95)
    assert interval.n.tolist() == [2, 1, 0]
    np.testing.assert_array_equal(interval.mean, [2.0, 4.0, NAN])
    np.testing.assert_array_equal(np.isnan(interval.half_width), [False, True, True])


def test_no_replication_at_all() -> None:
    interval = mean_interval(np.empty((0, 2)), 0.95)
    assert interval.n.tolist() == [0, 0]
    assert np.isnan(interval.mean).all()
    assert np.isnan(p_value(interval)).all()


def test_equal_values_have_no_width_however_they_round() -> None:
    interval = mean_interval([0.1] * 7, 0.95)
    assert interval.half_width == 0.0
    assert p_value(mean_interval([0.0] * 7, 0.95)) == 1.0
    assert p_value(mean_interval([0.1] * 7, 0.95)) == 0.0


def test_quantile_of_students_t() -> None:
    np.testing.assert_allclose(t_quantile([2, 11], 0.95), [12.706204736, 2.228138852], rtol=1e-9)
    assert np.isnan(t_quantile([0, 1], 0.95)).all()


@pytest.mark.parametrize("ratio", [0.2, 0.5, 1.0, 3.0, 10.0, 100.0])
def test_n_needed_is_the_first_n_that_is_narrow_enough(ratio: float) -> None:
    n = float(n_needed(ratio, 1.0, 0.95))
    assert t_quantile(n, 0.95) * ratio / math.sqrt(n) <= 1.0
    if n > 2:
        assert t_quantile(n - 1, 0.95) * ratio / math.sqrt(n - 1) > 1.0


def test_n_needed_at_the_edges() -> None:
    needed = n_needed([0.0, 0.0, 1.0, 1.0, NAN, 1.0], [1.0, 0.0, 0.0, 1e-9, 1.0, NAN], 0.95)
    np.testing.assert_array_equal(needed, [2.0, 2.0, math.inf, math.inf, NAN, NAN])


def test_variance_ratio() -> None:
    luck = np.array([1.0, 2.0, 3.0, 4.0])
    own = np.array([0.1, -0.1, -0.1, 0.1])
    expected = (np.var(luck, ddof=1) + np.var(luck + own, ddof=1)) / np.var(own, ddof=1)
    assert float(variance_ratio(luck, luck + own)) == pytest.approx(expected, rel=1e-12)
    assert float(variance_ratio(luck, luck)) == math.inf
    assert math.isnan(float(variance_ratio([1.0, 1.0], [1.0, 1.0])))
    with_failure = variance_ratio([*luck, 99.0], [*(luck + own), NAN])
    assert float(with_failure) == pytest.approx(expected, rel=1e-12)


def test_adjusted_p_is_benjamini_hochbergs_and_passes_over_the_unknown() -> None:
    # By hand: 3 tests; 0.01 * 3 / 1 = 0.03, 0.02 * 3 / 2 = 0.03, 0.9 * 3 / 3 = 0.9.
    np.testing.assert_allclose(adjusted_p([0.02, NAN, 0.9, 0.01]), [0.03, NAN, 0.9, 0.03])
    assert np.isnan(adjusted_p([NAN, NAN])).all()


def test_skewness() -> None:
    assert skewness([1.0, 2.0, 3.0]) == pytest.approx(0.0, abs=1e-12)
    assert skewness([0.0, 0.0, 0.0, 1.0, NAN]) == pytest.approx(2.0, rel=1e-12)
    assert math.isnan(skewness([1.0, 1.0, 1.0]))
    assert math.isnan(skewness([1.0, 2.0]))
