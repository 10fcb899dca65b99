"""Where a value of a sweep goes in a scenario: its declaration, and a way to put it there in microseconds.

Values are checked once, at the ends of their range; putting a checked one in place must not cost what reading a
file does, since there may be a million.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as with_fields
from typing import TYPE_CHECKING, Any

from coproduction.simulation.errors import DesignError, ParameterError
from coproduction.simulation.parameters import GROUPS, Policing
from coproduction.simulation.parameters.declaration import Declared, declared_fields, unknown

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

LEVER_TABLES = ("policy", "policing")
KINDS = ("crimes", "sanctions", "channels")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one parameter stands.

    table     "policy", "policing", a group of parameters, or a kind of thing (crimes, sanctions, channels)
    row       of a kind of thing, None otherwise
    declared  what is known of the parameter
    """

    table: str
    row: int | None
    key: str
    declared: Declared


def place_of(source: str, scenario: "Scenario", name: str) -> Place:
    """Find the parameter that is called table.key in scenario files.

    Raises
    ------
    DesignError
        The name has no table.
    ParameterError
        There is no such table or key.
    """
    table, dot, key = name.partition(".")
    if not dot:
        raise DesignError(f"{source}: names must be of the form table.key; got {name}.")
    group, place, row = _group_of(source, scenario, table)
    declared = declared_fields(type(group))
    if key not in declared:
        raise ParameterError(f"{source}: [{table}] {unknown(key, declared)}")
    return Place(place, row, key, declared[key])


def _group_of(source: str, scenario: "Scenario", table: str) -> tuple[Any, str, int | None]:
    if table in LEVER_TABLES:
        return Policing(), table, None
    if table in GROUPS:
        return getattr(scenario.parameters, table), table, None
    rows = {
        row.name if kind == "crimes" else name: (row, kind, index)
        for kind in KINDS
        for index, (name, row) in enumerate(zip(_names(scenario, kind), _rows(scenario, kind), strict=True))
    }
    if table in rows:
        return rows[table]
    raise ParameterError(f"{source}: [{table}] {unknown(table, [*LEVER_TABLES, *GROUPS, *rows])}")


def _rows(scenario: "Scenario", kind: str) -> tuple[Any, ...]:
    return tuple(getattr(scenario.parameters, kind))


def _names(scenario: "Scenario", kind: str) -> tuple[str, ...]:
    from coproduction.simulation.parameters import CHANNEL_NAMES, SANCTION_NAMES, names_of

    return {"crimes": names_of(scenario.parameters), "sanctions": SANCTION_NAMES, "channels": CHANNEL_NAMES}[
        kind
    ]


def with_values(scenario: "Scenario", places: Sequence[Place], values: Sequence[float]) -> "Scenario":
    """Return the scenario with checked values in place; nothing is checked again."""
    levers: dict[str, dict[str, float]] = {}
    groups: dict[str, dict[str, float]] = {}
    rows: dict[str, dict[int, dict[str, float]]] = {}
    for place, value in zip(places, values, strict=True):
        if place.table in LEVER_TABLES:
            levers.setdefault(place.table, {})[place.key] = value
        elif place.row is None:
            groups.setdefault(place.table, {})[place.key] = value
        else:
            rows.setdefault(place.table, {}).setdefault(place.row, {})[place.key] = value
    changed: dict[str, Any] = {
        table: getattr(scenario, table)._replace(**keys) for table, keys in levers.items()
    }
    if groups or rows:
        changed["parameters"] = _parameters(scenario.parameters, groups, rows)
    return with_fields(scenario, **changed)


def _parameters(
    parameters: Any, groups: dict[str, dict[str, float]], rows: dict[str, dict[int, dict[str, float]]]
) -> Any:
    new = {table: getattr(parameters, table)._replace(**keys) for table, keys in groups.items()}
    for kind, changes in rows.items():
        listed = list(getattr(parameters, kind))
        for index, keys in changes.items():
            listed[index] = listed[index]._replace(**keys)
        new[kind] = tuple(listed)
    return parameters._replace(**new)
