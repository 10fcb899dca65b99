"""Blocks on the workers of a Dask scheduler, for more than one machine.

Workers write their blocks to the store themselves, so they must see its folder under the same path. What Dask does with
lost tasks and damaged clusters is not relied on: futures are looked at, never waited for, and whatever gave no answer
is handed out again by the caller, who looks on the disk first.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any

from coproduction.experiments.execution import TaskFailure, TimeLimit, attempt
from coproduction.experiments.sweeps.shards import StoreError
from coproduction.experiments.worker_processes import TOOK_TOO_LONG

LOOK = 0.02
"""Seconds between two looks at what is under way; meanwhile each worker has a second block waiting."""
AHEAD = 2
"""Blocks a thread of a worker: one under way, one waiting, so that none falls idle."""
COUNTING = 2.0
"""Seconds between two counts of the workers."""
CONNECTING = 30
"""Seconds allowed to reach the scheduler."""


class DaskRunner:
    """Runs tasks on the workers of a Dask client."""

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address
        self._threads, self._counted = 0, -COUNTING

    def run[T, R](
        self, function: Callable[[T], R], tasks: Sequence[T]
    ) -> Iterator[tuple[int, R | TaskFailure]]:
        """Run ``function`` on every task; (index, answer)."""
        places = {id(task): index for index, task in enumerate(tasks)}
        for task, answer in self.stream(function, tasks):
            yield places[id(task)], answer

    def stream[T, R](
        self, function: Callable[[T], R], tasks: Iterable[T], limit: TimeLimit | None = None
    ) -> Iterator[tuple[T, R | TaskFailure]]:
        """Run ``function`` on tasks as workers fall idle.

        Raises
        ------
        StoreError
            The scheduler has gone.
        """
        waiting = iter(tasks)
        running: dict[Any, tuple[T, float]] = {}
        while True:
            with self._scheduler():
                room = self._room()
            for task in islice(waiting, max(room - len(running), 0)):
                with self._scheduler():
                    future = self._client.submit(attempt, function, task, pure=False)
                running[future] = task, time.monotonic() + (limit(task) if limit else float("inf"))
            ended = [future for future, (_, until) in running.items() if _has_ended(future, until)]
            for future in ended:
                task, _ = running.pop(future)
                yield task, self._answer(future)
            if not running and not ended:
                if not room:
                    raise StoreError(
                        f"--dask {self._address}: there are no workers. Start some, then run again."
                    )
                return
            if not ended:
                time.sleep(LOOK)

    def _answer(self, future: Any) -> Any:
        status = future.status
        try:
            if status == "finished":
                return future.result(timeout=CONNECTING)
            if status == "error":
                return TaskFailure(str(future.exception(timeout=CONNECTING)), "", lost=True)
        except Exception as error:  # noqa: BLE001 - the cluster lost it between two looks
            return TaskFailure(f"{type(error).__name__}: {error}", "", lost=True)
        finally:
            future.cancel() if status == "pending" else future.release()
        if status == "pending":
            return TOOK_TOO_LONG
        return TaskFailure(f"its Dask worker went away ({status})", "", lost=True)

    @contextmanager
    def _scheduler(self) -> Iterator[None]:
        """Say that the scheduler has gone, where it has, at whatever moment that was."""
        gone = StoreError(
            f"--dask {self._address}: the scheduler has gone. What was finished is kept; run the same command again "
            "when there is a scheduler."
        )
        if self._client.status != "running":
            raise gone
        try:
            yield
        except (OSError, RuntimeError) as error:  # its connection was closed, or its client was
            raise gone from error

    def _room(self) -> int:
        """Return how many blocks there should be under way; threads come and go, and asking costs the scheduler."""
        now = time.monotonic()
        if now - self._counted > COUNTING or not self._threads:
            self._threads, self._counted = sum(self._client.nthreads().values()), now
        return AHEAD * self._threads


def _has_ended(future: Any, until: float) -> bool:
    return future.status != "pending" or time.monotonic() > until


@contextmanager
def dask_runner(address: str) -> Iterator[DaskRunner]:
    """Connect to a scheduler.

    Raises
    ------
    StoreError
        Dask is not installed, or no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise StoreError(
            "--dask needs the package distributed. Install coproduction[dask], or leave out --dask."
        ) from error
    try:
        client: Any = Client(address, timeout=CONNECTING, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise StoreError(
            f"--dask {address}: no scheduler answers ({error}). Give the address that `dask scheduler` shows."
        ) from error
    log = logging.getLogger("distributed.client")
    before = log.level
    log.setLevel(logging.CRITICAL)  # what it says of a lost scheduler is a traceback; ours is a sentence
    try:
        with suppress(TimeoutError):  # who has none is told when there is something to do
            client.wait_for_workers(1, timeout=CONNECTING)
        yield DaskRunner(client, address)
    finally:
        client.close(timeout=1)
        log.setLevel(before)
