"""An account as text, in the manner of a followed case: numbered questions, terms on lines with a bar."""

import math
import textwrap
from collections.abc import Iterator
from itertools import groupby

from coproduction.experiments.explanations.account import Account
from coproduction.experiments.explanations.explanation import LOG_ODDS, PROBABILITY, Explanation, Term
from coproduction.experiments.follow_words import chance, counted, time_of_day
from coproduction.simulation.rules.calendar import WATCHES_PER_DAY, WATCHES_PER_WEEK

WIDTH = 98
BAR, REST = "   | ", "   |   "
NAME, VALUE = 28, 24
MOST_OPTIONS = 8
"""Options of a choice that are listed; the others are summed."""


def account_text(account: Account, *, sources: bool) -> str:
    """Return an account, 100 characters wide."""
    heading = f"{account.name}, {_moment(account.watch)}"
    groups = [list(group) for _, group in groupby(account.explanations, key=lambda each: each.decision)]
    steps = [_step(number, group, sources=sources) for number, group in enumerate(groups, start=1)]
    none = ["There is nothing to decide here: see the sentences above."] if not steps else []
    head = [f"{heading}\n{'=' * len(heading)}", *_about(account)]
    return "\n\n".join(["\n".join(head), *steps, *none, _closing(account)])


def _moment(watch: int) -> str:
    day = watch % WATCHES_PER_WEEK // WATCHES_PER_DAY + 1
    return f"week {watch // WATCHES_PER_WEEK + 1}, day {day}, {time_of_day(watch)}"


def _about(account: Account) -> Iterator[str]:
    chosen = f" Chosen: {account.chosen}." if account.chosen else ""
    text = f"{account.scenario}, seed {account.seed}.{chosen} {account.described}"
    yield textwrap.fill(text, WIDTH)


def _closing(account: Account) -> str:
    wrong = [
        f"{each.decision} is {each.result!r} and {each.recomputed!r} here"
        for each in account.explanations
        if not each.holds
    ]
    if wrong:
        return f"The terms do NOT give what the model's rules give: {'; '.join(wrong)}."
    results = counted(len(account.explanations), "result")
    return f"Checked: {results}, computed from the terms alone, the same as the model's rules give to the last bit."


def _step(number: int, group: list[Explanation], *, sources: bool) -> str:
    """Return one decision; explanations that share their terms stand in one table."""
    first = group[0]
    title = f"{number}. {first.question}  [{first.decision}]"
    alike = len(group) > 2 and len({tuple(t.name for t in each.terms) for each in group}) == 1
    body = _table(group) if alike else [line for each in group for line in _lines(each)]
    notes = list(dict.fromkeys(note for each in group for note in each.notes)) if alike else []
    lines = [title, *body, *(_wrap(note, "   ", "   ") for note in notes if note)]
    return "\n".join([*lines, *(_sources(group) if sources else [])])


def _table(group: list[Explanation]) -> list[str]:
    """Return explanations with the same terms as a table, one row each; details are those of the first."""
    names = [term.name for term in group[0].terms]
    width = max(len(each.about) for each in group) + 2
    widths = [max(len(part) for part in name.split()) + 2 for name in names]
    widths = [max(w, 9) for w in widths]
    heads = [_stack(name, w) for name, w in zip(names, widths, strict=True)]
    height = max(len(head) for head in heads)
    unit = group[0].unit if group[0].unit != PROBABILITY else "chance"
    rows = []
    for line in range(height):
        parts = [
            f"{head[line - height] if line >= height - len(head) else '':>{w}}"
            for head, w in zip(heads, widths, strict=True)
        ]
        rows.append(f"{BAR}{'':<{width}}{''.join(parts)}{unit if line == height - 1 else '':>10}")
    for each in group:
        parts = [f"{value_text(term)[0]:>{w}}" for term, w in zip(each.terms, widths, strict=True)]
        told = f"  {each.outcome}" if each.outcome else ""
        rows.append(f"{BAR}{each.about:<{width}}{''.join(parts)}{result_text(each):>10}{told}")
    units = ", ".join(dict.fromkeys(term.unit for term in group[0].terms))
    shared = [
        t
        for place, t in enumerate(group[0].terms)
        if len({each.terms[place].detail for each in group}) == 1 and t.detail
    ]
    details = [_wrap(f"{term.name}: {term.detail}", BAR, REST) for term in shared]
    return [*(row.rstrip() for row in rows), f"{BAR}in {units}; {group[0].how.says}", *details]


def _stack(name: str, width: int) -> list[str]:
    return textwrap.wrap(name, width - 1) or [""]


def _lines(each: Explanation) -> list[str]:
    """Return one explanation with a line a term."""
    lines = [_wrap(_answer(each), "   ", "   ")]
    if each.form == "choice":
        lines += _options(each)
    else:
        lines += [_term(term) for term in each.terms]
        if len(each.terms) > 1:
            lines.append(_wrap(f"= {_together(each)}  ({each.how.says})", BAR, REST))
    return [*lines, *(_wrap(note, "   ", "   ") for note in each.notes if note)]


def _together(each: Explanation) -> str:
    logits = [term.value for term in each.terms if term.unit == LOG_ODDS]
    total = (
        f"x {_signed(sum(logits))}: " if each.form in {"log odds", "shifted", "taken up", "given up"} else ""
    )
    return f"{total}{result_text(each)}{'' if each.unit == PROBABILITY else ' ' + each.unit}"


def _answer(each: Explanation) -> str:
    about = f"{each.about[0].upper()}{each.about[1:]}: " if each.about else ""
    if each.form == "choice":
        best = max(zip(each.shares, each.terms, strict=True), key=lambda pair: pair[0])
        answer = f"most likely {best[1].name}, {chance(best[0])}."
    else:
        answer = f"{result_text(each)}{'' if each.unit == PROBABILITY else ' ' + each.unit}."
    return f"{about}{answer if about else answer[0].upper() + answer[1:]}{_luck(each)}"


def _luck(each: Explanation) -> str:
    if each.outcome is None:
        return ""
    if each.draw is None:
        return f" Outcome: {each.outcome}."
    if each.form == "choice" or each.unit != PROBABILITY:
        return f" Luck drew {each.draw:.4f}: {each.outcome}."
    place = "below" if each.draw < each.result else "not below"
    return f" Luck drew {each.draw:.4f}, {place} {each.result:.4f}: {each.outcome}."


def _term(term: Term) -> str:
    value, unit = value_text(term)
    return _wrap(
        f"{term.name:<{NAME}}{value:>9} {unit:<{VALUE - 10}} {term.detail}".rstrip(),
        BAR,
        BAR + " " * (NAME + VALUE),
    )


def _options(each: Explanation) -> list[str]:
    """Return the options of a choice, likeliest first; those beyond the first few are summed."""
    ranked = sorted(zip(each.shares, each.terms, strict=True), key=lambda pair: -pair[0])
    lines = []
    for share, term in ranked[:MOST_OPTIONS]:
        weight = "" if term.unit != "weight" else f"weight {term.value:.4g}"
        lines.append(_wrap(f"{term.name:<{NAME}}{chance(share):>9} {weight:<{VALUE - 10}} {term.detail}".rstrip(),
                           BAR, BAR + " " * (NAME + VALUE)))  # fmt: skip
    rest = [share for share, _ in ranked[MOST_OPTIONS:]]
    if rest:
        lines.append(f"{BAR}{f'{len(rest):,} others':<{NAME}}{chance(sum(rest)):>9}")
    return [line.rstrip() for line in lines]


def value_text(term: Term) -> tuple[str, str]:
    """Return a term's value and its unit as text."""
    if term.unit in {LOG_ODDS, "log hazard"}:
        return _signed(term.value), term.unit
    if term.unit in {
        PROBABILITY,
        "share",
        "share of attempts",
        "share of patrol",
        "share of the boards' patrol",
    }:
        return chance(term.value), {PROBABILITY: ""}.get(term.unit, term.unit)
    if term.unit == "factor":
        return f"× {term.value:.4g}", ""
    if term.unit.startswith("USD"):
        return f"{term.value:+,.0f}".replace("-", "−"), term.unit
    if term.unit == "yes or no":
        return ("yes" if term.value else "no"), ""
    return f"{term.value:,.4g}", term.unit


def result_text(each: Explanation) -> str:
    """Return a result as text, without its unit unless it is a share."""
    if each.unit == PROBABILITY or each.unit.startswith("share"):
        return chance(each.result)
    return f"{each.result:.3f}" if abs(each.result) < 100 else f"{each.result:,.1f}"


def _signed(value: float) -> str:
    if math.isinf(value):
        return "always" if value > 0 else "never"
    return f"{value + 0.0:+.3f}".replace("-", "−")


def _sources(group: list[Explanation]) -> Iterator[str]:
    """Yield where a rule and its numbers come from."""
    for rule, theory in dict.fromkeys((each.rule, each.theory) for each in group):
        yield _wrap(f"Rule {rule}: {theory}", BAR, REST)
    for source in dict.fromkeys(term.source for each in group for term in each.terms if term.source):
        yield _wrap(source, BAR, REST)


def _wrap(text: str, first: str, rest: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False)
