"""``coproduce doctor``, ``oracles``, ``validate``, ``facts``: is all well, is the model right and like the world."""

import click

from coproduction.experiments.cli import options
from coproduction.experiments.cli.endings import NOT_SO
from coproduction.experiments.cli.progress import compile_once, shown_progress
from coproduction.experiments.progress import Advance
from coproduction.simulation.errors import DesignError


@click.command()
def doctor() -> None:
    """Say whether everything that is needed is here and works.

    Exit code 1 when something is wrong.
    """
    from coproduction.experiments.doctor import examine

    wrong = 0
    for finding in examine():
        click.echo(finding.line())
        wrong += finding.verdict == "WRONG"
    if wrong:
        click.echo(f"{wrong} of these will not work; look for WRONG above.")
        raise click.exceptions.Exit(NOT_SO)
    click.echo("All is well.")


@click.command()
@click.option("--long", "long", is_flag=True, help="Those that need long runs, too: about ten minutes.")
def oracles(*, long: bool) -> None:
    """Check the model against closed forms.

    Predicted and measured stand side by side. Each line sets the other mechanisms off and runs the same
    rules as every experiment does. Exit code 1 when one fails.
    """
    compile_once()
    from coproduction.experiments import oracles as checks

    with shown_progress("Computing what closed forms predict"):
        rows = checks.predicted_against_measured()
        if long:
            rows += checks.predicted_against_measured_at_length()
    click.echo(f"{checks.printable(rows)}\n\n{checks.summary(rows)}")
    failed = sum(not row.holds for row in rows)
    click.echo(f"\n{len(rows) - failed} of {len(rows)} hold.")
    if failed:
        raise click.exceptions.Exit(NOT_SO)


@click.command()
@click.argument("scenario_file", metavar="[FILE_OR_PRESET]", default="own_department")
@click.option(
    "--seeds",
    type=click.IntRange(2),
    default=40,
    show_default=True,
    metavar="N",
    help="Runs to average over.",
)
@click.option(
    "--cuts/--no-cuts", default=True, show_default=True, help="Run it with each mechanism cut, too."
)
@options.workers
@options.residents
def validate(
    *, scenario_file: str, seeds: int, cuts: bool, workers: int | None, residents: int | None
) -> None:
    """Say how far the model is from what was observed.

    Recorded burglary and vehicle theft against the city's observed column, which sets nothing in the model: the level,
    and which neighbourhoods have more of it, beside what income alone says. With cuts, some sixteen times the work.
    """
    scenario = options.scenario_of(scenario_file, residents)
    if scenario.city.observed is None:
        raise DesignError(
            f"{scenario.source}: city must have an observed column to be held against; it has none."
        )
    compile_once()
    with shown_progress(f"{scenario.title}: held against {scenario.city.observed_label.lower()}") as progress:
        from coproduction.experiments.cli.validation_text import validation_text
        from coproduction.experiments.validation import validate as hold_against

        found = hold_against(
            scenario,
            range(1, seeds + 1),
            workers=workers,
            cuts=cuts,
            told=lambda done, runs: progress(Advance(done, runs, runs, 0, "")),
        )
    click.echo(validation_text(found))


@click.command()
@options.workers
@options.residents
def facts(*, workers: int | None, residents: int | None) -> None:
    """Hold the model against published facts.

    The own department of Columbus, and policies that change one thing in it, on three seeds with every parameter as
    declared. Each fact is inside its band, outside, or cannot be measured and why; no parameter is tuned to one.
    """
    compile_once()
    with shown_progress("Own department: held against stylised facts") as progress:
        from coproduction.experiments.facts.document import printable
        from coproduction.experiments.facts.stylised_facts import RESIDENTS, check_facts

        found = check_facts(
            residents=residents or RESIDENTS,
            workers=workers,
            told=lambda done, runs: progress(Advance(done, runs, runs, 0, "")),
        )
    click.echo(printable(found))
