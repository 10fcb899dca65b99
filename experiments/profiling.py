"""Where the time of a run goes: CPU seconds, calls and events of each phase of a watch.

The very kernels of an ordinary run are called one by one from here, with a clock around each. What such a call costs by
itself is measured with one that does nothing, and taken off. Nothing of this is in a run that is not profiled.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from coproduction.simulation.engine import require_books, with_more_room
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.schedule import CADENCE_NAMES, PHASES, due, lacks_room, perform
from coproduction.simulation.state import ATTEMPTS, CALLS, CONTACTS, STOPS, TRIALS, VISITS, State

if TYPE_CHECKING:
    import pandas as pd

IDLE_PHASE = len(PHASES)
"""A place after the last phase, at which nothing runs."""
IDLE_CALLS = 2000


@dataclass(frozen=True)
class PhaseTime:
    """What one phase took and did.

    cadence  in words
    seconds  CPU seconds in its kernel, the cost of calling it taken off
    share    of all phases' seconds, 0 to 1
    events   how many of ``unit`` it went through or made; 0 with an empty unit where none is counted
    """

    phase: str
    cadence: str
    seconds: float
    share: float
    calls: int
    events: int
    unit: str


@dataclass(frozen=True)
class Profile:
    """Where the time of a run went.

    call_seconds  CPU seconds that a call and its two looks at the clock take, which are in no phase's seconds
    """

    phases: tuple[PhaseTime, ...]
    residents: int
    watches: int
    call_seconds: float

    @property
    def seconds(self) -> float:
        """CPU seconds of all phases."""
        return sum(phase.seconds for phase in self.phases)

    @property
    def overhead(self) -> float:
        """CPU seconds that were taken off: of all calls."""
        return self.call_seconds * sum(phase.calls for phase in self.phases)

    def table(self) -> "pd.DataFrame":
        """Return a row a phase, in the order of a watch, with the columns of :class:`PhaseTime`."""
        import pandas as pd

        return pd.DataFrame([vars(phase) for phase in self.phases])


class Profiler:
    """An engine, the compiled core, that takes the time of each phase as it goes."""

    def __init__(self) -> None:
        self.seconds = [0.0] * len(PHASES)
        self.calls, self.events = [0] * len(PHASES), [0] * len(PHASES)
        self.residents = self.watches = 0
        self.call_seconds = 0.0

    def __call__(self, state: State, numbers: Numbers, seed: int, first: int, last: int) -> State:
        """Run watches ``first`` to ``last - 1`` as ``run_core`` does, to the same bits."""
        require_books(state, last)
        packed = pack_state(state), pack_numbers(numbers)
        self.call_seconds = _cost_of_a_call(packed, seed)
        for watch in range(first, last):
            if lacks_room(state):
                state = with_more_room(state)
                packed = pack_state(state), packed[1]
            self._live_through(state, packed, seed, watch)
        self.residents, self.watches = len(state.residents.home), self.watches + last - first
        return state

    def _live_through(self, state: State, packed: tuple[State, Numbers], seed: int, watch: int) -> None:
        for place, phase in enumerate(PHASES):
            if due(phase, watch):
                _, count = COUNTED.get(phase.name, NOTHING)
                before = count(state)
                clock = time.process_time()
                perform(place, *packed, seed, watch)
                self.seconds[place] += time.process_time() - clock
                self.calls[place] += 1
                self.events[place] += count(state) - before + PASSED.get(phase.name, NOTHING)[1](state)

    def profile(self) -> Profile:
        """Return what was measured so far."""
        net = [
            max(seconds - calls * self.call_seconds, 0.0)
            for seconds, calls in zip(self.seconds, self.calls, strict=True)
        ]
        whole = max(sum(net), 1e-12)
        rows = tuple(
            PhaseTime(
                phase.name, CADENCE_NAMES[phase.cadence], net[place], net[place] / whole, self.calls[place],
                self.events[place], PASSED.get(phase.name, COUNTED.get(phase.name, NOTHING))[0],
            )
            for place, phase in enumerate(PHASES)
        )  # fmt: skip
        return Profile(rows, self.residents, self.watches, self.call_seconds)


def _cost_of_a_call(packed: tuple[State, Numbers], seed: int) -> float:
    """Return the CPU seconds of a call that does nothing, clocks included: the median of many."""
    taken = []
    for _ in range(IDLE_CALLS):
        clock = time.process_time()
        perform(IDLE_PHASE, *packed, seed, 0)
        taken.append(time.process_time() - clock)
    return statistics.median(taken)


# --- What a phase does, as counts of the state ---------------------------------------------------------------------

Count = Callable[[State], int]


def _booked(column: int, state: State) -> int:
    return int(state.books.weekly[:, column].sum())


def _residents(state: State) -> int:
    return len(state.residents.home)


def _new_cases(state: State) -> int:
    return int(state.cases.count[0] - state.cases.marks[0])


NOTHING: tuple[str, Count] = "", lambda _: 0

COUNTED: dict[str, tuple[str, Count]] = {
    "deploy": ("patrol stops", partial(_booked, STOPS)),
    "volunteer": ("visits", partial(_booked, VISITS)),
    "offend": ("attempts", partial(_booked, ATTEMPTS)),
    "dispatch": ("calls answered", partial(_booked, CALLS)),
    "remember": ("contacts of victims", partial(_booked, CONTACTS)),
    "walk_beats": ("patrol stops", partial(_booked, STOPS)),
    "investigate": ("cases cleared", lambda state: int(state.offenders.arrests.sum())),
    "hold_court": ("trials", partial(_booked, TRIALS)),
}
"""What grows in the state while a phase runs, by how much it does."""

PASSED: dict[str, tuple[str, Count]] = {
    "victimise": ("offences", _new_cases),
    "report": ("offences", _new_cases),
    "call": ("calls", lambda state: int(state.neighbourhoods.calls.sum())),
    "spread": ("cells", lambda state: len(state.neighbourhoods.cell)),
    "plan_patrol": ("cells", lambda state: len(state.neighbourhoods.cell)),
    "talk": ("residents", _residents),
    "change": ("residents", _residents),
    "protect": ("residents", _residents),
    "expect": ("residents", _residents),
    "careers": ("careers", lambda state: len(state.offenders.resident)),
    "take_stock": ("residents", _residents),
    "unite": ("residents", _residents),
    "staff": ("posts", lambda state: len(state.officers.holder)),
}
"""What a phase goes through, as it is when the phase is over."""
