"""Numbers and lists as a reader expects them: signs, rounding to the interval, units, plain sentences."""

import math
from collections.abc import Sequence

MINUS = "\N{MINUS SIGN}"
EN_DASH = "\N{EN DASH}"
NO_BREAK = "\N{NO-BREAK SPACE}"
MOST_DECIMALS = 5
NOT_MEASURED = "not measured"
COUNT_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def decimals_for(spread: float) -> int:
    """Decimals that suit a spread (a half-width, say): two digits of it where it begins with 1 or 2, else one.

    0 to 5, and 1 where the spread is not known.
    """
    if not math.isfinite(spread) or spread <= 0:
        return 1
    power = math.floor(math.log10(spread))
    digits = 2 if spread / 10.0**power < 3.0 else 1
    return min(max(digits - 1 - power, 0), MOST_DECIMALS)


def decimals_for_interval(low: float, high: float) -> int:
    """Decimals that suit an interval: as its half-width allows, and enough that zero, if left out, is seen to be."""
    decimals = decimals_for((high - low) / 2.0)
    leaves_out_zero = low > 0.0 or high < 0.0
    nearest = min(abs(low), abs(high))
    while leaves_out_zero and decimals < MOST_DECIMALS and round(nearest, decimals) == 0.0:
        decimals += 1
    return decimals


def number(value: float, decimals: int = 1) -> str:
    """A number with thousands separators and a true minus sign; never a negative zero."""
    if not math.isfinite(value):
        return NOT_MEASURED
    text = f"{abs(value):,.{decimals}f}"
    is_zero = not text.strip("0.,")
    return text if value >= 0 or is_zero else MINUS + text


def signed(value: float, decimals: int = 1) -> str:
    """A difference: as :func:`number`, with a plus sign where it is above zero."""
    text = number(value, decimals)
    is_positive = math.isfinite(value) and value > 0 and text.strip("0.,") != ""
    return "+" + text if is_positive else text


def interval(low: float, high: float, decimals: int = 1, *, sign: bool = False) -> str:
    """Two ends of an interval: an en dash between plain numbers, the word "to" where a sign stands."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "no interval"
    show = signed if sign else number
    between = " to " if sign or low < 0 else EN_DASH
    return f"{show(low, decimals)}{between}{show(high, decimals)}"


def significant(value: float, digits: int = 3) -> str:
    """A number with so many significant digits, without trailing zeros; integers in full."""
    if not math.isfinite(value):
        return NOT_MEASURED
    if value == 0:
        return "0"
    if 0 < abs(value) < 1e-4:
        return f"{value:.{digits - 1}e}".replace("-", MINUS)
    decimals = max(digits - 1 - math.floor(math.log10(abs(value))), 0)
    text = number(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: float, digits: int = 2) -> str:
    """A large number to so many digits, the rest zeros: 15,877 to two digits is 16,000."""
    spare = max(len(str(int(abs(value)))) - digits, 0)
    return number(round(value, -spare), 0) if spare else significant(value, digits)


def percent(value: float, decimals: int = 1) -> str:
    """A percentage without a sign, from percent: 3.14 gives "3.1 %"."""
    return f"{number(abs(value), decimals)}{NO_BREAK}%"


def count(amount: int, singular: str, plural: str | None = None) -> str:
    """ "three policies", "1 policy", "12 policies": small numbers in words."""
    noun = singular if amount == 1 else (plural or singular + "s")
    word = COUNT_WORDS[amount] if 0 <= amount < len(COUNT_WORDS) else f"{amount:,}"
    return f"{word} {noun}"


def listing(parts: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def sentences(texts: Sequence[str]) -> str:
    """Texts one after the other, each ending in a full stop."""
    return " ".join(f"{text.rstrip('.')}." for text in texts)


def sentence_start(text: str) -> str:
    """The text with its first letter in capitals, the rest untouched."""
    return text[:1].upper() + text[1:]


def within_sentence(label: str) -> str:
    """A label inside a sentence: first letter small, unless it opens an abbreviation such as USD."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
