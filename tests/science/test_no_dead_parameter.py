"""No dead parameter: each one, moved within its range, moves the outcome that it declares, and the declared way.

A parameter is moved between two values on the same seeds, everything else as it is; the paired differences of the
outcome must have the declared sign beyond luck. How each one is moved stands in ``probes.toml``. Those that are not
moved say why.
"""

import dataclasses
import functools
import math
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from coproduction.experiments import measures
from coproduction.experiments.mechanism_cuts import with_values
from coproduction.experiments.observation import Observation
from coproduction.experiments.run import final_state, simulate
from coproduction.scenarios.programmes import library
from coproduction.scenarios.scenario import Scenario, load, replace
from coproduction.simulation.outcomes import BY_NAME
from coproduction.simulation.parameters import CRIME_NAMES, Declaration, describe

PLAN: dict[str, Any] = tomllib.loads((Path(__file__).parent / "probes.toml").read_text(encoding="utf-8"))
DECLARED = {f"{d.table}.{d.key}": d for d in describe()}
MOVED = {name: d for name, d in DECLARED.items() if d.moves is not None}
SEEDS = 6
MARGIN = 0.1
FEWEST_SEEDS = 4
LARGEST_CHANCE = 0.001
"""Chance that luck alone gives such differences, one-sided, by Student's t, in both looks together."""
AT_HALF = 0.0001
"""Of that chance, what is spent on a look at half of the seeds: where the effect is plain, the others are not run."""
ROUNDING = 1e-9
"""Smallest change, relative to the outcome, that is no rounding."""


@dataclass(frozen=True, slots=True)
class Probe:
    """How a parameter is moved: a stage of the plan, two values, and seeds 1 to ``seeds``."""

    stage: str
    low: float
    high: float
    seeds: int


def probe_of(declared: Declaration) -> Probe:
    """The parameter's line in the plan, and what is usual where the line says nothing."""
    line = PLAN["probes"].get(declared.table, {}).get(declared.key, {})
    margin = MARGIN * (declared.high - declared.low)
    return Probe(
        stage=line.get("stage", "plain"),
        low=float(line.get("low", declared.low + margin)),
        high=float(line.get("high", declared.high - margin)),
        seeds=line.get("seeds", SEEDS),
    )


@functools.cache
def stage(name: str) -> Scenario:
    """A small city in which a mechanism is awake; what a stage does not say is as in the one it is like."""
    plan = PLAN["stages"][name]
    if name == "plain":
        base = load(plan["preset"])
    elif "preset" in plan:
        base = replace(load(plan["preset"]), **_size(PLAN["stages"]["plain"]))
    else:
        base = stage(plan.get("like", "plain"))
    if "programmes" in plan:
        changes: dict[str, Any] = {"targets": "all", "dose": 0.3} if plan.get("everywhere") else {}
        chosen = [dataclasses.replace(library()[name], **changes) for name in plan["programmes"]]
        base = replace(base, programmes=tuple(chosen))
    return with_values(replace(base, **_size(plan)), plan.get("values", {}))


def _size(plan: dict[str, Any]) -> dict[str, int]:
    return {key: plan[key] for key in ("residents", "burn_in_weeks", "measured_weeks") if key in plan}


def differences(declared: Declaration, probe: Probe, first: int = 1) -> tuple[NDArray[np.float64], float]:
    """Paired differences of the declared outcome, high less low, and its size, from the first seed on."""
    sides = [measured(declared, probe.stage, value) for value in (probe.low, probe.high)]
    sample = np.array([[side(seed) for side in sides] for seed in range(first, probe.seeds + 1)])
    return sample[:, 1] - sample[:, 0], float(np.abs(sample).max())


def measured(declared: Declaration, stage_name: str, value: float) -> Callable[[int], float]:
    """The declared outcome of a seed, on a stage with the parameter at a value."""
    assert declared.moves is not None
    outcome, _ = declared.moves
    scenario = with_values(stage(stage_name), {declared.table: {declared.key: value}})
    measure = measures_by_outcome()[outcome]
    return lambda seed: measure(Observation(final_state(scenario, seed)[0], scenario))[outcome]


@functools.cache
def measures_by_outcome() -> dict[str, Callable[[Observation], dict[str, float]]]:
    """Of the functions that ``outcomes`` joins, the one that gives each outcome: all together take as long as a run."""
    small = replace(load("own_department"), residents=300, burn_in_weeks=1, measured_weeks=4)
    seen = Observation(final_state(small, 1)[0], small)
    parts = [getattr(measures, name) for name in measures.outcomes.__code__.co_names]
    by_outcome = {outcome: part for part in parts for outcome in part(seen)}
    assert by_outcome.keys() == measures.outcomes(seen).keys()
    return by_outcome


def chance_of(found: NDArray[np.float64], sign: int) -> float:
    """Chance of differences so far the declared way if there were none: paired t-test, one-sided."""
    mean, deviation = float(found.mean()) * sign, float(found.std(ddof=1))
    if deviation == 0.0:
        return 0.0 if mean > 0.0 else 1.0
    return float(stats.t.sf(mean / deviation * math.sqrt(len(found)), len(found) - 1))


@pytest.mark.parametrize("name", MOVED)
def test_parameter_moves_its_outcome_the_declared_way(name: str) -> None:
    declared = MOVED[name]
    assert declared.moves is not None
    outcome, sign = declared.moves
    assert outcome in BY_NAME
    assert sign in {-1, 1}
    probe = probe_of(declared)
    assert declared.low <= probe.low < probe.high <= declared.high
    half = dataclasses.replace(probe, seeds=max(FEWEST_SEEDS, probe.seeds // 2))
    (found, size), allowed = differences(declared, half), AT_HALF
    if not chance_of(found, sign) < allowed:
        rest, its_size = differences(declared, probe, half.seeds + 1)
        found, size, allowed = np.append(found, rest), max(size, its_size), LARGEST_CHANCE - AT_HALF
    assert np.isfinite(found).all()
    assert abs(found.mean()) > ROUNDING * size, "does not move it beyond rounding"
    assert chance_of(found, sign) < allowed, f"{outcome} by {found.mean():+g}, {found}"


def test_a_parameter_that_does_nothing_would_be_found() -> None:
    """What a meeting costs is dead in a city without meetings."""
    found, _ = differences(DECLARED["policing.meeting_cost"], Probe("plain", 1000.0, 9000.0, 3))
    assert chance_of(found, -1) > LARGEST_CHANCE
    assert not found.any()


def test_a_parameter_declared_the_wrong_way_would_be_found() -> None:
    declared = DECLARED["patrol.stops"]
    found, _ = differences(declared, probe_of(declared))
    assert chance_of(found, 1) < LARGEST_CHANCE
    assert chance_of(found, -1) > 0.99


def test_whoever_is_not_moved_says_why() -> None:
    for name, declared in DECLARED.items():
        if declared.moves is None:
            assert declared.role == "fixed", name
            assert len(declared.fixed.split()) >= 3, name
        else:
            assert declared.role in {"lever", "uncertain"}, name
            assert not declared.fixed, name


def test_cost_parameters_move_cost_or_what_money_buys() -> None:
    money = {"public_cost", "justice_cost", "victim_cost", "volunteer_value", "patrol_stops"}
    costs = {name: d for name, d in MOVED.items() if "USD" in d.unit}
    assert len(costs) >= 10
    for name, declared in costs.items():
        assert declared.moves is not None
        assert declared.moves[0] in money, name


def test_every_line_of_the_plan_is_used() -> None:
    probes = {f"{table}.{key}": line for table, keys in PLAN["probes"].items() for key, line in keys.items()}
    assert probes.keys() <= MOVED.keys()
    used = {line.get("stage", "plain") for line in probes.values()}
    likes = {plan["like"] for plan in PLAN["stages"].values() if "like" in plan}
    assert PLAN["stages"].keys() == used | likes | {"plain"}
    for plan in PLAN["stages"].values():
        for table, keys in plan.get("values", {}).items():
            assert {f"{table}.{key}" for key in keys} <= DECLARED.keys()


def test_the_unit_of_attractiveness_is_one() -> None:
    """Declared fixed since only ratios to it matter: twice as much changes no outcome."""
    twice = with_values(stage("lively"), {"setting": {"fixed_attraction": 2.0}})
    assert simulate(twice, 1).outcomes == simulate(stage("lively"), 1).outcomes


def test_every_source_says_where_a_number_comes_from(capsys: pytest.CaptureFixture[str]) -> None:
    for name, declared in DECLARED.items():
        assert declared.source.strip() == declared.source != "", name
        assert not declared.source.lower().startswith("assumed"), name
        if declared.source.startswith("assumption"):
            assert declared.is_assumption, f"{name}: write 'assumption: ' and then why"
            assert declared.source.removeprefix("assumption:").strip(), name
        assert declared.unit, name
        assert declared.low <= declared.default <= declared.high, name
    assumed = sum(d.is_assumption for d in DECLARED.values())
    fixed = len(DECLARED) - len(MOVED)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(DECLARED)} parameters: {assumed} assumptions, {fixed} fixed with a reason\n"
        )


def test_sources_of_crime_types_are_complete() -> None:
    for crime in CRIME_NAMES:
        assert all(d.source for d in DECLARED.values() if d.table == crime), crime
