"""Compare policies on shared luck, replicating until the differences are known as well as asked."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from coproduction.experiments import averages
from coproduction.experiments.budget import budget_check, gave_up
from coproduction.experiments.comparability import check_comparable
from coproduction.experiments.comparison import Comparison
from coproduction.experiments.crime_maps import map_table
from coproduction.experiments.execution import TaskFailure, TaskRunner, task_runner
from coproduction.experiments.manifest import comparison_manifest
from coproduction.experiments.paired import mean_interval
from coproduction.experiments.precision import DEFAULT_MINIMUM, StoppingRule
from coproduction.experiments.progress import Advance, Progress
from coproduction.experiments.replication import (
    FailedRun,
    Model,
    Replication,
    RunRecord,
    replicate,
    the_model,
)
from coproduction.experiments.verdict import paired_values, verdict_table
from coproduction.simulation.errors import DesignError
from coproduction.simulation.outcomes import OUTCOMES

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

FEWEST_PAIRS = 2


def compare(  # noqa: PLR0913 - the public door: every choice by its name
    scenarios: "Sequence[Scenario]",
    *,
    seed: int = 1,
    precision: float = 0.02,
    minimum: int | None = None,
    ceiling: int = 20,
    workers: int | None = None,
    engine: str = "core",
    progress: Progress | None = None,
) -> Comparison:
    """Compare policies with the first one, on the same seeds, from shared burn-ins.

    scenarios   two or more, with different names, alike in city, residents and weeks
    seed        of the first replication; those after it count upwards
    precision   half-width asked for, as a share of the baseline's mean, for every main outcome
    minimum     replications before precision is looked at; 10, or the ceiling where that is lower
    ceiling     most replications
    workers     processes; as many as cores if not given, none beside this one if 1; never changes a result
    engine      "core" or "agents"

    Raises
    ------
    DesignError
        The scenarios cannot be compared, a setting is out of range, or fewer than two pairs of runs came
        through.
    """
    fewest = min(DEFAULT_MINIMUM, ceiling) if minimum is None else minimum
    rule = StoppingRule(precision=precision, minimum=fewest, ceiling=ceiling)
    return compare_with(scenarios, the_model(engine), rule, seed=seed, workers=workers, progress=progress)


def compare_with(  # noqa: PLR0913 - what `compare` calls, with the model and the whole rule in the open
    scenarios: "Sequence[Scenario]",
    model: Model,
    rule: StoppingRule,
    *,
    seed: int = 1,
    workers: int | None = 1,
    progress: Progress | None = None,
) -> Comparison:
    """Compare policies with a model and a stopping rule of one's own; raises as `compare` does."""
    check_comparable(scenarios)
    if seed < 0:
        raise DesignError(f"comparison: seed must be 0 or more; got {seed}. Any other number will do.")
    clock = time.monotonic()
    run = _Comparing(tuple(scenarios), model, rule, seed, progress)
    with task_runner(workers) as runner:
        stopped = run.until_precise(runner)
    return run.finish(stopped, (time.monotonic() - clock) / 60)


@dataclass(slots=True)
class _Comparing:
    """A comparison under way."""

    scenarios: "tuple[Scenario, ...]"
    model: Model
    rule: StoppingRule
    first_seed: int
    progress: Progress | None
    finished: dict[int, list[RunRecord | FailedRun]] = field(default_factory=dict)
    failed: int = 0

    def until_precise(self, runner: TaskRunner) -> str:
        """Replicate up to each look of the rule in turn; return why it ended, "precise" or "ceiling"."""
        looks: list[bool] = []
        for replications in self.rule.looks():
            self._replicate_up_to(replications, runner)
            self._require_pairs()
            looks.append(self._narrow_enough())
            if self.rule.stops(looks):
                return "precise"
        return "precise" if looks[-1] else "ceiling"

    def finish(self, stopped: str, minutes: float) -> Comparison:
        """Put the tables together."""
        records, rule = self._records(), self.rule
        seeds = tuple(sorted(self.finished))
        cpu_seconds = sum(run.cpu_seconds for runs in records.values() for run in runs.values())
        ledger = averages.ledger(records)
        digests = {
            policy: {seed: run.digests for seed, run in runs.items()} for policy, runs in records.items()
        }
        figures = {"stopped": stopped, "minutes": minutes, "cpu_seconds": cpu_seconds, "digests": digests}
        return Comparison(
            scenarios=self.scenarios,
            seeds=seeds,
            rule=rule,
            engine=self.model.engine,
            stopped=stopped,
            minutes=minutes,
            cpu_seconds=cpu_seconds,
            runs=_runs_table(records),
            failures=self._failures_table(),
            verdict=verdict_table(records, OUTCOMES, rule),
            levels=averages.levels(records, [o.name for o in OUTCOMES], rule.interval_confidence),
            series=averages.series(records, rule.interval_confidence),
            neighbourhoods=averages.neighbourhoods(records, rule.interval_confidence),
            quintiles=averages.quintiles(records, rule.interval_confidence),
            equity=averages.equity(records, rule.interval_confidence),
            cells=averages.cells(records),
            ledger=ledger,
            budget_check=budget_check(_all_runs(records), self._names()),
            gave_up=gave_up(self.scenarios, ledger),
            recorded_property=map_table(records[self.scenarios[0].name], self.scenarios[0].measured_weeks),
            manifest=comparison_manifest(self.scenarios, seeds, self.model.engine, rule, figures),
        )

    def _replicate_up_to(self, replications: int, runner: TaskRunner) -> None:
        seeds = range(self.first_seed + len(self.finished), self.first_seed + replications)
        tasks = [Replication(self.scenarios, seed, self.model) for seed in seeds]
        for index, answer in runner.run(replicate, tasks):
            seed = tasks[index].seed
            self.finished[seed] = self._dead(seed, answer) if isinstance(answer, TaskFailure) else answer
            self.failed += sum(isinstance(run, FailedRun) for run in self.finished[seed])
            if self.progress is not None:
                self.progress(self._advance(replications))

    def _dead(self, seed: int, failure: TaskFailure) -> list[RunRecord | FailedRun]:
        return [FailedRun(name, seed, "worker", failure.error, failure.traceback) for name in self._names()]

    def _names(self) -> list[str]:
        return [scenario.name for scenario in self.scenarios]

    def _records(self) -> averages.Records:
        """Good runs by policy and seed, in one order however they came in."""
        records: averages.Records = {name: {} for name in self._names()}
        for seed in sorted(self.finished):
            for run in self.finished[seed]:
                if isinstance(run, RunRecord):
                    records[run.policy][seed] = run
        return records

    def _failures_table(self) -> pd.DataFrame:
        columns = ["policy", "seed", "stage", "error", "traceback"]
        rows = [
            [getattr(run, column) for column in columns]
            for seed in sorted(self.finished)
            for run in self.finished[seed]
            if isinstance(run, FailedRun)
        ]
        return pd.DataFrame(rows, columns=columns)

    def _comparable_policies(self, records: averages.Records) -> list[str]:
        baseline, *policies = records
        return [p for p in policies if len(records[p].keys() & records[baseline].keys()) >= FEWEST_PAIRS]

    def _require_pairs(self) -> None:
        """A policy that fails is reported; where there is nothing at all to compare, it ends here."""
        if self._comparable_policies(self._records()):
            return
        failures = self._failures_table()
        first = (
            f" The first of {len(failures)} failures: {failures.iloc[0]['error']}." if len(failures) else ""
        )
        raise DesignError(
            f"comparison: two or more pairs of runs must come through; fewer did, of {len(self.finished)} "
            f"replications.{first} Run one scenario by itself to see more."
        )

    def _narrow_enough(self) -> bool:
        """Say whether every main outcome is known as well as asked, for every policy that runs at all."""
        records = self._records()
        baseline = self.scenarios[0].name
        return all(
            bool(self.rule.narrow_enough(*paired_values(records, baseline, policy, outcome.name)))
            for policy in self._comparable_policies(records)
            for outcome in OUTCOMES
            if outcome.main
        )

    def _advance(self, replications: int) -> Advance:
        policies = len(self.scenarios)
        return Advance(
            done=len(self.finished) * policies,
            planned=replications * policies,
            most=self.rule.ceiling * policies,
            failed=self.failed,
            so_far=self._so_far(),
        )

    def _so_far(self) -> str:
        """Say how the first main outcome differs, in the policies that can be compared already."""
        records, baseline = self._records(), self.scenarios[0].name
        outcome = next(outcome for outcome in OUTCOMES if outcome.main)
        parts = []
        for policy in self._comparable_policies(records):
            before, after = paired_values(records, baseline, policy, outcome.name)
            difference = mean_interval(after - before, self.rule.interval_confidence)
            parts.append(f"{policy} {difference.mean:+.2f} ± {difference.half_width:.2f}")
        return f"{outcome.label}: {', '.join(parts)} {outcome.unit}" if parts else ""


def _all_runs(records: averages.Records) -> list[RunRecord]:
    return [run for runs in records.values() for run in runs.values()]


def _runs_table(records: averages.Records) -> pd.DataFrame:
    rows = [
        (run.policy, run.seed, outcome, value)
        for run in _all_runs(records)
        for outcome, value in run.outcomes.items()
    ]
    return pd.DataFrame(rows, columns=["policy", "seed", "outcome", "value"]).astype({"value": np.float64})
