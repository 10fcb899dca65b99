"""One thing that a sweep varies: its range and distribution, by default as the parameter is declared."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.sweeps.places import Place
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters.declaration import unknown

Floats = NDArray[np.float64]
Role = Literal["lever", "uncertainty"]
DISTRIBUTIONS: dict[str, tuple[str, ...]] = {
    "uniform": (),
    "log_uniform": (),
    "triangular": ("mode",),
    "normal": ("mean", "sd"),
    "whole": (),
    "values": (),
}
"""Distributions, and what each needs beside its range; a normal one is cut off at the ends of the range."""
KEYS = ("low", "high", "distribution", "mode", "mean", "sd", "values", "steps", "group")
STEPS = 5


@dataclass(frozen=True, slots=True)
class Dimension:
    """What is varied.

    name          table.key, as in a scenario file
    role          lever (somebody chooses it) or uncertainty (nobody knows it)
    low, high     smallest and largest value, in the declared unit
    distribution  one of ``DISTRIBUTIONS``
    shape         what the distribution needs beside its range, by name
    values        the only values that it takes, for "values"
    steps         values between low and high, both included, in a grid
    group         parameters that are looked at as one; its own name if it stands alone
    """

    name: str
    role: Role
    low: float
    high: float
    distribution: str = "uniform"
    shape: Mapping[str, float] = field(default_factory=dict)
    values: tuple[float, ...] = ()
    steps: int = STEPS
    group: str = ""

    def at(self, quantiles: Floats) -> Floats:
        """Return the values at quantiles, 0 to 1, in the same shape."""
        if self.distribution == "values":
            index = np.minimum((quantiles * len(self.values)).astype(np.int64), len(self.values) - 1)
            return np.asarray(self.values)[index]
        if self.distribution == "whole":
            n = self.high - self.low + 1
            return self.low + np.minimum(np.floor(quantiles * n), n - 1)
        return np.clip(self._continuous(quantiles), self.low, self.high)

    def _continuous(self, quantiles: Floats) -> Floats:
        width = self.high - self.low
        if self.distribution == "log_uniform":
            return np.exp(math.log(self.low) + quantiles * math.log(self.high / self.low))
        if self.distribution == "uniform":
            return self.low + quantiles * width
        from scipy import stats

        if self.distribution == "triangular":
            mode = (self.shape["mode"] - self.low) / width
            return np.asarray(stats.triang.ppf(quantiles, mode, loc=self.low, scale=width))
        mean, sd = self.shape["mean"], self.shape["sd"]
        ends = (self.low - mean) / sd, (self.high - mean) / sd
        return np.asarray(stats.truncnorm.ppf(quantiles, *ends, loc=mean, scale=sd))

    @property
    def grid(self) -> tuple[float, ...]:
        """The values that a full grid takes."""
        if self.distribution == "values":
            return self.values
        if self.distribution == "whole":
            return tuple(float(value) for value in np.arange(self.low, self.high + 1))
        if self.distribution == "log_uniform":
            return tuple(np.geomspace(self.low, self.high, self.steps).tolist())
        return tuple(np.linspace(self.low, self.high, self.steps).tolist())


def read_dimension(source: str, role: Role, name: str, place: Place, entry: object) -> Dimension:
    """Return what a design file says of one parameter: a list of values, or a table of ``KEYS``.

    An empty table takes the range that is declared.

    Raises
    ------
    DesignError
        A key is unknown, a value is no number, lies outside of what is declared, or does not fit the distribution.
    """
    where = f"{source}: [{'levers' if role == 'lever' else 'uncertainties'}] {name}"
    table = {"values": entry} if isinstance(entry, list) else entry
    if not isinstance(table, Mapping):
        raise DesignError(
            f"{where} must be a list of values or a table; got {entry!r}. Write {{}} for the declared range."
        )
    for key in table:
        if key not in KEYS:
            raise DesignError(f"{where}: {unknown(key, list(KEYS))}")
    if "values" in table:
        return _of_values(where, role, name, place, table)
    return _of_range(where, role, name, place, table)


def _of_values(where: str, role: Role, name: str, place: Place, table: Mapping[str, Any]) -> Dimension:
    given = table["values"]
    if not isinstance(given, list) or not given:
        raise DesignError(f"{where} values must be a list of numbers; got {given!r}. Write [0, 0.5, 1].")
    values = tuple(_number(f"{where} values", value, place) for value in given)
    if len(set(values)) < len(values):
        raise DesignError(f"{where} values must differ; got {given}. Leave out what stands there twice.")
    group = _group(where, name, table)
    return Dimension(name, role, min(values), max(values), "values", {}, values, len(values), group)


def _of_range(where: str, role: Role, name: str, place: Place, table: Mapping[str, Any]) -> Dimension:
    low = _number(f"{where} low", table.get("low", place.declared.low), place)
    high = _number(f"{where} high", table.get("high", place.declared.high), place)
    if low >= high:
        raise DesignError(f"{where} low must be below high; got {low:g} and {high:g}. Change one of them.")
    distribution = table.get("distribution", "uniform")
    if distribution not in DISTRIBUTIONS or distribution == "values":
        known = [name for name in DISTRIBUTIONS if name != "values"]
        raise DesignError(f"{where}: distribution {unknown(str(distribution), known)}")
    if distribution == "log_uniform" and low <= 0:
        raise DesignError(f"{where} low must be above 0 for log_uniform; got {low:g}. Raise it.")
    if distribution == "whole" and (low != int(low) or high != int(high)):
        raise DesignError(f"{where} low and high must be whole; got {low:g} and {high:g}. Round them.")
    shape = _shape(where, distribution, (low, high), table)
    steps = table.get("steps", STEPS)
    if isinstance(steps, bool) or not isinstance(steps, int) or not 2 <= steps <= 1000:
        raise DesignError(f"{where} steps must be a whole number, 2 to 1,000; got {steps!r}. Change it.")
    return Dimension(name, role, low, high, distribution, shape, (), steps, _group(where, name, table))


def _shape(
    where: str, distribution: str, ends: tuple[float, float], table: Mapping[str, Any]
) -> dict[str, float]:
    needed = DISTRIBUTIONS[distribution]
    for key in ("mode", "mean", "sd"):
        if (key in table) != (key in needed):
            verb = "is missing for" if key in needed else "says nothing for"
            raise DesignError(
                f"{where}: {key} {verb} {distribution}. {'Add' if key in needed else 'Remove'} it."
            )
    shape = {key: _plain_number(f"{where} {key}", table[key]) for key in needed}
    if "mode" in shape and not ends[0] <= shape["mode"] <= ends[1]:
        raise DesignError(f"{where} mode must lie between low and high; got {shape['mode']:g}. Move it.")
    if "sd" in shape and shape["sd"] <= 0:
        raise DesignError(f"{where} sd must be above 0; got {shape['sd']:g}. Raise it.")
    return shape


def _group(where: str, name: str, table: Mapping[str, Any]) -> str:
    group = table.get("group", name)
    if not isinstance(group, str) or not group:
        raise DesignError(f"{where} group must be a name; got {group!r}. Write a word in quotes.")
    return group


def _number(where: str, value: object, place: Place) -> float:
    number, declared = _plain_number(where, value), place.declared
    if not declared.low <= number <= declared.high:
        raise DesignError(
            f"{where} must be between {declared.low:g} and {declared.high:g} ({declared.unit}); got {number:g}. "
            f"Change it."
        )
    return number


def _plain_number(where: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise DesignError(f"{where} must be a number; got {value!r}. Change it.")
    return float(value)
