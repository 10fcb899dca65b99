"""Every decision that luck enters: whose it is, where it is drawn, and which rule decides, read from the sources."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import coproduction.simulation
from coproduction.simulation.decisions import Decision

CORE = Path(str(coproduction.simulation.__file__)).parent
PLUMBING = ("uniform", "pick", "around", "line_up")
"""Rules that draw, or turn a draw into a place in a list, and decide nothing."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One decision.

    whose    entity that the draw belongs to, and what tells several draws of one watch apart
    what     what is decided
    where    module and function of the core that draw it
    decides  rules, or the number that the draw is held against
    """

    decision: Decision
    whose: str
    what: str
    where: tuple[str, ...]
    decides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A function of the core that draws a decision."""

    module: str
    function: ast.FunctionDef
    call: ast.Call


def decisions() -> tuple[Drawn, ...]:
    """Return every decision in the order of its number."""
    said = _comments()
    rules = frozenset(rule_names())
    places = list(_places())
    table = []
    for decision in Decision:
        found = [(place, name) for place, name in places if name == decision.name]
        where = tuple(dict.fromkeys(f"{p.module}.{p.function.name}" for p, _ in found))
        decides = tuple(dict.fromkeys(d for place, _ in found for d in _deciding(place, rules)))
        table.append(Drawn(decision, *said[decision.name], where, decides))
    return tuple(table)


def _comments() -> dict[str, tuple[str, str]]:
    """Return by name what the comment beside a decision says: whose, what."""
    text = (CORE / "decisions.py").read_text(encoding="utf-8")
    found = re.findall(r"^    ([A-Z_]+) = \d+  # ([^:\n]+): ?(.+)$", text, re.MULTILINE)
    return {name: (whose.strip(), what.strip()) for name, whose, what in found}


@cache
def _sources() -> dict[str, ast.Module]:
    files = (file for file in sorted(CORE.rglob("*.py")) if file.stem != "__init__")
    return {
        ".".join(file.relative_to(CORE).with_suffix("").parts): ast.parse(file.read_text("utf-8"))
        for file in files
    }


def rule_names() -> list[str]:
    """Return the names of all rules that return something to decide by."""
    found = (node for _, node in rule_functions() if node.returns and ast.unparse(node.returns) != "None")
    return [node.name for node in found if node.name not in PLUMBING]


def rule_functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield module and definition of every rule, module by module."""
    for module, tree in _sources().items():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and any(
                ast.unparse(d) == "rule" for d in node.decorator_list
            ):
                yield module, node


def _places() -> Iterator[tuple[_Place, str]]:
    for module, tree in _sources().items():
        for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                for argument in call.args:
                    if isinstance(argument, ast.Attribute) and ast.unparse(argument.value) == "Decision":
                        yield _Place(module, function, call), argument.attr


def _deciding(place: _Place, rules: frozenset[str]) -> list[str]:
    """Return the rules that a draw goes into or is held against, else what it is compared with, else what takes it."""
    uses = _statements_with(place.function, place.call)
    name = _assigned_to(uses[0])
    if name:
        uses = _statements_using(place.function, uses[0], name)
    heads = [_head(statement) for statement in uses]
    compared = [side for head in heads for side in _other_sides(head, place.call, name)]
    called = _called(heads, rules) or _called(_values_of(compared, place.function), rules)
    return called or [ast.unparse(side) for side in compared] or _called(heads, None)


def _statements_using(function: ast.FunctionDef, assigned: ast.stmt, name: str) -> list[ast.stmt]:
    """Return the statements that read a variable between one assignment to it and the next."""
    later = [s for s in _statements(function) if s.lineno > assigned.lineno]
    ends = [s.lineno for s in later if isinstance(s, ast.Assign) and ast.unparse(s.targets[0]) == name]
    ends += [s.lineno for s in later if _assigned_to(s) == name]
    end = min(ends, default=(function.end_lineno or 0) + 1)
    return [s for s in later if s.lineno < end and name in _names(_head(s))]


def _statements(function: ast.FunctionDef) -> list[ast.stmt]:
    return [node for node in ast.walk(function) if isinstance(node, ast.stmt) and node is not function]


def _statements_with(function: ast.FunctionDef, call: ast.Call) -> list[ast.stmt]:
    return [s for s in _statements(function) if any(node is call for node in ast.walk(_head(s)))]


def _head(statement: ast.stmt) -> ast.AST:
    """Return what a statement itself evaluates, without the block under it."""
    if isinstance(statement, ast.If | ast.While):
        return statement.test
    return statement.iter if isinstance(statement, ast.For) else statement


def _assigned_to(statement: ast.stmt) -> str:
    """Return the variable that a bare draw is kept in, if it is; of draws in a row, the row."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        call = statement.value
        return ast.unparse(call.args[0]).split("[")[0] if ast.unparse(call.func) == "draw_rows" else ""
    if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
        target = statement.targets[0]
        if ast.unparse(statement.value.func) == "uniform" and isinstance(target, ast.Name):
            return target.id
    return ""


def _names(node: ast.AST) -> set[str]:
    """Return the variables, and columns of groups, that some code names."""
    return {ast.unparse(child) for child in ast.walk(node) if isinstance(child, ast.Name | ast.Attribute)}


def _called(nodes: Iterable[ast.AST], wanted: frozenset[str] | None) -> list[str]:
    """Return the functions called in some code, those wanted or, if None, all but the draw itself."""
    calls = [
        ast.unparse(call.func) for node in nodes for call in ast.walk(node) if isinstance(call, ast.Call)
    ]
    return list(dict.fromkeys(name for name in calls if (name in wanted if wanted else name != "uniform")))


def _other_sides(node: ast.AST, call: ast.Call, name: str) -> Iterator[ast.expr]:
    """Yield what a draw, or the variable that it is kept in, is compared with."""
    for compare in (child for child in ast.walk(node) if isinstance(child, ast.Compare)):
        drawn = any(child is call for child in ast.walk(compare.left)) or (
            name and name in _names(compare.left)
        )
        if drawn:
            yield compare.comparators[0]


def _values_of(compared: list[ast.expr], function: ast.FunctionDef) -> list[ast.AST]:
    """Return the compared expressions and whatever was assigned to the names and columns in them."""
    wanted = {ast.unparse(side) for side in compared}
    assigned = [
        s.value
        for s in _statements(function)
        if isinstance(s, ast.Assign) and ast.unparse(s.targets[0]) in wanted
    ]
    return [*compared, *assigned]
