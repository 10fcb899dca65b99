"""Residents who protect themselves, in five domains, and who stay in of an evening."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from coproduction.experiments.explanations.explanation import LOG_ODDS, PROBABILITY, Explanation, Term
from coproduction.experiments.explanations.forms import bare_log_odds
from coproduction.experiments.explanations.helping import FOUR_WEEKS, TENURE
from coproduction.experiments.explanations.moment import Moment, decided
from coproduction.experiments.explanations.sources import source_of, theory_of
from coproduction.experiments.follow_words import chance
from coproduction.simulation.decisions import Decision
from coproduction.simulation.phases.protect import wanted_protection
from coproduction.simulation.rules import protection as rules
from coproduction.simulation.rules.calendar import EVENING, watch_of_day
from coproduction.simulation.rules.presence import (
    AT_DAY_PLACE,
    AT_HOME,
    OLD,
    OUT_OF_TOWN,
    home_probability,
    staying_in_terms,
    whereabouts,
)
from coproduction.simulation.rules.targets import home_share


@dataclass(frozen=True, slots=True)
class _Domain:
    """A domain of protection: parameter of its usual share, name, rules, and the traits that it depends on."""

    key: str
    about: str
    terms: Callable[..., tuple[float, ...]]
    rule: Callable[..., float]
    traits: tuple[str, ...]


DOMAINS = (
    _Domain("locks", "good locks", rules.locks_terms, rules.locks_probability,
            ("fear", "victim", "income", "owner")),
    _Domain("technology", "alarm or camera", rules.technology_terms, rules.technology_probability,
            ("victim", "income", "owner")),
    _Domain("watching", "watching neighbours' homes", rules.watching_terms, rules.watching_probability, ("capital",)),
    _Domain("self_defence", "ready for self-defence", rules.self_defence_terms, rules.self_defence_probability,
            ("fear", "distrust")),
    _Domain("avoidance", "not going out after dark", rules.avoidance_terms, rules.avoidance_probability, ("fear",)),
)  # fmt: skip
"""In the order of the bits of a resident's column ``protection``."""


def protection(moment: Moment, resident: int) -> tuple[Explanation, ...]:
    """Return, for each domain, whether a resident takes the protection up, or gives it up."""
    traits = _traits(moment, resident)
    residents, p, watch = moment.state.residents, moment.parameters.protection, moment.watch
    return tuple(
        _domain(
            moment, resident, place, traits, float(wanted_protection(residents, p, watch, resident, place))
        )
        for place in range(len(DOMAINS))
    )


def _traits(moment: Moment, resident: int) -> dict[str, tuple[str, float, str]]:
    """Return the traits that protection depends on: name, value for the rule, in words."""
    residents, p = moment.state.residents, moment.parameters.protection
    fear, trust = float(residents.fear[resident]), float(residents.trust[resident])
    capital, quintile = float(residents.social_capital[resident]), int(residents.quintile[resident])
    hit = rules.remembers(int(residents.last_victimised[resident]), moment.watch, p.victim_memory)
    again = "a victim in the last" if hit else "no victim in the last"
    return {
        "fear": ("fear", fear, f"fear {fear:.3f}"),
        "victim": ("victimisation", hit, f"{again} {p.victim_memory:g} weeks"),
        "income": ("income", rules.standing(quintile), f"income quintile {quintile + 1} of 5"),
        "owner": ("tenure", rules.tenure(int(residents.owner[resident])), TENURE[residents.owner[resident]]),
        "capital": ("social capital", capital, f"social capital {capital:.3f}"),
        "distrust": ("distrust of the police", trust, f"1 − trust {trust:.3f}"),
    }


def _domain(
    moment: Moment, resident: int, place: int, traits: dict[str, tuple[str, float, str]], wanted: float
) -> Explanation:
    """Return one domain; wanted is the share who do it in the long run, as the model has it."""
    domain, p = DOMAINS[place], moment.parameters.protection
    does = bool(rules.does(int(moment.state.residents.protection[resident]), 1 << place))
    given = [traits[trait] for trait in domain.traits]
    values = domain.terms(p, *(value for _, value, _ in given))
    usual = getattr(p, domain.key)
    terms = [
        Term(
            "usual share", bare_log_odds(usual), LOG_ODDS, chance(usual), source_of("protection", domain.key)
        )
    ]
    for trait, (name, _, detail), value in zip(domain.traits, given, values[1:], strict=True):
        key = f"{domain.key}_{trait}"
        told = f"{detail}, weight {getattr(p, key):g}"
        terms.append(Term(name, float(value), LOG_ODDS, told, source_of("protection", key)))
    terms.append(
        Term("thinks it over", p.pace, PROBABILITY, "in four weeks", source_of("protection", "pace"))
    )
    result = float(rules.changing_probability(does, wanted, p.pace))
    answers = ("gives it up", "keeps it") if does else ("takes it up", "does without")
    u = moment.luck(Decision.PROTECT, resident, place)
    draw, outcome = decided(moment.due("protect"), u, result, answers)
    return Explanation(
        "protect", "Will this resident take up or give up protection within four weeks?",
        tuple(terms), "given up" if does else "taken up", result, domain.rule.__name__,
        f"{theory_of(domain.rule)} {theory_of(rules.keeps_up)}", domain.about, draw=draw, outcome=outcome,
        notes=("Does it now." if does else "Does not do it now.", FOUR_WEEKS),
    )  # fmt: skip


def evening(moment: Moment, resident: int) -> tuple[Explanation, ...]:
    """Return whether a resident is at home of an evening."""
    residents, p = moment.state.residents, moment.parameters.presence
    age, woman = int(residents.age[resident]), bool(residents.sex[resident] == 1)
    avoids = bool(rules.does(int(residents.protection[resident]), rules.AVOIDANCE))
    parts = staying_in_terms(p, age >= OLD, woman, avoids)
    terms = (
        Term("usual share at home", p.home_evening, PROBABILITY, "men below 65 who do not avoid the dark",
             source_of("presence", "home_evening")),
        Term("age", parts[0], LOG_ODDS, f"{age} years; counts from {OLD} on", source_of("presence", "old_stay_in")),
        Term("sex", parts[1], LOG_ODDS, "woman" if woman else "man", source_of("presence", "women_stay_in")),
        Term("avoidance", parts[2], LOG_ODDS, "avoids going out after dark" if avoids else "does not avoid the dark",
             source_of("presence", "avoiders_stay_in")),
    )  # fmt: skip
    result = float(home_share(residents, p, resident, EVENING))
    now = watch_of_day(moment.watch) == EVENING
    u = moment.luck(Decision.AWAY, resident)
    where: dict[Any, str] = {
        AT_HOME: "is at home",
        AT_DAY_PLACE: "is at the day place",
        OUT_OF_TOWN: "is out of town",
    }
    return (
        Explanation(
            "evening", "Does this resident stay in of an evening?", terms, "moved", result, "home_probability",
            theory_of(home_probability), draw=u if now else None,
            outcome=where[whereabouts(u, result, p.day_place)] if now else None,
            notes=(f"Of those who are out, {chance(p.day_place)} are at their day place in the city.",),
        ),
    )  # fmt: skip
