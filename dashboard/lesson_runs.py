"""Runs of lessons, shared by all visitors: what one has computed the others get at once.

A class of thirty that presses the button in the same minute costs one computation. It goes on as long as somebody waits
for it, and a little longer, so that who loads the page anew finds it. At most one goes on at a time, beside one
visitor's own pair, so that the page stays quick.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from coproduction.dashboard.lesson_file import Lesson
from coproduction.dashboard.lesson_result import LessonResult, Told, computed
from coproduction.experiments.replication import FailedRun, Replication, replicate, the_model
from coproduction.simulation.errors import CoproductionError, DesignError

MOST_KEPT = 12
"""Results kept, each some hundred kilobytes."""
MOST_PAIRS_KEPT = 500
PATIENCE = 15.0
"""Seconds for which a computation goes on that nobody waits for any more: a page may be on its way back."""
BEAT = 0.2
"""Seconds between two looks of somebody who waits."""

Compute = Callable[[Lesson, Told], LessonResult]
Outcomes = dict[str, dict[str, float]]
"""Policy to outcome to its value in one run."""


class _Abandoned(Exception):  # noqa: N818 - no error: nobody waits any more
    """Nobody waits for the computation any more."""


@dataclass
class _Computation:
    """One computation under way; ``left`` is when the last who waited went, by the clock that only goes on."""

    waiting: int = 0
    left: float = 0.0
    progress: tuple[int, int] = (0, 1)
    result: LessonResult | None = None
    error: Exception | None = None
    ended: threading.Event = field(default_factory=threading.Event)


class LessonRuns:
    """Results by what they hang on; safe to ask from many threads.

    changes  how many have come in, so that a page knows when to look
    """

    def __init__(
        self, compute: Compute = computed, most: int = MOST_KEPT, patience: float = PATIENCE
    ) -> None:
        self.most = most
        self.patience = patience
        self.changes = 0
        self._compute = compute
        self._kept: OrderedDict[str, LessonResult] = OrderedDict()
        self._under_way: dict[str, _Computation] = {}
        self._pairs: OrderedDict[tuple[str, int], Outcomes] = OrderedDict()
        self._lock = threading.Lock()
        self._turn, self._turn_of_pairs = threading.Lock(), threading.Lock()

    def known(self, lesson: Lesson) -> LessonResult | None:
        """Return the result where it is there already."""
        with self._lock:
            return self._kept.get(lesson.fingerprint)

    def is_under_way(self, lesson: Lesson) -> bool:
        """Say whether the result is being computed."""
        with self._lock:
            return lesson.fingerprint in self._under_way

    def result(self, lesson: Lesson, told: Told) -> LessonResult:
        """Return the result of a lesson, computing it or waiting for whoever does.

        told  told how far it is, in this thread; what it raises ends the waiting, and the computation if nobody else
              waits for it

        Raises
        ------
        CoproductionError
            Too many of the runs failed.
        """
        work = self._joined(lesson)
        if isinstance(work, LessonResult):
            return work
        try:
            while not work.ended.wait(BEAT):
                told(*work.progress)
        finally:
            with self._lock:
                work.waiting -= 1
                work.left = time.monotonic()
        if work.result is None:
            raise _as_ours(work.error)
        return work.result

    def one_pair(self, lesson: Lesson, seed: int) -> Outcomes:
        """Return the outcomes of every policy on one seed; raises ``DesignError`` where a run fails."""
        with self._lock:
            found = self._pairs.get((lesson.fingerprint, seed))
        if found is not None:
            return found
        # Apart from the long runs, so that nobody waits for those to get a pair.
        with self._turn_of_pairs:
            made = _one_pair(lesson, seed)
        with self._lock:
            self._pairs[lesson.fingerprint, seed] = made
            while len(self._pairs) > MOST_PAIRS_KEPT:
                self._pairs.popitem(last=False)
        return made

    def _joined(self, lesson: Lesson) -> _Computation | LessonResult:
        key = lesson.fingerprint
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            work = self._under_way.get(key)
            if work is None:
                work = self._under_way[key] = _Computation()
                threading.Thread(target=self._carry_out, args=(lesson, work), daemon=True).start()
            work.waiting += 1
            return work

    def _carry_out(self, lesson: Lesson, work: _Computation) -> None:
        def told(done: int, of: int) -> None:
            work.progress = done, of
            self._leave_if_nobody_waits(lesson, work)

        try:
            with self._turn:
                self._leave_if_nobody_waits(lesson, work)
                work.result = self._compute(lesson, told)
        except _Abandoned:
            return
        except Exception as error:  # noqa: BLE001 - handed on to everybody who waits
            work.error = error
        with self._lock:
            self._under_way.pop(lesson.fingerprint, None)
            if work.result is not None:
                self._kept[lesson.fingerprint] = work.result
                self.changes += 1
                while len(self._kept) > self.most:
                    self._kept.popitem(last=False)
        work.ended.set()

    def _leave_if_nobody_waits(self, lesson: Lesson, work: _Computation) -> None:
        with self._lock:
            if work.waiting > 0 or time.monotonic() - work.left < self.patience:
                return
            # Whoever asks from now on begins it anew.
            self._under_way.pop(lesson.fingerprint, None)
        raise _Abandoned


def _one_pair(lesson: Lesson, seed: int) -> Outcomes:
    outcomes = {}
    for run in replicate(Replication(lesson.scenarios, seed, the_model())):
        if isinstance(run, FailedRun):
            raise DesignError(
                f"lesson {lesson.name}: the run on seed {seed} failed ({run.error}). Take another seed."
            )
        outcomes[run.policy] = run.outcomes
    return outcomes


def _as_ours(error: Exception | None) -> CoproductionError:
    if isinstance(error, CoproductionError):
        return error
    return DesignError(
        f"lesson: the runs failed ({type(error).__name__}: {error}). Tell whoever keeps the server."
    )
