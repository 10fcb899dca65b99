"""Time: the watch of 8 hours, and what falls into it."""

from coproduction.simulation._compiled import rule

WATCHES_PER_DAY = 3
WATCHES_PER_WEEK = 21
WATCHES_PER_MONTH = 84
WATCHES_PER_YEAR = 1092
SECONDS_PER_WATCH = 28800
NIGHT, DAY, EVENING = 0, 1, 2


@rule
def watch_of_day(watch: int) -> int:
    """Return 0 for night (0 to 8 h), 1 for day (8 to 16 h), 2 for evening (16 to 24 h)."""
    return watch % WATCHES_PER_DAY


@rule
def on_rota(officer: int, watch: int, shifts: float) -> bool:
    """Say whether an officer works in this watch, ``shifts`` of the 21 watches of a week.

    The step of 8 watches (coprime to 21) keeps a shift and the next at least two watches apart.
    """
    return (8 * watch + 5 * officer) % WATCHES_PER_WEEK < shifts
