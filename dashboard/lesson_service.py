"""Lessons and the class that this server serves; set once before the first visitor comes, and read by every page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from coproduction.dashboard.classroom import Classroom
from coproduction.dashboard.classroom_store import ClassroomStore
from coproduction.dashboard.lesson_file import Lesson, all_lessons
from coproduction.dashboard.lesson_runs import LessonRuns


@dataclass(slots=True)
class LessonService:
    """Lessons by name, their shared runs, and the class, None where nothing is gathered."""

    lessons: dict[str, Lesson] = field(default_factory=all_lessons)
    classroom: Classroom | None = None
    runs: LessonRuns = field(default_factory=LessonRuns)


_service: list[LessonService] = []


def teach_these(lessons: dict[str, Lesson], classroom: Classroom | None = None) -> None:
    """Say what is taught from now on."""
    _service[:] = [LessonService(lessons, classroom)]


def lesson_service() -> LessonService:
    """Return what is taught: the packaged lessons and no class where nobody said otherwise."""
    if not _service:
        _service.append(LessonService())
    return _service[0]


@contextmanager
def opened_class(keep: Path | None = None) -> Iterator[Classroom]:
    """Give a class whose answers are kept in a file, or are gone when the context ends.

    Raises
    ------
    ClassroomError
        The file is not a class's, or cannot be opened.
    """
    store = ClassroomStore(keep)
    try:
        yield Classroom(store)
    finally:
        store.close()


def files_of(lessons: dict[str, Lesson]) -> list[str]:
    """Return the scenario files of lessons, so that Explore can show them; presets are left out."""
    references = [reference for lesson in lessons.values() for reference in lesson.references]
    return [each for each in dict.fromkeys(references) if each.endswith(".toml")]
