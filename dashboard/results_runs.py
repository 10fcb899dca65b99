"""Screens of Results below the comparison: which of the things nobody knows move it, and run by run."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from coproduction.dashboard.findings import MAIN, Findings, how_it_ended
from coproduction.dashboard.results_differences import named
from coproduction.dashboard.results_link import Asked
from coproduction.dashboard.results_screen import Figure, Part, Screen, Table, Words, screen
from coproduction.dashboard.served import served
from coproduction.experiments.report import wording
from coproduction.experiments.sweeps.analysis import influence_on_difference
from coproduction.experiments.sweeps.page import course_panels, failures, influence_rows, varied
from coproduction.experiments.sweeps.page_differences import PANELS, values_at
from coproduction.experiments.sweeps.pictures import key_in_words
from coproduction.simulation.outcomes import BY_NAME

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.sweeps.records import Record

ROWS = 50
"""Runs on one page of the table."""
SHOWN = ("true_crime", "recorded_crime", "crime_gap")
NUMBERS = {"lever_point": "Lever point", "future": "Future", "seed": "Seed"}


def parameters_of(found: Findings) -> tuple[str, ...]:
    """Return the names of what was varied, those first that move some main outcome most."""
    moved = found.moved
    if moved is None:
        return ()
    names = list(next(iter(moved.values.values())))
    most = {name: max(_sizes(name, moved.values), default=0.0) for name in names}
    known = set(found.sweep.names) if found.sweep else set()
    return tuple(name for name in sorted(names, key=lambda name: -most[name]) if name in known)


def _sizes(name: str, values: dict[str, dict[str, float]]) -> list[float]:
    return [abs(of[name]) for of in values.values() if abs(of[name]) >= 0]


def uncertainty(found: Findings, asked: Asked) -> Screen:
    """Return which parameters move which outcome, and how outcomes go with one of them."""
    moved, record = found.moved, found.sweep
    if moved is None or record is None:
        return screen(
            [
                Words(
                    "Nothing but luck was varied here. A sweep with [uncertainties] says what moves the answer."
                )
            ]
        )
    table = influence_rows(moved.measure, moved.values)
    strong = _strongest(moved.values)
    parts: list[Part] = [Words(strong, "What moves it most")]
    known = parameters_of(found)
    name = asked.parameter if asked.parameter in known else next(iter(known), "")
    if name:
        at = values_at(record, found.runs)[name]
        unit = wording.sentence_start(record.unit_of(name))
        said = f"{unit}. Means over all points in a class of its values, with one standard error."
        said += f" {key_in_words(found.policies)}."
        parts.append(Words(said, f"How outcomes go with {name}"))
        parts += [
            Figure(panel["title"], panel["svg"], f"course-{name}-{place}")
            for place, panel in enumerate(course_panels(record, found.means, at, PANELS, "course"))
        ]
    parts.append(_what_moves_the_difference(found, record, asked.x))
    parts += [_influence_table(table, moved.values, found.policies[0]), _varied_table(record)]
    return screen(parts)


def _what_moves_the_difference(found: Findings, record: "Record", outcome: str) -> Table:
    """Return which parameters move the difference between policies: those that the answer hangs on."""
    chosen = outcome if outcome in MAIN else MAIN[0]
    moved = influence_on_difference(found.means, values_at(record, found.runs), found.policies, chosen)
    shown = tuple(
        (name, *(wording.significant(of[name], 2) for of in moved.values())) for name in record.names
    )
    data = tuple((name, *(of[name] for of in moved.values())) for name in record.names)
    caption = (
        f"What moves the difference in {wording.within_sentence(BY_NAME[chosen].label)} from "
        f"{named(found.policies[0])}: rank correlation over points, −1 to 1"
    )
    headings = ("Parameter", *map(named, moved))
    return Table(caption, headings, shown, "influence-on-difference", (("parameter", *moved), data))


def _strongest(values: dict[str, dict[str, float]]) -> str:
    parts = []
    for outcome, of in values.items():
        known = {name: size for name, size in of.items() if abs(size) > 0}
        if known:
            name = max(known, key=lambda each: abs(known[each]))
            label = wording.within_sentence(BY_NAME[outcome].label)
            parts.append(f"{label} hangs most on {name} ({wording.significant(known[name], 2)})")
    return (
        wording.sentence_start("; ".join(parts)) + "."
        if parts
        else "Nothing that was varied moved an outcome."
    )


def _influence_table(table: dict[str, object], values: dict[str, dict[str, float]], first: str) -> Table:
    rows: list[dict[str, object]] = table["rows"]  # type: ignore[assignment]
    shown = tuple(
        (str(row["name"]), *(f"{cell['text']}{' (most)' if cell['strong'] else ''}" for cell in row["cells"]))  # type: ignore[attr-defined]
        for row in rows
    )
    names = list(next(iter(values.values())))
    data = tuple((name, *(of[name] for of in values.values())) for name in names)
    caption = (
        f"{table['measure']}, in the runs of {named(first)}; the two strongest of each outcome are marked"
    )
    headings = ("Parameter", *(BY_NAME[outcome].label for outcome in values))
    return Table(caption, headings, shown, "influence", (("parameter", *values), data))


def _varied_table(record: "Record") -> Table:
    rows = [varied(dimension, record) for dimension in record.dimensions()]
    shown = tuple((row["name"], row["role"], row["values"], row["unit"]) for row in rows)
    return Table("What was varied", ("Parameter", "As", "Values", "Unit"), shown, "varied")


def runs(found: Findings, asked: Asked) -> Screen:
    """Return the runs one by one, those that failed with stage and reason."""
    chosen = _chosen(found.runs, asked)
    last = max(1, -(-len(chosen) // ROWS))
    page = min(asked.page, last)
    part = chosen.iloc[(page - 1) * ROWS : page * ROWS]
    parts: list[Part] = [Words(f"Of {len(found.runs):,} runs, {how_it_ended(found.runs)}.")]
    failed = failures(found.runs)
    if failed:
        rows = tuple((row["stage"], row["reason"], row["runs"], row["first"]) for row in failed)
        parts.append(Table("Failed runs", ("Stage", "Reason", "Runs", "The first"), rows, "failed-runs"))
    caption = f"Runs {len(chosen) and (page - 1) * ROWS + 1:,} to {min(page * ROWS, len(chosen)):,} of {len(chosen):,}"
    parts.append(_runs_table(caption, part, chosen))
    if any(policy in served().policies.names for policy in found.policies):
        parts.append(
            Words(
                "A link opens the policy as this server knows it, on the seed of the run. What the sweep varied beside "
                "it is not in it."
            )
        )
    return screen(parts)


def pages_of(found: Findings, asked: Asked) -> int:
    """Return how many pages the table of runs has."""
    return max(1, -(-len(_chosen(found.runs, asked)) // ROWS))


def _chosen(table: "pd.DataFrame", asked: Asked) -> "pd.DataFrame":
    """Return the runs of the policy that is asked for whose words are found in policy, end, stage or reason."""
    chosen = table if not asked.policy else table[table["policy"] == asked.policy]
    for word in asked.find.lower().split():
        texts = [chosen[name].astype(str).str.lower() for name in ("policy", "status", "stage", "reason")]
        held = texts[0].str.contains(word, regex=False)
        for text in texts[1:]:
            held |= text.str.contains(word, regex=False)
        chosen = chosen[held]
    return chosen


def _runs_table(caption: str, part: "pd.DataFrame", chosen: "pd.DataFrame") -> Table:
    outcomes = [name for name in SHOWN if name in part]
    shown, links = [], []
    for row in part.to_dict(orient="records"):
        values = [wording.significant(float(row[name]), 4) for name in outcomes]
        ended = row["status"] if row["status"] != "failed" else f"failed: {row['stage']}, {row['reason']}"
        shown.append((named(row["policy"]), *(f"{row[name]}" for name in NUMBERS), ended, *values))
        links.append(_link(row["policy"], int(row["seed"])))
    headings = ("Policy", *NUMBERS.values(), "End", *(BY_NAME[name].label for name in outcomes))
    kept = chosen[
        ["policy", *NUMBERS, "status", "stage", "reason", *(name for name in MAIN if name in chosen)]
    ]
    data = (tuple(kept.columns), tuple(kept.itertuples(index=False, name=None)))
    return Table(caption, headings, tuple(shown), "runs", data, tuple(links))


def _link(policy: str, seed: int) -> tuple[str, str]:
    """Return where a run is opened in Explore, nothing where the server does not know its policy."""
    known = served().policies.names
    if policy not in known:
        return "", ""
    return (
        f"/?{urlencode({'a': served().policies.first_two[0], 'b': policy, 'seed': seed})}",
        "Open in Explore",
    )
