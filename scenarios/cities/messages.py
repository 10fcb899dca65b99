"""The one shape of what a city file or its table is refused with."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from coproduction.simulation.errors import CityError

COLUMNS_SHOWN = 12


def refusal(file: str, table: str, problem: str) -> CityError:
    """Return the error for ``problem``, which names the key, what is allowed, what was given and what to do.

    table  name of the table of the file, without brackets; empty for the file as a whole
    """
    place = f"{file}: [{table}]" if table else f"{file}:"
    return CityError(f"{place} {problem}")


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Return a question with the nearest known name, or an empty text when none is near."""
    by_lower_case = {name.lower(): name for name in known}
    near = get_close_matches(given.lower(), by_lower_case, n=1, cutoff=0.5)
    return f" Did you mean {by_lower_case[near[0]]}?" if near else ""


def suggestion(given: str, known: Sequence[str]) -> str:
    """Return the nearest known name as a question, or the known names when none is near."""
    question = did_you_mean(given, known)
    return question or f" Choose one of: {listed(known, COLUMNS_SHOWN)}."


def listed(names: Sequence[str], at_most: int) -> str:
    """Return the names with commas, cut after ``at_most`` with the number left out."""
    shown = ", ".join(names[:at_most])
    left_out = len(names) - at_most
    return f"{shown} and {left_out} more" if left_out > 0 else shown


def shown(given: object) -> str:
    """Return what was given, cut to a length that fits in a sentence."""
    text = repr(given)
    return text if len(text) <= 60 else f"{text[:57]}..."
