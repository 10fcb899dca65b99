"""The answer in words, made from the verdict and never claiming more than its intervals.

Each policy is compared with the baseline only; the policies are not ranked among themselves, as no interval
between them was computed.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coproduction.experiments.report import wording
from coproduction.experiments.report.effects import ABOUT_EQUAL, MARKS, UNDECIDED, Effect

HEADLINE = "true_crime"
HELD_EQUAL = "public_cost"
"""The outcome that the comparison itself keeps equal."""
MAY_BE_LUCK = "weak: may be luck among so many questions"
MOST_ALSO = 6
"""Further outcomes that are named where they moved."""
NO_REASON = "read nothing into it"
REASONS = {
    "trust": "in this first version of the model contacts nearly cancel out, so that trust hardly moves",
}
"""Why an outcome may come out about equal under every policy, where the model's form is known to be the reason."""


@dataclass(frozen=True, slots=True)
class PolicyAnswer:
    """What is said of one policy; an empty text is not shown."""

    title: str
    headline: str
    better: str
    worse: str
    hint_better: str
    hint_worse: str
    hint_other: str
    other: str
    undecided: str
    also: str
    about_equal: str
    unchanged: str
    unknown: str
    gains: str
    loses: str


def lead(effects: Sequence[Effect], baseline_title: str) -> str:
    """The first sentence: for which policies true crime differs from the baseline's, and which way."""
    headline = [effect for effect in effects if effect.outcome == HEADLINE]
    if not headline:
        return f"No policy was compared with {baseline_title}."
    equal = [effect.policy_title for effect in headline if effect.shown_finding == ABOUT_EQUAL]
    told = [effect for effect in headline if effect.is_told and not effect.is_weak]
    weak = [effect for effect in headline if effect.is_weak]
    lower = [effect.policy_title for effect in told if effect.difference < 0]
    higher = [effect.policy_title for effect in told if effect.difference > 0]
    hints = [effect.policy_title for effect in weak]
    unclear = [e.policy_title for e in headline if e.policy_title not in {*equal, *lower, *higher, *hints}]
    if len(unclear) == len(headline):
        return f"In this model, no policy's true crime can be told apart from that under {_quoted(baseline_title)}."
    parts = [
        _clause(lower, "less true crime than", baseline_title),
        _clause(higher, "more true crime than", baseline_title),
        _clause(equal, "about as much true crime as", baseline_title),
    ]
    parts += [_hint(effect) for effect in weak]
    if unclear:
        parts.append(f"for {_together(unclear)} no difference can be told from luck")
    return "In this model, " + "; ".join(part for part in parts if part) + "."


def _clause(titles: Sequence[str], comparison: str, baseline_title: str) -> str:
    """Who has less, more or as much true crime as the baseline; empty for nobody."""
    if not titles:
        return ""
    verb = "has" if len(titles) == 1 else "have"
    return f"{_together(titles)} {verb} {comparison} {_quoted(baseline_title)}"


def _hint(effect: Effect) -> str:
    word = "less" if effect.difference < 0 else "more"
    return f"for {_quoted(effect.policy_title)} there is a hint of {word}, which may be luck among so many questions"


def _together(titles: Sequence[str]) -> str:
    return wording.listing([_quoted(title) for title in titles])


def _quoted(title: str) -> str:
    """A policy's name set off from the sentence around it."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}"


def policy_answers(
    effects: Sequence[Effect],
    who: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {}),
    asked: str = "the precision asked for",
) -> list[PolicyAnswer]:
    """What is said of each policy, in the order of the comparison.

    who    by policy, which residents it leaves better off, and which worse, in words
    asked  the half-width asked for, in words
    """
    names = dict.fromkeys(effect.policy for effect in effects)
    return [
        _policy_answer(
            [effect for effect in effects if effect.policy == name],
            (who[0].get(name, ""), who[1].get(name, "")),
            asked,
        )
        for name in names
    ]


def _policy_answer(effects: Sequence[Effect], who: tuple[str, str], asked: str) -> PolicyAnswer:
    """The main outcomes of one policy, sorted into better, worse, merely different and undecided."""
    rest = [effect for effect in effects if effect.main and effect.outcome != HEADLINE]
    sure = [effect for effect in rest if not effect.is_weak]
    grouped = {finding: [effect for effect in sure if effect.shown_finding == finding] for finding in MARKS}
    weak = {finding: [e for e in rest if e.is_weak and e.shown_finding == finding] for finding in MARKS}
    headline = next((effect for effect in effects if effect.outcome == HEADLINE), None)
    return PolicyAnswer(
        title=effects[0].policy_title,
        headline=_headline(headline) if headline else "",
        better=_named(grouped["better"]),
        worse=_named(grouped["worse"]),
        hint_better=_named(weak["better"]),
        hint_worse=_named(weak["worse"]),
        hint_other=_named([*weak["higher"], *weak["lower"]]),
        other=_named([*grouped["higher"], *grouped["lower"]]),
        undecided=wording.listing([_undecided(effect, asked) for effect in grouped[UNDECIDED]]),
        also=moved_most(effects).get(effects[0].policy_title, ""),
        about_equal=_labels(grouped[ABOUT_EQUAL]),
        unchanged=_labels(grouped["identical"]),
        unknown=_labels(grouped["unknown"]),
        gains=who[0],
        loses=who[1],
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
    reserve = f": {MAY_BE_LUCK}" if effect.is_weak else ""
    return f"True crime is {size} {word} (interval {effect.span}){reserve}."


def _undecided(effect: Effect, asked: str) -> str:
    """An outcome by name, with the number of pairs that would be enough where these are not."""
    label = wording.within_sentence(effect.label)
    if effect.precise_enough or not effect.n < effect.n_needed < math.inf:
        return label
    return f"{label} ({asked} would take about {wording.rounded(effect.n_needed)} pairs)"


def _named(effects: Sequence[Effect]) -> str:
    """Outcomes with the size of their difference, in a list."""
    return wording.listing([f"{wording.within_sentence(e.label)} ({e.size})" for e in effects])


def _labels(effects: Sequence[Effect]) -> str:
    """Outcomes by name, in a list."""
    return wording.listing([wording.within_sentence(effect.label) for effect in effects])


def moved_most(effects: Sequence[Effect]) -> dict[str, str]:
    """By title of policy, in a list, the further outcomes whose difference is furthest from luck, the surest first."""
    further = [effect for effect in effects if not (effect.main or effect.disparity)]
    sure = [e for e in further if e.is_told and not e.is_weak and 0.0 < e.half_width < math.inf]
    sure.sort(key=lambda effect: abs(effect.difference) / effect.half_width, reverse=True)
    titles = dict.fromkeys(effect.policy_title for effect in effects)
    by_policy = {title: [effect for effect in sure if effect.policy_title == title] for title in titles}
    return {title: _named(found[:MOST_ALSO]) for title, found in by_policy.items() if found}


def unmoved(effects: Sequence[Effect]) -> list[str]:
    """A sentence for every main outcome that is about equal under every policy, but for the budget itself."""
    named = dict.fromkeys(
        effect.outcome for effect in effects if effect.main and effect.outcome != HELD_EQUAL
    )
    by_outcome = [[effect for effect in effects if effect.outcome == name] for name in named]
    return [
        f"{found[0].label} is about equal under every policy: "
        + "; ".join(part for part in (REASONS.get(found[0].outcome, ""), NO_REASON) if part)
        + "."
        for found in by_outcome
        if all(effect.shown_finding in {ABOUT_EQUAL, "identical"} for effect in found)
    ]


def dropped_out(effects: Sequence[Effect]) -> str:
    """The main differences that do not outlast the allowance for their number, by outcome and policy."""
    weak = [effect for effect in effects if effect.main and effect.is_weak]
    return wording.listing(
        [f"{wording.within_sentence(e.label)} under {_quoted(e.policy_title)}" for e in weak]
    )


def unresolved(effects: Sequence[Effect]) -> list[Effect]:
    """Of each main outcome that is less precise than asked, the effect that needs most runs."""
    wide = [effect for effect in effects if effect.main and not effect.precise_enough]
    worst: dict[str, Effect] = {}
    for effect in sorted(wide, key=lambda effect: effect.n_needed):
        worst[effect.outcome] = effect
    return list(worst.values())
