"""The streets: the city's cells as a Mesa grid, and what happens on all of them at once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from coproduction.agents.mesa_bridge import Grid
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick, poisson
from coproduction.simulation.parameters import CRIME_NAMES
from coproduction.simulation.rules.attractiveness import next_boost, spread_boost
from coproduction.simulation.rules.targets import around, resident_around
from coproduction.simulation.state import NOBODY

if TYPE_CHECKING:
    from coproduction.agents.city_model import CityModel
    from coproduction.agents.resident import Resident
    from coproduction.simulation.state import Cells, Counts

LAYERS = ("neighbourhood", "homes", "patrol", "crime_map", "recorded", "total_stops", "total_visits")
TIMES = ("night", "day", "evening")
MOST_NEIGHBOURS = 4


class Streets:
    """All cells together, for what is done to whole fields and not to one agent."""

    def __init__(self, model: CityModel) -> None:
        self.model = model

    @property
    def cells(self) -> Cells:
        """The state's fields by cell."""
        return self.model.state.cells

    @cached_property
    def grid(self) -> Grid:
        """The Mesa grid, made when first asked for; its property layers are the state's arrays, not copies."""
        rows, columns = self.model.state.rates.grid.tolist()
        periodic = self.model.numbers.parameters.setting.periodic > 0.0
        grid = Grid(rows, columns, torus=periodic, random=self.model.random)
        layers = {name: getattr(self.cells, name) for name in LAYERS}
        layers |= {f"boost_{crime}": self.cells.boost[k] for k, crime in enumerate(CRIME_NAMES)}
        layers |= {f"present_{time}": self.cells.present[k] for k, time in enumerate(TIMES)}
        for name, field in layers.items():
            grid.share(name, field.reshape(rows, columns))
        return grid

    def people(self, cell: int, u: float, most: int) -> list[Resident]:
        """Return those who live in a cell or come there by day, at most so many, from the drawn one on."""
        n = around(self.cells, cell)
        first = pick(u, n) if n > 0 else 0
        places = [(first + look) % n for look in range(min(most, n))]
        return [self.model.residents[resident_around(self.cells, cell, place)] for place in places]

    @cached_property
    def by_neighbours(self) -> list[Counts]:
        """The cells with 0, 1, 2, 3 and 4 neighbours."""
        return [np.flatnonzero(self.cells.n_neighbours == n) for n in range(MOST_NEIGHBOURS + 1)]

    def spread(self) -> None:
        """Let the boost of each type of crime spread to neighbours and decay, and add this watch's offences."""
        cells, p = self.cells, self.model.numbers.parameters
        for k, kind in enumerate(p.crimes):
            for n, some in enumerate(self.by_neighbours):
                total = np.zeros(len(some))
                for way in range(n):
                    total += cells.boost[k, cells.neighbours[some, way]]
                cells.spread[k, some] = spread_boost(  # type: ignore[call-overload]
                    cells.boost[k, some], total, n, p.offending.boost_spread
                )
        self.model  # noqa: B018
