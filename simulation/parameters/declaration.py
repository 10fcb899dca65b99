"""How a parameter is declared: once, beside its default, with unit, range, role and source.

A group is a ``NamedTuple`` of floats whose fields are annotated with :class:`Declared`, so that the very object
that kernels read carries the declaration from which files, tables, checks and sampling ranges are made.
"""

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args, get_type_hints

from coproduction.simulation.errors import ParameterError

Role = Literal["lever", "uncertain", "fixed"]
Pathway = Literal[
    "opportunity", "deterrence", "desistance", "removal", "detection", "contact", "justice", "victims", "offenders",
    "legitimacy", "cost",
]  # fmt: skip
PATHWAYS: tuple[Pathway, ...] = get_args(Pathway)
"""The ways from a lever to outcomes (Loeffler and Bovaird 2020); social causes of crime lie outside of all levers."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What is known of a parameter.

    unit    in words, time base included
    low     smallest value allowed, in that unit
    high    largest value allowed, in that unit
    source  where default and range come from; starts with ``assumption:`` where nothing was found
    moves   (outcome, sign): the outcome that moves when the parameter is raised, and which way; a parameter
            without one is fixed and says why in ``fixed``
    role    lever (a policy chooses it), uncertain (nobody knows it), fixed (a convention)
    fixed   reason why it is not varied
    pathway of a lever: the way by which it works, one of ``PATHWAYS``
    """

    unit: str
    low: float
    high: float
    source: str
    moves: tuple[str, int] | None = None
    role: Role = "uncertain"
    fixed: str = ""
    pathway: Pathway | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """One row of the parameter table: a :class:`Declared` with its place and default."""

    table: str
    key: str
    default: float
    unit: str
    low: float
    high: float
    role: Role
    source: str
    moves: tuple[str, int] | None
    fixed: str
    pathway: Pathway | None = None

    @property
    def is_assumption(self) -> bool:
        """True when no evidence was found for the value."""
        return self.source.startswith("assumption:")


def declared_fields(group: type) -> dict[str, Declared]:
    """Return field name to declaration, in the order of the fields."""
    hints = get_type_hints(group, include_extras=True)
    found = {key: [a for a in get_args(hint) if isinstance(a, Declared)] for key, hint in hints.items()}
    return {key: values[0] for key, values in found.items() if values}


def declarations(
    table: str,
    defaults: Any,
    sources: Mapping[str, str],
    moves: Mapping[str, tuple[str, int]] | None = None,
    fixed: Mapping[str, str] | None = None,
) -> list[Declaration]:
    """Return the rows of one table; ``{type}`` in the name of an outcome becomes the table's name.

    sources  the source of a key where defaults differ by table, in place of the declared one
    moves    the outcome of a key where it differs by table, likewise
    fixed    reason, by key, why it is not varied in this table though it is in others
    """
    rows = []
    for key, d in declared_fields(type(defaults)).items():
        source = sources.get(key, d.source)
        default = float(getattr(defaults, key))
        moved = (moves or {}).get(key, d.moves)
        if moved is not None:
            moved = moved[0].format(type=table), moved[1]
        row = Declaration(
            table, key, default, d.unit, d.low, d.high, d.role, source, moved, d.fixed, d.pathway
        )
        if fixed is not None and key in fixed:
            row = replace(row, moves=None, role="fixed", fixed=fixed[key])
        rows.append(row)
    return rows


def checked[G](file: str, table: str, defaults: G, given: Mapping[str, object]) -> G:
    """Return ``defaults`` with the given values in place.

    Raises
    ------
    ParameterError
        A key is unknown, a value is no number, or lies outside its declared range.
    """
    declared = declared_fields(type(defaults))
    values: dict[str, float] = {}
    for key, value in given.items():
        if key not in declared:
            raise ParameterError(f"{file}: [{table}] {unknown(key, declared)}")
        values[key] = _number(f"{file}: [{table}] {key}", value, declared[key])
    return defaults._replace(**values)  # type: ignore[attr-defined, no-any-return]


def unknown(given: str, known: Mapping[str, object] | list[str]) -> str:
    """Say that a key is not known, what is near it, or else what is allowed."""
    near = difflib.get_close_matches(given, list(known), n=1)
    advice = f"Did you mean {near[0]}?" if near else "Allowed: " + ", ".join(known) + "."
    return f"{given} is not a known key. {advice}"


SLIP = 4.0
"""How many ranges a value must lie outside of it to be taken for a slip of the decimal point, or for per cent."""


def _number(where: str, value: object, d: Declared) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ParameterError(
            f"{where} must be a number ({d.unit}) from {d.low:g} to {d.high:g}; got {value!r}."
        )
    if not (math.isfinite(value) and d.low <= value <= d.high):
        raise ParameterError(
            f"{where} must be between {d.low:g} and {d.high:g} ({d.unit}); got {value:g}.{_rescaled(value, d)}"
        )
    return float(value)


def _rescaled(value: float, d: Declared) -> str:
    """Suggest the slip of the decimal point that would bring the value into range, if there is one.

    Not for what lies just outside: that is no slip.
    """
    if d.low - SLIP * (d.high - d.low) <= value <= d.high + SLIP * (d.high - d.low):
        return ""
    for factor in (100.0, 10.0, 1000.0):
        for moved in (value / factor, value * factor):
            if math.isfinite(value) and value != 0.0 and d.low <= moved <= d.high:
                return f" Did you mean {moved:g}?"
    return ""
