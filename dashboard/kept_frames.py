"""Frames that were shown, kept for looking back: as many as fit into a bound, the oldest given up first."""

from collections import deque
from collections.abc import Mapping

MOST_BYTES = 8 * 2**20
"""That one visitor's kept frames may hold; about 400 steps of the demo city, 230 of one of 100 by 100 cells."""
NUMBER_BYTES = 4
"""Of a frame's number, which stands at its beginning."""

Frames = Mapping[str, bytes]


class KeptFrames:
    """Frames by the watch that they show, in order; all of one layer.

    most  bytes that they may hold in all; the latest is kept even where it alone holds more
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self.bytes = 0
        self._layer = ""
        self._kept: deque[tuple[int, Frames]] = deque()

    def __len__(self) -> int:
        return len(self._kept)

    def keep(self, watch: int, layer: str, frames: Frames) -> None:
        """Keep what is shown now. What was shown of later watches, or of another layer, is no past of it and goes."""
        if layer != self._layer:
            self._layer = layer
            while self._kept:
                self._give_up(self._kept.pop())
        while self._kept and self._kept[-1][0] >= watch:
            self._give_up(self._kept.pop())
        self._kept.append((watch, frames))
        self.bytes += _size(frames)
        while self.bytes > self.most and len(self._kept) > 1:
            self._give_up(self._kept.popleft())

    def watch(self, place: int) -> int:
        """Return the watch of the kept frames at a place, 0 for the oldest and -1 for the latest."""
        return self._kept[place][0]

    def at(self, place: int, number: int) -> Frames:
        """Return the kept frames at a place under a new number, so that the browser draws and answers them."""
        head = number.to_bytes(NUMBER_BYTES, "little")
        return {name: head + frame[NUMBER_BYTES:] for name, frame in self._kept[place][1].items()}

    def _give_up(self, kept: tuple[int, Frames]) -> None:
        self.bytes -= _size(kept[1])


def _size(frames: Frames) -> int:
    return sum(len(frame) for frame in frames.values())
