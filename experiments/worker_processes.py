"""Tasks in worker processes of this machine: each worker is a pool of its own.

So a death is known to be that of its task, takes nothing else with it, and one late task can be ended alone. With one
pool for all, as `concurrent.futures` has it, a killed worker loses what every other was doing.
"""

import math
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from coproduction.experiments.execution import TaskFailure, TimeLimit, attempt, failure

# Each worker is one of several: within it, numerical libraries keep to one thread.
ONE_THREAD = {"NUMBA_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
END = getattr(signal, "SIGKILL", signal.SIGTERM)
STARTING = 1.0
"""Seconds until a worker that is still starting is looked at again."""

DIED = TaskFailure("the worker process died: it was killed or ran out of memory", "", lost=True)
DIED_TWICE = TaskFailure("the worker process died twice on this task: it was killed or ran out of memory", "")
TOOK_TOO_LONG = TaskFailure("it took longer than allowed and was ended", "", lost=True)


@dataclass(slots=True)
class _Worker:
    """One worker process: a pool of one, opened with the first task and again after a death.

    process   answers with the number of the process
    deadline  of the task under way, on the monotonic clock
    late      the process was ended because its task took too long
    """

    pool: ProcessPoolExecutor | None = None
    process: Future[int] | None = None
    deadline: float = math.inf
    late: bool = False

    def end_if_late(self, now: float) -> None:
        """End the process when its task has passed its deadline; what it is doing is lost."""
        if self.deadline > now or self.process is None:
            return
        if not self.process.done():
            self.deadline = now + STARTING
        elif self.process.exception() is None:
            self.deadline, self.late = math.inf, True
            with suppress(ProcessLookupError):
                os.kill(self.process.result(), END)


@dataclass(frozen=True, slots=True)
class _Unnumbered[T, R]:
    """A function of a task, as a function of a task with its number."""

    function: Callable[[T], R]

    def __call__(self, numbered: tuple[int, T]) -> R:
        return self.function(numbered[1])


class ProcessRunner:
    """Runs tasks in spawned worker processes, which live until the runner is closed.

    Spawned and not forked: compiled kernels and threads do not survive a fork. Use it as a context.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._context = multiprocessing.get_context("spawn")
        # Nothing is ever sent: workers end when the writing end closes, as it does when this process dies.
        self._leash, self._lifeline = self._context.Pipe(duplex=False)
        self._team = [_Worker() for _ in range(workers)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # After an error or Ctrl-C nobody waits for the answers: workers end at once.
        if kind is not None:
            self._lifeline.close()
        for worker in self._team:
            self._close(worker)
        self._lifeline.close()
        self._leash.close()

    def run[T, R](
        self, function: Callable[[T], R], tasks: Sequence[T]
    ) -> Iterator[tuple[int, R | TaskFailure]]:
        """Run ``function`` on every task; one whose worker died is tried once more, alone, at the end."""
        lost = []
        for (index, task), answer in self.stream(_Unnumbered(function), enumerate(tasks)):
            if isinstance(answer, TaskFailure) and answer.lost:
                lost.append((index, task))
            else:
                yield index, answer
        for suspect in lost:
            for (index, _), answer in self.stream(_Unnumbered(function), [suspect]):
                twice = isinstance(answer, TaskFailure) and answer.lost
                yield index, DIED_TWICE if twice else answer

    def stream[T, R](
        self, function: Callable[[T], R], tasks: Iterable[T], limit: TimeLimit | None = None
    ) -> Iterator[tuple[T, R | TaskFailure]]:
        """Run ``function`` on tasks as workers fall idle, each at most as long as allowed."""
        waiting, idle = iter(tasks), list(self._team)
        running: dict[Future[R | TaskFailure], tuple[_Worker, T]] = {}
        while True:
            for task in islice(waiting, len(idle)):
                worker = idle.pop()
                running[self._start(worker, function, task, limit)] = worker, task
            if not running:
                return
            soonest = min(worker.deadline for worker, _ in running.values())
            timeout = None if soonest == math.inf else max(soonest - time.monotonic(), 0.0)
            done, _ = wait(running, timeout=timeout, return_when=FIRST_COMPLETED)
            for future in done:
                worker, task = running.pop(future)
                idle.append(worker)
                yield task, self._answer(worker, future)
            for worker, _ in running.values():
                worker.end_if_late(time.monotonic())

    def _start[T, R](
        self, worker: _Worker, function: Callable[[T], R], task: T, limit: TimeLimit | None
    ) -> Future[R | TaskFailure]:
        """Hand a task to an idle worker; one that died while it was idle is replaced first."""
        try:
            return self._submit(worker, function, task, limit)
        except BrokenProcessPool:
            self._close(worker)
            return self._submit(worker, function, task, limit)

    def _submit[T, R](
        self, worker: _Worker, function: Callable[[T], R], task: T, limit: TimeLimit | None
    ) -> Future[R | TaskFailure]:
        with _interrupts_held():
            if worker.pool is None:
                worker.pool = ProcessPoolExecutor(
                    1, mp_context=self._context, initializer=_start_worker, initargs=(self._leash,)
                )
                worker.process = worker.pool.submit(os.getpid)
            future = worker.pool.submit(attempt, function, task)
        worker.deadline = math.inf if limit is None else time.monotonic() + limit(task)
        return future

    def _answer[R](self, worker: _Worker, future: Future[R | TaskFailure]) -> R | TaskFailure:
        late, worker.late, worker.deadline = worker.late, False, math.inf
        error = future.exception()
        if error is None:
            return future.result()
        if not isinstance(error, BrokenProcessPool):
            return failure(error)
        self._close(worker)
        return TOOK_TOO_LONG if late else DIED

    def _close(self, worker: _Worker) -> None:
        if worker.pool is not None:
            worker.pool.shutdown(wait=True, cancel_futures=True)
            worker.pool = worker.process = None


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back for a moment: a process started meanwhile does not see it, from its first instruction on.

    One that a worker sees while it is still importing would be a traceback on the screen. One that comes meanwhile
    counts afterwards.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may say what signals do
        return
    if sys.platform != "win32":
        resource_tracker.ensure_running()  # lets Ctrl-C through while it starts
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    _let_through(interrupts=False)
    try:
        yield
    finally:
        _let_through(interrupts=True)
        signal.signal(signal.SIGINT, before)
    if came:
        signal.raise_signal(signal.SIGINT)


def _let_through(*, interrupts: bool) -> None:
    """Let this thread, and what it starts, see Ctrl-C or not, where the system can say so."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK if interrupts else signal.SIG_BLOCK, {signal.SIGINT})


def _start_worker(leash: Connection) -> None:
    os.environ.update(ONE_THREAD)
    # Ctrl-C reaches the whole process group; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _let_through(interrupts=True)
    threading.Thread(target=_leave_with_parent, args=(leash,), daemon=True).start()


def _leave_with_parent(leash: Connection) -> None:
    """End this worker when its parent has gone or wants no more; orphans would go on for minutes."""
    with suppress(EOFError, OSError):
        leash.recv_bytes()
    os._exit(1)
