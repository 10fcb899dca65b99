"""How the work goes, on the standard error stream: a live bar at a terminal, else a line now and then."""

import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from coproduction.experiments.cli.endings import tell

if TYPE_CHECKING:
    from coproduction.experiments.progress import Advance, Progress

LINES = 4
"""About how many lines a log gets until the next look at the precision."""
BEAT = 1.0
"""Seconds between two looks at the clock of a bar; a replication may take many."""


@contextmanager
def shown_progress(work: str) -> Iterator["Progress"]:
    """Tell what is being done and how long it took; give the function that is told how far it has come."""
    tell(f"{work} ...")
    clock = time.monotonic()
    with _bar() if sys.stderr.isatty() else _lines(clock) as show:
        yield show
    tell(f"Done in {duration(time.monotonic() - clock)}.")


@contextmanager
def _lines(clock: float) -> Iterator["Progress"]:
    """Give what writes a line whenever another quarter of the planned runs is done, for a log."""
    told = 0

    def show(advance: "Advance") -> None:
        nonlocal told
        if advance.done - told >= advance.planned / LINES:
            told = advance.done
            tell(f"  {_far(advance)} after {duration(time.monotonic() - clock)}.")

    yield show


def _far(advance: "Advance") -> str:
    more = f", {advance.most:,} at most" if advance.most > advance.planned else ""
    failed = f", {advance.failed:,} failed" if advance.failed else ""
    return f"{advance.done:,} of {advance.planned:,} runs{more}{failed}"


@contextmanager
def _bar() -> Iterator["Progress"]:
    """Give what moves a bar; its clock runs on between two answers."""
    from tqdm import tqdm

    ended = threading.Event()
    # Sizes are given because tqdm shows nothing at a terminal that does not say how wide and high it is.
    width = shutil.get_terminal_size().columns - 1
    with tqdm(unit=" runs", file=sys.stderr, ncols=width, nrows=2, mininterval=0.0) as bar:

        def keep_alive() -> None:
            while not ended.wait(BEAT):
                bar.refresh()

        heart = threading.Thread(target=keep_alive, daemon=True)
        heart.start()
        try:
            yield lambda advance: _show(bar, advance)
        finally:
            ended.set()
            heart.join()


def _show(bar: Any, advance: "Advance") -> None:
    bar.total = advance.planned
    if advance.failed:
        bar.set_postfix_str(f"{advance.failed} failed", refresh=False)
    bar.update(advance.done - bar.n)


def compile_once() -> None:
    """Compile the kernels now if they are not, so that it is said, and done once and not in each worker."""
    from coproduction.experiments.warm_up import is_compiled, smallest_run

    if is_compiled():
        return
    tell("Compiling the model, once, one to two minutes ...")
    clock = time.monotonic()
    smallest_run()
    tell(f"Compiled in {duration(time.monotonic() - clock)}.")


def duration(seconds: float) -> str:
    """Return a time taken, in words."""
    return f"{seconds:.1f} seconds" if seconds < 120 else f"{seconds / 60:.1f} minutes"
