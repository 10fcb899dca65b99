"""Intervals of paired differences: what must hold for any sample."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coproduction.experiments.digest import digest_of
from coproduction.experiments.paired import adjusted_p, mean_interval, n_needed, p_value

numbers = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))
samples = st.lists(numbers, min_size=2, max_size=30)


@given(samples, st.floats(0.1, 100), numbers)
def test_interval_moves_with_unit_and_origin(sample: list[float], unit: float, origin: float) -> None:
    before = mean_interval(sample, 0.95)
    after = mean_interval(np.array(sample) * unit + origin, 0.95)
    np.testing.assert_allclose(after.mean, before.mean * unit + origin, rtol=1e-9, atol=1e-5)
    np.testing.assert_allclose(after.half_width, before.half_width * unit, rtol=1e-6, atol=1e-5)


@given(samples)
def test_interval_contains_its_mean_and_widens_with_confidence(sample: list[float]) -> None:
    interval = mean_interval(sample, 0.95)
    assert interval.low <= interval.mean <= interval.high
    assert mean_interval(sample, 0.99).half_width >= interval.half_width


@given(samples)
def test_interval_excludes_zero_exactly_where_p_is_small(sample: list[float]) -> None:
    interval = mean_interval(sample, 0.95)
    p = float(p_value(interval))
    excludes = bool(interval.low > 0 or interval.high < 0)
    assert excludes == (p < 0.05) or abs(p - 0.05) < 1e-9


@given(samples, st.integers(0, 5))
def test_failed_replications_change_nothing_but_n(sample: list[float], failed: int) -> None:
    whole, holed = mean_interval(sample, 0.9), mean_interval(sample + [np.nan] * failed, 0.9)
    assert int(holed.n) == len(sample)
    np.testing.assert_allclose(holed.half_width, whole.half_width, rtol=1e-12)


@given(st.floats(0.01, 100), st.floats(0.01, 100), st.floats(1.01, 3))
def test_more_spread_or_more_precision_needs_more(deviation: float, target: float, more: float) -> None:
    n = n_needed(deviation, target, 0.95)
    assert n_needed(deviation * more, target, 0.95) >= n >= 2
    assert n_needed(deviation, target / more, 0.95) >= n


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_adjusting_never_makes_anything_look_surer(p: list[float]) -> None:
    adjusted = adjusted_p(p)
    assert (adjusted >= np.array(p) - 1e-15).all()
    assert (adjusted <= 1).all()
    assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= -1e-15).all()


@given(samples, st.data())
def test_digest_tells_any_change_of_a_number(sample: list[float], data: st.DataObject) -> None:
    array = np.array(sample)
    other = array.copy()
    place = data.draw(st.integers(0, len(sample) - 1))
    other[place] = np.nextafter(other[place], np.inf)
    assert digest_of(array) == digest_of(array.copy())
    assert digest_of(array) != digest_of(other)
