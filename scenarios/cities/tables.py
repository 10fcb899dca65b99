"""Reading a table of neighbourhoods from CSV or GeoJSON, with an error that names row and column."""

import csv
import io
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from coproduction.scenarios.cities.messages import listed, refusal, shown, suggestion
from coproduction.scenarios.cities.text_files import read_text
from coproduction.simulation.city import FloatArray
from coproduction.simulation.errors import CityError

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
MISSING = frozenset({"", "na", "n/a", "null", "none", "-"})


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: no cell is interpreted yet.

    rows        one mapping from column to cell a row, in the order of the file
    geometries  one GeoJSON geometry a row; None for a table without outlines
    crs         name of the coordinate system that a GeoJSON file states; empty when it states none
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, object], ...]
    geometries: tuple[object, ...] | None = None
    crs: str = ""

    def place(self, row: int, column: str) -> str:
        """Return words for a cell; rows are counted from 1, without the header."""
        return f"row {row + 1}, column {column}"


def read_table(path: Path) -> Table:
    """Read a table of neighbourhoods.

    Raises CityError when the file is missing, not UTF-8, neither CSV nor GeoJSON, or empty.
    """
    if path.suffix.lower() == ".csv":
        table = parse_csv(path.name, read_text(path))
    elif path.suffix.lower() in {".geojson", ".json"}:
        table = parse_geojson(path.name, read_text(path))
    else:
        raise refusal(
            path.name, "", f"must be .csv, .geojson or .json; got {path.suffix!r}. Convert the table."
        )
    if not table.rows:
        raise refusal(
            path.name, "", "must have one row a neighbourhood; got no rows. Give a table with data."
        )
    return table


def parse_csv(file: str, text: str) -> Table:
    """Return the table of a CSV text with a header, separated by commas."""
    try:
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), strict=True) if line]
    except csv.Error as error:
        raise refusal(file, "", f"must be a CSV file; {error}. Save the table as CSV again.") from None
    while lines and not any(lines[-1]):  # spreadsheets leave rows of empty cells at the end
        lines.pop()
    if not lines:
        return Table(file, (), ())
    header = tuple(name.strip() for name in lines[0])
    check_header(file, header)
    for number, line in enumerate(lines[1:], start=1):
        if len(line) != len(header):
            problem = f"row {number} must have {len(header)} cells, as the header has; got {len(line)}."
            raise refusal(file, "", f"{problem} Look for a missing or an unquoted comma.")
    rows = tuple(dict(zip(header, line, strict=True)) for line in lines[1:])
    return Table(file, header, rows)


def check_header(file: str, header: tuple[str, ...]) -> None:
    """Refuse a header that leaves open which column is meant."""
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        raise refusal(file, "", "must be separated by commas; got one column. Save it with commas.")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise refusal(file, "", f"must name every column once; got {twice[0]!r} twice. Rename one of them.")


def parse_geojson(file: str, text: str) -> Table:
    """Return the table of a GeoJSON feature collection."""
    content = parse_json(file, text)
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection":
        raise refusal(file, "", "must be a GeoJSON FeatureCollection; got other JSON. Export it as GeoJSON.")
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
            problem = f"row {number} must be a GeoJSON feature with properties; got {shown(feature)}."
            raise refusal(file, "", f"{problem} Export it as GeoJSON again.")
    rows = tuple(feature.get("properties") or {} for feature in features)
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    geometries = tuple(feature.get("geometry") for feature in features)
    return Table(file, columns, rows, geometries, stated_crs(content))


def stated_crs(collection: Mapping[str, Any]) -> str:
    """Return the name in the ``crs`` member that older GeoJSON files have, empty when there is none."""
    crs = collection.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties.get("name", "")) if isinstance(properties, dict) else ""


def parse_json(file: str, text: str) -> Any:
    """Return the JSON value of a text; NaN and Infinity are no JSON."""

    def refuse_constant(constant: str) -> NoReturn:
        raise refusal(
            file, "", f"must hold finite numbers only; got {constant}. Leave the value out or null."
        )

    try:
        return json.loads(text, parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        place = f"{error.msg} at line {error.lineno}, column {error.colno}"
        raise refusal(file, "", f"must be JSON; got {place}. Export it as GeoJSON again.") from None
    except (RecursionError, ValueError) as error:
        if isinstance(error, CityError):
            raise
        raise refusal(file, "", f"must be GeoJSON; got JSON that cannot be read ({error}).") from None


def check_columns(city_file: str, roles: Mapping[str, str], table: Table) -> None:
    """Refuse a role whose column the table does not have."""
    for role, column in roles.items():
        check_column(city_file, "columns", role, column, table)


def check_column(city_file: str, section: str, key: str, column: str, table: Table) -> None:
    """Refuse a column that the table does not have."""
    if column not in table.columns:
        problem = f"{key} must be a column of {table.file}; got {column!r}."
        raise refusal(city_file, section, problem + suggestion(column, table.columns))


def numbers(table: Table, column: str, low: float = 0.0) -> FloatArray:
    """Return a column as numbers, shape (n_rows,), finite and at least ``low``; nan where the cell is empty."""
    return np.array([number(table, row, column, low) for row in range(len(table.rows))], dtype=np.float64)


def number(table: Table, row: int, column: str, low: float) -> float:
    """Return one cell as a number of at least ``low``, nan when it is empty."""
    cell = table.rows[row].get(column)
    if cell is None or (isinstance(cell, str) and cell.strip().lower() in MISSING):
        return math.nan
    value = as_number(cell)
    if value is None or not math.isfinite(value):
        problem = f"{table.place(row, column)} must be a finite number; got {shown(cell)}."
        raise refusal(table.file, "", f"{problem} Write digits and a decimal point only.")
    if value < low:
        problem = f"{table.place(row, column)} must be at least {low:g}; got {value:g}."
        raise refusal(table.file, "", f"{problem} Correct the value.")
    return value


def as_number(cell: object) -> float | None:
    """Return a cell as a number, None when it is something else."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell) if abs(cell) < 1e300 else math.inf
    if isinstance(cell, str) and NUMBER.fullmatch(cell.strip()):
        return float(cell)
    return None


def labels(table: Table, column: str) -> tuple[str, ...]:
    """Return a column as texts, each given and each different from the others."""
    found: dict[str, int] = {}
    for row in range(len(table.rows)):
        label = as_label(table, row, column)
        if label in found:
            places = f"rows {found[label] + 1} and {row + 1}"
            problem = f"column {column} must name every neighbourhood once; got {label!r} in {places}."
            raise refusal(table.file, "", f"{problem} Keep one row a neighbourhood.")
        found[label] = row
    return tuple(found)


def as_label(table: Table, row: int, column: str) -> str:
    """Return one cell as a text on one line; 43.0 becomes 43."""
    cell = table.rows[row].get(column)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        cell = "" if cell is None else shown(cell)
    label = " ".join(str(cell).split())
    if not label or not label.isprintable():
        problem = f"{table.place(row, column)} must be a printable name; got {shown(cell)}."
        raise refusal(table.file, "", f"{problem} Name the neighbourhood.")
    return label


def missing_rows(values: FloatArray) -> str:
    """Return words for the rows without a value, at most five of them."""
    rows = [str(row + 1) for row in np.flatnonzero(np.isnan(values))]
    return ("row " if len(rows) == 1 else "rows ") + listed(rows, 5)
