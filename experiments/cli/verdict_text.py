"""The verdict of a comparison as text: what each policy changes, how surely, and what it gave up."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coproduction.experiments.cli.text_tables import WIDTH, bullets, columns, paragraph, wrapped
from coproduction.experiments.report.answer import moved_most, unresolved
from coproduction.experiments.report.effects import Effect, effects, policy_titles
from coproduction.experiments.report.spending import trades
from coproduction.experiments.report.verdict import (
    DISPARITIES,
    MAIN,
    OutcomeRow,
    about_discrimination,
    outcome_rows,
    runs_needed,
)

if TYPE_CHECKING:
    from coproduction.experiments.comparison import Comparison
    from coproduction.experiments.report.spending import Trade

LABEL, LEVEL, EFFECT = 24, 13, 21
POLICIES_SIDE_BY_SIDE = (WIDTH - LABEL - LEVEL) // EFFECT


def verdict_text(comparison: "Comparison") -> str:
    """Return everything that ``demo`` and ``compare`` print, 100 characters wide."""
    found = effects(comparison)
    parts = [
        heading(comparison),
        *(
            table(comparison, found, policies)
            for policies in _in_groups(comparison.policies[1:], POLICIES_SIDE_BY_SIDE)
        ),
        "How sure this is (columns named here are those of tables/verdict.csv)\n"
        + bullets(comparison.notes()),
        too_wide(comparison, found),
        also_moved(found),
        "What each policy changed, and gave up to pay for it\n"
        + bullets([_traded(t) for t in trades(comparison)]),
    ]
    return "\n\n".join(part for part in parts if part)


def heading(comparison: "Comparison") -> str:
    """Say what was compared."""
    first, titles = comparison.scenarios[0], list(policy_titles(comparison).values())
    title = f"{first.city.title}: what changes against \u201c{titles[0]}\u201d"
    what = (
        f"{first.residents:,} residents, {first.measured_weeks} measured weeks after {first.burn_in_weeks} to "
        f"settle; {len(comparison.seeds)} pairs of runs, seeds {comparison.seeds[0]} to {comparison.seeds[-1]}. Each "
        f"cell: mean difference on the same luck, and its {comparison.confidence:.0%} interval below; a question mark "
        "where it may be luck among so many questions."
    )
    return f"{title}\n{'=' * len(title)}\n{paragraph(what)}"


def table(comparison: "Comparison", found: Sequence[Effect], policies: Sequence[str]) -> str:
    """Return the main outcomes by policy, with the level under the baseline."""
    titles = policy_titles(comparison)
    widths = [LABEL, LEVEL, *[EFFECT] * len(policies)]
    head = [["Outcome"], wrapped(titles[comparison.baseline], LEVEL - 1)]
    head += [wrapped(titles[policy], EFFECT - 2) for policy in policies]
    height = max(map(len, head))
    padded = [[""] * (height - len(cell)) + cell for cell in head]
    main, disparities = (
        [columns(_cells(row, policies), widths) for row in outcome_rows(found, part)]
        for part in (MAIN, DISPARITIES)
    )
    rule = "-" * sum(widths)
    note = f"Disparities by group. {about_discrimination(comparison.scenarios)}"
    return "\n".join([columns(padded, widths), rule, *main, rule, paragraph(note), *disparities, rule])


def _cells(row: OutcomeRow, policies: Sequence[str]) -> list[list[str]]:
    """Return the lines of an outcome: label and unit, level of the baseline, difference and interval."""
    by_policy = {effect.policy: effect for effect in row.effects}
    unit = [f"  {line}" for line in wrapped(row.unit, LABEL - 3)]
    shown = [shown_effect(by_policy[policy]) for policy in policies]
    return [[*wrapped(row.label, LABEL - 1), *unit], [without_idle_zeros(row.baseline)], *shown]


def shown_effect(effect: Effect) -> list[str]:
    """Return the two lines of a cell: difference and finding, and the interval."""
    if effect.finding == "identical":
        return [effect.finding]
    is_nothing = not effect.shown_interval.strip("+0., to")
    smallest = f"less than {10.0**-effect.decimals:.{effect.decimals}f}"
    return [_difference(effect), smallest if is_nothing else effect.shown_interval]


def without_idle_zeros(level: str) -> str:
    """Return "270.4" for "270.40000": a level as exact as an interval of no width asks for says no more."""
    return level.rstrip("0").rstrip(".") if "." in level and level.endswith("000") else level


def _difference(effect: Effect) -> str:
    word = effect.shown_finding
    if word in {"better", "worse", "higher", "lower"}:
        return f"{effect.shown_difference} {word}{'?' if effect.is_weak else ''}"
    return word


def too_wide(comparison: "Comparison", found: Sequence[Effect]) -> str:
    """Name the outcomes that are not known as well as asked, with the replications that would take."""
    wide = unresolved(found)
    if not wide:
        return ""
    lines = [f"{effect.label} ({effect.policy_title}): {runs_needed(effect)}" for effect in wide]
    return f"Wider than asked; pairs of runs that it would take\n{bullets(lines)}"


def also_moved(found: Sequence[Effect]) -> str:
    """Name what moved most surely under each policy beside what the table holds."""
    told = moved_most(found)
    if not told:
        return ""
    lines = [f"{title}: {moved}." for title, moved in told.items()]
    return f"What else moved most surely (all: tables/verdict.csv)\n{bullets(lines)}"


def _traded(trade: "Trade") -> str:
    """Return in one paragraph what a policy changed and what moved in the city's spending."""
    levers = ", ".join(f"{change.name} {change.baseline} → {change.value}" for change in trade.changes)
    more = f" More: {'; '.join(trade.more)}." if trade.more else ""
    less = f" Less: {'; '.join(trade.less)}." if trade.less else ""
    return f"{trade.title}: {levers}.{more}{less}"


def _in_groups(policies: Sequence[str], size: int) -> list[Sequence[str]]:
    return [policies[start : start + size] for start in range(0, len(policies), size)]
