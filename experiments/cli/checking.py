"""``coproduce doctor``, ``oracles`` and ``validate``: is all well here, is the model right, is it like the world."""

import click

from coproduction.experiments.cli.endings import NOT_SO
from coproduction.experiments.cli.progress import compile_once, shown_progress


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
def oracles() -> None:
    """Check the model against closed forms: predicted and measured, side by side.

    Each line sets the other mechanisms off and runs the same rules as every experiment does. Exit code 1 when one
    fails.
    """
    compile_once()
    from coproduction.experiments.oracles import predicted_against_measured, printable

    with shown_progress("Computing what closed forms predict"):
        rows = predicted_against_measured()
    click.echo(printable(rows))
    failed = sum(not row.holds for row in rows)
    click.echo(f"\n{len(rows) - failed} of {len(rows)} hold.")
    if failed:
        raise click.exceptions.Exit(NOT_SO)
