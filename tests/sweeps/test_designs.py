"""Designs: which points they hold, by what is known of them from elsewhere."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from coproduction.experiments.sweeps.design_file import plan_of
from coproduction.experiments.sweeps.dimensions import Dimension
from coproduction.experiments.sweeps.plan import Plan
from coproduction.experiments.sweeps.sampling import problem_of, sampled
from coproduction.simulation.errors import CoproductionError, DesignError

UNIT = tuple(Dimension(f"table.{name}", "uncertainty", 0.0, 1.0, group=f"table.{name}") for name in "abc")
HEAD = {"policies": ["own_department"], "residents": 300, "burn_in_weeks": 1, "measured_weeks": 4}


def test_a_latin_hypercube_has_one_point_in_every_row_and_column() -> None:
    """McKay, Beckman and Conover (1979)."""
    points = sampled("x", "latin_hypercube", UNIT, 50, seed=3)
    for column in points.T:
        assert sorted((column * 50).astype(int)) == list(range(50))


def test_a_sobol_sequence_is_balanced_in_elementary_intervals() -> None:
    """Sobol' (1967): of 2**6 points every dyadic interval of one dimension holds one."""
    points = sampled("x", "sobol", UNIT, 64, seed=3)
    for column in points.T:
        assert sorted((column * 64).astype(int)) == list(range(64))


def test_a_trajectory_of_morris_moves_one_parameter_at_a_time() -> None:
    """Morris (1991): k + 1 points for k parameters, each step moves one by levels / (2 (levels - 1))."""
    points = sampled("x", "morris", UNIT, 10, seed=3).reshape(10, 4, 3)
    steps = np.diff(points, axis=1)
    assert ((steps != 0).sum(axis=2) == 1).all()
    assert np.abs(steps).sum(axis=1) == pytest.approx(2 / 3)


def test_saltellis_design_gives_the_indices_of_a_function_that_has_them_in_closed_form() -> None:
    """A weighted sum of independent uniforms: the first-order index is the squared weight's share."""
    from SALib.analyze import sobol

    weights = np.array([1.0, 2.0, 3.0])
    points = sampled("x", "saltelli", UNIT, 1024, seed=3)
    assert len(points) == 1024 * (3 + 2)
    found = sobol.analyze(problem_of(UNIT), points @ weights, calc_second_order=False, seed=1)
    assert found["S1"] == pytest.approx(weights**2 / (weights**2).sum(), abs=0.01)


def test_parameters_of_one_group_move_together() -> None:
    together = (UNIT[0], Dimension("table.d", "uncertainty", 10.0, 20.0, group="table.a"), UNIT[1])
    points = sampled("x", "latin_hypercube", together, 20, seed=3)
    assert points[:, 1] == pytest.approx(10 + 10 * points[:, 0])
    assert abs(np.corrcoef(points[:, 0], points[:, 2])[0, 1]) < 0.8


QUANTILES = (np.arange(4000) + 0.5) / 4000


@pytest.mark.parametrize(
    ("distribution", "shape", "reference"),
    [
        ("uniform", {}, stats.uniform(1, 9)),
        ("log_uniform", {}, stats.loguniform(1, 10)),
        ("triangular", {"mode": 4.0}, stats.triang(1 / 3, 1, 9)),
        ("normal", {"mean": 5.0, "sd": 2.0}, stats.truncnorm(-2, 2.5, 5, 2)),
    ],
)
def test_values_have_the_distribution_that_is_asked_for(
    distribution: str, shape: dict[str, float], reference: Any
) -> None:
    values = Dimension("t.k", "uncertainty", 1.0, 10.0, distribution, shape).at(QUANTILES)
    assert stats.kstest(values, reference.cdf).statistic < 1e-3


def test_whole_numbers_and_listed_values_come_equally_often() -> None:
    whole = Dimension("t.k", "lever", 2.0, 5.0, "whole").at(QUANTILES)
    assert dict(zip(*np.unique(whole, return_counts=True), strict=True)) == dict.fromkeys((2, 3, 4, 5), 1000)
    listed = Dimension("t.k", "lever", 0.0, 9.0, "values", values=(9.0, 0.0)).at(QUANTILES)
    assert np.unique(listed, return_counts=True)[1].tolist() == [2000, 2000]


def test_a_grid_holds_every_combination() -> None:
    tables = {"levers": {"policy": {"boards": [0, 0.5], "foot": {"low": 0, "high": 0.2, "steps": 3}}}}
    plan = plan_of({"sweep": HEAD, **tables}, source="x.toml")
    assert {tuple(point) for point in plan.levers.values.round(9)} == set(
        itertools.product((0, 0.5), (0, 0.1, 0.2))
    )


def test_every_policy_and_lever_point_meets_the_same_futures_and_seeds(planned: Callable[..., Plan]) -> None:
    plan = planned()
    runs = [plan.run(number) for number in range(len(plan))]
    assert len(runs) == 2 * 2 * 4 * 2
    faced: dict[tuple[int, int], set[Any]] = {}
    for run in runs:
        faced.setdefault((run.policy, run.lever_point), set()).add((run.values[1:], run.seed))
    assert len(faced) == 4
    assert len({frozenset(futures) for futures in faced.values()}) == 1
    assert len(next(iter(faced.values()))) == 4 * 2


def test_more_replications_renumber_no_run(planned: Callable[..., Plan]) -> None:
    few, many = planned(), planned(replications=5)
    assert [few.run(number) for number in range(len(few))] == [many.run(number) for number in range(len(few))]
    assert few.digest == many.digest


def test_a_range_is_by_default_as_declared(planned: Callable[..., Plan]) -> None:
    from coproduction.simulation.parameters import describe

    (declared,) = [row for row in describe() if (row.table, row.key) == ("guardianship", "eyes")]
    (found,) = [d for d in planned().dimensions if d.name == "guardianship.eyes"]
    assert (found.low, found.high) == (declared.low, declared.high)


def test_points_outside_of_constraints_are_left_out(planned: Callable[..., Plan]) -> None:
    free = planned(samples=64)
    bound = planned(
        samples=64, constraints=["burglary.boost / 5 + guardianship.eyes <= 1 * 1", "0 < burglary.boost"]
    )
    eyes, boost = free.futures.values.T
    held = boost / 5 + eyes <= 1
    assert 0 < held.sum() < 64
    assert bound.futures.values.tolist() == free.futures.values[held].tolist()
    assert bound.left_out == (~held).sum()


def test_listed_points_from_the_file_and_from_a_table_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("policy.boards,guardianship.eyes\n0.5,0.1\n0,0.2\n")
    head = {**HEAD, "design": "list"}
    points = [
        {"policy": {"boards": 0.5}, "guardianship": {"eyes": 0.1}},
        {"policy": {"boards": 0.0}, "guardianship": {"eyes": 0.2}},
    ]
    inline = plan_of({"sweep": head, "points": points}, source="x.toml")
    read = plan_of({"sweep": {**head, "points": "p.csv"}}, source="x.toml", folder=tmp_path)
    assert inline.digest == read.digest
    assert inline.run(1).values == (0.0, 0.2)


BOARDS: dict[str, Any] = {"policy": {"boards": {}}}
EYES: dict[str, Any] = {"guardianship": {"eyes": {}}}


@pytest.mark.parametrize(
    ("head", "tables", "said"),
    [
        ({"polices": ["x"]}, {}, "[sweep] polices is not a known key. Did you mean policies?"),
        ({"policies": []}, {}, "[sweep] policies must be a list of scenario files or presets; got []"),
        ({"policies": ["own_departmnt"]}, {}, "Did you mean own_department"),
        ({"design": "sobel"}, {}, "[sweep] design: sobel is not a known key. Did you mean sobol?"),
        (
            {"design": "sobol", "samples": 100},
            {"uncertainties": EYES},
            "power of two for sobol; got 100. Use 64 or 128",
        ),
        ({"seed": -1}, {}, "[sweep] seed must be a whole number, 0 or more; got -1"),
        ({"replications": True}, {}, "replications must be a whole number"),
        (
            {},
            {"levers": {"policy": {"bords": {}}}},
            "[policy] bords is not a known key. Did you mean boards?",
        ),
        ({}, {"levers": {"polcy": {"boards": {}}}}, "[polcy] polcy is not a known key. Did you mean policy?"),
        ({}, {"levers": {"boards": 1}}, "names must be of the form table.key; got boards"),
        ({}, {"lever": BOARDS}, "[lever] lever is not a known key. Did you mean levers?"),
        ({}, {"levers": {"policy": {"boards": {"high": 7}}}}, "boards high must be between 0 and 1"),
        ({}, {"levers": {"policy": {"boards": {"low": 1}}}}, "low must be below high; got 1 and 1"),
        ({}, {"levers": {"policy": {"boards": {"hi": 1}}}}, "hi is not a known key"),
        ({}, {"levers": {"policy": {"boards": "all"}}}, "must be a list of values or a table; got 'all'"),
        ({}, {"levers": {"policy": {"boards": []}}}, "values must be a list of numbers; got []"),
        ({}, {"levers": {"policy": {"boards": [0, 0]}}}, "values must differ; got [0, 0]"),
        ({}, {"levers": {"policy": {"boards": [0, "x"]}}}, "values must be a number; got 'x'"),
        (
            {},
            {"levers": {"policy": {"boards": {"distribution": "gauss"}}}},
            "distribution gauss is not a known key",
        ),
        ({}, {"levers": {"policy": {"boards": {"distribution": "normal"}}}}, "mean is missing for normal"),
        ({}, {"levers": {"policy": {"boards": {"mode": 0.5}}}}, "mode says nothing for uniform"),
        (
            {},
            {"levers": {"policy": {"boards": {"distribution": "log_uniform"}}}},
            "low must be above 0 for log_uniform",
        ),
        (
            {},
            {"levers": {"policy": {"boards": {"distribution": "triangular", "mode": 2}}}},
            "mode must lie between",
        ),
        (
            {},
            {"levers": {"policy": {"boards": {"distribution": "normal", "mean": 0.5, "sd": 0}}}},
            "sd must be above 0",
        ),
        (
            {},
            {"levers": {"policy": {"boards": {"low": 0.5, "distribution": "whole"}}}},
            "low and high must be whole",
        ),
        (
            {},
            {"levers": {"policy": {"boards": {"steps": 1}}}},
            "steps must be a whole number, 2 to 1,000; got 1",
        ),
        ({}, {"levers": {"policy": {"boards": {"group": ""}}}}, "group must be a name; got ''"),
        (
            {},
            {"levers": BOARDS, "uncertainties": BOARDS},
            "policy.boards must be a lever or an uncertainty; got both",
        ),
        ({"design": "sobol"}, {"levers": BOARDS, "uncertainties": EYES}, "lever_samples is missing"),
        ({"design": "morris", "joint": False}, {"levers": BOARDS}, "joint must be true for morris"),
        (
            {"design": "saltelli", "constraints": ["policy.boards < 1"]},
            {"levers": BOARDS},
            "must be empty for saltelli",
        ),
        ({"constraints": ["policy.boards"]}, {"levers": BOARDS}, "must compare parameters by"),
        ({"constraints": ["policy.boards ="]}, {"levers": BOARDS}, "must compare parameters by"),
        ({"constraints": ["policy.boards ** 2 < 1"]}, {"levers": BOARDS}, "must compare parameters by"),
        ({"constraints": ["policy.foot < 1"]}, {"levers": BOARDS}, "policy.foot is not a known key"),
        ({"constraints": ["policy.boards > 2"]}, {"levers": BOARDS}, "must leave some points; got none"),
        (
            {"constraints": ["policy.boards < guardianship.eyes"]},
            {"levers": BOARDS, "uncertainties": EYES},
            "must speak of levers or of uncertainties",
        ),
        (
            {},
            {"levers": {"policy": {"budget": [20, 300], "coordinators": [50]}}},
            "must cost less than budget",
        ),
        (
            {},
            {"uncertainties": {"burglary": {"night_share": [0.9], "day_share": [0.9]}}},
            "must be at most 1",
        ),
        ({"design": "list"}, {}, "the design list needs points"),
        ({"design": "list"}, {"levers": BOARDS}, "[levers] says nothing for the design list"),
        ({"design": "list", "points": "no.csv"}, {}, "[sweep] points cannot be read"),
        ({"points": "no.csv"}, {}, "points are for the design list; got grid"),
        ({}, {"points": [{"policy": {"boards": 1}}]}, "[[points]] are for the design list"),
        ({"design": "list"}, {"points": [{"boards": 1}]}, "[[points]] names must be of the form table.key"),
        (
            {"design": "list"},
            {"points": [{"policy": {"boards": "x"}}]},
            "policy.boards must be a number; got 'x'",
        ),
        (
            {"design": "list"},
            {"points": [{"policy": {"boards": 0}}, {"policy": {"foot": 0}}]},
            "point 2 names policy.foot, the first policy.boards",
        ),
        ({"precision": 0.1, "replications": 30}, {}, "ceiling must be at least replications, 30; got 20"),
        ({"policies": ["own_department", "own_department"]}, {}, "names must all differ"),
        (
            {"policies": ["own_department", "volunteers"]},
            {"levers": {"policy": {"coordinators": [1, 2], "invitation": [0, 1]}}},
            "policies own_department and volunteers must differ; they are the same at every point",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    head: dict[str, Any], tables: dict[str, Any], said: str
) -> None:
    with pytest.raises(CoproductionError) as refused:
        plan_of({"sweep": {**HEAD, **head}, **tables}, source="x.toml")
    assert said in str(refused.value)
    assert str(refused.value).endswith((".", "?"))


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    from coproduction.experiments.sweeps.design_file import read_design

    (tmp_path / "x.toml").write_text("[sweep\n")
    with pytest.raises(DesignError, match=r"x.toml: cannot be read as TOML .* Mend the file"):
        read_design(tmp_path / "x.toml")


DOCS = Path(__file__).parents[2] / "docs"


def test_the_sweeps_that_are_documented_can_be_run(tmp_path: Path) -> None:
    from coproduction.experiments.sweeps.design_file import read_design

    assert len(read_design(DOCS / "columbus_sweep.toml")) == 2048
    example = (DOCS / "sweeps.md").read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    (tmp_path / "my_sweep.toml").write_text(example, encoding="utf-8")
    assert len(read_design(tmp_path / "my_sweep.toml")) == 3 * 8 * 64 * 4


@pytest.mark.parametrize(
    ("design", "has"), [("grid", "every combination"), ("list", "the points that it lists")]
)
def test_samples_that_would_say_nothing_are_refused(
    design: str, has: str, planned: Callable[..., Plan]
) -> None:
    """A design left out is a grid: whoever counts samples meant another."""
    with pytest.raises(DesignError, match=f"samples must be left out for {design}, which has {has}"):
        planned(design=design, samples=256)
