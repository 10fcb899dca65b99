"""What a sweep will take, before it is run: runs, computing time, disk; and how many runs make a block."""

from dataclasses import dataclass

from coproduction.experiments.sweeps.plan import Plan
from coproduction.experiments.sweeps.store import Store

BLOCK_SECONDS = 2.0
"""What a block is worth: between a quarter of a second and five, the way that blocks are handed out costs nothing."""
MOST_RUNS = 500
SHARED = 16
"""Runs with the same beginning that are kept together even if they take longer."""
MEASURING = 0.02
"""CPU seconds to measure a run of a small city."""
BYTES_A_RUN = 900
"""Of the tables: measured on Columbus, 800 to 1,100 where outcomes differ from run to run, 150 where most are alike."""
BYTES_A_VALUE = 2
"""Of the design: values and their point repeat."""
BYTES_A_SWEEP = 100_000


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a sweep will take.

    runs       asked for
    found      in the store already
    seconds    CPU seconds of those that are missing
    bytes      on the disk, without case files
    """

    runs: int
    found: int
    seconds: float
    bytes: int


def seconds_of(plan: Plan) -> float:
    """Return about how many CPU seconds a run takes, from a short run; burn-ins are counted once a beginning."""
    from coproduction.experiments.room import seconds_for

    scenario = plan.policies[0]
    whole = seconds_for(scenario, plan.engine)
    weeks = scenario.burn_in_weeks + scenario.measured_weeks
    burn_in = whole * scenario.burn_in_weeks / weeks if plan.engine == "core" else 0.0
    return MEASURING + whole - burn_in + burn_in / plan.runs_a_beginning


def block_runs_of(plan: Plan) -> int:
    """Return how many runs make a block: some seconds' worth, and whole beginnings where that is possible."""
    size = min(max(round(BLOCK_SECONDS / seconds_of(plan)), 1), MOST_RUNS)
    together = plan.runs_a_beginning
    if together <= size:
        return size // together * together
    if together <= SHARED:
        return together
    even = max(part for part in range(1, size + 1) if together % part == 0)
    return even if even >= size / 2 else size


def forecast(plan: Plan, store: Store | None) -> Forecast:
    """Return what it will take to finish a plan in a store, or in a new one."""
    found = 0
    if store is not None:
        store.refresh()
        found = sum(
            int(store.finished.holds(list(plan.addresses(first, min(first + 1000, len(plan))))).sum())
            for first in range(0, len(plan), 1000)
        )
    missing = len(plan) - found
    size = BYTES_A_SWEEP + missing * (BYTES_A_RUN + BYTES_A_VALUE * len(plan.names))
    return Forecast(len(plan), found, missing * seconds_of(plan), size if missing else 0)
