"""Run a scenario over a full grid of parameter values and seeds."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from coproduction.experiments.execution import TaskFailure, task_runner
from coproduction.experiments.replication import FailedRun, Model, Replication, replicate, the_model
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters import policing

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

SOURCE = "sweep"
LEVERS = ("policy", "policing")


@dataclass(frozen=True, slots=True)
class DesignPoint:
    """One combination of values and the seeds to run it on; the task that a worker gets."""

    scenario: "Scenario"
    values: tuple[float, ...]
    seeds: tuple[int, ...]
    model: Model


def sweep(  # noqa: PLR0913 - the public door: every choice by its name
    scenario: "Scenario",
    values: Mapping[str, Sequence[float]],
    *,
    seeds: Sequence[int] = (1,),
    workers: int | None = 1,
    engine: str = "core",
    model: Model | None = None,
) -> pd.DataFrame:
    """Run every combination of the given values on every seed.

    values    "table.key" to the values that it takes, as in a scenario file; table "policy" for levers from
              the policy's start, "policing" for those before it
    workers   processes; 1 for none beside this one

    One row a run: a column for each key, seed, one for each outcome, and ``error``, which is empty unless
    the run failed. All values are checked before anything is run.

    Raises
    ------
    DesignError
        There is no value, no seed, or a key without a table.
    ParameterError
        A table or key is unknown, or a value is out of range.
    """
    if not seeds or not values or not all(len(series) for series in values.values()):
        raise DesignError(
            f"{SOURCE}: values and seeds must not be empty; got {dict(values)} and {list(seeds)}."
        )
    used = the_model(engine) if model is None else model
    points = [
        DesignPoint(_with_values(scenario, dict(zip(values, point, strict=True))), point, tuple(seeds), used)
        for point in itertools.product(*values.values())
    ]
    rows: dict[int, list[dict[str, Any]]] = {}
    with task_runner(workers) as runner:
        for index, answer in runner.run(run_point, points):
            rows[index] = _dead_rows(points[index], answer) if isinstance(answer, TaskFailure) else answer
    named = [
        dict(zip(values, points[index].values, strict=True)) | row
        for index in sorted(rows)
        for row in rows[index]
    ]
    return pd.DataFrame(named)


def run_point(point: DesignPoint) -> list[dict[str, Any]]:
    """Run one design point on all its seeds; one row a run."""
    rows = []
    for seed in point.seeds:
        (run,) = replicate(Replication((point.scenario,), seed, point.model))
        if isinstance(run, FailedRun):
            rows.append({"seed": seed, "error": f"{run.stage}: {run.error}"})
        else:
            rows.append({"seed": seed, **run.outcomes, "error": ""})
    return rows


def _dead_rows(point: DesignPoint, failure: TaskFailure) -> list[dict[str, Any]]:
    return [{"seed": seed, "error": f"worker: {failure.error}"} for seed in point.seeds]


def _with_values(scenario: "Scenario", values: Mapping[str, float]) -> "Scenario":
    """Give the scenario with some values replaced, checked as those of a file are."""
    from coproduction.scenarios.scenario import changed_parameters, check_budgets, replace

    tables: dict[str, dict[str, object]] = {}
    for name, value in values.items():
        table, dot, key = name.partition(".")
        if not dot:
            raise DesignError(f"{SOURCE}: names must be of the form table.key; got {name}.")
        tables.setdefault(table, {})[key] = value
    changed: dict[str, Any] = {
        table: policing(SOURCE, table, getattr(scenario, table), tables.pop(table))
        for table in LEVERS
        if table in tables
    }
    if tables:
        changed["parameters"] = changed_parameters(SOURCE, scenario.parameters, tables)
    swept = replace(scenario, **changed)
    check_budgets(SOURCE, swept)
    return swept
