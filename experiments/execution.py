"""Run tasks one after the other, or in worker processes, with the same answers in the same form.

A task should be worth a quarter of a second or more (all policies of one seed, all seeds of one design
point). A task that raises is a :class:`TaskFailure`, and so is one whose worker dies or takes longer than allowed.
"""

import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from coproduction.simulation.errors import DesignError


@dataclass(frozen=True, slots=True)
class TaskFailure:
    """What became of a task that gave no answer.

    lost   the worker died or was ended: another attempt, alone, may go well
    """

    error: str
    traceback: str
    lost: bool = False


TimeLimit = Callable[[Any], float]
"""Gives the most seconds that a task may take."""


class TaskRunner(Protocol):
    """Runs tasks and gives their answers as they finish, in any order."""

    def run[T, R](
        self, function: Callable[[T], R], tasks: Sequence[T]
    ) -> Iterator[tuple[int, R | TaskFailure]]:
        """Run ``function`` on every task; (index, answer). A task whose worker died is tried once more, alone."""
        ...

    def stream[T, R](
        self, function: Callable[[T], R], tasks: Iterable[T], limit: TimeLimit | None = None
    ) -> Iterator[tuple[T, R | TaskFailure]]:
        """Run ``function`` on tasks that are taken one by one, as workers fall idle; (task, answer).

        Nothing is tried again. Without worker processes there is no time limit.
        """
        ...


class SerialRunner:
    """Runs every task in this process, in order."""

    def run[T, R](
        self, function: Callable[[T], R], tasks: Sequence[T]
    ) -> Iterator[tuple[int, R | TaskFailure]]:
        """Run ``function`` on every task."""
        for index, task in enumerate(tasks):
            yield index, attempt(function, task)

    def stream[T, R](
        self, function: Callable[[T], R], tasks: Iterable[T], limit: TimeLimit | None = None
    ) -> Iterator[tuple[T, R | TaskFailure]]:
        """Run ``function`` on every task, whatever time it takes."""
        for task in tasks:
            yield task, attempt(function, task)


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
    from coproduction.experiments.worker_processes import ProcessRunner

    with ProcessRunner(number) as runner:
        yield runner


def available_cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def attempt[T, R](function: Callable[[T], R], task: T) -> R | TaskFailure:
    """Run a function on a task; what it raises is an answer."""
    try:
        return function(task)
    except Exception as error:  # noqa: BLE001 - whatever it is becomes a row of the results
        return failure(error)


def failure(error: BaseException) -> TaskFailure:
    """Describe an exception."""
    text = "".join(traceback.format_exception(error))
    return TaskFailure(error=f"{type(error).__name__}: {error}", traceback=text)
