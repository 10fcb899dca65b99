"""What is on the screen as the address of the page, and back: a link shows another reader the same picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlencode

from coproduction.dashboard.changes import Change, read_change
from coproduction.dashboard.subjects import KINDS, read_subject
from coproduction.simulation.errors import DesignError

LARGEST_SEED = 2**53 - 1
"""Largest whole number that a browser tells from its neighbours."""
SPANS = {"watch": 1, "day": 3, "week": 21}
"""Watches that one step or one frame of play runs."""
SLOWEST, FASTEST = 1, 15


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows.

    a, b               names of policies
    seed               of both, 0 to ``LARGEST_SEED``
    layer              name of the layer
    span               of a step, a key of ``SPANS``
    speed              frames a second of play, ``SLOWEST`` to ``FASTEST``
    watch              at which the cities are, None for the first that can be looked at
    changes_a, _b      made on each side
    follow             who or what is followed, such as resident-12, empty for nobody
    side               whose cases are meant by it, a or b
    """

    a: str
    b: str
    seed: int = 1
    layer: str = "crime"
    span: str = "day"
    speed: int = 8
    watch: int | None = None
    changes_a: tuple[Change, ...] = ()
    changes_b: tuple[Change, ...] = ()
    follow: str = ""
    side: str = "a"

    def query(self) -> str:
        """Return it as the part of an address behind the question mark."""
        pairs: list[tuple[str, str | int]] = [
            (key, getattr(self, key)) for key in ("a", "b", "seed", "layer", "span", "speed")
        ]
        pairs += [("watch", self.watch)] if self.watch is not None else []
        pairs += [("change_a", change.text()) for change in self.changes_a]
        pairs += [("change_b", change.text()) for change in self.changes_b]
        pairs += [("follow", self.follow), ("side", self.side)] if self.follow else []
        return urlencode(pairs)


@dataclass(slots=True)
class _Reader:
    """Takes values from a query one by one, and notes what it could not take."""

    given: Mapping[str, Sequence[str]]
    notes: list[str] = field(default_factory=list)

    def one_of(self, key: str, default: str, known: Sequence[str]) -> str:
        value = self.given.get(key, [default])[0]
        if value in known:
            return value
        self.notes.append(f"The link's {key} {value[:40]!r} is not known here; {default} is shown instead.")
        return default

    def whole(self, key: str, default: int | None, low: int, high: int) -> int | None:
        if key not in self.given:
            return default
        value = self.given[key][0]
        if value.isascii() and value.isdecimal() and len(value) < 20 and low <= int(value) <= high:
            return int(value)
        instead = "the first one" if default is None else f"{default}"
        self.notes.append(
            f"The link's {key} must be a whole number from {low} to {high}; got {value[:40]!r}. "
            f"Shown is {instead}."
        )
        return default

    def subject(self, key: str) -> str:
        value = self.given.get(key, [""])[0]
        if not value or read_subject(value) is not None:
            return value
        self.notes.append(
            f"The link's {key} must be {', '.join(KINDS)} and a number, as resident-12; got {value[:40]!r}. "
            "Nobody is followed."
        )
        return ""

    def changes(self, key: str) -> tuple[Change, ...]:
        found = []
        for text in self.given.get(key, []):
            try:
                found.append(read_change(text))
            except DesignError as error:
                self.notes.append(f"A change was left out: {error}")
        return tuple(found)


def read(
    query: str, defaults: Shown, policies: Sequence[str], layers: Sequence[str]
) -> tuple[Shown, list[str]]:
    """Return what a link asks for, and a note on each value that cannot be had and was replaced by its default."""
    reader = _Reader(parse_qs(query, keep_blank_values=True))
    seed = reader.whole("seed", defaults.seed, 0, LARGEST_SEED)
    speed = reader.whole("speed", defaults.speed, SLOWEST, FASTEST)
    shown = replace(
        defaults,
        a=reader.one_of("a", defaults.a, policies),
        b=reader.one_of("b", defaults.b, policies),
        seed=defaults.seed if seed is None else seed,
        layer=reader.one_of("layer", defaults.layer, layers),
        span=reader.one_of("span", defaults.span, tuple(SPANS)),
        speed=defaults.speed if speed is None else speed,
        watch=reader.whole("watch", None, 0, 2**31 - 1),
        follow=reader.subject("follow"),
        side=reader.one_of("side", defaults.side, ("a", "b")),
        changes_a=reader.changes("change_a"),
        changes_b=reader.changes("change_b"),
    )
    return shown, reader.notes
