"""Cities made for analytic checks: one neighbourhood, all mechanisms off but those that a closed form is about."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from coproduction.simulation.city import City, FloatArray
from coproduction.simulation.parameters import CRIME_NAMES, Numbers, Parameters, Policing, build
from coproduction.simulation.population.empty import empty_calls
from coproduction.simulation.state import ACTIVE, NOBODY, Offenders, State

NEVER = 1 << 40
"""A watch that no run reaches."""

Tables = Mapping[str, Mapping[str, float]]

WITHOUT_GUARDIANS: Tables = {
    "guardianship": {"eyes": 0.0, "patrol": 0.0, "volunteer": 0.0},
    "protection": {"locks_effect": 0.0, "technology_effect": 0.0},
}
WITHOUT_CAREERS: Tables = {
    "careers": {
        "entry": 0.0, "desistance": 0.0, "specialisation": 0.0, "day_anchor": 0.0, "leisure_anchor": 0.0,
        "target_anchor": 0.0, "peer_learning": 0.0, "release_factor": 1.0,
    }
}  # fmt: skip
WITHOUT_LEARNING: Tables = {"offending": {"certainty_gain": 0.0}}
WITHOUT_CUSTODY: Tables = {"justice": {"charge": 0.0}}
CALL_TABLES = ("general_calls", "mental_health_calls", "family_calls", "nuisance_calls", "suspicion_calls")
WITHOUT_CALLS: Tables = {name: {"calls": 0.0} for name in CALL_TABLES}
WITHOUT_CRIME: Tables = {name: {"recorded_rate": 0.0} for name in CRIME_NAMES}
WITHOUT_BOOST: Tables = {name: {"boost": 0.0} for name in CRIME_NAMES}
WITHOUT_WATCHING: Tables = {"protection": {"watching_effect": 0.0}}
WITHOUT_TURNOVER: Tables = {"volunteering": {"joining": 0.0, "leaving": 0.0, "unsupported_leaving": 0.0}}
EVERYBODY_AT_HOME: Tables = {
    "presence": {"home_night": 1.0, "home_day": 1.0, "home_working": 1.0, "home_evening": 1.0}
}


def together(*parts: Tables) -> dict[str, dict[str, float]]:
    """Return the tables of all parts; a later part overrides an earlier one key by key."""
    tables: dict[str, dict[str, float]] = {}
    for part in parts:
        for table, values in part.items():
            tables.setdefault(table, {}).update(values)
    return tables


def with_tables(*parts: Tables) -> Parameters:
    """Return the defaults with tables in place, checked as a scenario file is."""
    return build("analytic check", together(*parts))


def at_limits(parameters: Parameters, tables: Tables) -> Parameters:
    """Return parameters set to limits of a rule, such as certainty, that their declared ranges leave out."""
    groups = {t: getattr(parameters, t)._replace(**v) for t, v in tables.items() if t not in CRIME_NAMES}
    crimes = tuple(c._replace(**dict[str, Any](tables.get(c.name, {}))) for c in parameters.crimes)
    return parameters._replace(**groups, crimes=crimes)


def unchanging(parameters: Parameters, policing: Policing | None = None) -> Numbers:
    """Return numbers of a city whose policing never changes."""
    arrangement = Policing() if policing is None else policing
    return Numbers(parameters, arrangement, arrangement, NEVER, 0)


def one_neighbourhood(rows: int, columns: int) -> City:
    """Return a city of equal cells."""
    everywhere = np.zeros(rows * columns, np.int64)
    return City(
        name="analytic check", rows=rows, columns=columns, neighbourhood=everywhere, names=("all",),
        population_share=np.ones(1), income=np.array([20.0]), housing_value=np.array([50.0]), household_size=2.75,
        cell_metres=100.0, distances_in_metres=False,
    )  # fmt: skip


def with_offenders(state: State, count: int, rate: float | FloatArray) -> State:
    """Return the state with free offenders at the first residents' homes.

    rate  attempts per average watch, of all or of each, shape (count,)
    """
    who = np.arange(count, dtype=np.int32) % len(state.residents.home)
    empty = (np.zeros((count, *column.shape[1:]), column.dtype) for column in state.offenders)
    offenders = Offenders(*empty)
    offenders.resident[:], offenders.home[:] = who, state.residents.home[who]
    offenders.rate[:], offenders.certainty[:] = rate, state.offenders.certainty[0]
    for nobody in (offenders.position, offenders.last_target, offenders.peers, offenders.released):
        nobody[:] = NOBODY
    offenders.career[:] = ACTIVE
    offenders.leisure[:] = offenders.home
    room = len(state.calls.second) + 2 * count
    return state._replace(offenders=offenders, calls=empty_calls(room, int(state.calls.most[0])))


def without_day_places(state: State) -> State:
    """Let nobody be listed as coming to a cell by day, and return the state: those around are those who live there.

    In place: a state that lies otherwise in memory is another type, for which kernels would be compiled anew.
    """
    state.cells.coming_start[:] = 0
    return state
