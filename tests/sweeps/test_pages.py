"""What the page of a sweep says: the figures of its tables, and nothing where a figure would be wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from coproduction.experiments.cli import main
from coproduction.experiments.sweeps.analysis import (
    contrasts,
    courses,
    influence,
    influence_on_difference,
    point_means,
)
from coproduction.experiments.sweeps.dimensions import Dimension
from coproduction.experiments.sweeps.page import write_page
from coproduction.experiments.sweeps.plan import Plan
from coproduction.experiments.sweeps.reading import read_sweep
from coproduction.experiments.sweeps.sampling import sampled
from coproduction.experiments.sweeps.shards import StoreError
from coproduction.experiments.sweeps.whole_sweep import SweepEnd

KEYS = tuple(Dimension(f"t.{name}", "uncertainty", 0.0, 2.0, group=f"t.{name}") for name in "abc")


def invented(design: Any, samples: int, policies: tuple[str, ...] = ("base", "other")) -> pd.DataFrame:
    """Return a sweep's table on two seeds with y = a + 3 b, and 1 less under the other policy; c does nothing."""
    points = sampled("x", design, KEYS, samples, seed=2)
    rows = []
    for policy in policies:
        for future, (a, b, c) in enumerate(points):
            for seed in (1, 2):
                y = a + 3 * b - (policy == "other") + (0.1 if seed == 1 else -0.1)
                rows.append((policy, 0, future, seed, a, b, c, "done", y))
    names = ["policy", "lever_point", "future", "seed", "t.a", "t.b", "t.c", "status", "y"]
    return pd.DataFrame(rows, columns=names)


def test_policies_are_compared_point_by_point_on_means_over_seeds() -> None:
    table = invented("latin_hypercube", 20)
    base, other = contrasts(point_means(table, ["y"]), ["base", "other"], ["y"])
    assert (base.low, base.high, base.below) == (0.0, 0.0, 0.0)
    assert (other.low, other.middle, other.high) == pytest.approx((-1.0, -1.0, -1.0))
    assert (other.below, other.above, other.points) == (1.0, 0.0, 20)
    assert other.mean == pytest.approx(base.mean - 1.0)


def test_a_point_with_a_failed_run_is_left_out() -> None:
    table = invented("latin_hypercube", 20)
    table.loc[[0, 50], "status"] = "failed"
    table.loc[[0, 50], "y"] = np.nan
    _, other = contrasts(point_means(table, ["y"]), ["base", "other"], ["y"])
    assert other.points == 18
    assert other.middle == pytest.approx(-1.0)


def test_rank_correlations_name_what_moves_it() -> None:
    found = influence(invented("latin_hypercube", 200), "latin_hypercube", KEYS, ["y"]).values["y"]
    assert found["t.b"] > 0.9
    assert 0.2 < found["t.a"] < 0.5
    assert abs(found["t.c"]) < 0.2
    table = invented("latin_hypercube", 200)
    equal = influence(table.assign(y=270.4 + 1e-13 * table["y"]), "latin_hypercube", KEYS, ["y"]).values["y"]
    assert all(np.isnan(value) for value in equal.values()), "rounding is no influence"


def test_morris_gives_the_slopes_of_a_linear_function() -> None:
    """Over ranges of 2: elementary effects of a + 3 b on the unit cube are 2 and 6 (Morris 1991)."""
    found = influence(invented("morris", 10), "morris", KEYS, ["y"]).values["y"]
    assert found == pytest.approx({"t.a": 2.0, "t.b": 6.0, "t.c": 0.0})


def test_saltelli_gives_the_shares_of_variance_of_a_linear_function() -> None:
    found = influence(invented("saltelli", 512), "saltelli", KEYS, ["y"]).values["y"]
    assert found == pytest.approx({"t.a": 0.1, "t.b": 0.9, "t.c": 0.0}, abs=0.02)


@pytest.mark.parametrize("design", ["morris", "saltelli"])
def test_no_index_is_given_where_a_run_is_missing_or_nothing_changes(design: str) -> None:
    """SALib would give zeros with narrow intervals and no warning (SALib issue 273)."""
    table = invented(design, 8)
    table.loc[3, ["status", "y"]] = "failed", np.nan
    assert all(np.isnan(value) for value in influence(table, design, KEYS, ["y"]).values["y"].values())
    constant = invented(design, 8).assign(y=1.0)
    assert all(np.isnan(value) for value in influence(constant, design, KEYS, ["y"]).values["y"].values())


def test_a_course_is_the_mean_in_each_class_of_values() -> None:
    table = invented("latin_hypercube", 400)
    means = point_means(table, ["y"])
    values = table.groupby(["policy", "lever_point", "future"])["t.b"].first()
    base, other = courses(means, values, "y")
    assert len(base.value) == 8
    assert np.polyfit(base.value, base.mean, 1)[0] == pytest.approx(3.0, abs=0.3)
    assert other.mean == pytest.approx(base.mean - 1.0)
    assert (base.error > 0).all()


def test_the_page_says_what_the_store_holds(whole: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["report", str(whole), "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    twice = CliRunner().invoke(main, ["report", str(whole), "--out", str(tmp_path)])
    assert twice.exit_code == 2
    assert "must be a new file; it exists already" in twice.stderr
    text = (tmp_path / "report.html").read_text()
    assert "32 runs came through" in text
    table = read_sweep(whole)
    means = point_means(table, ["true_crime"])["true_crime"]
    difference = (means["coproduced"] - means["own_department"]).median()
    assert f"{abs(difference):.0f}" in text
    assert "<script" not in text
    assert "http" not in text.replace("http://www.w3.org", "").replace("http-equiv", "")
    assert "Failed runs" not in text
    assert "built-in" not in text, "a template took a method for a value"
    assert ", uniform</td>" in text, "what was varied, and how"
    for section in ("On average, with luck", "Trade-offs", "What the answer hangs on"):
        assert f">{section}</h2>" in text


def test_the_page_of_a_sweep_with_failed_and_missing_runs(
    planned: Callable[..., Plan], carry_out: Callable[..., SweepEnd], tmp_path: Path, faults: Any
) -> None:
    carry_out(planned(), tmp_path / "store", simulate=faults.raises, shard=(0, 2))
    text = write_page(tmp_path / "store").read_text()
    assert "4 runs failed" in text
    assert "16 runs are not finished" in text
    assert "ArithmeticError: the sum is off" in text


def test_the_page_of_no_such_sweep(whole: Path) -> None:
    with pytest.raises(StoreError, match=r"holds small; got big\. Name one of them"):
        write_page(whole, "big")


def test_what_moves_the_difference_is_not_what_moves_the_level() -> None:
    """Y hangs on b most; the other policy gains the more the larger c is, and nothing else parts the two."""
    table = invented("latin_hypercube", 200)
    table["y"] += np.where(table["policy"] == "other", -2.0 * table["t.c"], 0.0)
    means = point_means(table, ["y"])
    values = table.groupby(["policy", "lever_point", "future"])[["t.a", "t.b", "t.c"]].first()
    found = influence_on_difference(means, values, ["base", "other"], "y")
    assert found["other"]["t.c"] == pytest.approx(-1.0)
    assert abs(found["other"]["t.b"]) < 0.2
    equal = means.assign(y=5.0)
    assert np.isnan(influence_on_difference(equal, values, ["base", "other"], "y")["other"]["t.c"])
    assert influence_on_difference(means, values, ["base", "absent"], "y") == {}


def test_too_few_samples_for_shares_of_variance_are_said() -> None:
    """Total indices add up to 1 at least; resampling says how wide each is."""
    enough = influence(invented("saltelli", 512), "saltelli", KEYS, ["y"])
    assert all(0 <= margin < 0.1 for margin in enough.margins["y"].values())
    assert not any("Too few samples" in note for note in enough.notes)
    noisy = invented("saltelli", 8)
    noisy["y"] = np.random.default_rng(3).normal(size=len(noisy)).round(3)
    few = influence(noisy, "saltelli", KEYS, ["y"])
    assert any("Too few samples for 1 of 1 outcomes" in note for note in few.notes)


def test_lever_points_of_one_future_are_no_further_evidence() -> None:
    """Ten lever points that all meet the same eight futures: the error is that of eight, not of eighty."""
    future = np.arange(8.0)
    rows = [
        ("base", lever, each, 1, "done", 10.0 * value)
        for lever in range(10)
        for each, value in enumerate(future)
    ]
    names = ["policy", "lever_point", "future", "seed", "status", "y"]
    means = point_means(pd.DataFrame(rows, columns=names), ["y"])
    lever = pd.Series(1.0, index=means.index, name="policy.boards")
    (course,) = courses(means, lever, "y")
    assert course.error == pytest.approx([np.std(10.0 * future, ddof=1) / np.sqrt(8)])
