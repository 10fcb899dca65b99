"""Cities at the end of their burn-in, kept for the next visitor who asks for the same one."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coproduction.experiments.replication import same_beginning
from coproduction.experiments.run import branching_watch, start
from coproduction.simulation.engine import run_core
from coproduction.simulation.state import State

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

Told = Callable[[int, int], None]
SPAN = 42
"""Watches between two tellings of how far a burn-in is."""
MOST_KEPT = 4
"""Cities kept; each holds the memory of one run."""
LOOK_AGAIN = 0.1
"""Seconds after which one who waits for another's burn-in tells how far it is."""


@dataclass(slots=True)
class _Making:
    """A burn-in that somebody runs: of which city, how far it is, and whether it has ended."""

    scenario: "Scenario"
    seed: int
    done: int = 0
    ended: threading.Event = field(default_factory=threading.Event)


class Openings:
    """States at which policies branch off, shared by all visitors and changed by none."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self.most = most
        self._kept: OrderedDict[int, tuple[Scenario, int, State]] = OrderedDict()
        self._making: list[_Making] = []
        self._lock = threading.Lock()
        self._number = 0

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, scenario: "Scenario", seed: int, told: Told) -> tuple[State, int]:
        """Return the state at the end of a scenario's burn-in, or at the policy's start, and its watch.

        Who asks for a city that somebody else is burning in waits for it; ``told`` is called all the same, and may
        raise to stop waiting or running. Where the other stops, one of those who wait goes on in their place.
        """
        last = branching_watch(scenario)
        while True:
            with self._lock:
                found = self._find(scenario, seed)
                other = None if found is not None else self._other(scenario, seed)
                mine = None if found is not None or other else self._begin(scenario, seed)
            if found is not None:
                return found, last
            if mine is not None:
                return self._make(mine, last, told), last
            while other is not None and not other.ended.wait(LOOK_AGAIN):
                told(other.done, last)

    def _make(self, making: _Making, last: int, told: Told) -> State:
        def telling(done: int, of: int) -> None:
            making.done = done
            told(done, of)

        with self._announced(making):
            state = _burnt_in(making.scenario, making.seed, last, telling)
            with self._lock:
                self._keep(making.scenario, making.seed, state)
            return state

    @contextmanager
    def _announced(self, making: _Making) -> Iterator[None]:
        try:
            yield
        finally:
            with self._lock:
                self._making.remove(making)
            making.ended.set()

    def _begin(self, scenario: "Scenario", seed: int) -> _Making:
        making = _Making(scenario, seed)
        self._making.append(making)
        return making

    def _other(self, scenario: "Scenario", seed: int) -> _Making | None:
        return next((each for each in self._making if _same(each.scenario, each.seed, scenario, seed)), None)

    def _find(self, scenario: "Scenario", seed: int) -> State | None:
        for number, (known, its_seed, state) in self._kept.items():
            if _same(known, its_seed, scenario, seed):
                self._kept.move_to_end(number)
                return state
        return None

    def _keep(self, scenario: "Scenario", seed: int, state: State) -> None:
        self._number += 1
        self._kept[self._number] = (scenario, seed, state)
        while len(self._kept) > self.most:
            self._kept.popitem(last=False)


def _same(one: "Scenario", its_seed: int, other: "Scenario", seed: int) -> bool:
    return its_seed == seed and (one is other or same_beginning(one, other))


def _burnt_in(scenario: "Scenario", seed: int, last: int, told: Told) -> State:
    state, watch = start(scenario, seed), 0
    while watch < last:
        stop = min(watch + SPAN, last)
        state = run_core(state, scenario.numbers, seed, watch, stop)
        watch = stop
        told(watch, last)
    return state
