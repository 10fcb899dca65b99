"""Screens of Results below the comparison: which of the things nobody knows move it, and run by run."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from coproduction.dashboard.findings import MAIN, Findings, how_it_ended, named
from coproduction.dashboard.results_link import Asked
from coproduction.dashboard.results_screen import Figure, Part, Screen, Table, Words, screen
from coproduction.dashboard.served import served
from coproduction.experiments.report import wording
from coproduction.experiments.sweeps.analysis import Influence, influence_on_difference
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
    strong = _strongest(moved.values)
    parts: list[Part] = list(_what_the_answer_hangs_on(found, record, asked.x))
    parts.append(Words(strong, "What moves the level most"))
    known = parameters_of(found)
    name = asked.parameter if asked.parameter in known else next(iter(known), "")
    if name:
        at = values_at(record, found.runs)[name]
        unit = wording.sentence_start(record.unit_of(name))
        said = (
            f"{unit}. Means over all points in a class of its values, with one standard error over futures."
        )
        said += f" {key_in_words(found.policies)}."
        parts.append(Words(said, f"How outcomes go with {name}"))
        parts += [
            Figure(panel["title"], panel["svg"], f"course-{name}-{place}")
            for place, panel in enumerate(course_panels(record, found.means, at, PANELS, "course"))
        ]
    parts += [_influence_table(moved, found.policies[0]), _varied_table(record)]
    return screen(parts)


def _what_the_answer_hangs_on(found: Findings, record: "Record", outcome: str) -> tuple[Part, Part]:
    """Return which parameters move the difference between policies, in a sentence and in a table."""
    chosen = outcome if outcome in MAIN else MAIN[0]
    moved = influence_on_difference(found.means, values_at(record, found.runs), found.policies, chosen)
    shown = tuple((name, *(wording.number(of[name], 2) for of in moved.values())) for name in record.names)
    data = tuple((name, *(of[name] for of in moved.values())) for name in record.names)
    label, first = wording.within_sentence(BY_NAME[chosen].label), named(found.policies[0])
    caption = f"What moves the difference in {label} from {first}: rank correlation over points, −1 to 1"
    parts = [f"under {named(policy)} on {most}" for policy, of in moved.items() if (most := _most(of))]
    said = f"The difference in {label} from {first} hangs most {'; '.join(parts)}."
    if not parts:
        said = f"Nothing that was varied moves the difference in {label}."
    headings = ("Parameter", *map(named, moved))
    table = Table(caption, headings, shown, "influence-on-difference", (("parameter", *moved), data))
    return Words(said, "What the answer hangs on"), table


def _most(of: dict[str, float]) -> str:
    """Return the strongest of some influences with its size; nothing where there is none."""
    known = {name: size for name, size in of.items() if abs(size) > 0}
    name = max(known, key=lambda each: abs(known[each]), default="")
    return f"{name} ({wording.significant(known[name], 2)})" if name else ""


def _strongest(values: dict[str, dict[str, float]]) -> str:
    """Say what each outcome hangs on most, in the runs of the first policy."""
    parts = [
        f"{wording.within_sentence(BY_NAME[outcome].label)} hangs most on {most}"
        for outcome, of in values.items()
        if (most := _most(of))
    ]
    return (
        wording.sentence_start("; ".join(parts)) + "."
        if parts
        else "Nothing that was varied moved an outcome."
    )


def _influence_table(moved: Influence, first: str) -> Table:
    table, values = influence_rows(moved), moved.values
    shown = tuple(
        (str(row["name"]), *(f"{cell['text']}{' (most)' if cell['strong'] else ''}" for cell in row["cells"]))
        for row in table["rows"]
    )
    names = list(next(iter(values.values())))
    data = tuple((name, *(of[name] for of in values.values())) for name in names)
    what = f"{table['measure']}, in the runs of {named(first)}; the two strongest of each outcome are marked."
    caption = " ".join([what, *moved.notes])
    headings = ("Parameter", *(BY_NAME[outcome].label for outcome in values))
    return Table(caption, headings, shown, "influence", (("parameter", *values), data))


def _varied_table(record: "Record") -> Table:
    rows = tuple(varied(dimension, record) for dimension in record.dimensions())
    return Table("What was varied", ("Parameter", "As", "Values", "Unit"), rows, "varied")


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
    parts.append(_runs_table(caption, found.policies[0], part, chosen))
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


def _runs_table(caption: str, first: str, part: "pd.DataFrame", chosen: "pd.DataFrame") -> Table:
    outcomes = [name for name in SHOWN if name in part]
    shown, links = [], []
    for row in part.to_dict(orient="records"):
        values = [wording.significant(float(row[name]), 4) for name in outcomes]
        ended = row["status"] if row["status"] != "failed" else f"failed: {row['stage']}, {row['reason']}"
        shown.append((named(row["policy"]), *(f"{row[name]}" for name in NUMBERS), ended, *values))
        links.append(_link(first, row["policy"], int(row["seed"])))
    headings = ("Policy", *NUMBERS.values(), "End", *(BY_NAME[name].label for name in outcomes))
    kept = chosen[
        ["policy", *NUMBERS, "status", "stage", "reason", *(name for name in MAIN if name in chosen)]
    ]
    data = (tuple(kept.columns), tuple(kept.itertuples(index=False, name=None)))
    return Table(caption, headings, tuple(shown), "runs", data, tuple(links))


def _link(first: str, policy: str, seed: int) -> tuple[str, str]:
    """Return where a run is opened in Explore beside the first policy; nothing where the server has not its policy."""
    known = served().policies.names
    if policy not in known:
        return "", ""
    beside = first if first in known else policy
    return f"/?{urlencode({'a': beside, 'b': policy, 'seed': seed})}", "Open in Explore"
