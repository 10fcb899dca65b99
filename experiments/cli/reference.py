"""``coproduce schema``: every parameter and every outcome."""

import json

import click


@click.command()
@click.argument("table", required=False)
@click.option("--json", "form", flag_value="json", help="As JSON, for programs.")
@click.option("--markdown", "form", flag_value="markdown", help="As Markdown tables, for documents.")
def schema(table: str | None, form: str | None) -> None:
    """Show every parameter and every outcome.

    Each parameter with default, range, role, unit, source and effect. TABLE is one table of a scenario file, such as
    policing or burglary, or outcomes.
    """
    from coproduction.experiments import schema as declared

    shown = declared.schema(table)
    if form == "json":
        click.echo(json.dumps(declared.as_data(shown), indent=1, ensure_ascii=False))
    elif form == "markdown":
        click.echo(declared.as_markdown(shown))
    else:
        click.echo(declared.as_text(shown))
