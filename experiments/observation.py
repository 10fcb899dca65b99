"""A finished run as analysts look at it: the state, its scenario, and the measured part of the case files."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from coproduction.simulation.parameters import names_of
from coproduction.simulation.parameters.levers import VICTIM_SUPPORT
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.rules.recovery import remaining_harm
from coproduction.simulation.state import PANEL, WEEKLY, State

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Observation:
    """A finished run.

    state     after the last watch
    scenario  what was run
    """

    state: State
    scenario: "Scenario"

    @cached_property
    def all_cases(self) -> pd.DataFrame:
        """Every case file of the run, one row an offence, with the victim's and the target's neighbourhood."""
        cases, n = self.state.cases, int(self.state.cases.count[0])
        table = pd.DataFrame({name: getattr(cases, name)[:n] for name in cases._fields[2:]})
        names = pd.Index(names_of(self.scenario.parameters))
        table["type"] = pd.Categorical.from_codes(cases.crime[:n].tolist(), categories=names)
        table["recorded"] = table["delay"] >= 0
        table["reported"] = table["recorded"] & (table["discovered"] == 0)
        cell = self.state.cells.neighbourhood[table["cell"].to_numpy()]
        table["neighbourhood"] = cell
        victim = table["victim"].to_numpy()
        table["quintile"] = np.where(victim >= 0, self.state.residents.quintile[victim] + 1, 0)
        return table

    @cached_property
    def cases(self) -> pd.DataFrame:
        """Case files of the measured period."""
        measured = self.all_cases["watch"] >= self.scenario.burn_in_watches
        return self.all_cases[measured].reset_index(drop=True)

    @cached_property
    def harm_left(self) -> Floats:
        """Each resident's psychological harm from offences at the end of the run, shape (R,)."""
        residents, memory = self.state.residents, self.scenario.parameters.recovery.weeks * WATCHES_PER_WEEK
        left, harmed = np.zeros(len(residents.harm)), np.flatnonzero(residents.harm)
        waited = self.scenario.watches - residents.harm_seen[harmed]
        support = self.state.neighbourhoods.levers[residents.neighbourhood[harmed], VICTIM_SUPPORT]
        each = zip(residents.harm[harmed].tolist(), waited.tolist(), support.tolist(), strict=True)
        left[harmed] = [remaining_harm(harm, watches, memory, helped) for harm, watches, helped in each]
        return left

    @property
    def years(self) -> float:
        """Length of the measured period, years of 52 weeks."""
        return self.scenario.measured_weeks * WATCHES_PER_WEEK / WATCHES_PER_YEAR

    def per_1000(self, count: float) -> float:
        """Turn a count of the measured period into a rate per 1,000 residents a year."""
        return float(count) / self.scenario.residents * 1000.0 / self.years

    def per_head(self, usd: float) -> float:
        """Turn USD of the measured period into USD per resident a year."""
        return float(usd) / self.scenario.residents / self.years

    @cached_property
    def weekly(self) -> dict[str, float]:
        """Totals of the weekly counters in the measured period."""
        totals = self.state.books.weekly[self.scenario.burn_in_weeks :].sum(axis=0)
        return {name: float(total) for name, total in zip(WEEKLY, totals, strict=True)}

    @property
    def months(self) -> slice:
        """Months of four weeks that lie wholly in the measured period; the last of the run if none does."""
        first = -(-self.scenario.burn_in_watches // WATCHES_PER_MONTH)
        last = self.scenario.watches // WATCHES_PER_MONTH
        return slice(min(first, max(last - 1, 0)), max(last, 1))

    def monthly(self, column: str, *, by_quintile: bool = False) -> Floats:
        """Return a panel column summed over residents: shape (months, neighbourhoods) or (months, 5)."""
        books = self.state.books
        panel = books.by_quintile if by_quintile else books.by_neighbourhood
        return panel[:, :, PANEL.index(column)]

    @cached_property
    def quintile_sizes(self) -> Floats:
        """Residents by income quintile, shape (5,)."""
        return np.bincount(self.state.residents.quintile, minlength=5).astype(np.float64)

    def by_quintile(self, column: str) -> Floats:
        """Return the mean of a panel column per resident and quintile over the measured months, shape (5,)."""
        return self.monthly(column, by_quintile=True)[self.months].mean(axis=0) / self.quintile_sizes

    def mean_by_quintile(self, values: NDArray[Any]) -> Floats:
        """Return the mean by quintile, shape (5,), of what each resident has, shape (R,)."""
        return np.asarray(np.bincount(self.state.residents.quintile, values, 5) / self.quintile_sizes)

    def by_neighbourhood(self, column: str) -> Floats:
        """Return the mean of a panel column per resident over the measured months, shape (neighbourhoods,)."""
        size = np.maximum(self.state.neighbourhoods.residents, 1)
        return self.monthly(column)[self.months].mean(axis=0) / size

    @cached_property
    def quintile_mix(self) -> Floats:
        """Share of each neighbourhood's residents in each quintile, shape (neighbourhoods, 5)."""
        residents = self.state.residents
        mix = np.zeros((len(self.state.neighbourhoods.residents), 5))
        np.add.at(mix, (residents.neighbourhood, residents.quintile), 1.0)
        return mix / np.maximum(mix.sum(axis=1, keepdims=True), 1.0)

    def in_neighbourhoods(self, by_cell: NDArray[np.int64]) -> Floats:
        """Sum a map over each neighbourhood's cells, shape (neighbourhoods,)."""
        where = self.state.cells.neighbourhood
        inside = where >= 0
        n = len(self.state.neighbourhoods.residents)
        return np.bincount(where[inside], weights=by_cell[inside].astype(np.float64), minlength=n)

    def to_quintiles(self, by_neighbourhood: Floats) -> Floats:
        """Share a neighbourhood total out to quintiles by who lives there; per 1,000 residents a year, shape (5,)."""
        total = by_neighbourhood @ self.quintile_mix
        return total / self.quintile_sizes * 1000.0 / self.years
