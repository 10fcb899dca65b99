"""Constraints on a design, such as ``policy.foot + policy.sub_stations <= 1``: numbers, names, + - * /, comparisons."""

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.sweeps.dimensions import Floats
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters.declaration import unknown

ARITHMETIC: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
COMPARISONS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


@dataclass(frozen=True, slots=True)
class Constraint:
    """A condition that every point must meet.

    text   as it stands in the file
    names  the parameters that it speaks of, table.key
    """

    text: str
    names: tuple[str, ...]

    def holds(self, values: Mapping[str, Floats]) -> NDArray[np.bool_]:
        """Say of every point whether it is met, given a column of values for each name."""
        comparison = ast.parse(self.text, mode="eval").body
        if not isinstance(comparison, ast.Compare):
            raise TypeError(self.text)
        sides = [_value(side, values) for side in (comparison.left, *comparison.comparators)]
        held = [
            COMPARISONS[type(operation)](left, right)
            for operation, (left, right) in zip(comparison.ops, pairwise(sides), strict=True)
        ]
        return np.asarray(np.logical_and.reduce(held), dtype=np.bool_)


def read_constraint(source: str, text: object, varied: Sequence[str]) -> Constraint:
    """Return a checked constraint; raises ``DesignError`` where it is none, or names what the sweep does not vary."""
    where = f"{source}: [sweep] constraints"
    refused = DesignError(
        f"{where} must compare parameters by < <= > >=, with numbers and + - * /; got {text!r}. "
        'Write "policy.foot + policy.sub_stations <= 1".'
    )
    if not isinstance(text, str):
        raise refused
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError:
        raise refused from None
    if not isinstance(tree, ast.Compare) or any(type(operation) not in COMPARISONS for operation in tree.ops):
        raise refused
    names: list[str] = []
    for side in (tree.left, *tree.comparators):
        if not _is_sum(side, names):
            raise refused
    for name in names:
        if name not in varied:
            raise DesignError(
                f"{where}: {unknown(name, list(varied))} A constraint speaks of what is varied."
            )
    return Constraint(text, tuple(dict.fromkeys(names)))


def _is_sum(node: ast.expr, names: list[str]) -> bool:
    """Say whether an expression is made of numbers, names and + - * /; adds its names to the list."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int | float) and not isinstance(node.value, bool)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        names.append(f"{node.value.id}.{node.attr}")
        return True
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.USub) and _is_sum(node.operand, names)
    if isinstance(node, ast.BinOp):
        return type(node.op) in ARITHMETIC and _is_sum(node.left, names) and _is_sum(node.right, names)
    return False


def _value(node: ast.expr, values: Mapping[str, Floats]) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return values[f"{node.value.id}.{node.attr}"]
    if isinstance(node, ast.UnaryOp):
        return -_value(node.operand, values)
    if isinstance(node, ast.BinOp):
        return ARITHMETIC[type(node.op)](_value(node.left, values), _value(node.right, values))
    raise TypeError(ast.dump(node))
