"""How a sweep goes: a bar at a terminal, else a line after every quarter, or JSON lines on request."""

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from coproduction.experiments.cli.endings import tell
from coproduction.experiments.cli.progress import duration

if TYPE_CHECKING:
    from coproduction.experiments.sweeps.carrying_out import Standing

LINES = 4
OFTEN = 1.0
"""Seconds between two JSON lines."""
POLICIES_SHOWN = 3


@contextmanager
def watched(work: str, *, json_lines: bool) -> "Iterator[Callable[[Standing], None]]":
    """Tell what is being done and how it goes; give the function that is told how far it has come."""
    clock = time.monotonic()
    if json_lines:
        with _as_json(clock) as show:
            yield show
        return
    tell(f"{work} ...")
    with _bar() if sys.stderr.isatty() else _lines(clock) as show:
        yield show
    tell(f"Done in {duration(time.monotonic() - clock)}.")


def as_record(standing: "Standing", seconds: float) -> dict[str, Any]:
    """Return how far a sweep has come as plain data.

    seconds  since it was begun or gone on with
    """
    ended = standing.done + standing.failed
    rate = ended / seconds if seconds > 0 else 0.0
    left = standing.planned - standing.found - ended
    return {
        "planned": standing.planned,
        "found": standing.found,
        "done": standing.done,
        "failed": standing.failed,
        "repeated_blocks": standing.repeated,
        "runs_a_second": round(rate, 3),
        "seconds_left": round(left / rate, 1) if rate else None,
        "cpu_seconds": round(standing.cpu_seconds, 3),
        "mean": {policy: total / n for policy, (n, total) in standing.sums.items() if n},
    }


@contextmanager
def _as_json(clock: float) -> "Iterator[Callable[[Standing], None]]":
    """Give what writes a JSON line to the standard output once a second at most, and once at the end."""
    told = -OFTEN
    last: Standing | None = None

    def show(standing: "Standing") -> None:
        nonlocal told, last
        last, now = standing, time.monotonic()
        if now - told >= OFTEN:
            told = now
            click.echo(json.dumps(as_record(standing, now - clock)))

    yield show
    if last is not None:
        click.echo(json.dumps({**as_record(last, time.monotonic() - clock), "ended": True}))


@contextmanager
def _lines(clock: float) -> "Iterator[Callable[[Standing], None]]":
    told = 0

    def show(standing: "Standing") -> None:
        nonlocal told
        ended = standing.found + standing.done + standing.failed
        if ended - told >= standing.planned / LINES:
            told = ended
            tell(f"  {far(standing)} after {duration(time.monotonic() - clock)}.")

    yield show


def far(standing: "Standing") -> str:
    """Say how far a sweep has come."""
    ended = standing.found + standing.done + standing.failed
    failed = f", {standing.failed:,} failed" if standing.failed else ""
    found = f", {standing.found:,} of them found in the store" if standing.found else ""
    return f"{ended:,} of {standing.planned:,} runs{found}{failed}"


@contextmanager
def _bar() -> "Iterator[Callable[[Standing], None]]":
    from tqdm import tqdm

    width = shutil.get_terminal_size().columns - 1
    with tqdm(unit=" runs", file=sys.stderr, ncols=width, nrows=2) as bar:

        def show(standing: "Standing") -> None:
            bar.total = standing.planned
            if bar.n == 0 and standing.found:
                bar.initial = bar.n = standing.found  # what was found took no time
            bar.set_postfix_str(_beside(standing), refresh=False)
            bar.update(standing.found + standing.done + standing.failed - bar.n)

        yield show


def _beside(standing: "Standing") -> str:
    from coproduction.simulation.outcomes import OUTCOMES

    failed = f"{standing.failed} failed, " if standing.failed else ""
    means = [f"{policy} {total / n:.4g}" for policy, (n, total) in standing.sums.items() if n]
    settling = f"{OUTCOMES[0].label.lower()}: {', '.join(means[:POLICIES_SHOWN])}" if means else ""
    return f"{failed}{duration(standing.cpu_seconds)} of computing, {settling}"
