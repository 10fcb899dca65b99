"""No dead state: each column of the state, disturbed in a running city, changes what comes after it.

Every column has a line in ``state_variables.toml``, which says how it is disturbed and what must follow: an outcome
that moves the way the rule's source says, a difference at least, or a page for people. A column that is written anew in
each watch is disturbed behind the phase that writes it, and must be without effect between watches.
"""

import ast
import dataclasses
import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from coproduction.experiments.digest import digest_of
from coproduction.experiments.measures import outcomes
from coproduction.experiments.observation import Observation
from coproduction.experiments.run import result_of, start
from coproduction.scenarios.scenario import Scenario, from_dict
from coproduction.simulation.engine import run_core
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.schedule import PHASES, due
from coproduction.simulation.state import ENCOUNTERS, ITEMS, PANEL, QUEUE, WEEKLY, State, copied, differences

ROOT = Path(__file__).parent.parent.parent
PLAN: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "state_variables.toml").read_text(encoding="utf-8")
)
COLUMNS = [f"{name}.{column}" for name, kind in State.__annotations__.items() for column in kind._fields]
ROWS = {f"{group}.{column}": row for group, rows in PLAN["state"].items() for column, row in rows.items()}
NAMED = {
    "usd": ITEMS,
    "weekly": WEEKLY,
    "queue": QUEUE,
    "by_neighbourhood": PANEL,
    "by_quintile": PANEL,
    "encounters": ENCOUNTERS,
}
SEEDS = (1, 2, 3)

MISSING = """has no line in tests/science/state_variables.toml. Add to its table [state.GROUP] one of
  COLUMN = { low = 0.1, high = 0.9, moves = "READING", sign = 1, why = "what the rule's docstring says" }
  COLUMN = { push = "reverse", why = "what goes by it" }   # an index or a list: it matters, either way
  COLUMN = { record = "the part of a result or the outcome that shows it" }  # written for people
with after = "PHASE" when a phase writes it anew in every watch. The head of the file says the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A column's line in the plan; the head of the file says what each key means."""

    low: float = 0.0
    high: float | None = None
    push: str = ""
    half: bool = False
    add: bool = False
    moves: str = ""
    sign: int = 0
    record: str = ""
    within: str = ""
    why: str = ""
    after: str = ""
    stage: str = "town"
    at: int = 124
    until: int = 190


def lines_with(key: str) -> list[str]:
    """Return the columns in whose line a key stands."""
    return [name for name in COLUMNS if key in ROWS.get(name, {})]


@functools.cache
def stage(name: str) -> Scenario:
    """Return a small city in which everything happens; what a stage does not say is as in the town."""
    town, own = PLAN["stages"]["town"], PLAN["stages"][name]
    tables = {key: {**town.get(key, {}), **own.get(key, {})} for key in town}
    return from_dict(tables, source=f"{name}.toml")


@functools.cache
def lived(name: str, seed: int, at: int) -> State:
    """Return a stage's city before a watch."""
    scenario = stage(name)
    return run_core(start(scenario, seed), scenario.numbers, seed, 0, at)


def column_of(state: State, name: str) -> NDArray[Any]:
    """Return a column by its name, ``group.column``."""
    group, column = name.split(".")
    array: NDArray[Any] = getattr(getattr(state, group), column)
    return array


def disturb(state: State, name: str, line: Line, value: float) -> None:
    """Disturb a column as its line says; value is the low or the high one."""
    array = column_of(state, name)
    chosen = in_first_half(state, name) if line.half else ...
    if line.push == "reverse":
        array[...] = array[..., ::-1].copy()
    elif line.add or line.push == "add":
        array[chosen] = array[chosen] + value
    else:
        array[chosen] = value


def in_first_half(state: State, name: str) -> Any:
    """Return which entries of a column belong to the first half of the neighbourhoods, of a column by place."""
    group, places = name.split(".", maxsplit=1)[0], len(state.neighbourhoods.residents)
    by_group: dict[str, NDArray[Any]] = {
        "neighbourhoods": np.arange(places),
        "cells": state.cells.neighbourhood,
        "residents": state.residents.neighbourhood,
        "offenders": state.residents.neighbourhood[state.offenders.resident],
        "cases": state.cells.neighbourhood[state.cases.cell],
        "programmes": np.arange(places),
    }
    where = by_group[group]
    return (..., (where >= 0) & (where < places // 2))


def reading(state: State, what: str, first: int) -> float:
    """Return what a line looks at, a number; the head of the plan says how it is written.

    first  row of the first case file opened since
    """
    *how, name = what.split()
    if "outcome" in how:
        return outcomes(Observation(state, stage("town")))[name]
    group, column, *part = name.split(".")
    values = column_of(state, f"{group}.{column}").astype(np.float64)
    for word in how:
        if word.startswith("bit"):
            values = (values.astype(np.int64) & int(word[3:])).astype(np.float64)
    if "half" in how:
        values = np.where(np.broadcast_to(in_first_half(state, name)[1], values.shape), values, 0.0)
    if values.shape == state.cases.watch.shape:
        values = values[0 if "all" in how else first : int(state.cases.count[0])]
    if part:
        values = values[..., NAMED[column].index(part[0])]
    return float(values.sum() / (max(values.size, 1) if "mean" in how else 1))


def aftermath(name: str, line: Line, seed: int, value: float | None) -> State:
    """Return the city at the end after a column was disturbed before a watch, or behind a phase of it.

    value  the low or the high one, None to leave the city alone
    """
    numbers, state = stage(line.stage).numbers, copied(lived(line.stage, seed, line.at))
    if value is not None and not line.after:
        disturb(state, name, line, value)
    elif value is not None:
        packed = pack_numbers(numbers)
        for phase in PHASES:
            if due(phase, line.at):
                phase.kernel(pack_state(state), packed, seed, line.at)
            if phase.name == line.after:
                disturb(state, name, line, value)
        return run_core(state, numbers, seed, line.at + 1, line.until)
    return run_core(state, numbers, seed, line.at, line.until)


def others(name: str, one: State, other: State) -> list[str]:
    """Return the columns in which two states differ, other than the one disturbed."""
    return [each for each in differences(one, other) if each != f"state.{name}"]


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_has_a_line(name: str) -> None:
    assert name in ROWS, f"{name} {MISSING}"
    line = Line(**ROWS[name])
    ways = [bool(way) for way in (line.moves, line.push, line.record, line.within)]
    assert sum(ways) == 1, f"{name}: a line says one of moves, push, record, within"
    assert line.why or line.record, f"{name}: say why"


def test_every_line_is_of_a_column() -> None:
    assert set(ROWS) <= set(COLUMNS)


@pytest.mark.parametrize("name", lines_with("moves"))
def test_column_moves_what_it_should_the_way_its_source_says(name: str) -> None:
    line, moved, changed = Line(**ROWS[name]), 0.0, set[str]()
    for seed in SEEDS:
        first = int(lived(line.stage, seed, line.at).cases.count[0])
        low, high = (aftermath(name, line, seed, value) for value in (line.low, line.high))
        changed |= set(others(name, low, high))
        moved += reading(high, line.moves, first) - reading(low, line.moves, first)
    assert changed != set(), "nothing else changes"
    assert moved * line.sign > 0.0, f"{line.moves} by {moved:+g} in all"


@pytest.mark.parametrize("name", lines_with("push"))
def test_column_matters(name: str) -> None:
    line = Line(**ROWS[name])
    changed = others(name, aftermath(name, line, 1, line.low), aftermath(name, line, 1, None))
    assert changed != []


@pytest.mark.parametrize("name", [*lines_with("after"), *lines_with("record"), *lines_with("within")])
def test_column_carries_nothing_from_one_watch_to_the_next(name: str) -> None:
    line = dataclasses.replace(Line(**ROWS[name]), push="", after="")
    value = 1.0 if line.high is None else line.high
    changed = others(name, aftermath(name, line, 1, value), aftermath(name, line, 1, None))
    assert changed == []


@pytest.mark.parametrize("name", lines_with("record"))
def test_record_is_shown_to_people(name: str) -> None:
    """In a table of the result that the line names, or in an outcome."""
    scenario, what = stage("town"), ROWS[name]["record"]
    state = lived("town", 1, scenario.watches)
    spoilt = copied(state)
    high = ROWS[name].get("high")
    column_of(spoilt, name)[...] = 1 + column_of(state, name)[..., ::-1] if high is None else high
    one, other = (result_of(scenario, 1, "core", each, 0.0) for each in (state, spoilt))
    if what in one.outcomes:
        assert one.outcomes[what] == one.outcomes[what] != other.outcomes[what]
    else:
        assert digest_of(getattr(one, what)) != digest_of(getattr(other, what))


@pytest.mark.parametrize("name", lines_with("within"))
def test_what_works_within_a_phase_is_read_there(name: str) -> None:
    """Its module takes values out of it, and does not only write them."""
    source, column = (ROOT / ROWS[name]["within"]).read_text(encoding="utf-8"), name.split(".")[1]
    read = [
        node
        for node in ast.walk(ast.parse(source))
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.ctx, ast.Load)
            and is_named(node.value, column)
        )
        or (isinstance(node, ast.Call) and any(is_named(each, column) for each in node.args))
        or (isinstance(node, ast.BinOp) and is_named(node.left, column))
    ]
    assert read != []


def is_named(node: ast.expr, column: str) -> bool:
    """Say whether an expression is an attribute of that name."""
    return isinstance(node, ast.Attribute) and node.attr == column
