"""Mean differences between policies: their intervals hold what they should, luck that all futures share included."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from coproduction.experiments.sweeps.differences import Difference, differences, is_sampled, trade_off
from coproduction.simulation.outcomes import OUTCOMES

TWO = ["true_crime", "trust"]


def invented(apart: np.ndarray, outcome: str = "true_crime") -> pd.DataFrame:
    """Return a sweep of two policies that differ by the given numbers, shape (futures, seeds)."""
    rows = [
        (policy, 0, future, seed, "done", 200.0 + 7.0 * future + (value if policy == "other" else 0.0))
        for policy in ("base", "other")
        for (future, seed), value in np.ndenumerate(apart)
    ]
    names = ["policy", "lever_point", "future", "seed", "status", outcome]
    return pd.DataFrame(rows, columns=names)


def of(apart: np.ndarray, *, sampled: bool, outcome: str = "true_crime") -> Difference:
    (found,) = differences(invented(apart, outcome), ["base", "other"], [outcome], sampled=sampled)
    return found


def test_over_seeds_it_is_students_interval_of_the_paired_differences() -> None:
    """Worked by SciPy: the one-sample t-interval of what each seed differs by."""
    apart = np.array([[-3.0, -1.0, -2.5, 0.5]])
    found = of(apart, sampled=False)
    wanted = stats.ttest_1samp(apart[0], 0.0).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high))
    assert (found.first, found.mean, found.difference) == pytest.approx((200.0, 198.5, -1.5))
    assert (found.futures, found.seeds, found.pairs) == (0, 4, 4)
    assert (found.seeds_lower, found.seeds_higher, found.seeds_better) == (3, 1, 3)
    assert found.finding == "not distinguishable"
    assert of(apart, sampled=False, outcome="trust").seeds_better == 1, "more trust is better"
    assert of(apart, sampled=False, outcome="recorded_crime").seeds_better is None


def test_many_futures_do_not_make_up_for_few_seeds() -> None:
    """Thirty futures agree on each of two seeds, and the seeds do not: nothing is known."""
    shared = np.tile([-4.0, 1.0], (30, 1)) + np.linspace(-0.1, 0.1, 30)[:, None]
    found = of(shared, sampled=True)
    assert found.low < -20.0
    assert found.high > 20.0
    assert (found.futures, found.seeds, found.pairs) == (30, 2, 60)
    agreed = of(np.tile([-4.0, -4.01], (30, 1)), sampled=True)
    assert agreed.finding == "better"


@pytest.mark.parametrize(("seeds", "of_seeds"), [(2, 0.0), (2, 1.0), (4, 0.3), (10, 0.1)])
def test_intervals_hold_the_mean_as_often_as_they_say(seeds: int, of_seeds: float) -> None:
    """In 400 invented sweeps with spread over futures 1, over seeds as given, of neither 1: 95 per cent or more."""
    rng, names, held = np.random.default_rng(3), [outcome.name for outcome in OUTCOMES][:100], 0
    for _ in range(4):  # a column holds an invented sweep; that it bears an outcome's name means nothing here
        parts = rng.normal(0, 1, (100, 12, 1)), rng.normal(0, of_seeds, (100, 1, seeds))
        apart = parts[0] + parts[1] + rng.normal(0, 1, (100, 12, seeds))
        columns = np.concatenate([np.zeros((12 * seeds, 100)), apart.reshape(100, -1).T])
        head = invented(apart[0]).drop(columns="true_crime")
        table = pd.concat([head, pd.DataFrame(columns, columns=names)], axis=1)
        found = differences(table, ["base", "other"], names, sampled=True)
        held += sum(each.low <= 0.0 <= each.high for each in found)
    # 0.93 lies two standard errors of a share of 0.95 in 400 below it.
    assert held / 400 >= 0.93


def test_rounding_is_no_difference_and_one_seed_tells_nothing() -> None:
    same = of(np.full((4, 3), 1e-12), sampled=True)
    assert (same.difference, same.low, same.high, same.finding) == (0.0, 0.0, 0.0, "identical")
    alone = of(np.array([[-3.0], [-2.0]]), sampled=True)
    assert alone.finding == "unknown"
    assert np.isnan(alone.low)


def test_a_point_with_a_failed_run_is_left_out_and_an_outcome_nobody_has_as_well() -> None:
    table = invented(np.array([[-3.0, -1.0], [-2.0, -2.0]])).assign(trust=np.nan)
    table.loc[[0], ["status", "true_crime"]] = "failed", np.nan
    (found,) = differences(table, ["base", "other"], TWO, sampled=True)
    assert (found.outcome, found.pairs, found.futures) == ("true_crime", 2, 1)
    assert differences(table[table["policy"] == "other"], ["base", "other"], TWO, sampled=True) == []


def test_futures_are_a_sample_where_the_design_drew_them() -> None:
    table = invented(np.zeros((3, 2)))
    assert is_sampled("sobol", table)
    assert not is_sampled("grid", table)
    assert not is_sampled("sobol", invented(np.zeros((1, 2))))


def made(policy: str, outcome: str, difference: float) -> Difference:
    return Difference(policy, outcome, 1.0, 1.0 + difference, difference, 0.0, 0.0, 2, 0, 2, 0, 0, "unknown")


def test_the_line_of_a_trade_off_joins_the_policies_that_none_beats() -> None:
    """Less crime and more trust are better: c is beaten by b, the first by b, and a and b do not beat each other."""
    points = {"a": (-5.0, -0.1), "b": (-2.0, 0.3), "c": (-1.0, 0.2)}
    rows = [made(p, name, at) for p, pair in points.items() for name, at in zip(TWO, pair, strict=True)]
    found = trade_off(rows, "base", ("true_crime", "trust"))
    assert found.front == ("a", "b")
    assert found.levels == (1.0, 1.0)
    assert trade_off(rows, "base", ("true_crime", "recorded_crime")).points == {}
    with_recorded = [*rows, *(made(p, "recorded_crime", 0.0) for p in points)]
    assert trade_off(with_recorded, "base", ("true_crime", "recorded_crime")).front == ()
