"""Read a stored comparison back, to report on it without running it again."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coproduction.experiments.comparison import TABLES, Comparison
from coproduction.experiments.digest import FloatArray
from coproduction.experiments.manifest import FILE_NAME, read_manifest
from coproduction.experiments.precision import StoppingRule
from coproduction.experiments.replay import scenarios_of
from coproduction.simulation.errors import ManifestError

if TYPE_CHECKING:
    import pandas as pd

TEXTS = (
    *("policy", "outcome", "label", "unit", "better", "finding", "column", "name", "index"),
    *("payer", "item", "kind", "stage", "error", "traceback"),
)
"""Columns that hold text in every table that has them."""


def read_comparison(folder: str | Path) -> Comparison:
    """Read what `store.write_comparison` wrote; every number is the same, bit for bit.

    Raises
    ------
    ManifestError
        The folder holds no comparison, a table is missing or damaged, or its city has changed since.
    """
    place = Path(folder)
    manifest = read_manifest(place)
    if manifest["kind"] != "comparison":
        raise ManifestError(
            f"{place / FILE_NAME}: kind must be comparison; got {manifest['kind']}. Give the folder of a comparison."
        )
    scenarios = tuple(scenarios_of(manifest, str(place / FILE_NAME)))
    city = scenarios[0].city.city
    return Comparison(
        scenarios=scenarios,
        seeds=tuple(manifest["seeds"]),
        rule=StoppingRule(**manifest["rule"]),
        engine=manifest["engine"],
        stopped=manifest["stopped"],
        minutes=manifest["minutes"],
        cpu_seconds=manifest["cpu_seconds"],
        cells=_cells(_table(place / "cells.csv"), (city.rows, city.columns)),
        manifest=manifest,
        **{name: _table(place / f"{name}.csv") for name in TABLES},
    )


def _table(file: Path) -> "pd.DataFrame":
    import pandas as pd

    try:
        # Names may look like numbers ("12") or like nothing ("NA"), and are names all the same.
        table = pd.read_csv(
            file, encoding="utf-8", dtype=dict.fromkeys(TEXTS, str), keep_default_na=False, na_values=[""]
        )
        texts = [name for name in TEXTS if name in table.columns]
        return table.fillna(dict.fromkeys(texts, ""))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        message = (
            f"{file}: cannot be read as a table ({error}). Run the comparison again, or replay its manifest."
        )
        raise ManifestError(message) from error


def _cells(table: "pd.DataFrame", shape: tuple[int, int]) -> dict[str, dict[str, FloatArray]]:
    maps: dict[str, dict[str, FloatArray]] = {}
    for (policy, name), rows in table.groupby(["policy", "name"], sort=False):
        values = np.full(shape, np.nan)
        values[rows["row"].astype(int), rows["column"].astype(int)] = rows["value"].to_numpy(np.float64)
        maps.setdefault(str(policy), {})[str(name)] = values
    return maps
