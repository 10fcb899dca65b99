"""Serial and process runners: the same answers, failures as answers, and no task lost to a dying worker."""

import math
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

from coproduction.experiments.execution import TaskFailure, available_cores, task_runner
from coproduction.simulation.errors import DesignError

# Workers find functions by name, so these are functions of installed modules.


@pytest.mark.parametrize("workers", [1, 2])
def test_every_task_is_answered_once(workers: int) -> None:
    with task_runner(workers) as runner:
        answers = sorted(runner.run(math.factorial, range(12)))
    assert answers == [(n, math.factorial(n)) for n in range(12)]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_task_that_raises_is_an_answer(workers: int) -> None:
    with task_runner(workers) as runner:
        answers = dict(runner.run(math.sqrt, [4.0, -1.0, 9.0]))
    failure = answers.pop(1)
    assert answers == {0: 2.0, 2: 3.0}
    assert isinstance(failure, TaskFailure)
    assert failure.error.startswith("ValueError: ")
    assert "Traceback" in failure.traceback


END_AT_ONCE: Callable[[Any], Any] = os._exit
UNSENDABLE: Callable[[Any], Any] = memoryview


def test_a_task_that_kills_its_worker_takes_no_other_with_it() -> None:
    """os._exit on every task that can be an exit code; the texts only raise."""
    with task_runner(2) as runner:
        answers = dict(runner.run(END_AT_ONCE, ["a", 1, "b", "c", 2, "d"]))
        again = dict(runner.run(math.factorial, range(4)))
    assert len(answers) == 6
    errors = {index: answer.error for index, answer in answers.items()}
    assert all("died twice" in errors[index] for index in (1, 4))
    assert all(errors[index].startswith("TypeError") for index in (0, 2, 3, 5))
    assert again == {n: math.factorial(n) for n in range(4)}


def test_an_answer_that_cannot_be_sent_home_is_a_failure() -> None:
    with task_runner(2) as runner:
        ((_, failure),) = runner.run(UNSENDABLE, [b"bytes"])
    assert isinstance(failure, TaskFailure)
    assert "pickle" in failure.error


def test_workers_end_when_the_consumer_raises() -> None:
    pids: set[int] = set()

    def interrupted() -> None:
        with task_runner(2) as runner:
            next(runner.run(math.factorial, range(10)))
            pids.update(worker.process.result() for worker in runner._team if worker.process)  # type: ignore[attr-defined]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal masks")
def test_workers_are_started_deaf_to_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else one pressed while they import would print their tracebacks."""
    held: list[bool] = []
    submit = ProcessPoolExecutor.submit

    def listening(self: Any, *given: Any) -> Any:
        future = submit(self, *given)
        held.append(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()))
        return future

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(ProcessPoolExecutor, "submit", listening)
    with task_runner(2) as runner:
        answers = dict(runner.run(math.factorial, range(2)))
    assert answers == {0: 1, 1: 1}
    assert all(held)
    assert len(held) >= 2
    assert signal.getsignal(signal.SIGINT) is before
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_a_task_that_takes_longer_than_allowed_is_ended_alone() -> None:
    tasks = [0.01, 60.0, 0.02, 0.03]
    with task_runner(2) as runner:
        answers = dict(
            runner.stream(time.sleep, tasks, limit=lambda seconds: 3.0 if seconds == 60.0 else 60.0)
        )
    assert [answers[seconds] for seconds in (0.01, 0.02, 0.03)] == [None] * 3
    late = answers[60.0]
    assert isinstance(late, TaskFailure)
    assert late.lost
    assert late.error == "it took longer than allowed and was ended"


def test_tasks_are_taken_only_when_a_worker_is_idle() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(10):
            taken.append(number)
            yield number

    with task_runner(2) as runner:
        stream = runner.stream(math.factorial, tasks())
        next(stream)
        assert 2 <= len(taken) <= 3


def test_number_of_workers() -> None:
    assert available_cores() >= 1
    with pytest.raises(DesignError, match="workers must be 1 or more; got 0"), task_runner(0):
        pass
