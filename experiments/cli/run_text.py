"""What ``coproduce run`` prints of one run."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

from coproduction.experiments.cli.progress import duration
from coproduction.experiments.cli.text_tables import bullets, columns, paragraph
from coproduction.experiments.report.wording import EN_DASH, count, number
from coproduction.simulation.outcomes import OUTCOMES, Outcome

if TYPE_CHECKING:
    from coproduction.experiments.profiling import Profile
    from coproduction.experiments.result import Result

LABEL, VALUE = 24, 8


def run_text(result: "Result", folder: Path) -> str:
    """Return the main outcomes of a run with their units, and where the rest is."""
    scenario = result.scenario
    title = f"{scenario.title}: {scenario.city.title}"
    what = (
        f"{scenario.residents:,} residents, {scenario.measured_weeks} measured weeks after {scenario.burn_in_weeks} to "
        f"settle, seed {result.seed}, {result.engine} engine; {duration(result.cpu_seconds)} of computing. One run: "
        f"another seed gives other numbers. Policies are compared with: coproduce compare."
    )
    lines = [outcome_line(outcome, result.outcomes[outcome.name]) for outcome in OUTCOMES if outcome.main]
    notes = ["Notes on the city\n" + bullets(scenario.city.notes)] if scenario.city.notes else []
    others = len(result.outcomes) - len(lines)
    where = (
        f"Written to {folder}: outcomes.csv (these and {others} more), series.csv (by week), neighbourhoods.csv, "
        f"quintiles.csv, cells.csv, cases.csv ({count(len(result.cases), 'case file')}), ledger.csv, manifest.json; "
        f"columns.csv says what stands in which column, in which unit."
    )
    return "\n\n".join(
        [f"{title}\n{'=' * len(title)}\n{paragraph(what)}", "\n".join(lines), *notes, paragraph(where)]
    )


def profile_text(profile: "Profile") -> str:
    """Return where the time of a run went as a table, the longest phase first."""
    widths = (13, 10, 8, 9, 13, 3, 20)
    head = ("phase", "CPU s", "share", "calls", "events", "", "")
    rows = sorted(profile.phases, key=lambda phase: -phase.seconds)
    shown = [
        (p.phase, f"{p.seconds:.3f}", f"{100 * p.share:.1f} %", f"{p.calls:,}", f"{p.events:,}" if p.unit else "", "",
         f"{p.unit:<20}")
        for p in rows
    ]  # fmt: skip
    lines = [columns([[cell] for cell in row], widths) for row in (head, *shown)]
    rate = profile.residents * profile.watches / max(profile.seconds, 1e-12) / 1e6
    told = paragraph(
        f"{profile.seconds:.3f} CPU seconds in all, {rate:.1f} million resident-watches in each. Calling the phases "
        f"one by one cost {profile.overhead:.3f} more, {1e6 * profile.call_seconds:.1f} millionths a call: taken off."
    )
    return "Where the time went\n" + "\n".join(lines) + f"\n\n{told}"


def outcome_line(outcome: Outcome, value: float) -> str:
    """Return one outcome with its value and unit; shares in per cent, a dash where there was nothing to measure."""
    is_share = outcome.unit.startswith("share")
    unit = f"%{outcome.unit.removeprefix('share')}" if is_share else outcome.unit
    decimals = 3 if outcome.unit.startswith("mean") else 1
    shown = number(100.0 * value if is_share else value, decimals) if math.isfinite(value) else EN_DASH
    return f"{outcome.label:<{LABEL}}{shown:>{VALUE}}  {unit}"
