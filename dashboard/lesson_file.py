"""A lesson: a folder with `lesson.toml` and, beside it, scenario files of its policies. No code, and no results.

What a lesson asks for is tied to declared outcomes by name, so that the run gives the answer and nobody writes it down.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coproduction.dashboard.lesson_checks import check, check_policy_names
from coproduction.dashboard.lesson_schema import (
    STEPS,
    Compare,
    Explain,
    Head,
    LessonFileError,
    Predict,
    Read,
    Run,
    Schedule,
    Try,
    read_tables,
)
from coproduction.scenarios.toml_file import read_toml
from coproduction.simulation.errors import CoproductionError
from coproduction.simulation.parameters.declaration import unknown

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

FILE = "lesson.toml"
PACKAGED = Path(__file__).parent / "lessons"
NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")


@dataclass(frozen=True)
class Lesson:
    """A lesson as its folder says, checked.

    name       of the folder, and in the address
    scenarios  of the policies, the one that the others are compared with first
    references what each policy is called by when Explore is served: a preset, or the path of a file
    """

    name: str
    head: Head
    minutes: Schedule
    read: Read
    predict: tuple[Predict, ...]
    run: Run
    compare: Compare
    explain: Explain
    tries: tuple[Try, ...]
    scenarios: "tuple[Scenario, ...]"
    references: tuple[str, ...]

    @property
    def total_minutes(self) -> int:
        """How long all steps take together."""
        return sum(self.minutes_of(step) for step in STEPS)

    def minutes_of(self, step: str) -> int:
        """Return how long one of ``STEPS`` takes."""
        return int(getattr(self.minutes, "try_" if step == "try" else step))

    def title_of(self, policy: str) -> str:
        """Return the title of a policy that is run, by its name."""
        return next(scenario.title for scenario in self.scenarios if scenario.name == policy)

    @property
    def baseline(self) -> str:
        """Name of the policy that the others are compared with."""
        return self.scenarios[0].name

    @cached_property
    def fingerprint(self) -> str:
        """What the run hangs on, as a hash: lessons with the same scenarios, runs and seed share one result."""
        parts = [[scenario.to_dict(), scenario.city.digest] for scenario in self.scenarios]
        shown = [self.compare.quintiles, self.compare.curves, self.compare.outcomes]
        text = json.dumps([parts, self.run.runs, self.run.seed, shown], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def read_lesson(folder: Path) -> Lesson:
    """Read a lesson from its folder.

    Raises
    ------
    LessonFileError
        The file is missing or not what a lesson's file must be.
    CoproductionError
        A scenario of its policies cannot be read, or they cannot be compared.
    """
    source = f"{folder.name}/{FILE}"
    if not NAME.fullmatch(folder.name):
        raise LessonFileError(
            f"{folder}: a lesson's folder must be named in small letters, digits and _; got {folder.name}. Rename it."
        )
    found = read_tables(source, read_toml(folder / FILE, source, LessonFileError, "a lesson's folder"))
    references, scenarios = _policies(source, folder, found["run"])
    lesson = Lesson(
        name=folder.name, head=found["lesson"], minutes=found["minutes"], read=found["read"],
        predict=found["predict"], run=found["run"], compare=found["compare"], explain=found["explain"],
        tries=found["try"], scenarios=scenarios, references=references,
    )  # fmt: skip
    check(source, lesson)
    return lesson


def lessons_in(folder: Path) -> tuple[Lesson, ...]:
    """Return all lessons of a folder, in the order of their names; raises as :func:`read_lesson`, or where none is."""
    if not folder.is_dir():
        raise LessonFileError(
            f"{folder}: must be a folder with a folder for each lesson; there is none. Give another."
        )
    found = sorted(path.parent for path in folder.glob(f"*/{FILE}"))
    if not found:
        raise LessonFileError(
            f"{folder}: must hold a folder with a {FILE} for each lesson; there is none. Give the folder above them."
        )
    return tuple(read_lesson(each) for each in found)


def all_lessons(own: Path | None = None) -> dict[str, Lesson]:
    """Return the packaged lessons and those of a folder of one's own, which come before packaged ones of their name."""
    ours = lessons_in(PACKAGED)
    found = {lesson.name: lesson for lesson in (*ours, *(lessons_in(own) if own else ()))}
    check_policy_names(found.values())
    return found


def lesson_named(name: str) -> Lesson:
    """Return a packaged lesson by its name, or one's own by its folder; raises as :func:`read_lesson`."""
    packaged = [path.parent.name for path in sorted(PACKAGED.glob(f"*/{FILE}"))]
    if name in packaged:
        return read_lesson(PACKAGED / name)
    if Path(name).is_dir():
        return read_lesson(Path(name).resolve())
    raise LessonFileError(f"lesson: {unknown(name, packaged)} A folder with a {FILE} may be given as well.")


def _policies(source: str, folder: Path, run: Run) -> "tuple[tuple[str, ...], tuple[Scenario, ...]]":
    from coproduction.experiments.comparability import check_comparable
    from coproduction.scenarios.scenario import load, presets

    references = []
    for given in run.policies:
        if given not in presets() and (Path(given).name != given or not given.endswith(".toml")):
            raise LessonFileError(
                f"{source}: [run] policies must be presets or scenario files in the lesson's folder; got {given!r}. "
                f"Presets are {', '.join(presets())}."
            )
        references.append(given if given in presets() else str(folder / given))
    try:
        scenarios = tuple(load(reference) for reference in references)
        check_comparable(scenarios)
    except CoproductionError as error:
        raise LessonFileError(f"{source}: [run] policies cannot be run: {error}") from error
    return tuple(references), scenarios
