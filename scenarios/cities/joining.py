"""Joining a table of neighbourhoods to outlines that stand in another file."""

from dataclasses import replace
from typing import cast

from coproduction.scenarios.cities.messages import refusal
from coproduction.scenarios.cities.schema import BoundariesSection, CityDocument
from coproduction.scenarios.cities.tables import Table, labels


def join(document: CityDocument, table: Table, boundaries: Table) -> tuple[Table, int]:
    """Return the table with the outlines of ``boundaries``, and the number of outlines that are left over.

    Raises CityError for a row of the table that has no outline, and for a key that is missing or not unique.
    """
    keys = labels(boundaries, cast("BoundariesSection", document.boundaries).key)
    row_of = {key: row for row, key in enumerate(keys)}
    geometries = boundaries.geometries or ()
    wanted = labels(table, cast("str", document.columns.key))
    for row, key in enumerate(wanted):
        if key not in row_of:
            problem = f"row {row + 1} must have an outline in {boundaries.file}; got none with key {key!r}."
            raise refusal(table.file, "", f"{problem} Add the outline or leave the row out.")
    joined = tuple(geometries[row_of[key]] for key in wanted)
    return replace(table, geometries=joined), len(keys) - len(wanted)
