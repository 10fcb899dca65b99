"""What a result comes to, in a paragraph a policy: for those who read no table."""

from coproduction.dashboard.findings import MAIN, Findings, named
from coproduction.dashboard.results_screen import Words
from coproduction.experiments.report import wording
from coproduction.experiments.report.effects import ABOUT_EQUAL, reader_finding
from coproduction.experiments.sweeps.differences import Difference
from coproduction.experiments.sweeps.pictures import shown_difference
from coproduction.simulation.outcomes import BY_NAME

CLEAR = ("better", "worse", "lower", "higher")
"""Findings whose interval leaves zero out, those first that say for whom it is good."""
IN_WORDS = {
    "not distinguishable": "no clear difference",
    "identical": "the same in every run",
    "unknown": "too few seeds to tell",
}
OTHERS = {
    ABOUT_EQUAL: f"{ABOUT_EQUAL} in",
    "not distinguishable": f"{IN_WORDS['not distinguishable']} in",
    "identical": f"{IN_WORDS['identical']}:",
    "unknown": f"{IN_WORDS['unknown']}:",
}
"""How a list of the outcomes of any other finding begins, in this order."""
TITLE = "In short"


def conclusions(found: Findings) -> list[Words]:
    """Return a paragraph for each policy but the first on the outcomes that are looked at first."""
    first = named(found.policies[0])
    said = [_of_policy(found, policy, first) for policy in found.policies[1:]]
    return [Words(text, "" if place else TITLE) for place, text in enumerate(filter(None, said))]


def _of_policy(found: Findings, policy: str, first: str) -> str:
    by_finding: dict[str, list[Difference]] = {}
    for outcome in MAIN:
        if row := found.by_key.get((policy, outcome)):
            word = reader_finding(row.finding, row.low, row.high, row.first)
            by_finding.setdefault(word, []).append(row)
    clear = [
        f"{word} in {wording.listing([_by_how_much(row) for row in by_finding[word]])}"
        for word in CLEAR
        if word in by_finding
    ]
    rest = [
        f"{words} {wording.listing([_label(row) for row in by_finding[finding]])}"
        for finding, words in OTHERS.items()
        if finding in by_finding
    ]
    name = wording.sentence_start(named(policy))
    return f"{name}, beside {first}: {'; '.join(clear + rest)}." if by_finding else ""


def _by_how_much(row: Difference) -> str:
    """Return an outcome with its difference: in per cent of the first policy's mean where that can be said."""
    if BY_NAME[row.outcome].disparity or not abs(row.difference) < abs(row.first):
        difference = shown_difference(row).split(" ", maxsplit=1)[0]
        return f"{_label(row)} ({difference} {BY_NAME[row.outcome].unit})"
    low, middle, high = (100.0 * each / abs(row.first) for each in (row.low, row.difference, row.high))
    decimals = wording.decimals_for_interval(low, high)
    return f"{_label(row)} ({wording.signed(middle, decimals)}{wording.NO_BREAK}%)"


def _label(row: Difference) -> str:
    return wording.within_sentence(BY_NAME[row.outcome].label)
