"""Closed forms of offending: attempts, their rhythm, their types and places, and the share of time in custody.

Each runs the whole schedule, with the other mechanisms off.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.oracle_city import (
    WITHOUT_BOOST,
    WITHOUT_CAREERS,
    WITHOUT_CUSTODY,
    WITHOUT_GUARDIANS,
    WITHOUT_LEARNING,
    Tables,
    one_neighbourhood,
    unchanging,
    with_tables,
)
from coproduction.experiments.oracle_rows import STANDARD_ERRORS, Row, of_dispersion
from coproduction.simulation.city import FloatArray
from coproduction.simulation.engine import run_core
from coproduction.simulation.parameters import CRIME_NAMES, Parameters
from coproduction.simulation.parameters.crimes import HOUSEHOLD, PEOPLE
from coproduction.simulation.population import populate
from coproduction.simulation.population.offenders import attempts_per_watch
from coproduction.simulation.rules.calendar import WATCHES_PER_DAY, WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.rules.courts import custody_weeks_per_arrest
from coproduction.simulation.rules.justice import custody_share
from coproduction.simulation.state import ACTIVE, ATTEMPTS, Cases, State

SIDE, RESIDENTS = 20, 20_000
HIGH_RATES: Tables = {n: {"recorded_rate": 5000.0} for n in CRIME_NAMES}
DAYS_PER_YEAR = WATCHES_PER_YEAR // WATCHES_PER_DAY


@dataclass(frozen=True, slots=True)
class Year:
    """A year in which offenders meet neither guardians nor police, learn nothing and are never held."""

    parameters: Parameters
    rate: FloatArray
    state: State

    @property
    def cases(self) -> Cases:
        """The case files; every attempt became an offence."""
        return self.state.cases

    def probabilities(self) -> FloatArray:
        """Return the probability (3, O) of an attempt by time of day and offender, from the declared figures alone."""
        rhythm = WATCHES_PER_DAY * _mix(self.parameters).sum(axis=1)
        offending = self.parameters.offending
        deterred = math.exp(-offending.certainty_weight * offending.certainty)
        return 1.0 - np.exp(-rhythm[:, None] * self.rate * deterred)

    def expected_offences(self) -> FloatArray:
        """Return the offences (3, K) expected in the year by time of day and type."""
        mix = _mix(self.parameters)
        attempts = DAYS_PER_YEAR * self.probabilities().sum(axis=1)
        return attempts[:, None] * mix / mix.sum(axis=1, keepdims=True)

    def counted_offences(self) -> NDArray[np.int64]:
        """Return the offences (3, K) counted."""
        n = self.cases.count[0]
        counts = np.zeros((WATCHES_PER_DAY, len(self.parameters.crimes)), np.int64)
        np.add.at(counts, (self.cases.watch[:n] % WATCHES_PER_DAY, self.cases.crime[:n].astype(int)), 1)
        return counts


def _mix(p: Parameters) -> FloatArray:
    """Return the declared share (3, K) of each time of day and type among all offences; sums to 1."""
    level = np.array([c.recorded_rate / c.reported_share for c in p.crimes])
    night = np.array([c.night_share for c in p.crimes])
    day = np.array([c.day_share for c in p.crimes])
    mix = np.stack([night, day, 1.0 - night - day]) * level
    return np.asarray(mix / mix.sum())


def year_without_guardians(seed: int, boost: bool = False) -> Year:
    """Run such a year; with boost, offences attract further ones to their cell."""
    p = with_tables(
        WITHOUT_CAREERS,
        WITHOUT_GUARDIANS,
        WITHOUT_LEARNING,
        WITHOUT_CUSTODY,
        HIGH_RATES,
        {} if boost else WITHOUT_BOOST,
    )
    numbers = unchanging(p)
    state = populate(one_neighbourhood(SIDE, SIDE), RESIDENTS, numbers, seed, WATCHES_PER_YEAR)
    rate = np.where(state.offenders.career == ACTIVE, state.offenders.rate, 0.0)
    return Year(p, rate, run_core(state, numbers, seed, 0, WATCHES_PER_YEAR))


def attempts_row(year: Year) -> Row:
    """Compare the attempts of a year with the sum of 1 - exp(-rate) over offenders and watches."""
    p = year.probabilities()
    expected = float(DAYS_PER_YEAR * p.sum())
    error = math.sqrt(float(DAYS_PER_YEAR * (p * (1.0 - p)).sum()))
    measured = float(year.state.books.weekly[:, ATTEMPTS].sum())
    return Row("O:offending", "attempts in a year", expected, measured, STANDARD_ERRORS * error)


def mix_row(year: Year) -> Row:
    """Compare offences by time of day and type with the declared rhythm and mix."""
    expected, counted = year.expected_offences().ravel(), year.counted_offences().ravel()
    return of_dispersion("O:offending", "dispersion by time of day and type", expected, counted)


def places(year: Year) -> tuple[FloatArray, NDArray[np.int64]]:
    """Return offences (K, C) expected and counted: residents exposed times exp(-distance / decay), cut at the reach."""
    cells, decay = year.state.cells, year.parameters.offending.distance_decay
    row, column = np.divmod(np.arange(SIDE * SIDE), SIDE)
    down, right = np.abs(row[:, None] - row), np.abs(column[:, None] - column)
    pull = np.exp(-np.hypot(down, right) / decay) * (np.maximum(down, right) <= int(4.0 * decay) + 1)
    offences, probabilities = year.expected_offences(), year.probabilities()
    shape = len(year.parameters.crimes), SIDE * SIDE
    expected, counted = np.zeros(shape), np.zeros(shape, np.int64)
    for time in range(WATCHES_PER_DAY):
        by_home = np.bincount(year.state.offenders.home, weights=probabilities[time], minlength=SIDE * SIDE)
        for crime, kind in enumerate(year.parameters.crimes):
            weight = pull * (cells.present[time] if kind.exposure == PEOPLE else cells.homes)
            going = (
                np.eye(len(weight))
                if kind.exposure == HOUSEHOLD
                else weight / weight.sum(axis=1, keepdims=True)
            )
            expected[crime] += offences[time, crime] * (by_home / by_home.sum()) @ going
    n = year.cases.count[0]
    np.add.at(counted, (year.cases.crime[:n].astype(int), year.cases.cell[:n]), 1)
    return expected, counted


def places_row(year: Year, quantity: str) -> Row:
    """Compare offences per cell and type with Poisson counts of the declared rate."""
    expected, counted = places(year)
    return of_dispersion("O:short", quantity, expected.ravel(), counted.ravel())


def planned_attempts_row(seed: int = 1) -> Row:
    """Compare what all offenders but those held attempt together with what the declared recorded rates imply."""
    p = with_tables()
    state = populate(one_neighbourhood(SIDE, SIDE), RESIDENTS, unchanging(p), seed, 1)
    active = state.offenders.rate[state.offenders.career == ACTIVE]
    arrests = active * p.offending.success_share * _mean_clearance(p)
    an_arrest = custody_weeks_per_arrest(p) * WATCHES_PER_WEEK
    held = [custody_share(a, an_arrest) for a in arrests]
    planned = float((active * (1.0 - np.array(held))).sum())
    wanted = attempts_per_watch(p) * RESIDENTS
    return Row("O:offending", "planned attempts per watch", wanted, planned, 1e-9 * wanted)


def _mean_clearance(p: Parameters) -> float:
    """Return the declared share of offences that are reported and cleared."""
    true = [c.recorded_rate / c.reported_share for c in p.crimes]
    return sum(c.recorded_rate * c.clearance for c in p.crimes) / sum(true)


def offending_rows() -> list[Row]:
    """Return the rows of offending, and those of O:short in the awareness space."""
    year = year_without_guardians(seed=1)
    return [
        planned_attempts_row(),
        attempts_row(year),
        mix_row(year),
        places_row(year, "T7 in the awareness space: dispersion by cell and type"),
    ]
