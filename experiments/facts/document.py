"""The check against facts as text for a terminal and as the page docs/stylised_facts.md.

python -m coproduction.experiments.facts.document docs/stylised_facts.md
"""

import math
import sys
from collections.abc import Sequence
from pathlib import Path

from coproduction.experiments.facts.runs import POLICIES, PRESET, PROGRAMMES
from coproduction.experiments.facts.stylised_facts import RESIDENTS, SEEDS, Finding, check_facts, counts

MODULE = "coproduction.experiments.facts.document"
INTRODUCTION = """Every fact of `simulation/evidence.csv` that is marked as a target, held against the preset `{preset}`
with {residents:,} residents and all parameters as declared, mean of seeds {seeds}. No parameter is tuned to any of
them. Outside is allowed; silence is not.
"""
METHOD = """A fact without a band of its own is given a quarter of its value either way (marked ±25 %). *Sets* marks a
fact that also gave a starting level, so that the check is worth little. This page is made by a command (some minutes):

```
python -m {module} docs/stylised_facts.md
```

Careers after prison are followed through ten measured years, all else through one. Effects of policies are measured as
a trial would, on the same city and luck with one thing changed from the policy's start:
"""
HEADINGS = ("fact", "target", "band", "simulated", "verdict", "how, or why not")


def printable(findings: Sequence[Finding]) -> str:
    """Return one paragraph a fact, those that could be measured first, and the counts."""
    shown = [f for f in findings if f.verdict != "cannot measure"]
    rest = [f for f in findings if f.verdict == "cannot measure"]
    parts = [_paragraph(f) for f in (*shown, *rest)]
    return "\n".join([*parts, "", summary(findings)])


def _paragraph(f: Finding) -> str:
    head = f"{f.verdict.upper():<14} {f.fact.id}  {f.fact.quantity}: "
    if f.verdict == "cannot measure":
        return f"{head}{f.note}"
    return f"{head}{_figure(f.simulated)} against {_band(f)} {f.fact.unit} ({f.note}{_mark(f)})"


def summary(findings: Sequence[Finding]) -> str:
    """Say how many facts came out in each way."""
    found = counts(findings)
    ways = "; ".join(f"{way} {n}" for way, n in found.items())
    setting = sum(bool(f.sets) for f in findings if f.verdict != "cannot measure")
    return f"{len(findings)} facts to be held against: {ways}. Of those measured, {setting} set a starting level, too."


def markdown(findings: Sequence[Finding]) -> str:
    """Return the page docs/stylised_facts.md."""
    measured = [f for f in findings if f.verdict != "cannot measure"]
    unmeasured = [f for f in findings if f.verdict == "cannot measure"]
    runs = "; ".join(f"{name.replace('_', ' ')}: {_changes(name)}" for name in POLICIES)
    parts = [
        "# The model against stylised facts\n",
        INTRODUCTION.format(preset=PRESET, residents=RESIDENTS, seeds=", ".join(map(str, SEEDS))),
        f"**{summary(findings)}**\n",
        METHOD.format(module=MODULE),
        f"{runs}. Programmes run as the library has them, paid for with extra money: {_listed(PROGRAMMES)}.\n",
        "## Measured\n",
        _table([HEADINGS, *map(_cells, measured)]),
        "\n## Cannot be measured\n",
        _table([("fact", "target", "why not"), *((_name(f), _target(f), f.note) for f in unmeasured)]),
    ]
    return "\n".join(parts) + "\n"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)


def _changes(name: str) -> str:
    values = POLICIES[name].items()
    return ", ".join(f"`{table}.{key}` = {value:g}" for table, keys in values for key, value in keys.items())


def _cells(f: Finding) -> tuple[str, ...]:
    spread = f"{_figure(f.simulated)} ({_figure(min(f.values))} to {_figure(max(f.values))})"
    return _name(f), _target(f), _band(f), spread, f.verdict, f"{f.note}{_mark(f)}"


def _name(f: Finding) -> str:
    return f"{f.fact.id} {f.fact.quantity}"


def _target(f: Finding) -> str:
    return "" if f.fact.value is None else f"{f.fact.value:g} {f.fact.unit}"


def _mark(f: Finding) -> str:
    taken = "" if f.band_from in {"the fact", "a quarter either way"} else f"; band: {f.band_from}"
    return taken + (f"; sets {', '.join(f.sets)}" if f.sets else "")


def _band(f: Finding) -> str:
    low, high = f.band
    if math.isinf(high):
        return f"{_figure(low)} or more"
    if math.isinf(low):
        return f"{_figure(high)} or less"
    return f"{_figure(low)} to {_figure(high)}{' (±25 %)' if f.band_from == 'a quarter either way' else ''}"


def _figure(value: float) -> str:
    if abs(value) >= 100.0:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


if __name__ == "__main__":
    _found = check_facts()
    Path(sys.argv[1]).write_text(markdown(_found), encoding="utf-8")
    sys.stdout.write(printable(_found) + "\n")
