"""One visitor's two cities: policy A and policy B on the same luck, at the same watch."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coproduction.dashboard.changes import Change
from coproduction.dashboard.openings import Openings
from coproduction.dashboard.world import World
from coproduction.experiments.comparability import check_comparable

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

SIDES = ("a", "b")
Told = Callable[[int, int], None]
"""Told how many watches of how many are run; what it raises stops the work."""
SPAN = 42
"""Watches between two tellings: often enough to show progress and to stop soon."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What two cities are opened with.

    a, b  scenarios in one city over one time; the same one may stand on both sides
    seed  the luck of both
    """

    a: "Scenario"
    b: "Scenario"
    seed: int


class CitySession:
    """Two worlds that are always at the same watch. Threads take turns: a page asks while a loop runs.

    Opening runs the burn-in, once for both where they share it; ``DesignError`` where the two cannot be compared.
    """

    def __init__(self, pair: Pair, openings: Openings, told: Told = lambda _done, _of: None) -> None:
        if pair.a is not pair.b:
            check_comparable([pair.a, pair.b])
        self.seed = pair.seed
        self.lock = threading.RLock()
        self.worlds = {
            side: World(scenario, pair.seed, *openings.of(scenario, pair.seed, told))
            for side, scenario in zip(SIDES, (pair.a, pair.b), strict=True)
        }
        self._align(told)

    @property
    def watch(self) -> int:
        """Watch that is to be run next, in both."""
        return self.worlds["a"].watch

    @property
    def first(self) -> int:
        """First watch that can be looked at: where the later of the two policies branches off."""
        return max(world.first for world in self.worlds.values())

    @property
    def last(self) -> int:
        """Watch at which both end."""
        return min(world.last for world in self.worlds.values())

    @property
    def parted(self) -> int | None:
        """Watch from which on the two go their own ways; None while nothing was changed in a copy."""
        a, b = (self.worlds[side] for side in SIDES)
        if a.scenario is not b.scenario:
            return self.first
        return min((change.watch for change in set(a.changes) ^ set(b.changes)), default=None)

    @property
    def ended(self) -> bool:
        """True at the end of the run."""
        return self.watch >= self.last

    def advance(self, watches: int) -> None:
        """Run both on by some watches, or to the end of the run."""
        self.run_to(self.watch + watches)

    def run_to(self, watch: int, told: Told = lambda _done, _of: None) -> None:
        """Run both to a watch, one that lies behind from the opening; told as the work goes."""
        with self.lock:
            wanted = min(max(watch, self.first), self.last)
            if wanted < self.watch:
                for world in self.worlds.values():
                    world.restart()
            begun = min(world.watch for world in self.worlds.values())
        for stop in [*range(begun + SPAN, wanted, SPAN), wanted]:
            with self.lock:  # let go between spans, so that the page can ask meanwhile
                for world in self.worlds.values():
                    if world.watch < stop:
                        world.run_to(stop)
            told(stop - begun, wanted - begun)

    def change(self, side: str, table: str, key: str, value: float) -> Change:
        """Turn a lever or a switch of one side from the next watch on; raises ``CoproductionError`` if it cannot be."""
        with self.lock:
            change = Change(self.watch, table, key, value)
            self.worlds[side].change(change)
            return change

    def plan(self, side: str, table: str, key: str, value: float, *, watch: int) -> None:
        """Make a change that holds from a given watch on, as a link asks for; raises ``CoproductionError``."""
        with self.lock:
            self.worlds[side].change(Change(max(watch, self.first), table, key, value))

    def fork(self) -> None:
        """Make B a copy of A as it is now: from here on they differ only by what is changed."""
        with self.lock:
            self.worlds["b"].become(self.worlds["a"])

    def _align(self, told: Told) -> None:
        self.run_to(self.first, told)
