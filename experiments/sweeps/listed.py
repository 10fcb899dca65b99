"""Points that the user brings: [[points]] in the design file, or a CSV file with a column for each table.key."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from coproduction.experiments.sweeps.design_head import DesignHead
from coproduction.experiments.sweeps.dimensions import Dimension, Floats, read_dimension
from coproduction.experiments.sweeps.places import LEVER_TABLES, place_of
from coproduction.experiments.sweeps.plan import Points
from coproduction.simulation.errors import DesignError

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario


def listed_points(
    source: str, head: DesignHead, scenario: "Scenario", tables: Mapping[str, Any], folder: Path | None
) -> tuple[Points, Points, int]:
    """Return no levers, the points as futures, and how many were left out: none.

    Raises
    ------
    DesignError
        There are none, they do not name the same parameters, or a value is no number.
    """
    for table in ("levers", "uncertainties"):
        if table in tables:
            raise DesignError(f"{source}: [{table}] says nothing for the design list. Remove it.")
    rows = _from_csv(source, head.points, folder) if head.points else _from_tables(source, tables)
    names = tuple(rows[0])
    for number, row in enumerate(rows, 1):
        if tuple(row) != names:
            raise DesignError(
                f"{source}: points must all name the same parameters in the same order; point {number} names "
                f"{', '.join(row)}, the first {', '.join(names)}. Change one of them."
            )
    values = np.array([list(row.values()) for row in rows], dtype=np.float64)
    dimensions = tuple(
        _dimension(source, scenario, name, values[:, column]) for column, name in enumerate(names)
    )
    return Points((), np.zeros((1, 0))), Points(dimensions, values), 0


def _dimension(source: str, scenario: "Scenario", name: str, column: Floats) -> Dimension:
    role = "lever" if name.split(".", maxsplit=1)[0] in LEVER_TABLES else "uncertainty"
    different = sorted(set(column.tolist()))
    return read_dimension(source, role, name, place_of(source, scenario, name), different)  # type: ignore[arg-type]


def _from_tables(source: str, tables: Mapping[str, Any]) -> list[dict[str, float]]:
    listed = tables.get("points")
    if not isinstance(listed, list) or not listed or not all(isinstance(row, Mapping) for row in listed):
        raise DesignError(
            f"{source}: the design list needs points. Write [[points]] and under it policy.boards = 0.5, "
            "or name a CSV file in [sweep] points."
        )
    return [_flat(source, row) for row in listed]


def _flat(source: str, row: Mapping[str, Any]) -> dict[str, float]:
    flat: dict[str, float] = {}
    for table, keys in row.items():
        if not isinstance(keys, Mapping):
            raise DesignError(f"{source}: [[points]] names must be of the form table.key; got {table}.")
        flat |= {f"{table}.{key}": _number(source, f"{table}.{key}", value) for key, value in keys.items()}
    return flat


def _from_csv(source: str, name: str, folder: Path | None) -> list[dict[str, float]]:
    near = Path(name) if folder is None else folder / name
    file = near if near.exists() else Path(name)
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            read: Sequence[dict[str, str | None]] = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DesignError(
            f"{source}: [sweep] points cannot be read ({error}). Give a CSV file in UTF-8."
        ) from error
    if not read:
        raise DesignError(f"{file.name}: must have a row for each point; got none. Add some.")
    return [{key: _number(file.name, key, _parsed(value)) for key, value in row.items()} for row in read]


def _parsed(text: str | None) -> object:
    try:
        return float(text or "")
    except ValueError:
        return text


def _number(source: str, name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DesignError(f"{source}: {name} must be a number; got {value!r}. Change it.")
    return float(value)
