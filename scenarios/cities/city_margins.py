"""From the columns of a table and the declared assumptions to the margins that the model uses."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from coproduction.scenarios.cities.city_file import Assumption
from coproduction.scenarios.cities.messages import listed, refusal
from coproduction.scenarios.cities.schema import CityDocument
from coproduction.scenarios.cities.tables import Table, missing_rows, numbers
from coproduction.simulation.city import FloatArray

NAMES_IN_A_NOTE = 8
LIKELY_INCOME = (1.0, 1_000.0)
"""Thousand USD a year; a city's median outside this range is in another unit."""


@dataclass(frozen=True, slots=True)
class NeighbourhoodMargins:
    """One value a neighbourhood, in table order, shape (n,) each; see ``City`` for the units."""

    population_share: FloatArray
    income: FloatArray
    housing_value: FloatArray
    household_size: float
    notes: tuple[str, ...]


class MarginReader:
    """Reads the margins of one table.

    file         name of the city file, for messages
    names        one label a row
    assumptions  what stands in for the columns that the table does not have
    """

    def __init__(
        self, file: str, document: CityDocument, table: Table, assumptions: Mapping[str, Assumption]
    ) -> None:
        self.file = file
        self.document = document
        self.roles = document.columns.roles
        self.table = table
        self.assumptions = assumptions

    def read(self, names: tuple[str, ...]) -> NeighbourhoodMargins:
        """Return all margins; ``names`` is one label a row."""
        residents = self.residents()
        empty = residents == 0
        income, notes = self.money("income", self.document.units.income, empty, names)
        check_income(self.file, income[~empty], self.document.units.income)
        housing_value, more_notes = self.housing_value(income, empty, names)
        return NeighbourhoodMargins(
            population_share=residents / residents.sum(),
            income=income,
            housing_value=housing_value,
            household_size=self.household_size(),
            notes=(*note_empty(names, empty), *notes, *more_notes),
        )

    def residents(self) -> FloatArray:
        """Return what the residents are in proportion to; at least one neighbourhood has some."""
        role = "population" if "population" in self.roles else "households"
        if role not in self.roles:
            return np.ones(len(self.table.rows))
        residents = self.complete(role)
        if not residents.sum() > 0:
            problem = (
                f"column {self.roles[role]} must have residents in at least one row; got none in the city."
            )
            raise refusal(self.table.file, "", f"{problem} Give the {role} of each neighbourhood.")
        return residents

    def complete(self, role: str) -> FloatArray:
        """Return the column of a role; refuse empty cells."""
        values = numbers(self.table, self.roles[role])
        self.refuse_missing(role, values)
        return values

    def refuse_missing(self, role: str, values: FloatArray) -> None:
        """Refuse values that are nan."""
        if np.isnan(values).any():
            problem = f"column {self.roles[role]} must have a value in every row; got none in {missing_rows(values)}."
            raise refusal(self.table.file, "", f"{problem} Fill it in or leave the row out.")

    def household_size(self) -> float:
        """Return persons a household, from the table or as assumed."""
        if not {"population", "households"} <= self.roles.keys():
            return float(self.assumptions["household_size"].value)
        households = self.complete("households").sum()
        size = float(self.complete("population").sum() / households) if households else 0.0
        if not 1 <= size <= 12:
            problem = (
                f"columns {self.roles['population']} and {self.roles['households']} must give 1 to 12 persons"
            )
            raise refusal(self.table.file, "", f"{problem} a household; got {size:.2f}. Check both columns.")
        return size

    def money(
        self, role: str, unit: str, empty: np.ndarray, names: tuple[str, ...]
    ) -> tuple[FloatArray, tuple[str, ...]]:
        """Return a money column in thousand USD, and notes; it may be empty or 0 only where nobody lives.

        empty  shape (n,), True where nobody lives; such a row gets the median of the others
        """
        if role not in self.roles:
            return np.full(len(names), float(self.assumptions[role].value)), ()
        values = numbers(self.table, self.roles[role]) / (1_000.0 if unit == "USD" else 1.0)
        unknown = np.isnan(values) | (values == 0)
        self.refuse_missing(role, np.where(empty, 0.0, values))
        if (unknown & ~empty).any():
            row = int(np.flatnonzero(unknown & ~empty)[0])
            problem = f"{self.table.place(row, self.roles[role])} must be above 0 where people live; got 0."
            raise refusal(self.table.file, "", f"{problem} Correct the value.")
        if not unknown.any():
            return values, ()
        values[unknown] = np.median(values[~unknown])
        names_filled = listed([names[row] for row in np.flatnonzero(unknown)], NAMES_IN_A_NOTE)
        label = role.replace("_", " ")
        return values, (
            f"No {label} where nobody lives ({names_filled}); the city's median stands in, without effect.",
        )

    def housing_value(
        self, income: FloatArray, empty: np.ndarray, names: tuple[str, ...]
    ) -> tuple[FloatArray, tuple[str, ...]]:
        """Return housing values in thousand USD from the table, or as assumed years of income; and notes."""
        if "housing_value" not in self.roles:
            return income * float(self.assumptions["housing_value"].value), ()
        return self.money("housing_value", self.document.units.housing_value, empty, names)

    def observed(self) -> tuple[FloatArray | None, tuple[str, ...]]:
        """Return the column to check the model against, nan where it is empty; and notes."""
        if "observed" not in self.roles:
            return None, ()
        values = numbers(self.table, self.roles["observed"])
        if not np.isnan(values).any():
            return values, ()
        return values, (f"The observed column has no value in {missing_rows(values)}.",)


def check_income(file: str, income: FloatArray, unit: str) -> None:
    """Refuse incomes that are in another unit than the city file says."""
    median = float(np.median(income))
    low, high = LIKELY_INCOME
    if not low <= median <= high:
        given = median * (1_000.0 if unit == "USD" else 1.0)
        other = "thousand USD" if unit == "USD" else "USD"
        problem = f"income must be the unit of the column, with a median of {low:g} to {high:,g} thousand USD a year;"
        raise refusal(file, "units", f'{problem} got a median of {given:,g} {unit}. Did you mean "{other}"?')


def note_empty(names: tuple[str, ...], empty: np.ndarray) -> tuple[str, ...]:
    """Return one line on the neighbourhoods without residents, none when there are none."""
    without = [names[row] for row in np.flatnonzero(empty)]
    if not without:
        return ()
    if len(without) == 1:
        return (f"Neighbourhood {without[0]} has no residents; kept as non-residential.",)
    return (
        f"{len(without)} neighbourhoods have no residents; kept as non-residential: {', '.join(without)}.",
    )
