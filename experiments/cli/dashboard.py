"""``coproduce dashboard``: two policies side by side in a browser."""

from contextlib import nullcontext
from pathlib import Path

import click

from coproduction.experiments.cli import options
from coproduction.experiments.cli.endings import tell
from coproduction.experiments.cli.progress import compile_once


@click.command()
@click.argument("policies", metavar="[FILE_OR_PRESET]...", nargs=-1)
@options.residents
@click.option(
    "--results", multiple=True, metavar="FOLDER",
    help="Store of a sweep or folder of a comparison to choose from on the page Results; may be given several times.",
)  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on; 0.0.0.0 for all.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, metavar="N",
    help="Port to serve on; 0 for any that is free.",
)  # fmt: skip
@click.option("--open/--no-open", "open_browser", default=True, help="Open a browser on the page.")
@click.option(
    "--lessons", type=click.Path(path_type=Path), metavar="FOLDER",
    help="Lessons of your own, a folder each, beside those that come along.",
)  # fmt: skip
@click.option(
    "--class", "with_class", is_flag=True, help="Open a class: gather what students predict and answer."
)
@click.option(
    "--keep", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Where to keep what the class hands in; gone with the server if not given.",
)  # fmt: skip
def dashboard(  # noqa: PLR0913 - an option each
    *, policies: tuple[str, ...], residents: int | None, results: tuple[str, ...], host: str, port: int,
    open_browser: bool, lessons: Path | None, with_class: bool, keep: Path | None,
) -> None:  # fmt: skip
    """Watch two policies side by side in a browser.

    Serves a page on this machine: a city under policy A and under policy B on the same luck, played watch by watch,
    with maps, levers and people; and what sweeps and comparisons have found. The first two policies named are shown
    first; all presets can be chosen. Works without a network, and sends nothing anywhere.

    Lessons are at /lessons. With --class, students give a code and hand in without names; the teacher looks at /class.
    """
    if keep is not None and not with_class:
        raise click.UsageError(
            "--keep must stand with --class: without a class nothing is gathered. Add --class."
        )
    from coproduction.dashboard.environment import check_installed

    check_installed()
    from coproduction.dashboard.classroom_address import ONLY_HERE, lessons_address
    from coproduction.dashboard.lesson_file import all_lessons
    from coproduction.dashboard.lesson_service import files_of, opened_class, teach_these
    from coproduction.dashboard.result_stores import ResultStores, serve_results
    from coproduction.dashboard.server import Address, policies_of, serve

    taught = all_lessons(lessons)
    choice = policies_of(policies, residents, files_of(taught))
    serve_results(ResultStores(results))
    with opened_class(keep) if with_class else nullcontext() as room:
        compile_once()
        teach_these(taught, room)
        if room is not None:
            room.address = lessons_address(host, port)
            tell(f"Students open {room.address or 'the page Lessons'} and give the class code: {room.code}")
            if host in ONLY_HERE:
                tell("Only this machine can open the page. For a class give --host 0.0.0.0 as well.")
            tell(f"Teacher's word, for you alone on {_teachers_page(room.address)}: {room.secret}")
            if keep is None:
                tell(
                    "What the class hands in goes with this server, also if it breaks down; --keep FILE keeps it."
                )
        serve(choice, Address(host, port), tell, open_browser=open_browser)


def _teachers_page(lessons: str) -> str:
    return f"{lessons.removesuffix('lessons')}class" if lessons else "the page /class"
