"""How the story of a case is put: steps, numbers as words, and the check of each number against the case file."""

import textwrap
from dataclasses import dataclass

from coproduction.simulation.rules.calendar import SECONDS_PER_WATCH, WATCHES_PER_DAY, WATCHES_PER_WEEK

WIDTH = 96
NO_BREAK = "\N{NO-BREAK SPACE}"
TIMES_OF_DAY = ("at night", "during the day", "in the evening")


@dataclass(frozen=True, slots=True)
class Check:
    """A number of the case file, and the same computed once more from what it rests on."""

    name: str
    stored: float
    again: float

    @property
    def holds(self) -> bool:
        """True when both are the same to the last bit."""
        return self.stored == self.again


@dataclass(frozen=True, slots=True)
class Step:
    """One decision on the way of a case.

    title   what is decided
    told    in plain English
    terms   one line each: what the number rests on
    checks  numbers of the case file that this step gives again
    """

    title: str
    told: str
    terms: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()

    def text(self, number: int) -> str:
        """Return the step as lines."""
        told = textwrap.fill(self.told, WIDTH, initial_indent="   ", subsequent_indent="   ")
        terms = [
            textwrap.fill(each, WIDTH, initial_indent="   | ", subsequent_indent="   |   ")
            for each in self.terms
        ]
        return "\n".join([f"{number}. {self.title}", told, *terms])


def chance(probability: float) -> str:
    """Return a probability in per cent, as exactly as its size asks for."""
    share = 100.0 * probability
    if share <= 0.0 or share >= 100.0:
        return f"{share:.0f}{NO_BREAK}%"
    decimals = 1 if 1.0 <= share <= 99.0 else 2 if 0.1 <= share <= 99.9 else 4
    return f"{share:.{decimals}f}{NO_BREAK}%"


def drawn(u: float, probability: float) -> str:
    """Return what luck drew, set against the probability that it had to stay below."""
    place, digits = "below" if u < probability else "not below", 4
    while digits < 16 and u != probability and f"{u:.{digits}f}" == f"{probability:.{digits}f}":
        digits += 2
    return f"luck drew {u:.{digits}f}, {place} {probability:.{digits}f}"


def odds(value: float) -> str:
    """Return log odds with their sign."""
    return f"{value:+.3f}".replace("-", "−")


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return "1 witness" or "3 witnesses"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def lasting(seconds: float) -> str:
    """Return a span of time as people say it."""
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} minutes"
    if seconds < 36 * 3600:
        return f"{seconds / 3600:.1f} hours"
    return f"{seconds / 86400:.0f} days"


def moment(watch: int, second: int) -> str:
    """Return week, day and time of day; weeks and days count from 1 since the start of the run."""
    day = watch % WATCHES_PER_WEEK // WATCHES_PER_DAY + 1
    of_day = watch % WATCHES_PER_DAY * SECONDS_PER_WATCH + second
    return f"week {watch // WATCHES_PER_WEEK + 1}, day {day}, {of_day // 3600:02d}:{of_day % 3600 // 60:02d}"


def time_of_day(watch: int) -> str:
    """Return which third of the day a watch is, in words."""
    return TIMES_OF_DAY[watch % WATCHES_PER_DAY]


def article(noun: str) -> str:
    """Return "an" before a vowel, else "a"."""
    return "an" if noun[:1] in "aeiou" else "a"
