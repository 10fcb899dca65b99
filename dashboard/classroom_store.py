"""What a class hands in: one SQLite file, rows of a random number and an answer. No name, no address, no time."""

import sqlite3
import tempfile
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coproduction.simulation.errors import CoproductionError

MARK = 0x436F7072
"""Written into the file as SQLite's application id, so that nobody else's database is taken for ours."""
LONGEST_ANSWER = 2000
MOST_ANSWERS = 150
"""Rows that one visitor may leave."""
MOST_VISITORS = 300
TABLE = (
    "CREATE TABLE IF NOT EXISTS answers (visitor TEXT NOT NULL, lesson TEXT NOT NULL, kind TEXT NOT NULL, "
    "item INTEGER NOT NULL, value TEXT NOT NULL, sure TEXT NOT NULL, PRIMARY KEY (visitor, lesson, kind, item))"
)
COLUMNS = ("visitor", "lesson", "kind", "item", "value", "sure")
Kind = Literal["prediction", "own_run", "answer", "answer_after"]
KINDS: tuple[Kind, ...] = ("prediction", "own_run", "answer", "answer_after")
FIRST_STAYS = ("prediction", "answer")


class ClassroomError(CoproductionError, ValueError):
    """Something that a class may not do, or a file that is not a class's."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One row.

    visitor  random, the same for all that a browser hands in
    kind     "prediction" (falls, same, rises or a number), "own_run" (the difference in the visitor's own pair of
             runs, as it is shown), "answer" (free text, before the model's account was shown) or "answer_after"
    item     of which question, from 1
    value    up to ``LONGEST_ANSWER`` characters
    sure     how sure, of a prediction; else ""
    """

    visitor: str
    lesson: str
    kind: Kind
    item: int
    value: str
    sure: str = ""


class ClassroomStore:
    """Answers of a class; safe to use from many threads, one at a time.

    changes  how often something was written or wiped, so that a page knows when to look
    """

    def __init__(self, keep: Path | None = None) -> None:
        """Open a file, or a temporary one that goes when the store is closed.

        Raises
        ------
        ClassroomError
            The file is not a class's, or cannot be opened.
        """
        self._folder = tempfile.TemporaryDirectory(prefix="coproduce-class-") if keep is None else None
        self.path = keep or Path(self._folder.name if self._folder else "") / "class.sqlite"
        self.changes = 0
        self._lock = threading.Lock()
        self._base = _opened(self.path)

    def __len__(self) -> int:
        return len(self.answers())

    def close(self) -> None:
        """Close the file; a temporary one is removed."""
        with self._lock:
            self._base.close()
        if self._folder is not None:
            self._folder.cleanup()

    def hand_in(self, answer: Answer) -> None:
        """Keep an answer. Predictions and first answers stay; anything else takes the place of what was there.

        Raises
        ------
        ClassroomError
            It is too long, or the visitor has left too many.
        """
        if len(answer.value) > LONGEST_ANSWER:
            raise ClassroomError(
                f"class: an answer must have at most {LONGEST_ANSWER} characters; got {len(answer.value)}. Shorten it."
            )
        row = tuple(getattr(answer, column) for column in COLUMNS)
        with self._lock, self._base:
            self._check_room(answer)
            first_stays = "IGNORE" if answer.kind in FIRST_STAYS else "REPLACE"
            self._base.execute(f"INSERT OR {first_stays} INTO answers VALUES (?, ?, ?, ?, ?, ?)", row)  # noqa: S608
            self.changes += 1

    def answers(self, lesson: str | None = None, kind: Kind | None = None) -> list[Answer]:
        """Return the answers in the order in which they came, of one lesson and kind where asked for."""
        chosen = [(name, value) for name, value in (("lesson", lesson), ("kind", kind)) if value is not None]
        where = f" WHERE {' AND '.join(f'{name} = ?' for name, _ in chosen)}" if chosen else ""
        with (
            self._lock,
            closing(
                self._base.execute(
                    f"SELECT {', '.join(COLUMNS)} FROM answers{where} ORDER BY rowid",  # noqa: S608 - our own words
                    [value for _, value in chosen],
                )
            ) as found,
        ):
            return [Answer(*row) for row in found]

    def wipe(self) -> None:
        """Remove every answer, and what they left in the file."""
        with self._lock:
            with self._base:
                self._base.execute("DELETE FROM answers")
            self._base.execute("VACUUM")
            self.changes += 1

    def _check_room(self, answer: Answer) -> None:
        key = (answer.visitor, answer.lesson, answer.kind, answer.item)
        same = "visitor = ? AND lesson = ? AND kind = ? AND item = ?"
        if self._count(f"SELECT count(*) FROM answers WHERE {same}", key):  # noqa: S608 - our own words
            return
        if self._count("SELECT count(*) FROM answers WHERE visitor = ?", (answer.visitor,)) >= MOST_ANSWERS:
            raise ClassroomError(
                f"class: one visitor may leave at most {MOST_ANSWERS} answers; there are that many. "
                "Go on without handing in."
            )

    def _count(self, question: str, values: tuple[object, ...]) -> int:
        return int(self._base.execute(question, values).fetchone()[0])


def _opened(path: Path) -> sqlite3.Connection:
    base = None
    try:
        base = sqlite3.connect(path, check_same_thread=False)
        mark = int(base.execute("PRAGMA application_id").fetchone()[0])
        empty = not base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if mark != MARK and not empty:
            base.close()
            raise ClassroomError(
                f"{path}: must be a file that --keep made, or a new one; it is another database."
            )
        base.execute(f"PRAGMA application_id = {MARK}")
        base.execute("PRAGMA secure_delete = ON")
        base.execute(TABLE)
        base.commit()
    except sqlite3.Error as error:
        if base is not None:
            base.close()
        raise ClassroomError(
            f"{path}: must be a file that --keep made, or a new one in a folder that can be written; {error}. "
            "Give another."
        ) from error
    return base
