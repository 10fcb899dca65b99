"""The edge of a scenario file: its head is checked by pydantic, its parameters by their own declarations."""

import difflib
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coproduction.simulation.errors import ScenarioFileError
from coproduction.simulation.parameters import GROUPS
from coproduction.simulation.parameters.declaration import unknown
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK

TABLES = ("scenario", "policing", "policy", "programmes", "pathways", "government", "parameters")


class Head(BaseModel):
    """The table [scenario]."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    name: Annotated[str, Field(min_length=1, max_length=60, description="a short name, 1 to 60 characters")]
    title: Annotated[str, Field(max_length=200, description="a title for people, up to 200 characters")] = ""
    city: Annotated[str, Field(min_length=1, description="a packaged city or the path of a city file")] = (
        "columbus"
    )
    residents: Annotated[
        int, Field(ge=20, le=10_000_000, description="a whole number of residents, 20 to 10,000,000")
    ] = 20_000
    residents_per_cell: Annotated[
        int, Field(ge=1, le=1000, description="whole persons per cell, 1 to 1,000")
    ] = 20
    burn_in_weeks: Annotated[int, Field(ge=0, le=1040, description="whole weeks, 0 to 1,040")] = 26
    measured_weeks: Annotated[int, Field(ge=4, le=1040, description="whole weeks, 4 to 1,040")] = 52
    policy_start_watch: Annotated[
        int | None,
        Field(
            ge=0,
            description="a watch of 8 hours since the start, 21 a week; the end of the burn-in if absent",
        ),
    ] = None

    @property
    def start_watch(self) -> int:
        """Watch in which the policy starts."""
        if self.policy_start_watch is None:
            return self.burn_in_weeks * WATCHES_PER_WEEK
        return self.policy_start_watch


def read_head(source: str, table: object) -> Head:
    """Return the checked table [scenario]; raises ``ScenarioFileError`` with one sentence on the first mistake."""
    if not isinstance(table, Mapping):
        raise ScenarioFileError(
            f"{source}: [scenario] must be a table; got {table!r}. Write [scenario] on a line."
        )
    try:
        return Head(**table)
    except ValidationError as error:
        raise ScenarioFileError(first_mistake(source, "scenario", Head, error)) from error


def first_mistake(source: str, table: str, model: type[BaseModel], error: ValidationError) -> str:
    """Return the first mistake that pydantic found in a table as one sentence in the project's shape."""
    first = error.errors()[0]
    key = str(first["loc"][0])
    known: dict[str, Any] = dict(model.model_fields)
    if first["type"] == "extra_forbidden":
        return f"{source}: [{table}] {unknown(key, known)}"
    allowed = model.model_fields[key].description
    if first["type"] == "missing":
        return f"{source}: [{table}] {key} is missing; it must be {allowed}. Add it."
    return f"{source}: [{table}] {key} must be {allowed}; got {first['input']!r}. Change it."


def check_tables(source: str, tables: Mapping[str, Any]) -> None:
    """Refuse whatever is not a table of a scenario."""
    for name, table in tables.items():
        if name not in TABLES:
            raise ScenarioFileError(f"{source}: [{name}] {unknown(name, list(TABLES))}")
        if not isinstance(table, Mapping):
            raise ScenarioFileError(
                f"{source}: {name} must be a table; got {table!r}. Write [{name}] on a line."
            )
    for name, table in tables.get("parameters", {}).items():
        near = difflib.get_close_matches(name, [*TABLES, *GROUPS], n=1)
        if near and near[0] in TABLES and name not in GROUPS:
            raise ScenarioFileError(f"{source}: [{name}] is not a known table. Did you mean [{near[0]}]?")
        if not isinstance(table, Mapping):
            raise ScenarioFileError(
                f"{source}: {name} must stand under a table such as [scenario]; got {table!r} outside of any."
            )
