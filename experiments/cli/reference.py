"""``coproduce schema`` and ``coproduce programmes``: every parameter, outcome and programme."""

import json

import click


@click.command()
@click.argument("table", metavar="[WHAT]", required=False)
@click.option("--json", "form", flag_value="json", help="As JSON, for programs.")
@click.option("--markdown", "form", flag_value="markdown", help="As Markdown tables, for documents.")
def schema(table: str | None, form: str | None) -> None:
    """Show every parameter and every outcome.

    Each parameter with default, range, role, unit, source and effect. WHAT is one table of a scenario file, such as
    policing, burglary or government, or outcomes; any other word, such as bystander, finds what has it in its name or
    description.
    """
    from coproduction.experiments import schema as declared

    shown = declared.schema(table)
    if form == "json":
        click.echo(json.dumps(declared.as_data(shown), indent=1, ensure_ascii=False))
    elif form == "markdown":
        click.echo(declared.as_markdown(shown))
    else:
        click.echo(declared.as_text(shown))


@click.command()
@click.argument("name", required=False)
@click.option("--markdown", is_flag=True, help="As the page docs/programmes.md.")
def programmes(name: str | None, *, markdown: bool) -> None:
    """Show the programmes that a scenario can run.

    Each with its levers, pathways, places, members, costs by payer, and sources. NAME is one of them; without it, all
    are listed. A scenario runs one by naming it: [programmes.foot_patrol].
    """
    from coproduction.experiments import programme_pages

    if markdown:
        click.echo(programme_pages.as_markdown(), nl=False)
    else:
        click.echo(programme_pages.as_text(name))
