"""Tables of the report: as text for the page, and as CSV beside it."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coproduction.experiments.comparison import TABLES
from coproduction.experiments.pathways import mediation

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text; the first cell of a row is the row's heading.

    shape  "cards": on a phone each row becomes a card; "wide": it scrolls sideways there; "scroll": long, it
           scrolls within its own box everywhere; "plain": narrow enough as it is
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shape: str = "cards"
    numeric: bool = True


def csv_tables(comparison: "Comparison") -> "dict[str, pd.DataFrame]":
    """Every table that is written beside the page, by file name without ending."""
    tables = {name: getattr(comparison, name) for name in TABLES}
    mediated = mediation(comparison)
    return {
        **tables,
        **({} if mediated.empty else {"mediation": mediated}),
        "parameters": parameters_table(comparison),
        "assumptions": assumptions_table(comparison),
    }


def parameters_table(comparison: "Comparison") -> "pd.DataFrame":
    """Every parameter with its value in each policy; one row a parameter."""
    import pandas as pd

    from coproduction.simulation.parameters import as_tables, describe

    baseline = comparison.scenarios[0]
    values = as_tables(baseline.parameters)
    levers = {scenario.name: scenario.policy._asdict() for scenario in comparison.scenarios}
    rows: list[dict[str, Any]] = []
    for item in describe():
        row: dict[str, Any] = {
            "table": item.table, "key": item.key, "unit": item.unit, "low": item.low, "high": item.high,
            "role": item.role, "source": item.source, "is_assumption": item.is_assumption,
            "default": item.default,
        }  # fmt: skip
        for policy, chosen in levers.items():
            is_lever = item.table == "policing"
            row[policy] = chosen[item.key] if is_lever else values[item.table][item.key]
        rows.append(row)
    return pd.DataFrame(rows)


def assumptions_table(comparison: "Comparison") -> "pd.DataFrame":
    """What the city file had to assume; one row a margin."""
    import pandas as pd

    place = comparison.scenarios[0].city
    rows = [(item.margin, item.value, item.unit, item.reason) for item in place.assumptions]
    return pd.DataFrame(rows, columns=["margin", "value", "unit", "reason"])


def write_tables(tables: "dict[str, pd.DataFrame]", folder: Path) -> None:
    """Write each table as UTF-8 CSV with full precision; an interrupted write leaves no torn file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write_text(folder / f"{name}.csv", table.to_csv(index=False, lineterminator="\n"))


def write_text(path: Path, text: str) -> None:
    """Write a file so that at any moment it is either the old one or the whole new one."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def by_policy(titles: dict[str, str], rows: Iterable[Sequence[str]], caption: str, measure: str) -> Table:
    """A table with one column a policy, the baseline first; a row is its heading and a cell a policy."""
    return Table(caption, (measure, *titles.values()), tuple(tuple(row) for row in rows), shape="wide")
