"""O:reporting. Recorded crime is true crime thinned by the victim, and by witnesses who decide independently.

With p for the victim, q for each of k witnesses who saw the offence, P(reported) = 1 - (1 - p)(1 - q)^k. The production
phase decides prepared case files, and then a whole city's.
"""

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.oracle_city import (
    EVERYBODY_AT_HOME,
    WITHOUT_CUSTODY,
    WITHOUT_GUARDIANS,
    WITHOUT_WATCHING,
    Tables,
    at_limits,
    one_neighbourhood,
    unchanging,
    with_offenders,
    with_tables,
    without_day_places,
)
from coproduction.experiments.oracle_rows import STANDARD_ERRORS, Row, of_share
from coproduction.simulation.engine import run_core
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import CRIME_NAMES, Parameters
from coproduction.simulation.parameters.crimes import PEOPLE
from coproduction.simulation.phases.reporting import report
from coproduction.simulation.population import populate
from coproduction.simulation.population.empty import empty_cases
from coproduction.simulation.rules.calendar import WATCHES_PER_YEAR
from coproduction.simulation.rules.intervention import HELPED, WORSENED
from coproduction.simulation.state import NOBODY, Cases, State

ORACLE = "O:reporting"
INTERVENTION = "O:intervention"
MOST_LOOKS = 8
OFFENDERS, WATCHES = 400, 50
LIVING = 50
"""Residents of each of the prepared cells; the scene is the first, victims and offenders live in the second."""

HABITS = tuple(
    {"victim_reporting": victim, "visibility": visibility}
    for visibility in (0.3, 0.0)
    for victim in (0.1, 0.35, 0.6, 0.9)
)
"""By crime type, unlike enough that no type can pass for another."""


def only_victims_and_witnesses(
    victim: float, witness: float, looks: int, visibility: float = 1.0
) -> Parameters:
    """Return parameters under which nothing but p, q and k decides whether an offence is reported."""
    crimes: Tables = {n: {"victim_reporting": victim, "visibility": visibility} for n in CRIME_NAMES}
    habits: Tables = {
        "reporting": {
            "trust_weight": 0.0,
            "silence_weight": 0.0,
            "witness": witness,
            "looks": float(looks),
            "volunteer": 0.0,
        },
        "patrol": {"discovery": 0.0},
    }
    return with_tables(EVERYBODY_AT_HOME, WITHOUT_WATCHING, crimes, habits)


def predicted_share(victim: float, witness: float, looks: int) -> float:
    """Return P(reported) = 1 - (1 - p)(1 - q)^k."""
    return 1.0 - (1.0 - victim) * (1.0 - witness) ** looks


def prepared_city(parameters: Parameters, seed: int) -> State:
    """Return two cells of ``LIVING`` residents, with offenders in the second and a case file for each watch of each.

    All offences happen in the first cell to a resident of the second, so that all who are looked at are bystanders.
    """
    state = populate(one_neighbourhood(1, 2), 2 * LIVING, unchanging(parameters), seed, 1)
    home = np.repeat(np.arange(2, dtype=np.int32), LIVING)
    state.cells.living_start[:] = 0, LIVING, 2 * LIVING
    state = with_offenders(state._replace(residents=state.residents._replace(home=home)), OFFENDERS, 0.0)
    state.offenders.resident[:] = LIVING + np.arange(OFFENDERS) % LIVING
    return without_day_places(state._replace(cases=prepared_cases()))


def prepared_cases() -> Cases:
    """Return a new case file for each offender and watch, before anybody has decided to report."""
    n = OFFENDERS * WATCHES
    cases = empty_cases(n)
    cases.count[0] = n
    cases.watch[:], cases.offender[:] = np.divmod(np.arange(n), OFFENDERS)
    cases.crime[:] = np.arange(n) % len(CRIME_NAMES)
    cases.victim[:] = LIVING + np.arange(n) % LIVING
    cases.delay[:] = NOBODY
    cases.witness[:], cases.channel[:], cases.intervener[:] = NOBODY, NOBODY, NOBODY
    return cases


def decided(victim: float, witness: float, looks: int, seed: int, *, bold: float = 0.0) -> Cases:
    """Return the prepared case files after the production phase has decided them.

    bold  probability that a bystander who sees an offence steps in, whoever it is
    """
    alike = {"usual": bold, "self_efficacy_weight": 0.0, "efficacy_weight": 0.0, "fear_weight": 0.0}
    parameters = at_limits(only_victims_and_witnesses(victim, witness, looks), {"intervention": alike})
    state = prepared_city(parameters, seed)
    report(pack_state(state), pack_numbers(unchanging(parameters)), seed, 0)
    return state.cases


def witness_row(victim: float, witness: float, looks: int, seed: int = 1) -> Row:
    """Compare the share of prepared cases that are reported with the closed form."""
    reported = decided(victim, witness, looks, seed).delay != NOBODY
    quantity = f"share reported, p = {victim:g}, q = {witness:g}, k = {looks}"
    return of_share(
        ORACLE, quantity, predicted_share(victim, witness, looks), (int(reported.sum()), len(reported))
    )


def intervention_rows(bold: float = 0.3) -> list[Row]:
    """Compare how often one of k bystanders steps in with 1 - (1 - q)^k, and how that ends with what is declared.

    Of offences that all of a cell's guardianship bears on, where somebody is met.
    """
    p, rows = Parameters(), []
    open_to_all = [k for k, c in enumerate(p.crimes) if c.exposure == PEOPLE and c.guardable == 1.0]
    for looks in (0, 1, 3, MOST_LOOKS):
        cases = decided(0.47, 0.25, looks, 21 + looks, bold=bold)
        seen = np.isin(cases.crime, open_to_all)
        stepped = seen & (cases.intervener != NOBODY)
        quantity = f"share with a bystander who steps in, q = {bold:g}, k = {looks}"
        counts = int(stepped.sum()), int(seen.sum())
        rows.append(of_share(INTERVENTION, quantity, 1.0 - (1.0 - bold) ** looks, counts))
    for name, ending, share in (
        ("helped", HELPED, p.intervention.helps),
        ("harmed", WORSENED, p.intervention.worsens),
    ):
        counts = int((cases.intervention[stepped] == ending).sum()), int(stepped.sum())
        rows.append(of_share(INTERVENTION, f"share of interventions that {name}", share, counts))
    return rows


def year_of_crime(looks: int, living: int, seed: int) -> tuple[Cases, Parameters]:
    """Return a year's case files of a whole city with that many residents in each cell, and what it was run with."""
    rates: Tables = {n: {"recorded_rate": 5000.0, **h} for n, h in zip(CRIME_NAMES, HABITS, strict=True)}
    fixed: Tables = {
        "reporting": {
            "trust_weight": 0.0,
            "silence_weight": 0.0,
            "witness": 0.3,
            "looks": float(looks),
            "volunteer": 0.0,
        },
        "patrol": {"discovery": 0.0},
    }
    p = with_tables(EVERYBODY_AT_HOME, WITHOUT_WATCHING, WITHOUT_GUARDIANS, WITHOUT_CUSTODY, rates, fixed)
    city, numbers = one_neighbourhood(2, 5), unchanging(p)
    state = without_day_places(populate(city, living * city.n_cells, numbers, seed, WATCHES_PER_YEAR))
    return run_core(state, numbers, seed, 0, WATCHES_PER_YEAR).cases, p


def recorded_by_type(seed: int = 1, looks: int = 3, living: int = 2000) -> list[Row]:
    """Compare recorded with true crime, type by type, in a city that runs the whole schedule for a year.

    With so many residents in a cell the victim or the offender is seldom among those looked at; the tolerance allows
    for all of those times.
    """
    cases, p = year_of_crime(looks, living, seed)
    return [_recorded_row(cases, p, crime, 2.0 * looks / living) for crime in range(len(CRIME_NAMES))]


def _recorded_row(cases: Cases, p: Parameters, crime: int, missed: float) -> Row:
    """Compare recorded offences of a type with reporting rate times true offences; missed is a share of witnesses."""
    of_type = cases.crime[: cases.count[0]] == crime
    reported = of_type & (cases.delay[: cases.count[0]] != NOBODY)
    declared, looks = p.crimes[crime], int(p.reporting.looks)
    share = predicted_share(declared.victim_reporting, declared.visibility * p.reporting.witness, looks)
    true, recorded = int(of_type.sum()), int(reported.sum())
    tolerance = STANDARD_ERRORS * float(np.sqrt(true * share * (1.0 - share))) + true * missed
    quantity = f"recorded {CRIME_NAMES[crime]} of {true} offences in a year"
    return Row(ORACLE, quantity, true * share, float(recorded), tolerance)


def independence_of_reporters(seed: int = 1) -> NDArray[np.int64]:
    """Return a table (2, 2) of prepared cases by victim's and by witnesses' decision."""
    cases = decided(0.47, 0.25, 3, seed)
    table = np.zeros((2, 2), np.int64)
    np.add.at(table, (cases.victim_reported.astype(int), (cases.witness_reports > 0).astype(int)), 1)
    return table


def reporting_rows() -> list[Row]:
    """Return the rows of O:reporting and O:intervention."""
    return (
        [witness_row(0.47, 0.25, k, seed=1 + k) for k in range(MOST_LOOKS + 1)]
        + recorded_by_type()
        + intervention_rows()
    )
