"""Agents that store nothing: each looks at one row of the state's arrays."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Self, overload

from coproduction.agents.mesa_bridge import Agent

if TYPE_CHECKING:
    from collections.abc import Callable

    from coproduction.agents.city_model import CityModel
    from coproduction.simulation.decisions import Decision
    from coproduction.simulation.parameters import Parameters, Policing
    from coproduction.simulation.state import State


class Column[V: (int, float)]:
    """A column of the state as an attribute of the agent whose row it is.

    ``fear = Column[float]("residents.fear")`` makes ``resident.fear`` read and write ``state.residents.fear`` at
    the resident's index; what is read is a plain Python number.
    """

    def __init__(self, path: str) -> None:
        self.array: Callable[[State], Any] = attrgetter(path)

    @overload
    def __get__(self, agent: None, owner: type) -> Self: ...

    @overload
    def __get__(self, agent: Window, owner: type) -> V: ...

    def __get__(self, agent: Window | None, owner: type) -> Self | V:
        if agent is None:
            return self
        value: V = self.array(agent.model.state).item(agent.index)
        return value

    def __set__(self, agent: Window, value: V) -> None:
        self.array(agent.model.state)[agent.index] = value


class Window(Agent):
    """An agent that is a window on one row; all its attributes but model and index are in the state.

    index  the row, and the entity that the agent's luck is drawn for
    """

    model: CityModel

    def __init__(self, model: CityModel, index: int) -> None:
        super().__init__(model)
        self.index = index

    def draw(self, decision: Decision, partner: int = 0) -> float:
        """Draw a number in [0, 1) for one of the agent's own decisions in this watch."""
        return self.model.luck(decision, self.index, self.model.watch, partner)

    @property
    def watch(self) -> int:
        """The watch that is being lived, counted from the start."""
        return self.model.watch

    @property
    def parameters(self) -> Parameters:
        """The model's parameters."""
        return self.model.numbers.parameters

    @property
    def levers(self) -> Policing:
        """The policing arrangement in force."""
        return self.model.levers
