"""Where terms and rules come from, read from their declarations: written once, there."""

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from coproduction.simulation.parameters import Parameters, describe
from coproduction.simulation.parameters.declaration import declared_fields
from coproduction.simulation.parameters.government import Adoption
from coproduction.simulation.parameters.levers import lever_declarations


@cache
def _declared() -> Mapping[tuple[str, str], str]:
    rows = [*describe(), *lever_declarations()]
    found = {(row.table, row.key): row.source for row in rows}
    return found | {("adoption", key): d.source for key, d in declared_fields(Adoption).items()}


def source_of(table: str, key: str) -> str:
    """Return the parameter with its source, or only its name where a scenario has added it."""
    source = _declared().get((table, key), "")
    return f"{table}.{key}: {source}" if source else f"{table}.{key}"


def theory_of(rule: Callable[..., Any]) -> str:
    """Return what a rule's docstring says but for its arguments, after the first line of its module's."""
    kept = [(inspect.getdoc(inspect.getmodule(rule)) or "").split("\n")[0]]
    for block in (inspect.getdoc(rule) or "").split("\n\n"):
        lines = block.splitlines()
        if not any("  " in line.strip() for line in lines):  # a list of arguments
            kept.append(" ".join(lines))
    return " ".join(kept)


def crime_named(parameters: Parameters, crime: int) -> str:
    """Return a type of crime in words."""
    return str(parameters.crimes[crime].name.replace("_", " "))
