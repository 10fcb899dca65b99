"""The facts that the model is built on or held against: one row an empirical fact, in ``evidence.csv``.

A fact's ``use`` is ``input`` (a parameter may be set to it), ``target`` (nothing is set to it; the finished model is
held against it) or ``sign-only check`` (only its direction can be relied on). Its ``status`` says how well it was seen:
``published`` (stated in a publication that was read), ``abstract only`` (number seen in an abstract or a summary),
``unverified`` (cited from memory), ``derived`` (arithmetic on other facts).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from coproduction.simulation.errors import DesignError

FILE_NAME = "evidence.csv"
DERIVED_FROM = "derived from "
Use = Literal["input", "target", "sign-only check"]
Status = Literal["published", "abstract only", "unverified", "derived"]
USES: tuple[Use, ...] = ("input", "target", "sign-only check")
STATUSES: tuple[Status, ...] = ("published", "abstract only", "unverified", "derived")


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the table.

    value, low, high  in ``unit``, None where the source gives none; effects are relative to what was untreated
    direction         of the relation that the fact states: increase, decrease, none, mixed, or level for a level
    pathway           P1 opportunity, P2 deterrence, P3 desistance, P4 removal, P5 detection, P6 fear, P7 justice,
                      P9 trust and legitimacy, P11 offenders, COST, EQ equity, CE collective efficacy, SC social
                      capital, DRV drivers of participation, DYS dysfunctions, ECO crime's own regularities
    """

    id: str
    statement: str
    quantity: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    direction: str
    use: str
    status: str
    source: str
    pathway: str

    @property
    def number(self) -> str:
        """The value with its band and unit as text; empty for a fact without one."""
        if self.value is None:
            return ""
        ends = [f"{end:g}" for end in (self.low, self.high) if end is not None]
        band = f" ({' to '.join(ends)})" if len(ends) == 2 else ""
        return f"{self.value:g}{band} {self.unit}".rstrip()


@cache
def evidence() -> Mapping[str, Fact]:
    """Return every fact by its id, in the order of the table; read once."""
    text = resources.files("coproduction.simulation").joinpath(FILE_NAME).read_text(encoding="utf-8")
    return {row["id"]: _fact(row) for row in csv.DictReader(text.splitlines())}


def _fact(row: Mapping[str, str]) -> Fact:
    value, low, high = (float(row[key]) if row[key] else None for key in ("value", "low", "high"))
    words = {key: text for key, text in row.items() if key not in {"value", "low", "high"}}
    return Fact(value=value, low=low, high=high, **words)


def fact(identity: str, *used: str) -> str:
    """Return the source of a parameter that is set by a fact: id, publication, quantity, number, how well it was seen.

    used  what of the fact is used, or what was added to it, in words

    Raises
    ------
    DesignError
        The table has no such fact.
    """
    found = _known(identity)
    number = f" {found.number}" if found.number else ""
    return "; ".join([f"{found.id} ({found.status}): {found.source}: {found.quantity}{number}", *used])


def derived(from_facts: tuple[str, ...], *steps: str) -> str:
    """Return the source of a parameter that is worked out from facts, with the steps in words.

    Raises
    ------
    DesignError
        The table has no such fact.
    """
    names = ", ".join(_known(identity).id for identity in from_facts)
    return "; ".join([f"{DERIVED_FROM}{names}", *steps])


def rests_on(source: str) -> tuple[str, ...]:
    """Return the identities of the facts that a source was made from, none for an assumption or a definition."""
    head = source.partition(";")[0]
    if head.startswith(DERIVED_FROM):
        return tuple(head.removeprefix(DERIVED_FROM).split(", "))
    first = head.partition(" ")[0]
    return (first,) if first in evidence() else ()


def _known(identity: str) -> Fact:
    if identity not in evidence():
        raise DesignError(
            f"{FILE_NAME}: id must be one of the table's; got {identity}. Add the fact, or mend the id."
        )
    return evidence()[identity]
