"""An account as text, in the manner of a followed case: numbered questions, terms on lines with a bar."""

import textwrap
from collections.abc import Iterator
from itertools import groupby

from coproduction.experiments.explanations.account import Account
from coproduction.experiments.explanations.explanation import PROBABILITY, Explanation, Term
from coproduction.experiments.explanations.figures import SIGNED, value_text, with_unit
from coproduction.experiments.explanations.tables import table
from coproduction.experiments.follow_words import chance, counted, time_of_day
from coproduction.simulation.rules.calendar import WATCHES_PER_DAY, WATCHES_PER_WEEK

WIDTH = 98
BAR, REST = "   | ", "   |   "
NAME, VALUE = 28, 9
MOST_OPTIONS, SMALLEST_TABLE = 8, 3
"""Options of a choice that are listed, the others being summed; and explanations that are worth a table."""
NONE = ("None of these decisions is open to this agent now.",)


def account_text(account: Account, *, sources: bool) -> str:
    """Return an account, 100 characters wide; how terms are put together is said where it first occurs."""
    heading = f"{account.name}, {_moment(account.watch)}"
    groups = [list(group) for _, group in groupby(account.explanations, key=lambda each: each.decision)]
    told: set[str] = set()
    steps = [_step(number, group, told, sources=sources) for number, group in enumerate(groups, start=1)]
    return "\n\n".join(
        [
            f"{heading}\n{'=' * len(heading)}\n{_about(account)}",
            *steps,
            *((_closing(account),) if steps else NONE),
        ]
    )


def _moment(watch: int) -> str:
    day = watch % WATCHES_PER_WEEK // WATCHES_PER_DAY + 1
    return f"week {watch // WATCHES_PER_WEEK + 1}, day {day}, {time_of_day(watch)}"


def _about(account: Account) -> str:
    chosen = f" Chosen: {account.chosen}." if account.chosen else ""
    return wrap(f"{account.scenario}, seed {account.seed}.{chosen} {account.described}", "", "")


def _closing(account: Account) -> str:
    wrong = [
        f"{each.decision} is {each.result!r} and {each.recomputed!r} here"
        for each in account.explanations
        if not each.holds
    ]
    if wrong:
        return wrap(f"The terms do NOT give what the model's rules give: {'; '.join(wrong)}.", "", "")
    results = counted(len(account.explanations), "result")
    told = f"Checked: {results}, made of the terms alone, the same as by the model's rules to the last bit."
    return wrap(told, "", "")


def _step(number: int, group: list[Explanation], told: set[str], *, sources: bool) -> str:
    """Return one decision; explanations that share their terms stand in one table."""
    shared = [note for note in group[0].notes if all(note in each.notes for each in group)]
    body = [line for alike in _alike(group) for line in _body(alike, shared, told)]
    title = wrap(f"{number}. {group[0].question}  [{group[0].decision}]", "", "   ")
    last = [wrap(note, "   ", "   ") for note in shared if note]
    return "\n".join([title, *body, *last, *(_sources(group) if sources else [])])


def _alike(group: list[Explanation]) -> list[list[Explanation]]:
    """Return explanations by the names of their terms, if so many have the same that a table is worth it."""
    found: dict[tuple[str, ...], list[Explanation]] = {}
    for each in group:
        found.setdefault(tuple(term.name for term in each.terms), []).append(each)
    return list(found.values()) if max(map(len, found.values())) >= SMALLEST_TABLE else [group]


def _body(alike: list[Explanation], shared: list[str], told: set[str]) -> list[str]:
    """Return explanations as a table where they have the same terms and are many, else one after the other."""
    same = len({tuple(term.name for term in each.terms) for each in alike}) == 1
    if len(alike) < SMALLEST_TABLE or not same:
        return [line for each in alike for line in _lines(each, shared, told)]
    lines = [*_first(alike[0], told), *_details(alike)]
    return [*(f"{BAR}{row}" for row in table(alike)), *(wrap(line, BAR, REST) for line in lines)]


def _details(group: list[Explanation]) -> list[str]:
    """Return what the terms of a table are made of where all rows agree on it."""
    terms = group[0].terms
    same = (len({each.terms[place].detail for each in group}) == 1 for place in range(len(terms)))
    units = [f"{each.about}: {each.unit}" for each in group] if len({each.unit for each in group}) > 1 else []
    return units + [
        f"{term.name}: {term.detail}"
        for term, agree in zip(terms, same, strict=True)
        if agree and term.detail
    ]


def _first(each: Explanation, told: set[str]) -> list[str]:
    """Return how terms are put together, unless it has been said."""
    says = each.how.says
    if says in told:
        return []
    told.add(says)
    return [f"where {says}"]


def _lines(each: Explanation, shared: list[str], told: set[str]) -> list[str]:
    """Return one explanation with a line a term; ``shared`` notes are told elsewhere."""
    own = " ".join(note for note in each.notes if note not in shared)
    lines = [wrap(f"{_answer(each)} {own}".rstrip(), "   ", "   ")]
    if each.form == "choice":
        return lines + _options(each)
    width = max(len(value_text(term)[1]) for term in each.terms) + 2
    lines += [_row((term.name, *value_text(term), term.detail), width) for term in each.terms]
    if len(each.terms) > 1:
        lines.append(wrap(f"= {_together(each)}", BAR, REST))
        lines += [wrap(line, BAR, REST) for line in (*_weightiest(each), *_first(each, told))]
    return lines


def _weightiest(each: Explanation) -> Iterator[str]:
    """Yield which term moves the usual most, and what would be without it."""
    sizes = [abs(term.value) if term.unit in SIGNED else 0.0 for term in each.terms]
    place = max(range(1, len(sizes)), key=sizes.__getitem__)
    if sizes[place] > 0.0:
        other = each.without(place)
        turned = each.draw is not None and (each.draw < other) != (each.draw < each.result)
        yield (
            f"beside the usual, {each.terms[place].name} weighs most: without it {chance(other)}"
            f"{', and the answer would be the other' if turned else ''}"
        )


def _together(each: Explanation) -> str:
    """Return the result, after what the terms come to on the way."""
    on_way = each.how.on_way([term.value for term in each.terms])
    return f"{on_way}: {with_unit(each)}" if on_way else with_unit(each)


def _answer(each: Explanation) -> str:
    about = f"{each.about[0].upper()}{each.about[1:]}: " if each.about else ""
    answer = f"{with_unit(each)}."
    if each.form == "choice":
        share, best = max(zip(each.shares, each.terms, strict=True), key=lambda pair: pair[0])
        answer = f"most likely {best.name}, {chance(share)}."
    return f"{about}{answer if about else answer[0].upper() + answer[1:]}{_luck(each)}"


def _luck(each: Explanation) -> str:
    if each.outcome is None or each.draw is None:
        return ""
    if each.form == "choice" or each.unit != PROBABILITY:
        return f" Luck drew {each.draw:.4f}: {each.outcome}."
    place = "below" if each.draw < each.result else "not below"
    return f" Luck drew {each.draw:.4f}, {place} {each.result:.4f}: {each.outcome}."


def _row(parts: tuple[str, str, str, str], width: int) -> str:
    """Return a line of name, value, unit and detail; what does not fit goes under the detail."""
    name, value, unit, detail = parts
    head = f"{name:<{NAME}}{value:>{VALUE}} {unit:<{width}}"
    return wrap(f"{head}{detail}".rstrip(), BAR, BAR + " " * len(head))


def _options(each: Explanation) -> list[str]:
    """Return the options of a choice, likeliest first; those beyond the first few are summed."""
    ranked = sorted(zip(each.shares, each.terms, strict=True), key=lambda pair: -pair[0])
    weigh = each.terms[0].unit == "weight"
    rows = [
        (term.name, chance(share), f"weight {term.value:.4g}" if weigh else "", term.detail)
        for share, term in ranked[:MOST_OPTIONS]
    ]
    rest = [share for share, _ in ranked[MOST_OPTIONS:]]
    if rest:
        rows.append((counted(len(rest), "other"), chance(sum(rest)), "", "together"))
    width = max(len(row[2]) for row in rows) + 2
    return [_row(row, width) for row in rows]


def _sources(group: list[Explanation]) -> Iterator[str]:
    """Yield where a rule and its numbers come from."""
    for rule, theory in dict.fromkeys((each.rule, each.theory) for each in group):
        yield wrap(f"rule {rule}: {theory}".removesuffix(": "), BAR, REST)
    for source in dict.fromkeys(_all_sources(group)):
        yield wrap(source, BAR, REST)


def _all_sources(group: list[Explanation]) -> Iterator[str]:
    terms: list[Term] = [term for each in group for term in each.terms]
    return (term.source for term in terms if term.source)


def wrap(text: str, first: str, rest: str) -> str:
    """Return a text broken into lines, with an indent of the first and of the others."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
