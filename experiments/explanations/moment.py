"""Where an explanation looks from: a city at one phase of one watch, and the names of what is in it."""

from dataclasses import dataclass, field

from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
from coproduction.simulation.parameters import Numbers, Parameters, Policing
from coproduction.simulation.parameters.government import CityGovernment
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.schedule import PHASES, due
from coproduction.simulation.state import State


@dataclass(frozen=True, slots=True)
class Names:
    """What the arrays do not say of a city.

    neighbourhoods, programmes  names, in the order of their index
    left_to_city                for each programme, whether the city decides on it
    government                  what the city government is like
    """

    neighbourhoods: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    left_to_city: tuple[bool, ...] = ()
    government: CityGovernment = field(default_factory=CityGovernment)


@dataclass(frozen=True, slots=True)
class Moment:
    """A city just before a phase of a watch; nothing that explains changes it."""

    state: State
    numbers: Numbers
    seed: int
    watch: int
    names: Names = field(default_factory=Names)

    @property
    def parameters(self) -> Parameters:
        """Parameters but the arrangement."""
        return self.numbers.parameters

    @property
    def policing(self) -> Policing:
        """Arrangement in force."""
        return policing_at(self.state, self.numbers, self.watch)

    def lever(self, neighbourhood: int, lever: int) -> float:
        """Return what programmes add to a lever in a neighbourhood."""
        return float(self.state.neighbourhoods.levers[neighbourhood, lever])

    def luck(self, decision: Decision, entity: int, partner: int = 0) -> float:
        """Return the draw of a decision in this watch."""
        return uniform(self.seed, decision, entity, self.watch, partner)

    def due(self, phase: str) -> bool:
        """Say whether a phase, by its name, runs in this watch."""
        return next(due(each, self.watch) for each in PHASES if each.name == phase)

    def place(self, neighbourhood: int) -> str:
        """Return the name of a neighbourhood, or its index where names are not known."""
        return self.names.neighbourhoods[neighbourhood] if self.names.neighbourhoods else str(neighbourhood)

    def programme(self, programme: int) -> str:
        """Return the name of a programme in words, or its index."""
        named = self.names.programmes
        return named[programme].replace("_", " ") if named else f"programme {programme}"


Luck = tuple[float | None, str | None]


def decided(taken: bool, u: float, probability: float, answers: tuple[str, str]) -> Luck:
    """Return draw and outcome of a yes or no, both None when the decision is not taken in this watch.

    answers  for yes, and for no
    """
    return (u, answers[0] if u < probability else answers[1]) if taken else (None, None)
