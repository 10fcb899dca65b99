"""How terms make a result: each form computes it once more, in the order of the rule, and says so in words."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, mul

from coproduction.experiments.follow_words import chance
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.rules.logistic import from_log_odds, log_odds

FOUR_WEEKS = "4 / 52"


@dataclass(frozen=True, slots=True)
class Form:
    """A way of putting terms together.

    says     in words, with the terms called by their units
    combine  from the terms' values, in their order
    on_way   what they come to on the way to the result, in words; empty where that says nothing new
    """

    says: str
    combine: Callable[[Sequence[float]], float]
    on_way: Callable[[Sequence[float]], str] = lambda _: ""


def signed(value: float) -> str:
    """Return log odds with their sign; without end they mean always or never."""
    if math.isinf(value):
        return "always" if value > 0 else "never"
    return f"{value + 0.0:+.3f}".replace("-", "−")


def bare_log_odds(probability: float) -> float:
    """Return log odds, minus or plus infinity for what never or always happens."""
    if probability <= 0.0:
        return -math.inf
    return math.inf if probability >= 1.0 else log_odds(probability)


def _total(values: Sequence[float]) -> float:
    return reduce(add, values)  # the built-in sum would correct its rounding, rules do not


def _log_odds(values: Sequence[float]) -> float:
    return from_log_odds(_total(values))


def _shifted(values: Sequence[float]) -> float:
    return from_log_odds(values[0] + _total(values[1:]))


def _moved(values: Sequence[float]) -> float:
    usual, by = values[0], _total(values[1:])
    return usual if usual <= 0.0 or usual >= 1.0 or by == 0.0 else from_log_odds(log_odds(usual) + by)


def _then(values: Sequence[float]) -> float:
    return _moved((_log_odds(values[:-1]), values[-1]))


def _taken_up(values: Sequence[float]) -> float:
    return values[-1] * _log_odds(values[:-1])


def _given_up(values: Sequence[float]) -> float:
    return values[-1] * (1.0 - _log_odds(values[:-1]))


def _product(values: Sequence[float]) -> float:
    return reduce(mul, values)


def _hazard(values: Sequence[float]) -> float:
    return 1.0 - math.exp(-_product(values))


def _entry(values: Sequence[float]) -> float:
    return 1.0 - math.exp(-_product(values) * WATCHES_PER_MONTH / WATCHES_PER_YEAR)


def _proportional(values: Sequence[float]) -> float:
    hazard = values[0] * math.exp(_total(values[1:]))
    return 1.0 - math.exp(-hazard * WATCHES_PER_MONTH / WATCHES_PER_YEAR)


def _stopped(values: Sequence[float]) -> float:
    return 1.0 - math.exp(-(values[0] * _total(values[1:])))


def _leaving(values: Sequence[float]) -> float:
    return min(values[0] + values[1], 1.0) + values[2]


def _posts(values: Sequence[float]) -> float:
    *spent, officer_cost = values
    budget = spent[0] + spent[1]
    standing = spent[2] + spent[3] + spent[4]
    return max(budget + (standing + spent[5]), 0.0) / officer_cost


def _strength(values: Sequence[float]) -> float:
    members, wanted, residents, weight = values
    return min(members * 1000.0 / (wanted * max(residents, 1)), 1.0) * weight


def _x(values: Sequence[float]) -> str:
    return f"x {signed(_total(values))}"


def _in_the_long_run(values: Sequence[float], verb: str) -> str:
    return (
        f"{_x(values[:-1])}, {chance(_log_odds(values[:-1]))} do it in the long run; of the {chance(values[-1])} who "
        f"think it over in four weeks so many {verb} it up"
    )


def _hazard_a_year(values: Sequence[float]) -> str:
    return f"hazard {values[0] * math.exp(_total(values[1:])):.4f} a year"


LOG_ODDS_SAY = "log odds add up to x, and the probability is 1 / (1 + exp(−x))"
FORMS: dict[str, Form] = {
    "log odds": Form(LOG_ODDS_SAY, _log_odds, _x),
    "shifted": Form(LOG_ODDS_SAY, _shifted, _x),
    "moved": Form("the log odds of the first probability are moved by the others", _moved),
    "prejudice last": Form(f"{LOG_ODDS_SAY}, whose log odds the last term moves again", _then),
    "taken up": Form(LOG_ODDS_SAY, _taken_up, lambda v: _in_the_long_run(v, "take")),
    "given up": Form(LOG_ODDS_SAY, _given_up, lambda v: _in_the_long_run(v, "give")),
    "product": Form("the terms are multiplied", _product),
    "product, at most 1": Form("the terms are multiplied; at most 1", lambda v: min(_product(v), 1.0)),
    "sum": Form("the terms add up", _total),
    "hazard": Form(
        "the probability is 1 − exp(−product of the terms)", _hazard, lambda v: f"{_product(v):.5f} expected"
    ),
    "beginning": Form(f"the probability is 1 − exp(−product of the terms × {FOUR_WEEKS})", _entry),
    "giving up": Form(
        f"the probability is 1 − exp(−hazard × exp(sum of the others) × {FOUR_WEEKS})",
        _proportional,
        _hazard_a_year,
    ),
    "stopped": Form(
        "the probability is 1 − exp(−share that bears on it × sum of the others)",
        _stopped,
        lambda v: f"guardianship {v[0] * _total(v[1:]):.4f}",
    ),
    "leaving a beat": Form(
        "the probability is 1 − exp(−first / second)", lambda v: 1.0 - math.exp(-v[0] / v[1])
    ),
    "leaving": Form("the terms add up", _leaving),
    "ratio": Form("the first is divided by the second", lambda v: v[0] / max(v[1], 1e-300)),
    "efficacy": Form(
        "the first two add up and are multiplied by the others", lambda v: (v[0] + v[1]) * v[2] * v[3] * v[4]
    ),
    "left": Form(
        "the share is exp(−4 × sum of the speeds / weeks)",
        lambda v: math.exp(-(WATCHES_PER_MONTH / WATCHES_PER_WEEK) * _total(v[:-1]) / v[-1]),
    ),
    "within reach": Form(f"{LOG_ODDS_SAY}, times the share within reach", _taken_up, lambda v: _x(v[:-1])),
    "patrol": Form(
        "the first two add up, what boards leave of them counts, and the last is added",
        lambda v: v[2] * (v[0] + v[1]) + v[3],
    ),
    "posts": Form("what is left of the budget is divided by the cost of an officer", _posts),
    "strength": Form(
        "strength is members against those wanted, at most 1, times what boards place there", _strength
    ),
    "choice": Form("the chance of each is its weight over the sum of weights", lambda v: max(v) / _total(v)),
    "as it is": Form("the term itself", lambda v: v[0]),
}
