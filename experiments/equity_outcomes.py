"""Indices of inequality read off one run: how crime is spread over neighbourhoods and income quintiles."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from coproduction.experiments.digest import FloatArray
from coproduction.experiments.equity import concentration_index, gini, poorest_to_richest, theil, worst_off

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.replication import RunRecord


def gini_of_crime(run: "RunRecord") -> float:
    """Give Gini's coefficient of true crime rates over neighbourhoods, weighted by residents."""
    return gini(*_crime_and_residents(run))


def theil_of_crime(run: "RunRecord") -> float:
    """Give Theil's T of true crime rates over neighbourhoods, weighted by residents."""
    return theil(*_crime_and_residents(run))


def concentration_of_crime_by_income(run: "RunRecord") -> float:
    """Give the concentration index of true crime over neighbourhoods by income; below 0: it falls on the poor."""
    crime, residents = _crime_and_residents(run)
    return concentration_index(crime, _lived_in(run)["income"].to_numpy(np.float64), residents)


def victimisation_poorest_to_richest(run: "RunRecord") -> float:
    """Give the victimisation rate of the poorest income quintile over that of the richest."""
    return poorest_to_richest(run.quintiles["victimisation"].to_numpy(np.float64))


def crime_of_worst_off_neighbourhood(run: "RunRecord") -> float:
    """Give the highest true crime rate of a neighbourhood, offences per 1,000 residents a year."""
    crime, _ = _crime_and_residents(run)
    return worst_off([str(name) for name in _lived_in(run).index], crime)[1]


EQUITY_INDICES: dict[str, "Callable[[RunRecord], float]"] = {
    index.__name__: index
    for index in (
        gini_of_crime,
        theil_of_crime,
        concentration_of_crime_by_income,
        victimisation_poorest_to_richest,
        crime_of_worst_off_neighbourhood,
    )
}
"""Name of an index to the function that reads it off one run."""


def _lived_in(run: "RunRecord") -> "pd.DataFrame":
    return run.neighbourhoods.loc[run.neighbourhoods["residents"] > 0]


def _crime_and_residents(run: "RunRecord") -> tuple[FloatArray, FloatArray]:
    table = _lived_in(run)
    return table["true_crime"].to_numpy(np.float64), table["residents"].to_numpy(np.float64)
