"""The answer in words, made from the verdict and never claiming more than its intervals.

Each policy is compared with the baseline only; the policies are not ranked among themselves, as no interval
between them was computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from coproduction.experiments.report import wording
from coproduction.experiments.report.effects import ABOUT_EQUAL, MARKS, UNDECIDED, Effect

HEADLINE = "true_crime"


@dataclass(frozen=True, slots=True)
class PolicyAnswer:
    """What is said of one policy; an empty text is not shown."""

    title: str
    headline: str
    better: str
    worse: str
    other: str
    undecided: str
    about_equal: str
    unchanged: str
    unknown: str


def lead(effects: Sequence[Effect], baseline_title: str) -> str:
    """The first sentence: for which policies true crime differs from the baseline's, and which way."""
    headline = [effect for effect in effects if effect.outcome == HEADLINE]
    if not headline:
        return f"No policy was compared with {baseline_title}."
    equal = [effect.policy_title for effect in headline if effect.shown_finding == ABOUT_EQUAL]
    told = [effect for effect in headline if effect.distinguishable and effect.policy_title not in equal]
    lower = [effect.policy_title for effect in told if effect.difference < 0]
    higher = [effect.policy_title for effect in told if effect.difference > 0]
    unclear = [e.policy_title for e in headline if e.policy_title not in {*equal, *lower, *higher}]
    if len(unclear) == len(headline):
        return f"In this model, no policy's true crime can be told apart from that under {_quoted(baseline_title)}."
    parts = [
        _clause(lower, "less true crime than", baseline_title),
        _clause(higher, "more true crime than", baseline_title),
        _clause(equal, "about as much true crime as", baseline_title),
    ]
    if unclear:
        parts.append(f"for {_together(unclear)} no difference can be told from luck")
    return "In this model, " + "; ".join(part for part in parts if part) + "."


def _clause(titles: Sequence[str], comparison: str, baseline_title: str) -> str:
    """Who has less, more or as much true crime as the baseline; empty for nobody."""
    if not titles:
        return ""
    verb = "has" if len(titles) == 1 else "have"
    return f"{_together(titles)} {verb} {comparison} {_quoted(baseline_title)}"


def _together(titles: Sequence[str]) -> str:
    return wording.listing([_quoted(title) for title in titles])


def _quoted(title: str) -> str:
    """A policy's name set off from the sentence around it."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}"


def policy_answers(effects: Sequence[Effect]) -> list[PolicyAnswer]:
    """What is said of each policy, in the order of the comparison."""
    names = dict.fromkeys(effect.policy for effect in effects)
    return [_policy_answer([effect for effect in effects if effect.policy == name]) for name in names]


def _policy_answer(effects: Sequence[Effect]) -> PolicyAnswer:
    """The main outcomes of one policy, sorted into better, worse, merely different and undecided."""
    rest = [effect for effect in effects if effect.main and effect.outcome != HEADLINE]
    grouped = {finding: [effect for effect in rest if effect.shown_finding == finding] for finding in MARKS}
    headline = next((effect for effect in effects if effect.outcome == HEADLINE), None)
    return PolicyAnswer(
        title=effects[0].policy_title,
        headline=_headline(headline) if headline else "",
        better=_named(grouped["better"]),
        worse=_named(grouped["worse"]),
        other=_named([*grouped["higher"], *grouped["lower"]]),
        undecided=_labels(grouped[UNDECIDED]),
        about_equal=_labels(grouped[ABOUT_EQUAL]),
        unchanged=_labels(grouped["identical"]),
        unknown=_labels(grouped["unknown"]),
    )


def _headline(effect: Effect) -> str:
    """True crime in one sentence."""
    if effect.finding == "identical":
        return "True crime is the same in every replication."
    if effect.finding == "unknown":
        return "Nothing can be said of true crime: an interval needs at least two good pairs of runs."
    if effect.shown_finding == ABOUT_EQUAL:
        return f"True crime is about equal to the baseline's (interval {effect.span})."
    if not effect.distinguishable:
        return f"True crime is not distinguishable from the baseline's (interval {effect.span})."
    word = "lower" if effect.difference < 0 else "higher"
    size = effect.size.removeprefix("+").removeprefix(wording.MINUS)
    return f"True crime is {size} {word} (interval {effect.span})."


def _named(effects: Sequence[Effect]) -> str:
    """Outcomes with the size of their difference, in a list."""
    return wording.listing([f"{wording.within_sentence(e.label)} ({e.size})" for e in effects])


def _labels(effects: Sequence[Effect]) -> str:
    """Outcomes by name, in a list."""
    return wording.listing([wording.within_sentence(effect.label) for effect in effects])


def unresolved(effects: Sequence[Effect]) -> list[Effect]:
    """Of each main outcome that is less precise than asked, the effect that needs most runs."""
    wide = [effect for effect in effects if effect.main and not effect.precise_enough]
    worst: dict[str, Effect] = {}
    for effect in sorted(wide, key=lambda effect: effect.n_needed):
        worst[effect.outcome] = effect
    return list(worst.values())
