"""Types of crime that a scenario file adds to the declared ones."""

from collections.abc import Mapping
from typing import Any

from coproduction.simulation.errors import ParameterError
from coproduction.simulation.parameters.crimes import CRIME_TYPES, CrimeType, check_crime
from coproduction.simulation.parameters.declaration import checked, unknown

ADDED = "crime"
"""Table of a scenario file under which further types stand: ``[crime.graffiti]``."""

LIKE = "like"
"""Key that names the declared type whose values an added one takes where it gives none of its own."""


def added_types(file: str, taken: list[str], tables: Mapping[str, Any]) -> tuple[CrimeType, ...]:
    """Return the types of crime that a file adds, in its order.

    taken   names of tables, which no type may bear
    tables  name of the type to its keys and values

    Raises
    ------
    ParameterError
        A name is taken, ``like`` is missing or unknown, or a value is not allowed.
    """
    return tuple(_added_type(file, taken, name, table) for name, table in tables.items())


def _added_type(file: str, taken: list[str], name: str, table: object) -> CrimeType:
    where = f"{ADDED}.{name}"
    if not isinstance(table, Mapping):
        raise ParameterError(
            f"{file}: [{ADDED}] {name} must be a table; got {table!r}. Write [{where}] on a line of its own."
        )
    if name in taken or not name.isidentifier():
        raise ParameterError(
            f"{file}: [{where}] a new type of crime must have a name of letters, digits and underscores that no table "
            f"bears; got {name}. Choose another name."
        )
    like = table.get(LIKE)
    if like is None:
        raise ParameterError(
            f"{file}: [{where}] {LIKE} is missing; it must name the type of crime that gives what is not given here. "
            f'Add it, for example {LIKE} = "{next(iter(CRIME_TYPES))}".'
        )
    if like not in CRIME_TYPES:
        raise ParameterError(f"{file}: [{where}] {LIKE}: {unknown(str(like), list(CRIME_TYPES))}")
    given = {key: value for key, value in table.items() if key != LIKE}
    crime = checked(file, where, CRIME_TYPES[like], given)._replace(name=name)
    check_crime(file, where, crime)
    return crime


def as_table(crime: CrimeType) -> dict[str, Any]:
    """Return a type of crime as its table in a scenario file, every value given."""
    values = {key: value for key, value in crime._asdict().items() if key != "name"}
    return values if crime.name in CRIME_TYPES else {LIKE: next(iter(CRIME_TYPES)), **values}
