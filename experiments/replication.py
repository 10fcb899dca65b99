"""One replication: every policy of a comparison on the luck of one seed, from one burn-in where they share it.

This is the task that a worker gets. It never raises on account of the model: a run that fails is a
:class:`FailedRun` that names its stage, and the other policies go on.
"""

import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from coproduction.experiments.digest import FloatArray

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.result import Result
    from coproduction.scenarios.scenario import Scenario

Snapshot = Any
"""The state of a city at the end of its burn-in; opaque here."""


class RunFunction(Protocol):
    """Runs one scenario on one seed: `experiments.run.simulate`, or a stand-in for it in a test."""

    def __call__(
        self, scenario: "Scenario", seed: int, *, engine: str, snapshot: Snapshot | None
    ) -> "Result":
        """Run the scenario, from the snapshot where there is one; must leave the snapshot as it is."""
        ...


class BurnInFunction(Protocol):
    """Runs a scenario until its measured period begins."""

    def __call__(self, scenario: "Scenario", seed: int) -> Snapshot:
        """Return the state from which every policy with the same beginning can go on."""
        ...


@dataclass(frozen=True, slots=True)
class Model:
    """What is run: functions at the top level of a module, so that worker processes find them by name.

    engine    "core" or "agents"
    burn_in   None: every run makes its own
    """

    simulate: RunFunction
    burn_in: BurnInFunction | None
    engine: str = "core"


def the_model(engine: str = "core") -> Model:
    """Give the model itself; the agents engine always runs from the first watch."""
    from coproduction.experiments.run import burn_in, simulate

    return Model(simulate=simulate, burn_in=burn_in if engine == "core" else None, engine=engine)


@dataclass(frozen=True, slots=True)
class Replication:
    """The task: all policies on one seed."""

    scenarios: "tuple[Scenario, ...]"
    seed: int
    model: Model


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a comparison keeps of one run; the tables are those of `Result`, without the case files.

    digests   one a part of the whole result, case files included
    """

    policy: str
    seed: int
    outcomes: dict[str, float]
    series: "pd.DataFrame"
    neighbourhoods: "pd.DataFrame"
    quintiles: "pd.DataFrame"
    cells: dict[str, FloatArray]
    ledger: "pd.DataFrame"
    cpu_seconds: float
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FailedRun:
    """A run that gave no result.

    stage   "burn_in", "run" or "worker" (the process that ran it died)
    """

    policy: str
    seed: int
    stage: str
    error: str
    traceback: str


def replicate(task: Replication) -> list[RunRecord | FailedRun]:
    """Run every policy on the task's seed; one entry a policy, in order.

    A burn-in is made once for all policies that are the same until their policies start.
    """
    burned_in: list[tuple[Scenario, Snapshot | FailedRun]] = []
    records: list[RunRecord | FailedRun] = []
    for scenario in task.scenarios:
        # A shared burn-in is counted once, with the first policy that needs it.
        clock = time.process_time()
        start = _shared_start(scenario, burned_in, task)
        if isinstance(start, FailedRun):
            records.append(_failed(scenario, task.seed, start))
        else:
            records.append(_run(scenario, start, task, clock))
    return records


def same_beginning(first: "Scenario", second: "Scenario") -> bool:
    """Say whether two scenarios are the same until a policy starts or the burn-in ends."""
    parts = (
        "residents",
        "residents_per_cell",
        "burn_in_weeks",
        "measured_weeks",
        "parameters",
        "policing",
        "policy_start_watch",
    )
    same = all(getattr(first, part) == getattr(second, part) for part in parts)
    return same and first.city.digest == second.city.digest


def _shared_start(
    scenario: "Scenario", burned_in: "list[tuple[Scenario, Snapshot | FailedRun]]", task: Replication
) -> Snapshot | FailedRun | None:
    if task.model.burn_in is None:
        return None
    for earlier, start in burned_in:
        if same_beginning(earlier, scenario):
            return start
    try:
        start = task.model.burn_in(scenario, task.seed)
    except Exception as error:  # noqa: BLE001 - a failed run is a row of the results
        start = _failure(scenario.name, task.seed, "burn_in", error)
    burned_in.append((scenario, start))
    return start


def _run(
    scenario: "Scenario", start: Snapshot | None, task: Replication, clock: float
) -> RunRecord | FailedRun:
    try:
        result = task.model.simulate(scenario, task.seed, engine=task.model.engine, snapshot=start)
        return _record(scenario.name, result, time.process_time() - clock)
    except Exception as error:  # noqa: BLE001 - a failed run is a row of the results
        return _failure(scenario.name, task.seed, "run", error)


def _record(policy: str, result: "Result", cpu_seconds: float) -> RunRecord:
    return RunRecord(
        policy=policy,
        seed=result.seed,
        outcomes=dict(result.outcomes),
        series=result.series,
        neighbourhoods=result.neighbourhoods,
        quintiles=result.quintiles,
        cells=dict(result.cells),
        ledger=result.ledger,
        cpu_seconds=cpu_seconds,
        digests=result.manifest["digests"],
    )


def _failed(scenario: "Scenario", seed: int, cause: FailedRun) -> FailedRun:
    return FailedRun(scenario.name, seed, cause.stage, cause.error, cause.traceback)


def _failure(policy: str, seed: int, stage: str, error: BaseException) -> FailedRun:
    text = "".join(traceback.format_exception(error))
    return FailedRun(policy, seed, stage, f"{type(error).__name__}: {error}", text)
