"""The tables of a store and their columns.

runs       one row a finished run: how it ended; where and when are volatile
outcomes   one row a run that came through: every outcome
design     one row a run that a sweep asks for: policy, point, future, seed, values
cases      one row an offence, where they were asked for
All are joined by ``run``, the content address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from coproduction.experiments.sweeps.plan import Plan, Run

STABLE = ("run", "model", "status", "stage", "reason")
VOLATILE = ("cpu_seconds", "wall_seconds", "started", "host", "attempts", "block")
"""Columns of ``runs`` that differ when the same sweep is run again: times, host, attempts, which runs went together."""
DONE, FAILED = "done", "failed"


@dataclass(frozen=True, slots=True)
class Row:
    """How one run ended.

    run      content address
    model    digest of the sources and versions it was run with
    status   ``DONE`` or ``FAILED``
    stage    of a failed run: "burn_in", "run", "measure" or "worker"
    reason   of a failed run, in one line
    started  in UTC, ISO 8601
    block    which runs it was run together with
    """

    run: str
    model: str
    status: str
    stage: str
    reason: str
    cpu_seconds: float
    wall_seconds: float
    started: str
    host: str
    attempts: int
    block: str


def runs_schema() -> "pa.Schema":
    """Return the columns of ``runs``."""
    import pyarrow as pa

    kinds = {"cpu_seconds": pa.float64(), "wall_seconds": pa.float64(), "attempts": pa.int32()}
    return pa.schema([(name, kinds.get(name, pa.string())) for name in (*STABLE, *VOLATILE)])


def outcome_columns() -> list[str]:
    """Return the outcomes that every run reports."""
    from coproduction.simulation.outcomes import OUTCOMES

    return [outcome.name for outcome in OUTCOMES]


def outcomes_schema(columns: Sequence[str]) -> "pa.Schema":
    """Return the columns of ``outcomes``."""
    import pyarrow as pa

    return pa.schema([("run", pa.string()), *((name, pa.float64()) for name in columns)])


def shard_of(
    rows: Sequence[Row], outcomes: Sequence[Mapping[str, float] | None], columns: Sequence[str]
) -> "pa.Table":
    """Return finished runs as one table, with their outcomes; nothing stands where a run failed.

    outcomes  one a row; every name must be among the columns
    """
    import pyarrow as pa

    for found in outcomes:
        unknown = set(found or ()) - set(columns)
        if unknown:
            raise ValueError(f"an outcome that is not declared: {min(unknown)}")
    data: dict[str, Any] = {name: [] for name in (*STABLE, *VOLATILE)}
    for row in rows:
        for name, value in asdict(row).items():
            data[name].append(value)
    for name in columns:
        values = [None if found is None else found.get(name) for found in outcomes]
        # What was not measured is no number at all, so that a mean in SQL leaves it out as one in pandas does.
        data[name] = pa.array(values, pa.float64(), from_pandas=True)
    measured = pa.schema([(name, pa.float64()) for name in columns])
    return pa.table(data, schema=pa.unify_schemas([runs_schema(), measured]))


def design_schema(names: Sequence[str]) -> "pa.Schema":
    """Return the columns of ``design``: what tells the runs apart, then the values by table.key."""
    import pyarrow as pa

    counts = [(name, pa.int64()) for name in ("number", "lever_point", "future", "replication", "seed")]
    head = [("run", pa.string()), ("sweep", pa.string()), ("policy", pa.string())]
    return pa.schema([*head, *counts, *((name, pa.float64()) for name in names)])


def design_rows(plan: "Plan", runs: "Sequence[Run]") -> "pa.Table":
    """Return runs of a plan as rows of ``design``."""
    import pyarrow as pa

    rows = [
        (
            plan.address(run),
            plan.name,
            plan.policies[run.policy].name,
            run.number,
            run.lever_point,
            run.future,
            run.replication,
            run.seed,
            *run.values,
        )
        for run in runs
    ]
    schema = design_schema(plan.names)
    columns = list(zip(*rows, strict=True))
    return pa.table(
        [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)], schema
    )
