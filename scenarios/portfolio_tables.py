"""The tables [programmes.NAME] and [pathways] of a scenario file, and what it is to cut a pathway."""

from collections.abc import Collection, Mapping
from typing import Any

from coproduction.scenarios.programmes import Programme, library
from coproduction.scenarios.programmes.programme import changed
from coproduction.simulation.errors import ScenarioFileError
from coproduction.simulation.parameters import Policing
from coproduction.simulation.parameters.declaration import (
    PATHWAYS,
    Pathway,
    checked,
    declared_fields,
    unknown,
)
from coproduction.simulation.parameters.government import CityGovernment
from coproduction.simulation.parameters.portfolio import MOST_PROGRAMMES


def read_programmes(source: str, tables: Mapping[str, Any]) -> tuple[Programme, ...]:
    """Return the programmes that a scenario names, as the library has them but for what the scenario says.

    Raises
    ------
    ScenarioFileError
        A programme or a key is unknown, a value out of range, or there are too many.
    """
    known = library()
    if len(tables) > MOST_PROGRAMMES:
        raise ScenarioFileError(
            f"{source}: [programmes] must be at most {MOST_PROGRAMMES}; got {len(tables)}. Leave some out."
        )
    found = []
    for name, table in tables.items():
        if name not in known:
            raise ScenarioFileError(f"{source}: [programmes.{name}] {unknown(name, known)}")
        if not isinstance(table, Mapping):
            raise ScenarioFileError(
                f"{source}: [programmes] {name} must be a table; got {table!r}. Write [programmes.{name}] on a line."
            )
        found.append(changed(source, known[name], table))
    return tuple(found)


def read_government(source: str, table: Mapping[str, Any]) -> CityGovernment:
    """Return what the city government is like; raises ``ParameterError``."""
    return checked(source, "government", CityGovernment(), table)


def read_pathways(source: str, table: Mapping[str, Any]) -> tuple[Pathway, ...]:
    """Return the pathways that a scenario cuts, those that it says ``false`` of; raises ``ScenarioFileError``."""
    for key, value in table.items():
        if key not in PATHWAYS:
            raise ScenarioFileError(f"{source}: [pathways] {unknown(key, list(PATHWAYS))}")
        if not isinstance(value, bool):
            raise ScenarioFileError(
                f"{source}: [pathways] {key} must be true or false; got {value!r}. Change it."
            )
    return tuple(pathway for pathway in PATHWAYS if not table.get(pathway, True))


def with_pathways_cut(before: Policing, after: Policing, cut: Collection[Pathway]) -> Policing:
    """Return the policy's arrangement with every lever of a cut pathway as it was before the policy."""
    kept = {key: getattr(before, key) for key, d in declared_fields(Policing).items() if d.pathway in cut}
    return after._replace(**kept)
