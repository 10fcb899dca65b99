"""What a report rests on: parameters with their sources, the city's assumptions, and how to make it again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coproduction.experiments.report import wording
from coproduction.experiments.report.effects import policy_titles
from coproduction.experiments.report.tables import Table, parameters_table

if TYPE_CHECKING:
    from coproduction.experiments.comparison import Comparison

LEVERS = "policing"
MODEL_ORDER = "Rank correlation over neighbourhoods"
INCOME_ORDER = "For comparison: income alone"


@dataclass(frozen=True, slots=True)
class Basis:
    """How many parameters there are, by what they rest on and by role."""

    parameters: int
    assumed: int
    sourced: int
    roles: str
    city_assumptions: int


def basis(comparison: "Comparison") -> Basis:
    """Count parameters and assumptions."""
    table = parameters_table(comparison)
    counts = table["role"].value_counts()
    words = {"lever": "levers that a policy sets", "uncertain": "uncertain", "fixed": "fixed by convention"}
    roles = wording.listing([f"{counts[role]:,} {word}" for role, word in words.items() if role in counts])
    assumed = int(table["is_assumption"].sum())
    margins = len(comparison.scenarios[0].city.assumptions)
    return Basis(len(table), assumed, len(table) - assumed, roles, margins)


def parameter_table(comparison: "Comparison") -> Table:
    """Every parameter that the policies share: value, unit, range, role, source."""
    table = parameters_table(comparison)
    shared = table[table["table"] != LEVERS]
    policy = comparison.scenarios[0].name
    rows = tuple(_parameter_row(row, policy) for row in shared.to_dict(orient="records"))
    headings = ("Parameter", "Value", "Unit", "Range", "Role", "Source")
    return Table("Parameters shared by all policies", headings, rows, shape="scroll", numeric=False)


def _parameter_row(row: Mapping[Any, Any], policy: str) -> tuple[str, ...]:
    value = wording.significant(row[policy], 4)
    if row[policy] != row["default"]:
        value += f" (default {wording.significant(row['default'], 4)})"
    allowed = f"{wording.significant(row['low'])} to {wording.significant(row['high'])}"
    return (f"{row['table']}.{row['key']}", value, row["unit"], allowed, row["role"], row["source"])


def lever_table(comparison: "Comparison") -> Table:
    """The levers: what each policy sets them to."""
    table = parameters_table(comparison)
    levers = table[table["table"] == LEVERS]
    titles = policy_titles(comparison)
    rows = tuple(
        (
            row["key"],
            *(wording.significant(row[policy], 4) for policy in titles),
            row["unit"],
            f"{wording.significant(row['low'])} to {wording.significant(row['high'])}",
            row["source"],
        )
        for row in levers.to_dict(orient="records")
    )
    headings = ("Lever", *titles.values(), "Unit", "Range", "Source of the default")
    return Table("Levers: what each policy sets", headings, rows, shape="scroll", numeric=False)


def city_table(comparison: "Comparison") -> Table:
    """What the city file had to assume."""
    place = comparison.scenarios[0].city
    rows = tuple(
        (item.margin.replace("_", " "), f"{_assumed_value(item.value)} ({item.unit})", item.reason)
        for item in place.assumptions
    )
    headings = ("What is missing", "What is taken instead", "Why")
    return Table(f"What the data of {place.title} do not say", headings, rows, numeric=False)


def _assumed_value(value: float | str) -> str:
    return value if isinstance(value, str) else wording.significant(value, 4)


def manifest_table(comparison: "Comparison") -> Table:
    """The facts that make a second run the same."""
    manifest = comparison.manifest
    environment = manifest.get("environment", {})
    rule = comparison.rule
    dependencies = environment.get("dependencies", {})
    rows = (
        ("Version", _known(environment.get("version"))),
        ("Commit", _known(environment.get("commit"))),
        ("Sources, digest", _known(environment.get("sources"))),
        ("City, digest", comparison.scenarios[0].city.digest),
        ("Results, digest", results_digest(manifest)),
        ("Seeds", seed_text(comparison.seeds)),
        ("Scenarios", wording.listing([_known(scenario.source) for scenario in comparison.scenarios])),
        ("Engine", comparison.engine),
        (
            "Stopping rule",
            (
                f"at least {rule.minimum} paired runs, at most {rule.ceiling}; looks every {rule.step} for intervals "
                f"within {wording.significant(100 * rule.precision)} % of the baseline; ended by: {comparison.stopped}"
            ),
        ),
        ("Computed", _known(manifest.get("written"))),
        (
            "Time taken",
            (
                f"{wording.number(comparison.minutes, 1)} minutes; {wording.number(comparison.cpu_seconds, 0)} "
                "seconds of one processor"
            ),
        ),
        ("Python", _known(environment.get("python"))),
        ("Platform", _known(environment.get("platform"))),
        ("Packages", wording.listing([f"{name} {number}" for name, number in dependencies.items()])),
    )
    return Table("What was run", ("Item", "Value"), rows, shape="plain", numeric=False)


def results_digest(manifest: Mapping[str, Any]) -> str:
    """One digest of the digests of all runs: the same whenever every result is the same in every bit."""
    # Stored as JSON and read back, seeds are text: in that order, then, from the start.
    stored = json.loads(json.dumps(manifest.get("digests", {}), default=str))
    text = json.dumps(stored, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def seed_text(seeds: tuple[int, ...]) -> str:
    """Seeds as a range where they follow each other, else one by one."""
    if len(seeds) > 2 and list(seeds) == list(range(seeds[0], seeds[0] + len(seeds))):
        return f"{seeds[0]}{wording.EN_DASH}{seeds[-1]}"
    return wording.listing([str(seed) for seed in seeds])


def validation_table(validation: Mapping[str, Mapping[str, str | float]]) -> Table:
    """How far the model is from what was observed; an empty cell where a row does not say."""
    headings = ("Check", "Model", "Interval", "Observed", "Unit", "What it means")
    rows = tuple((name, *_validation_cells(row)) for name, row in validation.items())
    return Table("Model against observation", headings, rows, numeric=False)


def validation_sentence(validation: Mapping[str, Mapping[str, str | float]]) -> str:
    """How well the model orders the neighbourhoods, beside income alone; empty where neither was checked."""
    model, income = (validation.get(name, {}).get("model") for name in (MODEL_ORDER, INCOME_ORDER))
    if model is None or income is None:
        return ""
    size = _text(income).removeprefix(wording.MINUS).removeprefix("-")
    return (
        f"Held against observed crime, the model ranks the neighbourhoods with a correlation of {_text(model)} (1 is "
        f"the observed order, 0 none of it); income alone, without any model, reaches {size} in size. Volunteering, "
        "trust and what they do could not be checked."
    )


def _validation_cells(row: Mapping[str, str | float]) -> tuple[str, ...]:
    ends = [_text(row[end]) for end in ("low", "high") if end in row]
    shown = {name: _text(row[name]) if name in row else "" for name in ("model", "observed", "unit", "note")}
    return (shown["model"], " to ".join(ends), shown["observed"], shown["unit"], shown["note"])


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else wording.significant(float(value))


def _known(value: object) -> str:
    return "not known" if value in (None, "") else str(value)
