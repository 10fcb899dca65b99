"""Everything that can be set and everything that is measured, as text, Markdown or plain data."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coproduction.simulation.errors import DesignError
from coproduction.simulation.evidence import rests_on
from coproduction.simulation.outcomes import BY_NAME, OUTCOMES, Outcome
from coproduction.simulation.parameters import Declaration, describe
from coproduction.simulation.parameters.declaration import declarations, unknown
from coproduction.simulation.parameters.government import CityGovernment
from coproduction.simulation.parameters.levers import lever_declarations

WIDTH = 100
LEVERS = ("policing", "policy")
"""Tables of a scenario file that hold the levers: until the policy starts, and from its start."""
HEAD, MEASURED, PROGRAMME_LEVERS, GOVERNMENT = "scenario", "outcomes", "levers", "government"
DIRECTION = {1: "raises", -1: "lowers"}


@dataclass(frozen=True, slots=True)
class Schema:
    """What is shown of the schema: the head of a scenario file, parameters by table, outcomes."""

    head: tuple[dict[str, Any], ...]
    parameters: dict[str, tuple[Declaration, ...]]
    outcomes: tuple[Outcome, ...]

    @property
    def declarations(self) -> list[Declaration]:
        """Every parameter shown, table by table."""
        return [row for rows in self.parameters.values() for row in rows]


def schema(table: str | None = None) -> Schema:
    """Return the whole schema, or one table of it.

    table  of a scenario file (scenario, policing, policy, a group of parameters, a crime type), "levers"
           (of programmes), or "outcomes"; any other word finds what has it in its name or description

    Raises
    ------
    DesignError
        There is no such table, and nothing has the word.
    """
    tables: dict[str, list[Declaration]] = {}
    for row in [*describe(), *declarations(GOVERNMENT, CityGovernment(), {})]:
        tables.setdefault(row.table, []).append(row)
    if table == PROGRAMME_LEVERS:
        tables = {PROGRAMME_LEVERS: lever_declarations()}
    known = [HEAD, *tables, "policy", PROGRAMME_LEVERS, MEASURED]
    if table is not None and table not in known:
        return _about(table, tables, known)
    wanted = "policing" if table in LEVERS else table
    return Schema(
        head=_head() if table in {None, HEAD} else (),
        parameters={name: tuple(rows) for name, rows in tables.items() if wanted in {None, name}},
        outcomes=OUTCOMES if table in {None, MEASURED} else (),
    )


def _about(word: str, tables: dict[str, list[Declaration]], known: list[str]) -> Schema:
    """Return the parameters and outcomes whose name or description has a word; raises ``DesignError`` if none has."""
    sought = word.lower()
    rows = {
        name: tuple(row for row in found if sought in f"{row.table} {row.key} {row.unit}".lower())
        for name, found in tables.items()
    }
    measured = tuple(o for o in OUTCOMES if sought in f"{o.name} {o.label} {o.unit}".lower())
    if not measured and not any(rows.values()):
        raise DesignError(f"schema: table, or word in a description: {unknown(word, known)}")
    return Schema((), {name: found for name, found in rows.items() if found}, measured)


def _head() -> tuple[dict[str, Any], ...]:
    """Return the keys of the table [scenario]."""
    from coproduction.scenarios.scenario_schema import Head

    return tuple(
        {
            "key": key,
            "default": None if field.is_required() else field.default,
            "required": field.is_required(),
            "allowed": field.description,
        }
        for key, field in Head.model_fields.items()
    )


def as_data(shown: Schema) -> dict[str, Any]:
    """Return the schema as plain data for JSON."""
    return {
        "scenario": list(shown.head),
        "parameters": [_parameter_data(row) for row in shown.declarations],
        "outcomes": [
            {"name": o.name, "label": o.label, "unit": o.unit, "better": o.better, "main": o.main}
            for o in shown.outcomes
        ],
    }


def _parameter_data(row: Declaration) -> dict[str, Any]:
    moves = None if row.moves is None else {"outcome": row.moves[0], "sign": row.moves[1]}
    return {
        "table": row.table, "key": row.key, "default": row.default, "unit": row.unit, "low": row.low,
        "high": row.high, "role": row.role, "source": row.source, "is_assumption": row.is_assumption,
        "facts": rests_on(row.source),
        "moves": moves, "fixed_because": row.fixed or None,
    }  # fmt: skip


def as_text(shown: Schema) -> str:
    """Return the schema as text for a terminal, 100 characters wide."""
    parts = [_head_text(shown.head)] if shown.head else []
    parts += [_table_text(name, rows) for name, rows in shown.parameters.items()]
    parts += [_outcomes_text(shown.outcomes)] if shown.outcomes else []
    return "\n\n".join([*parts, *_count(shown)])


def _count(shown: Schema) -> list[str]:
    rows = shown.declarations
    if not rows:
        return []
    assumed = sum(row.is_assumption for row in rows)
    founded = sum(bool(rests_on(row.source)) for row in rows)
    fixed = sum(row.role == "fixed" for row in rows)
    rest = f"{assumed} rest on an assumption, {founded} on facts of simulation/evidence.csv"
    return [f"{len(rows)} parameters: {rest}; {fixed} are fixed by convention."]


def _head_text(head: Sequence[dict[str, Any]]) -> str:
    lines = [
        _wrap(
            f"{row['key']}{' (must be given)' if row['required'] else _default(row['default'])}: {row['allowed']}",
            2,
        )
        for row in head
    ]
    return "\n".join([f"[{HEAD}]", *lines])


def _default(value: Any) -> str:
    return "" if value is None else f" = {value!r}"


def _table_text(name: str, rows: Sequence[Declaration]) -> str:
    title = (
        "[policing] until the policy starts, [policy] from its start" if name == "policing" else f"[{name}]"
    )
    return "\n".join([title, *(_parameter_text(row) for row in rows)])


def _parameter_text(row: Declaration) -> str:
    lines = [
        f"  {row.key} = {row.default:g}   ({row.low:g} to {row.high:g}; {row.role})",
        _wrap(row.unit, 6),
        _wrap(f"source: {row.source}", 6),
        _wrap(movement(row), 6),
    ]
    return "\n".join(lines)


def movement(row: Declaration) -> str:
    """Say which outcome a parameter moves, and which way; or why it is fixed."""
    if row.moves is None:
        return (
            f"fixed: {row.fixed}"
            if row.fixed
            else "read where the city decides on a contract or on programmes"
        )
    outcome, sign = row.moves
    return f"a higher value {DIRECTION[sign]}: {BY_NAME[outcome].label.lower()}"


def _outcomes_text(outcomes: Sequence[Outcome]) -> str:
    lines = [
        _wrap(f"{o.name}: {o.label}, {o.unit}; {_better(o)}{'; main' if o.main else ''}", 2) for o in outcomes
    ]
    return "\n".join(
        ["Outcomes (a comparison replicates until the main ones are known as well as asked)", *lines]
    )


def _better(outcome: Outcome) -> str:
    return "neither way is better" if outcome.better == "neither" else f"{outcome.better} is better"


def _wrap(text: str, indent: int) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 4))


def as_markdown(shown: Schema) -> str:
    """Return the schema as Markdown tables."""
    parts = []
    if shown.head:
        rows = [[r["key"], "" if r["default"] is None else r["default"], r["allowed"]] for r in shown.head]
        parts.append(_markdown("`[scenario]`", ("key", "default", "allowed"), rows))
    titles = ("key", "default", "range", "unit", "role", "source", "effect")
    for name, declared in shown.parameters.items():
        rows = [
            [
                row.key,
                f"{row.default:g}",
                f"{row.low:g} to {row.high:g}",
                row.unit,
                row.role,
                row.source,
                movement(row),
            ]
            for row in declared
        ]
        parts.append(_markdown(f"`[{name}]`", titles, rows))
    if shown.outcomes:
        rows = [[o.name, o.label, o.unit, _better(o), "yes" if o.main else ""] for o in shown.outcomes]
        parts.append(_markdown("Outcomes", ("name", "label", "unit", "better", "main"), rows))
    return "\n\n".join([*parts, *_count(shown)])


def _markdown(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(
        [f"### {title}", "", *("| " + " | ".join(_cell(c) for c in line) + " |" for line in lines)]
    )


def _cell(value: Any) -> str:
    return str(value).replace("|", "\\|")
