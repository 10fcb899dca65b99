"""The streets: the city's cells as a Mesa grid, and what happens on all of them at once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np

from coproduction.agents.mesa_bridge import Grid
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick, poisson
from coproduction.simulation.parameters import names_of
from coproduction.simulation.rules.attractiveness import next_boost, spread_boost
from coproduction.simulation.rules.disorder import disorder_seen
from coproduction.simulation.rules.targets import around, resident_around
from coproduction.simulation.state import NOBODY

if TYPE_CHECKING:
    from collections.abc import Callable

    from coproduction.agents.city_model import CityModel
    from coproduction.agents.resident import Resident
    from coproduction.simulation.state import Cells, Counts, Floats, Ints

LAYERS = (
    "neighbourhood",
    "homes",
    "patrol",
    "crime_map",
    "recorded",
    "disorder",
    "total_stops",
    "total_visits",
)
TIMES = ("night", "day", "evening")

# Rules of sums and products alone take a whole layer as they take a number, with the same bits.
spread_layers = cast("Callable[..., Floats]", spread_boost)
next_layers = cast("Callable[..., Floats]", next_boost)
seen_layers = cast("Callable[..., Floats]", disorder_seen)


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
        crimes = names_of(self.model.numbers.parameters)
        layers |= {f"boost_{crime}": self.cells.boost[k] for k, crime in enumerate(crimes)}
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
    def alike(self) -> list[tuple[Counts, Ints]]:
        """Cells of the city with equally many neighbours, n: their indices, and the neighbours', shape (n, cells)."""
        counts, neighbours = self.cells.n_neighbours, self.cells.neighbours
        inside = self.cells.neighbourhood != NOBODY
        some = [np.flatnonzero(inside & (counts == n)) for n in range(neighbours.shape[1] + 1)]
        return [(cells, neighbours[cells, :n].T) for n, cells in enumerate(some)]

    def as_seen(self) -> tuple[Floats, Floats]:
        """Return from when on residents notice a rise of crime (N,), and how their street looks to them (R,)."""
        return self.noticed_levels(), self.disorder_at_homes()

    def noticed_levels(self) -> Floats:
        """Return the perceived crime above which a neighbourhood's residents believe in a rise, shape (N,)."""
        noticeable = self.model.numbers.parameters.perception.noticeable
        levels: Floats = self.model.state.neighbourhoods.level + noticeable
        return levels

    def disorder_at(self, cell: int) -> float:
        """Return how disordered a cell looks, 0 to 1."""
        state = self.model.state
        return disorder_seen(self.cells.disorder.item(cell), state.rates.disorder.item(0))

    def disorder_at_homes(self) -> Floats:
        """Return how disordered their street looks to all residents, shape (R,)."""
        usual = self.model.state.rates.disorder.item(0)
        return seen_layers(self.cells.disorder, usual)[self.model.state.residents.home]

    def bear(self, cell: int, crime: int) -> None:
        """Bear the traces that an offence of a type leaves in a cell."""
        self.cells.disorder[cell] += self.model.numbers.parameters.crimes[crime].traces

    def spread(self) -> None:
        """Let the boosts of all types of crime spread to neighbours and decay, and add this watch's offences."""
        cells, p = self.cells, self.model.numbers.parameters
        exchanged = np.zeros_like(cells.boost)
        for some, ways in self.alike:
            total = np.zeros((len(p.crimes), len(some)))
            for way in ways:
                total += cells.boost[:, way]
            boost = cells.boost[:, some]
            exchanged[:, some] = spread_layers(boost, total, len(ways), p.offending.boost_spread)
        theta = np.array([[kind.boost * p.setting.fixed_attraction] for kind in p.crimes])
        inside = self.model.state.neighbourhoods.cell
        cells.boost[:, inside] = next_layers(
            exchanged[:, inside],
            cells.offences[:, inside],
            p.offending.boost_decay,
            p.setting.step_days,
            theta,
        )
        cells.offences[:, inside] = 0

    def arrive(self) -> None:
        """Let offenders enter the lattice: cell by cell in order, the free offender of the lowest index first."""
        setting = self.model.numbers.parameters.setting
        mean = setting.arrivals * setting.step_days
        if setting.movement == 0.0 or mean == 0.0:
            return
        waiting = (offender for offender in self.model.offenders if offender.position == NOBODY)
        for cell in np.flatnonzero(self.cells.neighbourhood != NOBODY).tolist():
            for _ in range(poisson(self.model.luck(Decision.ARRIVE, cell, self.model.watch), mean)):
                offender = next(waiting, None)
                if offender is not None:
                    offender.position = cell
