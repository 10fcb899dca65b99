"""What one run gives: outcomes, tables, maps, case files, ledger, manifest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """One run of one scenario on one seed; everything but ``series`` speaks of the measured period.

    outcomes        name to value, as ``simulation.outcomes`` declares them; nan where nothing happened to measure
    series          a row a week of the whole run: true_crime, recorded_crime, cleared (per 1,000 residents a year),
                    fear, trust (mean, as of the last month's end), volunteers_per_1000,
                    public_cost_per_head (USD a year)
    neighbourhoods  a row a neighbourhood: residents, households, counts by type, rates per 1,000 residents a year
    quintiles       a row an income quintile, 1 poorest to 5 richest
    cells           maps (rows, columns): offences, patrol, volunteers (counts); nan outside the city
    cases           the case files, one row an offence
    ledger          payer, item, usd, hours
    cpu_seconds     of the run itself
    """

    scenario: "Scenario"
    seed: int
    engine: str
    cpu_seconds: float
    outcomes: dict[str, float]
    series: "pd.DataFrame"
    neighbourhoods: "pd.DataFrame"
    quintiles: "pd.DataFrame"
    cells: Mapping[str, NDArray[np.float64]]
    cases: "pd.DataFrame"
    ledger: "pd.DataFrame"
    manifest: dict[str, Any]
