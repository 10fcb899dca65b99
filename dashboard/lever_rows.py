"""Levers, programmes and dysfunctions of one side as rows for the page, made from their declarations."""

from typing import TYPE_CHECKING, Any

from coproduction.dashboard.changes import (
    DYSFUNCTIONS,
    POLICING,
    PROGRAMMES,
    dysfunctions,
    levers,
    programmes_of,
)
from coproduction.simulation.rules.programmes import runs_at

if TYPE_CHECKING:
    from coproduction.dashboard.world import World
    from coproduction.simulation.parameters import Declaration

Row = dict[str, Any]


def lever_rows(world: "World") -> list[Row]:
    """Return the levers of the policy as they stand."""
    policing = world.view.policing
    return [_row(row, POLICING, getattr(policing, row.key)) for row in levers(world.scenario)]


def dysfunction_rows(world: "World") -> list[Row]:
    """Return the dysfunctions as they stand, 0 where there are none."""
    now = world.numbers.parameters.dysfunctions
    return [_row(row, DYSFUNCTIONS, getattr(now, row.key)) for row in dysfunctions()]


def programme_rows(world: "World") -> list[Row]:
    """Return the programmes, each with whether it runs in the watch that comes next."""
    portfolio, watch = world.numbers.programmes, world.watch
    return [
        {
            "table": PROGRAMMES,
            "key": programme.name,
            "title": programme.title,
            "told": programme.summary,
            "on": bool(runs_at(portfolio.start[place], portfolio.end[place], watch)),
        }
        for place, programme in enumerate(programmes_of(world.scenario))
    ]


def _row(row: "Declaration", table: str, value: float) -> Row:
    return {
        "table": table,
        "key": row.key,
        "title": row.key.replace("_", " ").capitalize(),
        "told": f"{row.unit}; {row.low:,g} to {row.high:,g}",
        "low": row.low,
        "high": row.high,
        "value": value,
    }
