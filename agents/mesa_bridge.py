"""All contact with Mesa: what this engine uses of it, with types, and alike under Mesa 3.5 and Mesa 4."""

import copyreg
import weakref
from collections.abc import Iterable
from random import Random
from typing import Any

import mesa  # type: ignore[import-untyped]
from mesa import discrete_space
from mesa.agent import AgentSet  # type: ignore[import-untyped]
from numpy.typing import NDArray


class Agent(mesa.Agent):  # type: ignore[misc]
    """A Mesa agent."""


class Model(mesa.Model):  # type: ignore[misc]
    """A Mesa model whose agents act in an order that Mesa shuffles."""

    random: Random

    def all_act(self, kind: type[Agent], method: str) -> None:
        """Let every agent of exactly this class act once, in shuffled order."""
        agents = self.agents_by_type.get(kind)
        if agents is not None:
            agents.shuffle_do(method)

    def these_act(self, agents: Iterable[Agent], method: str) -> None:
        """Let each of these agents act once, in shuffled order."""
        AgentSet(agents, random=self.random).shuffle_do(method)


class Grid(discrete_space.OrthogonalVonNeumannGrid):  # type: ignore[misc]
    """A Mesa grid of cells that touch four neighbours, whose property layers are arrays of somebody else."""

    def __init__(self, rows: int, columns: int, *, torus: bool, random: Random) -> None:
        super().__init__((rows, columns), torus=torus, random=random)
        # Mesa makes a class of cells for each grid and registers it for pickling, for ever; with it all the
        # arrays that the cells can read would stay in memory.
        weakref.finalize(self, copyreg.dispatch_table.pop, self.cell_klass, None)

    def share(self, name: str, array: NDArray[Any]) -> None:
        """Make an array of shape (rows, columns) a property layer of that name, without copying it."""
        if hasattr(discrete_space, "PropertyLayer"):  # Mesa 3 wraps a copy, Mesa 4 takes the array itself
            layer = discrete_space.PropertyLayer.from_data(name, array)
            layer._data = array  # noqa: SLF001
            self.add_property_layer(layer)
        else:
            self.add_property_layer(name, array)


def solara_page() -> tuple[Any, Any]:
    """Return Mesa's page for Solara, and its count of redrawings, which pictures beside it must read.

    Raises
    ------
    ImportError
        The packages of the extra ``solaraviz`` are missing.
    """
    from mesa.visualization import SolaraViz  # type: ignore[import-untyped]
    from mesa.visualization.utils import update_counter  # type: ignore[import-untyped]

    return SolaraViz, update_counter
