"""Runs a city on by a few watches at a time, as a page does many times a second."""

from typing import Any

from coproduction.simulation.engine import require_books, with_more_room
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.schedule import CADENCES, advance, lacks_room
from coproduction.simulation.state import State


class Running:
    """Does what ``run_core`` does, to the same bits, and packs state and numbers only when they are other ones.

    Packing takes ten times as long as a watch of a small city. Kernels change arrays in place, so what was packed once
    holds as long as the named tuples are the same objects.
    """

    def __init__(self) -> None:
        self._state: tuple[State, Any] | None = None
        self._numbers: tuple[Numbers, Any] | None = None

    def run(self, state: State, numbers: Numbers, seed: int, span: tuple[int, int]) -> State:
        """Run the watches of a span, the first and the one after the last; the state handed in is changed."""
        watch, last = span
        require_books(state, last)
        while watch < last:
            watch = advance(self._packed(state), self._packed_numbers(numbers), seed, (watch, last), CADENCES)
            if watch < last and lacks_room(state):
                state = with_more_room(state)
        return state

    def _packed(self, state: State) -> Any:
        if self._state is None or self._state[0] is not state:
            self._state = (state, pack_state(state))
        return self._state[1]

    def _packed_numbers(self, numbers: Numbers) -> Any:
        if self._numbers is None or self._numbers[0] is not numbers:
            self._numbers = (numbers, pack_numbers(numbers))
        return self._numbers[1]
