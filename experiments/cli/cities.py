"""``coproduce city``: bring a city in, look at one."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coproduction.simulation.errors import CityError

if TYPE_CHECKING:
    from coproduction.scenarios.cities import CityFile

ROLES = "name, key, income, population, households, housing_value, observed, x, y"


@click.group()
def city() -> None:
    """Bring in a city of your own, or look at one.

    docs/adding_a_city.md says what a table of neighbourhoods needs.
    """


@city.command("import")
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="Short name: lower-case letters, digits, - and _.")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FOLDER", help="A new folder.")
@click.option(
    "--column", "columns", multiple=True, metavar="ROLE=COLUMN",
    help=f"Which column is what; repeat it. Roles: {ROLES}.",
)  # fmt: skip
@click.option(
    "--assume", "assumed", multiple=True, metavar="MARGIN=NUMBER",
    help="What the table lacks, for example household_size=2.3; repeat it.",
)  # fmt: skip
@click.option(
    "--unit", "units", multiple=True, metavar="ROLE=UNIT",
    help="Of income and housing_value: USD or 'thousand USD'; repeat it.",
)  # fmt: skip
@click.option("--title", help="Title for people.")
@click.option("--year", type=int, help="Year of the money.")
@click.option("--coordinates", help="degrees, metres or 'not to scale'.")
@click.option("--boundaries", type=click.Path(path_type=Path), help="GeoJSON file of outlines.")
@click.option("--boundaries-key", help="Column of the outlines that the key stands in.")
@click.option("--observed-label", help="What was observed.")
@click.option("--observed-unit", help="In which unit.")
@click.option("--source", help="Where the table comes from.")
@click.option("--licence", help="On what terms.")
@click.option("--attribution", help="What its owner wants to see beside it.")
@click.option("--caution", "cautions", multiple=True, help="What its users should know; repeat it.")
def import_table(  # noqa: PLR0913 - one argument an option
    *,
    table: Path,
    name: str,
    out: Path,
    columns: tuple[str, ...],
    assumed: tuple[str, ...],
    units: tuple[str, ...],
    **others: Any,
) -> None:
    """Make a city of a table of neighbourhoods, CSV or GeoJSON.

    Writes a folder with a city file and a copy of the table, or nothing at all. Every margin that the table lacks is
    declared in the city file as an assumption: read them through.
    """
    from coproduction.scenarios.cities import Overrides
    from coproduction.scenarios.cities import import_city as bring_in

    given = {key: value for key, value in others.items() if value is not None}
    overrides = Overrides(
        assumptions={key: _number(key, text) for key, text in _pairs("--assume", assumed)},
        units=dict(_pairs("--unit", units)),
        **given,
    )
    made = bring_in(table, dict(_pairs("--column", columns)), name, out, overrides)
    click.echo(_what_came_in(made))


def _pairs(option: str, words: Iterable[str]) -> list[tuple[str, str]]:
    """Split words such as ``income=mean_income``; raises CityError."""
    pairs = [word.partition("=") for word in words]
    for word, (left, _, right) in zip(words, pairs, strict=True):
        if not left.strip() or not right.strip():
            raise CityError(f"city import: {option} must be of the form LEFT=RIGHT; got {word!r}.")
    names = [left.strip() for left, _, _ in pairs]
    for left in names:
        if names.count(left) > 1:
            raise CityError(f"city import: {option} must name {left} once; got it twice. Drop one.")
    return [(left.strip(), right.strip()) for left, _, right in pairs]


def _number(key: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise CityError(f"city import: --assume {key} must be a number; got {text!r}.") from None


def _what_came_in(made: "CityFile") -> str:
    """Say what was imported, line by line, and what to do next."""
    file = made.source_files[0]
    size = f"{made.city.n_neighbourhoods:,} neighbourhoods, {made.n_cells:,} cells"
    lines = [
        f"{made.title}: {size}, {len(made.assumptions)} assumptions.",
        *(f"Note: {note}" for note in made.notes),
        f"Written to {file.parent}. Read its assumptions through: coproduce city show {file}",
        f'To use it, write  city = "{file}"  under [scenario] in a scenario file.',
    ]
    return "\n".join(lines)


@city.command()
@click.argument("name")
@click.option(
    "--picture", type=click.Path(path_type=Path), metavar="FILE", help="Draw it too: FILE.svg or FILE.png."
)
@click.option(
    "--cells", type=click.IntRange(1, 1_000_000), metavar="N", help="About how many cells it is to have."
)
def show(name: str, picture: Path | None, cells: int | None) -> None:
    """Say what is known of a city, and everything that is assumed.

    NAME is a packaged city, such as columbus, or a city file.
    """
    from coproduction.scenarios.cities import describe_city, draw_city, load_city

    shown = load_city(name, cells=cells)
    if picture is not None:
        draw_city(shown, picture)
    click.echo(describe_city(shown), nl=False)
    if picture is not None:
        click.echo(f"\nDrawn to {picture}.")
