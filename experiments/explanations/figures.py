"""Numbers of an explanation as text, each on its scale."""

from coproduction.experiments.explanations.explanation import (
    LOG_HAZARD,
    LOG_ODDS,
    PROBABILITY,
    Explanation,
    Term,
)
from coproduction.experiments.explanations.forms import signed
from coproduction.experiments.follow_words import chance

SIGNED = (LOG_ODDS, LOG_HAZARD)


def value_text(term: Term) -> tuple[str, str]:
    """Return a term's value and its unit as text; shares and probabilities in per cent."""
    if term.unit in SIGNED:
        return signed(term.value), term.unit
    if term.unit == PROBABILITY or is_share(term.unit):
        return chance(term.value), "" if term.unit == PROBABILITY else share_of(term.unit)
    if term.unit == "factor":
        return f"× {plain(term.value)}", ""
    if term.unit.startswith("USD"):
        return usd(term.value), term.unit
    if term.unit == "yes or no":
        return ("yes" if term.value else "no"), ""
    return plain(term.value), term.unit


def is_share(unit: str) -> bool:
    """Say whether a unit is a share, of whatever."""
    return unit == "share" or unit.startswith("share of ")


def share_of(unit: str) -> str:
    """Return what a share is a share of, as it stands behind per cent."""
    return unit.removeprefix("share").strip()


def result_text(each: Explanation) -> str:
    """Return a result as text, without its unit."""
    if each.unit == PROBABILITY or is_share(each.unit):
        return chance(each.result)
    return plain(each.result)


def with_unit(each: Explanation) -> str:
    """Return a result as text with its unit."""
    text = result_text(each)
    if each.unit == PROBABILITY:
        return text
    if is_share(each.unit):
        return f"{text} {share_of(each.unit)}".rstrip()
    return f"{text} ({each.unit})"


def usd(value: float) -> str:
    """Return money with its sign, cents where they matter."""
    text = f"{value:+,.0f}" if abs(value) >= 1000.0 else f"{value + 0.0:+.2f}"
    return "0" if float(text.replace(",", "")) == 0.0 else text.replace("-", "−")


def plain(value: float) -> str:
    """Return a number with some four digits, never as a power of ten."""
    if value == int(value):
        return f"{int(value):,}"
    if abs(value) >= 1000.0:
        return f"{value:,.0f}"
    return f"{value:.4g}" if abs(value) >= 0.001 else f"{value:.5f}"
