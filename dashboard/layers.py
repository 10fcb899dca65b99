"""What the map can be coloured by: each layer a value per cell, with its unit and a scale that never changes.

A scale that moved with the week or the policy would make two pictures differ where the cities do not.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coproduction.dashboard.city_view import CityView
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.rules.targets import guardianship_terms

Floats = NDArray[np.float64]
Levels = NDArray[np.uint8]

WEEKS_SHOWN = 12
"""Weeks that crime on the map looks back over: long enough to see places, short enough to see change."""
OUTSIDE = 255
"""Level of a cell outside the city; those inside are 0 to ``HIGHEST``."""
HIGHEST = 254
MIDDLE = 127
"""Level of no difference in a map of differences."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One way to colour the map.

    name     key in the address of the page
    title    in words
    unit     of a cell's value
    top      value that the scale ends at; it begins at 0, and what lies above is drawn as the top
    palette  name of a matplotlib colour map, safe for the colour-blind
    values   gives the value of each cell, shape (cells,), in ``unit``
    """

    name: str
    title: str
    unit: str
    top: float
    palette: str
    values: Callable[[CityView], Floats]

    @property
    def bounded(self) -> bool:
        """True when no value can lie above the top, as with an index from 0 to 1."""
        return self.unit.endswith("0 to 1")


def crimes(view: CityView, *, crime: int | None = None, recorded: bool = False) -> Floats:
    """Return offences of the last weeks by cell; of one type or of all, all or only those that the police know of."""
    cases, last = view.state.cases, int(view.state.cases.count[0])
    first = int(np.searchsorted(cases.watch[:last], view.watch - WEEKS_SHOWN * WATCHES_PER_WEEK))
    counted = np.ones(last - first, bool)
    if crime is not None:
        counted &= cases.crime[first:last] == crime
    if recorded:
        counted &= cases.delay[first:last] >= 0
    return np.bincount(cases.cell[first:last][counted], minlength=view.cells).astype(np.float64)


def mean_of_residents(view: CityView, column: str) -> Floats:
    """Return the mean of a column of residents by the cell of their home, 0 where nobody lives."""
    home = view.state.residents.home
    total = np.bincount(home, weights=getattr(view.state.residents, column), minlength=view.cells)
    return np.asarray(total / np.maximum(np.bincount(home, minlength=view.cells), 1), np.float64)


def efficacy(view: CityView) -> Floats:
    """Return the collective efficacy of each cell's neighbourhood, 0 outside the city."""
    of = view.state.cells.neighbourhood
    return np.where(of >= 0, view.state.neighbourhoods.efficacy[np.maximum(of, 0)], 0.0)


def guardianship(view: CityView) -> Floats:
    """Return what guards each cell in the watch that was run last, as the model's own rule has it."""
    state, weights, watch = view.state, view.numbers.parameters.guardianship, max(view.watch - 1, 0)
    found = np.zeros(view.cells)
    for cell in np.flatnonzero(state.cells.neighbourhood >= 0).tolist():
        found[cell] = sum(guardianship_terms(state.cells, state.neighbourhoods, weights, cell, watch))
    return found


def volunteers(view: CityView) -> Floats:
    """Return the volunteers who live in each cell."""
    serving = view.state.residents.volunteer == 1
    return np.bincount(view.state.residents.home[serving], minlength=view.cells).astype(np.float64)


def _of_type(crime: int) -> Callable[[CityView], Floats]:
    return lambda view: crimes(view, crime=crime)


def _of_residents(column: str) -> Callable[[CityView], Floats]:
    return lambda view: mean_of_residents(view, column)


def layers_of(crime_names: tuple[str, ...]) -> dict[str, Layer]:
    """Return every layer by its name, for a city with these types of crime."""
    offences = f"offences per cell in {WEEKS_SHOWN} weeks"
    found = [
        Layer("crime", "All crime", offences, 8.0, "cividis", crimes),
        Layer(
            "recorded", "Crime the police know of", offences, 4.0, "cividis", lambda view: crimes(view, recorded=True)
        ),
        *(
            Layer(f"crime-{name}", f"Crime: {name.replace('_', ' ')}", offences, 4.0, "cividis", _of_type(number))
            for number, name in enumerate(crime_names)
        ),
        Layer("fear", "Fear of crime", "mean of those who live there, 0 to 1", 1.0, "magma", _of_residents("fear")),
        Layer("trust", "Trust in the police", "mean of those who live there, 0 to 1", 1.0, "viridis",
              _of_residents("trust")),
        Layer("efficacy", "Collective efficacy", "of the neighbourhood, 0 to 1", 1.0, "viridis", efficacy),
        Layer("patrol", "Patrol", "stops by officers, fading over weeks", 60.0, "viridis",
              lambda view: view.state.cells.patrolled),
        Layer("volunteers", "Volunteers", "volunteers who live in the cell", 3.0, "viridis", volunteers),
        Layer("guardianship", "Guardianship", "index of eyes, patrol, volunteers and design", 2.0, "viridis",
              guardianship),
        Layer("disorder", "Disorder", "traces that nobody has cleared", 3.0, "magma",
              lambda view: view.state.cells.disorder),
    ]  # fmt: skip
    return {layer.name: layer for layer in found}


def levels(values: Floats, top: float, inside: NDArray[np.bool_]) -> Levels:
    """Return values as levels of the scale from 0 to ``top``, ``OUTSIDE`` where a cell is not in the city."""
    scaled = np.clip(np.rint(values * (HIGHEST / top)), 0, HIGHEST).astype(np.uint8)
    scaled[~inside] = OUTSIDE
    return scaled


def difference_levels(first: Floats, second: Floats, top: float, inside: NDArray[np.bool_]) -> Levels:
    """Return ``first`` minus ``second`` as levels, minus to plus half of ``top``; ``MIDDLE`` where they are equal."""
    scaled = MIDDLE + np.rint((first - second) * (2 * MIDDLE / top))
    shown: Levels = np.clip(scaled, 0, HIGHEST).astype(np.uint8)
    shown[~inside] = OUTSIDE
    return shown
