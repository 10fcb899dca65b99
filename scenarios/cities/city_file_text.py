"""The text of a city file for an imported table, with every missing margin declared."""

import json
from collections.abc import Mapping
from pathlib import Path

from coproduction.scenarios.cities.importing import Overrides
from coproduction.scenarios.cities.margins import (
    MARGINS,
    NOT_TO_SCALE,
    Margin,
    expected_choice,
    missing_margins,
)
from coproduction.scenarios.cities.messages import did_you_mean, listed, refusal
from coproduction.scenarios.cities.tables import Table, check_columns, read_table

CELLS_A_NEIGHBOURHOOD = 4
NO_SCALE = (
    "The table does not say what its coordinates are, so shapes may be stretched and no distance is quoted: set "
    '[grid] coordinates to "degrees" or "metres" if you know.'
)
GIVEN = "Given on import."


def city_file_text(table: Path, columns: Mapping[str, str], name: str, overrides: Overrides) -> str:
    """Return the TOML of a city file for this table.

    Raises CityError when the table or the boundaries cannot be read, when a column does not exist, and when a
    margin without a defensible default is missing.
    """
    content = read_table(table)
    check_columns(table.name, columns, content)
    located = content if overrides.boundaries is None else read_table(overrides.boundaries)
    coordinates = overrides.coordinates or stated_coordinates(located)
    outlines = located.geometries is not None
    missing = missing_margins(columns.keys(), outlines=outlines, coordinates=coordinates)
    check_assumptions(table.name, missing, overrides)
    is_located = outlines or "x" in columns
    unscaled = is_located and coordinates == NOT_TO_SCALE and overrides.coordinates is None
    cautions = [*overrides.cautions, *([NO_SCALE] if unscaled else [])]
    parts = [
        *header(name, overrides),
        *section("table", {"file": table.name}),
        *section("columns", columns),
        *section("units", overrides.units),
        *section("grid", {"coordinates": coordinates}),
        *optional_sections(columns, overrides),
        *section("provenance", provenance(table, overrides) | {"cautions": cautions}),
    ]
    for margin in missing:
        parts += section(f"assumptions.{margin}", declared(MARGINS[margin], columns, content, overrides))
    return "\n".join(parts) + "\n"


def stated_coordinates(table: Table) -> str:
    """Return how to read the coordinates of a table, as far as the table itself says."""
    return "degrees" if table.crs.endswith(("CRS84", "EPSG::4326", "EPSG:4326")) else NOT_TO_SCALE


def check_assumptions(file: str, missing: tuple[str, ...], overrides: Overrides) -> None:
    """Refuse an assumption for something that is no margin or that the table gives."""
    for margin in overrides.assumptions:
        if margin not in MARGINS:
            question = did_you_mean(margin, MARGINS)
            raise refusal(
                file, "assumptions", f"{margin} is not known; known are: {', '.join(MARGINS)}.{question}"
            )
        if margin not in missing:
            raise refusal(
                file, "assumptions", f"{margin} is given by the table; got an assumption too. Drop it."
            )


def declared(
    margin: Margin, columns: Mapping[str, str], table: Table, overrides: Overrides
) -> dict[str, object]:
    """Return what to write for a missing margin: what the caller says, else what the columns make true."""
    given = overrides.assumptions.get(margin.name)
    expected = expected_choice(margin.name, columns.keys())
    value: float | str | None = margin.default
    if given is not None:
        value = given
    elif expected is not None:
        value = expected
    elif margin.name == "cells":
        value = max(1_000, CELLS_A_NEIGHBOURHOOD * len(table.rows))
    if value is None:
        problem = f"{margin.name} must be a column or an assumption ({margin.allowed}); got neither."
        raise refusal(table.file, "columns", f"{problem} The columns are: {listed(table.columns, 20)}.")
    reason = f"{margin.gap} {margin.basis if given is None else GIVEN}"
    return {"value": value, "unit": margin.unit, "reason": reason.strip()}


def header(name: str, overrides: Overrides) -> list[str]:
    """Return the first lines of the file."""
    title = overrides.title or name.replace("_", " ").replace("-", " ").title()
    return [
        "# Written by an import.  Read it through: what the table does not have is declared under [assumptions].",
        f"name = {quoted(name)}",
        f"title = {quoted(title)}",
        *([f"year = {overrides.year}"] if overrides.year is not None else []),
        "",
    ]


def provenance(table: Path, overrides: Overrides) -> dict[str, object]:
    """Return where the table comes from, as far as it was said."""
    return {
        "source": overrides.source or f"{table.name}, {GIVEN.lower().rstrip('.')} without a source",
        "licence": overrides.licence,
        "attribution": overrides.attribution or f"Data: {overrides.source or table.name}",
    }


def optional_sections(columns: Mapping[str, str], overrides: Overrides) -> list[str]:
    """Return the sections that go with a key column and an observed column."""
    parts: list[str] = []
    if overrides.boundaries is not None:
        key = overrides.boundaries_key or columns.get("key", "")
        parts += section("boundaries", {"file": overrides.boundaries.name, "key": key})
    if "observed" in columns:
        parts += section("observed", {"label": overrides.observed_label, "unit": overrides.observed_unit})
    return parts


def section(title: str, values: Mapping[str, object]) -> list[str]:
    """Return the lines of one table, none for a table without values."""
    if not values:
        return []
    return [f"[{title}]", *(f"{key} = {as_toml(value)}" for key, value in values.items()), ""]


def as_toml(value: object) -> str:
    """Return a text, number or list of texts as TOML."""
    if isinstance(value, list):
        return "[" + ", ".join(as_toml(item) for item in value) + "]"
    return quoted(value) if isinstance(value, str) else repr(value)


def quoted(text: str) -> str:
    """Return a TOML basic string; its escapes are those of JSON, except that DEL needs one too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
