"""How the work goes, on the standard error stream: a bar at a terminal, else a line at the start and the end."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from coproduction.experiments.cli.endings import tell

if TYPE_CHECKING:
    from coproduction.experiments.progress import Advance, Progress


@contextmanager
def shown_progress(work: str) -> Iterator["Progress"]:
    """Tell what is being done and how long it took; give the function that is told how far it has come."""
    tell(f"{work} ...")
    clock = time.monotonic()
    if sys.stderr.isatty():
        from tqdm import tqdm

        with tqdm(unit=" runs", file=sys.stderr, leave=False, dynamic_ncols=True) as bar:
            yield lambda advance: _show(bar, advance)
    else:
        yield _pay_no_heed
    tell(f"Done in {duration(time.monotonic() - clock)}.")


def _pay_no_heed(advance: "Advance") -> None:
    """Nobody is watching."""


def _show(bar: Any, advance: "Advance") -> None:
    bar.total = advance.planned
    bar.update(advance.done - bar.n)
    if advance.failed:
        bar.set_postfix_str(f"{advance.failed} failed")


def compile_once() -> None:
    """Compile the kernels now if they are not, so that it is said, and done once and not in each worker."""
    from coproduction.experiments.warm_up import is_compiled, smallest_run

    if is_compiled():
        return
    tell("Compiling the model, once, about half a minute ...")
    clock = time.monotonic()
    smallest_run()
    tell(f"Compiled in {duration(time.monotonic() - clock)}.")


def duration(seconds: float) -> str:
    """Return a time taken, in words."""
    return f"{seconds:.1f} seconds" if seconds < 120 else f"{seconds / 60:.1f} minutes"
