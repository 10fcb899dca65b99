"""One visitor's visit: two cities, what of them is shown, and the frames that are sent to the browser's maps."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Protocol

from coproduction.dashboard.city_map import packed
from coproduction.dashboard.city_session import SIDES, CitySession, Pair, Told
from coproduction.dashboard.kept_frames import KeptFrames
from coproduction.dashboard.layers import Layer, difference_levels, layers_of, levels
from coproduction.dashboard.link import SPANS, Shown
from coproduction.dashboard.marks import marks_of
from coproduction.dashboard.sentences import difference_label, kept_label, map_label
from coproduction.dashboard.served import Served
from coproduction.dashboard.subjects import CASE, RESIDENT, Subject, cell_of, read_subject, ties_of
from coproduction.simulation.errors import CoproductionError
from coproduction.simulation.parameters import names_of

DIFFERENCE = "difference"
WAIT = 1.0
"""Seconds that a browser is given to draw a frame."""
MOST_MISSED = 3
"""Frames in a row that nobody drew before play stops: the tab is closed or hidden."""
TELLING = 0.5
"""Seconds between two renewals of the words and charts beside the maps, while it plays."""
RENEWAL = 3.0
"""The same of everything else on the page, where nobody looks closer."""
SHARE = 0.2
"""Of the time, at most, in which the page is renewed while it plays: it is gone through whole, and visitors share."""


class Drawn(Protocol):
    """What the visit needs of a map in the browser."""

    frame: bytes
    ack: int
    label: str
    ringed: int
    tied: list[int]


class Words(Protocol):
    """What the visit needs of a part of the page that it keeps up to date itself."""

    unsafe_innerHTML: str  # noqa: N815 - the browser's name


class Visit:
    """A visit that has opened its cities.

    maps    those on the page, by side or ``DIFFERENCE``
    words   parts of the page that are kept up to date while it plays, and what each says
    closer  parts of the page that somebody has opened to see more than the maps
    """

    def __init__(self, session: CitySession, shown: Shown) -> None:
        self.session, self._shown = session, shown
        self.maps: dict[str, Drawn] = {}
        self.words: dict[str, tuple[Words, Callable[[], str]]] = {}
        self.closer: set[str] = set()
        self._playing = threading.Lock()
        self.kept = KeptFrames()
        self.looking: int | None = None
        self.layers = layers_of(names_of(session.worlds["a"].scenario.parameters))
        self._number = 0

    @property
    def layer(self) -> Layer:
        """The layer on the maps."""
        return self.layers.get(self._shown.layer) or next(iter(self.layers.values()))

    @property
    def titles(self) -> tuple[str, str]:
        """Titles of the policies of A and of B, with when they were changed."""
        a, b = (self.session.worlds[side].title for side in SIDES)
        return a, b

    def show(self, shown: Shown) -> None:
        """Show another layer, follow somebody else or go on at another speed; the cities are not changed by it."""
        self._shown = shown
        subject = self.followed
        resident = subject.index if subject is not None and subject.kind == RESIDENT else None
        with self.session.lock:
            for world in self.session.worlds.values():
                known = resident is not None and resident < len(world.state.residents.home)
                world.follow(resident if known else None)

    @property
    def followed(self) -> Subject | None:
        """Who or what is followed, as the address has it."""
        return read_subject(self._shown.follow)

    @property
    def shown(self) -> Shown:
        """What is on the screen now, watch and changes included."""
        a, b = (self.session.worlds[side] for side in SIDES)
        return Shown(
            a.scenario.name, b.scenario.name, self.session.seed, self.layer.name, self._shown.span, self._shown.speed,
            self.session.watch, tuple(a.changes), tuple(b.changes),
            self._shown.follow, self._shown.side,
        )  # fmt: skip

    def frames(self) -> tuple[int, Mapping[str, bytes]]:
        """Return the number of the next frame, and the frame of each map."""
        with self.session.lock:
            views = {side: self.session.worlds[side].view for side in SIDES}
            values = {side: self.layer.values(view) for side, view in views.items()}
            self._number += 1
            frames = {
                side: packed(
                    self._number,
                    view.watch,
                    levels(values[side], self.layer.top, view.inside),
                    marks_of(view),
                )
                for side, view in views.items()
            }
            apart = difference_levels(values["b"], values["a"], self.layer.top, views["a"].inside)
            frames[DIFFERENCE] = packed(self._number, views["a"].watch, apart, None)
            self.kept.keep(views["a"].watch, self.layer.name, frames)
            return self._number, frames

    def push(self, *, wait: bool = False) -> bool:
        """Send the present to each map; with ``wait``, return whether all were drawn in time."""
        number, frames = self.frames()
        self.looking = None
        maps = dict(self.maps)
        for name, drawn in maps.items():
            drawn.frame = frames[name]
        end = time.monotonic() + WAIT
        while wait and time.monotonic() < end and any(drawn.ack < number for drawn in maps.values()):
            time.sleep(0.004)
        return bool(maps) and all(drawn.ack >= number for drawn in maps.values())

    def look_back(self, place: int) -> int:
        """Send kept frames to the maps, 0 for the oldest; return their watch. The cities stay where they are."""
        with self.session.lock:
            place = min(max(place, 0), len(self.kept) - 1)
            self._number += 1
            watch, frames = self.kept.watch(place), self.kept.at(place, self._number)
        self.looking = place if place < len(self.kept) - 1 else None
        for name, drawn in dict(self.maps).items():
            drawn.frame, drawn.label = frames[name], kept_label(name, self.layer, watch)
        return watch

    def mark(self) -> None:
        """Draw a ring around the cell of whom is followed, and lines to the homes of their ties."""
        subject = self.followed
        with self.session.lock:
            for name, drawn in dict(self.maps).items():
                side = "a" if name == DIFFERENCE else name
                state = self.session.worlds[side].state
                # A case has another number in the other city: it is marked where it was chosen, and that is A or B.
                hidden = subject is None or (subject.kind == CASE and side != self._shown.side)
                drawn.ringed = -1 if subject is None or hidden else cell_of(state, subject)
                ties = () if subject is None or hidden else ties_of(state, subject)
                drawn.tied = [int(state.residents.home[tie]) for tie, _ in ties]

    def label(self) -> None:
        """Say in words what each map shows; one that shows an earlier moment has said so."""
        if self.looking is not None:
            return
        with self.session.lock:
            views = {side: self.session.worlds[side].view for side in SIDES}
            for name, drawn in dict(self.maps).items():
                if name == DIFFERENCE:
                    drawn.label = difference_label(views["a"], views["b"], self.layer)
                else:
                    policy = self.session.worlds[name].title
                    drawn.label = map_label(name, policy, views[name], self.layer)

    def tell(self) -> None:
        """Renew the words of the maps and beside them, without a look at the rest of the page."""
        self.label()
        for part, said in list(self.words.values()):
            part.unsafe_innerHTML = said()

    def step(self) -> None:
        """Run one step."""
        self.session.advance(SPANS[self._shown.span])

    def play(self, going: Callable[[], bool], renew: Callable[[], None]) -> str:
        """Step and send until told to stop, the run ends, or nobody draws any more; return why it stopped.

        going  asked before each step
        renew  called now and then, for all of the page but maps and words

        One loop at a time: a second one, as after pausing and playing in a hurry, waits until the first has stopped.
        """
        with self._playing:
            return self._play(going, renew)

    def _play(self, going: Callable[[], bool], renew: Callable[[], None]) -> str:
        missed, due, often = 0, time.monotonic(), _Often(self, renew)
        while going():
            self.step()
            missed = 0 if self.push(wait=True) else missed + 1
            if missed >= MOST_MISSED:
                return "Paused: this page was not drawn any more, as when its tab is hidden."
            if self.session.ended:
                return "The run has come to its end. Go to an earlier week to see it again."
            often.look()
            # One late frame is made up for by the next, and no more than one: nobody wants a city that races.
            due = max(due + 1.0 / self._shown.speed, time.monotonic() - 1.0 / self._shown.speed)
            time.sleep(max(0.001, due - time.monotonic()))
        return ""


class _Often:
    """Renews the words, and the rest of the page, as often as is worth it."""

    def __init__(self, visit: Visit, renew: Callable[[], None]) -> None:
        self._visit, self._renew = visit, renew
        self._told, self._renewed, self._wait = 0.0, 0.0, 0.0

    def look(self) -> None:
        """Renew what is due."""
        began = time.monotonic()
        if began - self._told > TELLING:
            self._visit.tell()
            self._told = began
        if began - self._renewed > self._wait:
            self._renew()
            self._renewed = time.monotonic()
            wanted = TELLING if self._visit.closer else RENEWAL
            self._wait = max(wanted, (self._renewed - began) / SHARE)


def opened(served: Served, shown: Shown, told: Told) -> tuple[Visit, list[str]]:
    """Open the cities of what is to be shown; return the visit and a note on each change that could not be made.

    Raises
    ------
    CoproductionError
        The two policies cannot be compared.
    """
    policies = served.policies
    session = CitySession(Pair(policies[shown.a], policies[shown.b], shown.seed), served.openings, told)
    notes = []
    for side, changes in zip(SIDES, (shown.changes_a, shown.changes_b), strict=True):
        for change in changes:
            try:
                session.plan(side, change.table, change.key, change.value, watch=change.watch)
            except CoproductionError as error:
                notes.append(f"A change was left out: {error}")
    if shown.watch is not None:
        session.run_to(shown.watch, told)
    return Visit(session, shown), notes
