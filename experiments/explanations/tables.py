"""Explanations that share their terms, side by side: one row each."""

import textwrap
from collections.abc import Sequence

from coproduction.experiments.explanations.explanation import PROBABILITY, Explanation
from coproduction.experiments.explanations.figures import is_share, result_text, value_text

NARROWEST = 9
RESULT = 10
MOST_ROWS = 10


def table(group: Sequence[Explanation]) -> list[str]:
    """Return the rows of a table with heads, terms from left to right, the result, and the outcome if there is one."""
    names = [term.name for term in group[0].terms]
    widths = [max(NARROWEST, *(len(word) + 2 for word in name.split())) for name in names]
    first = max(len(each.about) for each in group) + 2
    rows = [f"{'':<{first}}{head}" for head in _heads(names, widths, group[0])]
    shown = sorted(group, key=lambda each: -each.result)[:MOST_ROWS] if len(group) > MOST_ROWS else group
    for each in shown:
        parts = [f"{value_text(term)[0]:>{w}}" for term, w in zip(each.terms, widths, strict=True)]
        outcome = f"  {each.outcome}" if each.outcome else ""
        rows.append(f"{each.about:<{first}}{''.join(parts)}{result_text(each):>{RESULT}}{outcome}")
    if len(shown) < len(group):
        rows.append(f"the {len(shown)} with the highest result, of {len(group)}")
    units = dict.fromkeys(term.unit for term in group[0].terms)
    return [*(row.rstrip() for row in rows), f"in {', '.join(units)}{_result_in(group)}"]


def _heads(names: Sequence[str], widths: Sequence[int], each: Explanation) -> list[str]:
    """Return the lines of the heads, set to the bottom."""
    broken = [textwrap.wrap(name, width - 1) for name, width in zip(names, widths, strict=True)]
    broken.append(["chance" if each.unit == PROBABILITY else "result"])
    columns = [*widths, RESULT]
    height = max(len(lines) for lines in broken)
    padded = [[""] * (height - len(lines)) + lines for lines in broken]
    return [
        "".join(f"{lines[row]:>{width}}" for lines, width in zip(padded, columns, strict=True))
        for row in range(height)
    ]


def _result_in(group: Sequence[Explanation]) -> str:
    unit = group[0].unit
    if any(each.unit != unit for each in group):
        return "; result in the unit of each"
    return (
        ""
        if unit == PROBABILITY
        else f"; result in {'% ' if is_share(unit) else ''}{unit.removeprefix('share ')}"
    )
