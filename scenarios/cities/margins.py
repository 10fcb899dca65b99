"""The margins of a neighbourhood table: those a column can give, and what must be declared when none does."""

from collections.abc import Set
from dataclasses import dataclass

EVERYWHERE = "the same in every neighbourhood"
EQUAL_SHARES = "equal shares"
LIKE_HOUSEHOLDS = "in proportion to households"
CENTROIDS = "nearest centroid"
BLOCKS = "square blocks in the order of the table"
NOT_TO_SCALE = "not to scale"


@dataclass(frozen=True, slots=True)
class Margin:
    """A margin that can be declared as an assumption.

    unit      unit of the value, as the city file must state it
    low, high range of a number; None when the value is one of ``choices``
    default   what an import declares unless told otherwise; None when an import has no defensible value
    gap       what the table lacks, as an import writes it down
    basis     where the default comes from, or what follows from it
    """

    name: str
    unit: str
    default: float | str | None
    gap: str
    basis: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What the value may be, in words."""
        if self.choices:
            return " or ".join(f'"{choice}"' for choice in self.choices)
        return f"a number from {self.low:g} to {self.high:,.10g} {self.unit}"

    def allows(self, value: float | str) -> bool:
        """Return whether the value may stand for the margin."""
        if isinstance(value, str) or self.low is None or self.high is None:
            return value in self.choices
        return self.low <= value <= self.high


def uniform(name: str, unit: str, gap: str) -> Margin:
    """Return a margin for which no column exists: no difference between neighbourhoods can be put in."""
    return Margin(name, unit, EVERYWHERE, gap, choices=(EVERYWHERE,))


MARGINS: dict[str, Margin] = {
    margin.name: margin
    for margin in (
        Margin(
            "population",
            "share of the city's residents",
            EQUAL_SHARES,
            "The table has no residents by neighbourhood.",
            choices=(EQUAL_SHARES, LIKE_HOUSEHOLDS),
        ),
        Margin(
            "household_size",
            "persons a household",
            2.5,
            "The table does not give both residents and households.",
            "About the mean of the United States since 2000.",
            low=1,
            high=12,
        ),
        Margin(
            "income",
            "thousand USD a year",
            None,
            "The table has no income; with one income everywhere, gaps between neighbourhoods mean nothing.",
            low=0.1,
            high=1_000,
        ),
        Margin(
            "housing_value",
            "years of household income",
            2.7,
            "The table has no housing value.",
            "The ratio of mean housing value to mean income in Columbus, Ohio, 1980 (Anselin 1988).",
            low=0.1,
            high=50,
        ),
        uniform(
            "income_spread",
            "ratio to the neighbourhood's mean",
            "The table has mean incomes only; how widely households spread around them is a parameter of the model, "
            "income_spread of [population], not of the city.",
        ),
        uniform("ages", "share of residents", "The table has no ages; residents are not told apart by age."),
        uniform(
            "sex", "share of residents", "The table does not tell the sexes apart, and neither does the city."
        ),
        uniform(
            "tenure",
            "share of households",
            "The table does not tell owners from tenants, and neither does the city.",
        ),
        uniform(
            "education",
            "share of residents",
            "The table has no education; residents are not told apart by it.",
        ),
        uniform(
            "group",
            "share of residents",
            "The table has no ethnic or other group, so segregation by group cannot be studied in this city.",
        ),
        uniform(
            "land_use",
            "share of cells",
            "The table has no shops, workplaces or places of leisure; cells differ by their homes only.",
        ),
        Margin(
            "layout",
            "outline of a neighbourhood",
            None,
            "The table has no outlines, so where neighbourhoods touch is made up.",
            choices=(CENTROIDS, BLOCKS),
        ),
        Margin(
            "cell_metres",
            "metres",
            100.0,
            "The coordinates are not to scale, so this is no measurement and no distance may be quoted in metres.",
            "A nominal street block, the size of cell that the model is written for.",
            low=1,
            high=10_000,
        ),
        Margin(
            "cells",
            "cells in the city",
            1_000.0,
            "How finely the city is cut is a choice.",
            "20,000 residents at 20 a cell, and no fewer than four cells a neighbourhood.",
            low=1,
            high=1_000_000,
        ),
    )
}


def missing_margins(roles: Set[str], *, outlines: bool, coordinates: str) -> tuple[str, ...]:
    """Return the margins that must be declared as assumptions, in the order of ``MARGINS``.

    roles        the roles for which the table has a column
    outlines     whether polygons are given
    coordinates  ``degrees``, ``metres`` or ``not to scale``
    """
    given = {
        "population": "population" in roles,
        "household_size": {"population", "households"} <= roles,
        "income": "income" in roles,
        "housing_value": "housing_value" in roles,
        "layout": outlines,
        "cell_metres": coordinates != NOT_TO_SCALE,
    }
    return tuple(name for name in MARGINS if not given.get(name, False))


def expected_choice(name: str, roles: Set[str]) -> str | None:
    """Return the words that the columns of the table make true for this margin, None when there is a choice."""
    if name == "population":
        return LIKE_HOUSEHOLDS if "households" in roles else EQUAL_SHARES
    if name == "layout":
        return CENTROIDS if {"x", "y"} <= roles else BLOCKS
    return None
