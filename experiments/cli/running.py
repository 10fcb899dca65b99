"""``coproduce run`` and ``coproduce replay``: one scenario once, and a result once more."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coproduction.experiments.cli import options
from coproduction.experiments.cli.endings import NOT_SO
from coproduction.experiments.cli.foretelling import foretell, require_room
from coproduction.experiments.cli.places import check_folder, default_folder
from coproduction.experiments.cli.progress import compile_once, shown_progress

if TYPE_CHECKING:
    from coproduction.experiments.follow import Story
    from coproduction.experiments.result import Result

PICK = 0
"""Value of --follow without a number: a case that shows as much as possible."""


@click.command()
@click.argument("scenario_file", metavar="FILE_OR_PRESET")
@options.seed
@options.engine
@options.residents
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Where the tables go.")
@click.option(
    "--follow", type=click.IntRange(0), is_flag=False, flag_value=PICK, default=None, metavar="[CASE]",
    help="Tell one case from offence to outcome: the one of this number, from 1, or one that shows much.",
)  # fmt: skip
@click.option("--profile", is_flag=True, help="Show where the time went, phase by phase; no result changes.")
def run(  # noqa: PLR0913, PLR0917 - one argument an option
    scenario_file: str,
    seed: int,
    engine: str,
    residents: int | None,
    out: Path | None,
    follow: int | None,
    profile: bool,
) -> None:
    """Run one scenario once.

    FILE_OR_PRESET is a scenario file (TOML) or a packaged one: own_department, contract, volunteers, coproduced,
    hybrid, joint_powers, improvement_district. Writes series by week, neighbourhoods, quintiles, maps, case files,
    ledger, outcomes and manifest to a folder, and prints the main outcomes.
    """
    from coproduction.experiments.room import needed_once

    if profile and engine != "core":
        raise click.UsageError("--profile is for the compiled core. Leave out --engine.")
    scenario = options.scenario_of(scenario_file, residents)
    need = needed_once(scenario, engine)
    require_room(need)
    folder = out or default_folder(scenario.name, f"seed-{seed}")
    check_folder(folder)
    compile_once()
    foretell([scenario], engine, need)
    from coproduction.experiments.case_archive import archive_beside
    from coproduction.experiments.cli.column_notes import of_run, write_column_notes
    from coproduction.experiments.cli.run_text import profile_text, run_text
    from coproduction.experiments.run import profiled, simulate
    from coproduction.experiments.store import atomic_folder, put_run

    if profile:
        result, measured = profiled(scenario, seed)
    else:
        with archive_beside(folder, scenario, engine) as archive:
            result, measured = simulate(scenario, seed, engine=engine, archive=archive), None
    story = None if follow is None else _story_of(result, follow)
    with atomic_folder(folder) as part:
        put_run(result, part)
        write_column_notes(of_run(), part)
    click.echo(run_text(result, folder))
    if measured is not None:
        click.echo(f"\n{profile_text(measured)}")
    if story is not None:
        click.echo(f"\n{story.text()}")
        if not story.true:
            raise click.exceptions.Exit(NOT_SO)


def _story_of(result: "Result", number: int) -> "Story":
    from coproduction.experiments.follow import follow

    return follow(result, None if number == PICK else number)


@click.command()
@click.argument("manifest", type=click.Path(path_type=Path))
@options.workers
def replay(manifest: Path, workers: int | None) -> None:
    """Make a result again from its manifest and compare every bit.

    MANIFEST is a manifest.json or the folder that it is in. Exit code 1 when anything differs.
    """
    from coproduction.experiments.manifest import read_manifest
    from coproduction.experiments.replay import replay as run_again
    from coproduction.experiments.replay import scenarios_of

    scenarios_of(read_manifest(manifest), str(manifest))
    compile_once()
    with shown_progress(f"Making the result of {manifest} again") as progress:
        outcome = run_again(manifest, workers=workers, progress=progress)
    for sentence in outcome.sentences():
        click.echo(sentence)
    if not outcome.same:
        raise click.exceptions.Exit(NOT_SO)
