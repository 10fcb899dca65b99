"""Run tasks one after the other, or in worker processes, with the same answers in the same form.

A task should be worth a quarter of a second or more (all policies of one seed, all seeds of one design
point). A task that raises is a :class:`TaskFailure`, and so is one whose worker dies twice: whatever ran when
a worker died is tried once more, alone, so that one bad task takes nothing else with it.
"""

import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Protocol, Self

from coproduction.simulation.errors import DesignError

# Each worker is one of several: within it, numerical libraries keep to one thread.
ONE_THREAD = {"NUMBA_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class TaskFailure:
    """What became of a task that gave no answer."""

    error: str
    traceback: str


class TaskRunner(Protocol):
    """Runs tasks and gives (index of the task, its answer) as they finish, in any order."""

    def run[T, R](
        self, function: Callable[[T], R], tasks: Sequence[T]
    ) -> Iterator[tuple[int, R | TaskFailure]]:
        """Run ``function`` on every task; both must be picklable for worker processes."""
        ...


class SerialRunner:
    """Runs every task in this process, in order."""

    def run[T, R](
        self, function: Callable[[T], R], tasks: Sequence[T]
    ) -> Iterator[tuple[int, R | TaskFailure]]:
        """Run ``function`` on every task."""
        for index, task in enumerate(tasks):
            yield index, _attempt(function, task)


class ProcessRunner:
    """Runs tasks in spawned worker processes, which live until the runner is closed.

    Spawned and not forked: compiled kernels and threads do not survive a fork. Use it as a context.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._context = multiprocessing.get_context("spawn")
        # Nothing is ever sent: workers end when the writing end closes, as it does when this process dies.
        self._leash, self._lifeline = self._context.Pipe(duplex=False)
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # After an error or Ctrl-C nobody waits for the answers: workers end at once.
        if kind is not None:
            self._lifeline.close()
        self._close()
        self._lifeline.close()
        self._leash.close()

    def run[T, R](
        self, function: Callable[[T], R], tasks: Sequence[T]
    ) -> Iterator[tuple[int, R | TaskFailure]]:
        """Run ``function`` on every task; at most one task a worker is under way at a time."""
        waiting = deque(range(len(tasks)))
        running: dict[Future[R | TaskFailure], int] = {}
        while waiting or running:
            suspects = self._fill(function, tasks, waiting, running)
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            if suspects or any(isinstance(future.exception(), BrokenProcessPool) for future in done):
                done, _ = wait(running)
            for future in sorted(done, key=running.__getitem__):
                index = running.pop(future)
                error = future.exception()
                if isinstance(error, BrokenProcessPool):
                    suspects.append(index)
                elif error is not None:
                    yield index, _failure(error)
                else:
                    yield index, future.result()
            if suspects:
                self._close()
                for index in sorted(suspects):
                    yield index, self._alone(function, tasks[index])

    def _fill[T, R](
        self,
        function: Callable[[T], R],
        tasks: Sequence[T],
        waiting: deque[int],
        running: dict[Future[R | TaskFailure], int],
    ) -> list[int]:
        """Give every idle worker a task; return the one refused because a worker has just died, if any."""
        while waiting and len(running) < self.workers:
            index = waiting.popleft()
            try:
                with _interrupts_ignored():
                    future = self._open(self.workers).submit(_attempt, function, tasks[index])
                running[future] = index
            except BrokenProcessPool:
                return [index]
        return []

    def _alone[T, R](self, function: Callable[[T], R], task: T) -> R | TaskFailure:
        try:
            with _interrupts_ignored():
                future = self._open(1).submit(_attempt, function, task)
            return future.result()
        except BrokenProcessPool:
            return TaskFailure(
                error="the worker process died twice on this task: it was killed or ran out of memory",
                traceback="",
            )
        except Exception as error:  # noqa: BLE001 - whatever it is becomes a row of the results
            return _failure(error)
        finally:
            self._close()

    def _open(self, workers: int) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                workers,
                mp_context=self._context,
                initializer=_start_worker,
                initargs=(self._leash,),
            )
        return self._pool

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


@contextmanager
def task_runner(workers: int | None = None) -> Iterator[TaskRunner]:
    """Open a runner with so many workers: as many as there are cores if not said, in this process if 1."""
    number = available_cores() if workers is None else workers
    if number < 1:
        message = f"comparison: workers must be 1 or more; got {number}. Leave it out to use every core."
        raise DesignError(message)
    if number == 1:
        yield SerialRunner()
        return
    with ProcessRunner(number) as runner:
        yield runner


def available_cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Ignore Ctrl-C for a moment: a process started meanwhile goes on doing so, from its first instruction.

    One that a worker sees while it is still importing would be a traceback on the screen.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may say what signals do
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _start_worker(leash: Connection) -> None:
    os.environ.update(ONE_THREAD)
    # Ctrl-C reaches the whole process group; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, args=(leash,), daemon=True).start()


def _leave_with_parent(leash: Connection) -> None:
    """End this worker when its parent has gone or wants no more; orphans would go on for minutes."""
    with suppress(EOFError, OSError):
        leash.recv_bytes()
    os._exit(1)


def _attempt[T, R](function: Callable[[T], R], task: T) -> R | TaskFailure:
    try:
        return function(task)
    except Exception as error:  # noqa: BLE001 - whatever it is becomes a row of the results
        return _failure(error)


def _failure(error: BaseException) -> TaskFailure:
    text = "".join(traceback.format_exception(error))
    return TaskFailure(error=f"{type(error).__name__}: {error}", traceback=text)
