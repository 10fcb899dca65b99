"""``coproduce sweep DESIGN.toml``: many runs into a store, begun or gone on with."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coproduction.experiments.cli.endings import NOT_SO, say, tell
from coproduction.experiments.cli.foretelling import require_room
from coproduction.experiments.cli.places import check_file
from coproduction.experiments.cli.progress import compile_once, duration
from coproduction.experiments.cli.sweep_progress import watched
from coproduction.simulation.errors import DesignError

if TYPE_CHECKING:
    from coproduction.experiments.sweeps.plan import Plan
    from coproduction.experiments.sweeps.store import Store
    from coproduction.experiments.sweeps.whole_sweep import SweepEnd

MEGABYTE = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreOptions:
    """What the command line says beside the design file."""

    out: Path | None
    workers: int | None
    dask: str | None
    shard: str | None
    timeout: float | None
    retry_failed: bool
    accept_changes: bool
    dry_run: bool
    json_lines: bool


def sweep_design(file: str, options: StoreOptions) -> None:
    """Carry out a design file, or what is missing of it in its store."""
    from coproduction.experiments.sweeps.design_file import read_design

    plan = read_design(file)
    shard = shard_of(options.shard)
    if plan.precision is not None and shard != (0, 1):
        raise DesignError(
            f"--shard {options.shard}: says nothing with [sweep] precision, which looks at all runs. Leave one out."
        )
    folder = options.out or Path(f"{Path(file).stem}-store")
    _tell_left_out(plan)
    if options.dry_run:
        click.echo(foretold(plan, folder, options))
        return
    _require_room(plan, options)
    compile_once()
    end = _carried_out(plan, folder, shard, options)
    for notice in end.notices:
        say(notice)
    if not options.json_lines:
        click.echo(ended(plan, end, shard))
    if _failures(end):
        raise click.exceptions.Exit(NOT_SO)


def _carried_out(plan: "Plan", folder: Path, shard: tuple[int, int], options: StoreOptions) -> "SweepEnd":
    from coproduction.experiments.sweeps.whole_sweep import Choices, run_sweep

    choices = Choices(
        workers=options.workers,
        dask=options.dask,
        shard=shard,
        timeout=options.timeout,
        retry_failed=options.retry_failed,
        accept_changes=options.accept_changes,
    )
    try:
        with watched(f"{plan.title}: {described(plan)}", json_lines=options.json_lines) as watch:
            return run_sweep(plan, folder, choices, watch)
    except KeyboardInterrupt:
        tell(f"\nWhat was finished is kept in {folder}; the same command goes on with it.")
        raise


def shard_of(text: str | None) -> tuple[int, int]:
    """Return (k, n) with k counted from 0, of words such as 3/40, counted from 1; raises ``DesignError``."""
    if text is None:
        return 0, 1
    found = re.fullmatch(r"(\d+)/(\d+)", text.strip())
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise DesignError(f"--shard must be K/N with K from 1 to N; got {text}. Write --shard 3/40.")
    return int(found[1]) - 1, int(found[2])


def described(plan: "Plan") -> str:
    """Say what a plan's runs are made of."""
    parts = [f"{len(plan.policies)} policies" if len(plan.policies) > 1 else "1 policy"]
    if plan.levers.dimensions:
        parts.append(f"{len(plan.levers):,} lever points")
    if plan.futures.dimensions:
        parts.append(f"{len(plan.futures):,} {'futures' if plan.levers.dimensions else 'points'}")
    seeds = f"{plan.replications:,} seeds" if plan.replications > 1 else "1 seed"
    most = f" (up to {plan.ceiling:,})" if plan.precision is not None else ""
    return (
        f"{' x '.join(parts)} x {seeds}{most}, {len(plan):,} runs of {plan.policies[0].residents:,} residents"
    )


def foretold(plan: "Plan", folder: Path, options: StoreOptions) -> str:
    """Say what a sweep will take: runs, time, memory, disk."""
    from coproduction.experiments.execution import available_cores
    from coproduction.experiments.room import needed
    from coproduction.experiments.sweeps.forecast import block_runs_of, forecast
    from coproduction.experiments.sweeps.records import require_same
    from coproduction.experiments.sweeps.store import found

    store = found(folder)
    if store is not None and not options.accept_changes:
        require_same(store, plan)
    taken = forecast(plan, store)
    workers = options.workers or available_cores()
    need = needed(list(plan.policies[:1]), plan.engine, len(plan), workers)
    lines = [
        f"{plan.title}: {described(plan)}",
        f"  in the store   {taken.found:>12,} of {taken.runs:,} runs",
        f"  to be run      {taken.runs - taken.found:>12,} runs in blocks of {block_runs_of(plan):,}",
        f"  computing      {duration(taken.seconds):>20}",
        f"  about          {duration(taken.seconds / workers):>20} with {workers} workers",
        f"  memory         {need.gib:>12.2f} GiB in each of {need.processes} processes",
        f"  disk           {taken.bytes / MEGABYTE:>12.1f} MB{' and the case files' if plan.cases else ''}",
        f"  store          {folder}",
    ]
    return "\n".join(lines)


def ended(plan: "Plan", end: "SweepEnd", shard: tuple[int, int]) -> str:
    """Say what was found: means of the main outcomes by policy, failures, what is wider than asked, where it is."""
    from coproduction.experiments.cli.sweep_text import means_text

    lines = [means_text(end.store, plan)]
    if shard != (0, 1):
        lines.append(_of_all(plan, end.store, shard))
    if end.unsettled:
        lines.append(
            f"{end.unsettled:,} of {len(plan.futures):,} futures reached the ceiling of {plan.ceiling} replications "
            "with an interval wider than asked."
        )
    if _failures(end):
        lines.append(
            f"{_failures(end):,} runs failed; runs/*.parquet says at which stage and why. --retry-failed runs them "
            "again."
        )
    folder = end.store.folder
    lines.append(f"Store: {folder}  (runs/, outcomes/, design/: Parquet, joined by run)")
    lines.append(f"Page:  coproduce report {folder}")
    return "\n".join(lines)


def _of_all(plan: "Plan", store: "Store", shard: tuple[int, int]) -> str:
    """Say which part this was, and how much of the whole is in the store by now."""
    from coproduction.experiments.sweeps.reading import results

    missing = int((results(store, plan.name, ())["status"] == "missing").sum())
    rest = f"other parts have {missing:,} to run" if missing else "that is all of it"
    return (
        f"This was part {shard[0] + 1} of {shard[1]}. In the store are {len(plan) - missing:,} of {len(plan):,} runs "
        f"of the sweep; {rest}."
    )


def report_sweep(folder: Path, out: Path | None, sweep: str | None) -> None:
    """Write the page of a sweep and say where it is."""
    from coproduction.experiments.sweeps.page import PAGE_NAME, write_page

    if out is not None:
        check_file(out / PAGE_NAME)
    page = write_page(folder, sweep, out)
    click.echo(f"Report: {page}  (opens in any browser, without a network)")


def _failures(end: "SweepEnd") -> int:
    return end.store.failed()


def _require_room(plan: "Plan", options: StoreOptions) -> None:
    if options.dask is None:
        from coproduction.experiments.room import needed

        require_room(needed(list(plan.policies[:1]), plan.engine, len(plan), options.workers))


def _tell_left_out(plan: "Plan") -> None:
    if plan.left_out:
        tell(f"{plan.left_out:,} points do not meet the constraints and are left out.")
