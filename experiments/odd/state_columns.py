"""The state's columns as documented where they are declared: the comment beside each, ``meaning [unit]``."""

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from coproduction.simulation import state

KINDS = {"Floats": "float64", "Ints": "int32", "Counts": "int64", "Flags": "int8"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the state: name, type, meaning and unit; both empty where the comment says nothing."""

    name: str
    kind: str
    meaning: str
    unit: str


@dataclass(frozen=True, slots=True)
class Group:
    """One group of columns with what its docstring says, shapes among it."""

    name: str
    about: str
    columns: tuple[Column, ...]


def groups() -> tuple[Group, ...]:
    """Return every group of the state, in the order of :class:`coproduction.simulation.state.State`."""
    source = inspect.getsource(state)
    lines = source.splitlines()
    classes = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)}
    kinds = {field: kind.__name__ for field, kind in state.State.__annotations__.items()}
    return tuple(_group(field, classes[kind], lines) for field, kind in kinds.items())


def _group(field: str, node: ast.ClassDef, lines: list[str]) -> Group:
    return Group(field, " ".join((ast.get_docstring(node) or "").split()), tuple(_columns(node, lines)))


def _columns(node: ast.ClassDef, lines: list[str]) -> Iterator[Column]:
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            kind = ast.unparse(statement.annotation)
            meaning, unit = _said(lines[(statement.end_lineno or statement.lineno) - 1])
            yield Column(statement.target.id, KINDS.get(kind, kind), meaning, unit)


def _said(line: str) -> tuple[str, str]:
    """Return meaning and unit from the comment on a line, leaving out notes to the type checker."""
    comments = [part.strip() for part in line.split("#")[1:]]
    said = "; ".join(part for part in comments if part and not part.startswith("type:"))
    found = re.fullmatch(r"(.*?)\s*\[([^\]]+)\]", said)
    return (found[1], found[2]) if found else (said, "")
