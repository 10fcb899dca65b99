"""Locks between processes on one store, given back by the system when their holder dies.

They are POSIX record locks, one byte of a file each, which most shared file systems of clusters keep as well. Where the
system has none (Windows), every lock is granted: one process a store, then.
"""

from pathlib import Path
from types import TracebackType
from typing import IO, Self

from coproduction.experiments.sweeps.shards import StoreError, cannot_write

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]


class Locks:
    """Numbered locks that live in one file; a process must open the file once only, since closing gives all back."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._stream: IO[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self.file.open("ab")
        except OSError as error:
            raise StoreError(cannot_write(self.file, error)) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def take(self, number: int, *, wait: bool = False) -> bool:
        """Take a lock; False when another process holds it, unless this one is to wait."""
        if fcntl is None or self._stream is None:
            return True
        how = fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB
        try:
            fcntl.lockf(self._stream, how, 1, number)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def give_back(self, number: int) -> None:
        """Give a lock back."""
        if fcntl is not None and self._stream is not None:
            fcntl.lockf(self._stream, fcntl.LOCK_UN, 1, number)
