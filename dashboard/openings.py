"""Cities at the end of their burn-in, kept for the next visitor who asks for the same one."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from coproduction.experiments.replication import same_beginning
from coproduction.experiments.run import branching_watch, start
from coproduction.simulation.engine import run_core
from coproduction.simulation.state import State

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

SPAN = 42
"""Watches between two tellings of how far a burn-in is."""
MOST_KEPT = 4
"""Cities kept; each holds the memory of one run."""


class Openings:
    """States at which policies branch off, shared by all visitors and changed by none."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self.most = most
        self._kept: OrderedDict[int, tuple[Scenario, int, State]] = OrderedDict()
        self._lock = threading.Lock()
        self._number = 0

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, scenario: "Scenario", seed: int, told: Callable[[int, int], None]) -> tuple[State, int]:
        """Return the state at the end of a scenario's burn-in, or at the policy's start, and its watch."""
        first = branching_watch(scenario)
        with self._lock:
            found = self._find(scenario, seed)
        if found is None:
            found = _burnt_in(scenario, seed, first, told)
            with self._lock:
                self._keep(scenario, seed, found)
        return found, first

    def _find(self, scenario: "Scenario", seed: int) -> State | None:
        for number, (known, its_seed, state) in self._kept.items():
            if its_seed == seed and (known is scenario or same_beginning(known, scenario)):
                self._kept.move_to_end(number)
                return state
        return None

    def _keep(self, scenario: "Scenario", seed: int, state: State) -> None:
        self._number += 1
        self._kept[self._number] = (scenario, seed, state)
        while len(self._kept) > self.most:
            self._kept.popitem(last=False)


def _burnt_in(scenario: "Scenario", seed: int, last: int, told: Callable[[int, int], None]) -> State:
    state, watch = start(scenario, seed), 0
    while watch < last:
        stop = min(watch + SPAN, last)
        state = run_core(state, scenario.numbers, seed, watch, stop)
        watch = stop
        told(watch, last)
    return state
