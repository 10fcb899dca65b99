"""``coproduce lesson``: the lessons there are, whether one's own is in order, and hand-outs that print."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coproduction.experiments.cli.endings import tell
from coproduction.experiments.cli.progress import compile_once, shown_progress

if TYPE_CHECKING:
    from coproduction.dashboard.lesson_file import Lesson


@click.command()
@click.argument("name", metavar="[NAME_OR_FOLDER]", required=False)
@click.option(
    "--handout", "file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.html",
    help="Run the lesson, and write a worksheet and the teacher's key.",
)  # fmt: skip
def lesson(*, name: str | None, file: Path | None) -> None:
    """List lessons, check one of your own, or write its hand-out.

    A hand-out is one HTML file that prints: on its first page a worksheet to copy for the class, then a key with the
    numbers that the model finds. Lessons themselves are taught in `coproduce dashboard`, on the page /lessons.
    """
    from coproduction.dashboard.lesson_file import all_lessons, lesson_named

    if name is None:
        if file is not None:
            raise click.UsageError(
                "--handout must stand with a lesson: name one. Lessons are listed without it."
            )
        for each in all_lessons().values():
            click.echo(f"{each.name}: {each.head.title} ({each.total_minutes} minutes)")
        return
    chosen = lesson_named(name)
    click.echo(
        f"{chosen.head.title}: {chosen.total_minutes} minutes, {len(chosen.predict)} predictions, "
        f"{chosen.run.runs} paired runs of {len(chosen.scenarios)} policies. The lesson is in order."
    )
    if file is not None:
        _write(chosen, file)


def _write(chosen: "Lesson", file: Path) -> None:
    from coproduction.dashboard.lesson_handout import handout
    from coproduction.dashboard.lesson_result import computed
    from coproduction.experiments.progress import Advance
    from coproduction.simulation.errors import DesignError

    if not file.parent.is_dir():
        raise DesignError(f"{file}: must be in a folder that is there; {file.parent} is not. Make it first.")
    compile_once()
    with shown_progress("Running the lesson") as show:
        result = computed(chosen, lambda done, of: show(Advance(done, of, of, 0, "")))
    file.write_text(handout(chosen, result), encoding="utf-8")
    tell(f"{file}: a worksheet and a key. Print it from a browser; its first page is for the class.")
