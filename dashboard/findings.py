"""What a store says, read once: the differences that every screen of Results shows, and the table of runs.

The figures are those of ``coproduce report``: this module and the screens call the same functions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coproduction.experiments.manifest import FILE_NAME
from coproduction.experiments.report import wording
from coproduction.experiments.sweeps.analysis import Influence, influence, point_means
from coproduction.experiments.sweeps.differences import (
    CONFIDENCE,
    Difference,
    differences,
    interval_over,
    is_sampled,
)
from coproduction.experiments.sweeps.page import opening
from coproduction.experiments.sweeps.reading import chosen_sweep, results
from coproduction.experiments.sweeps.records import Record, read_record
from coproduction.experiments.sweeps.shards import StoreError
from coproduction.experiments.sweeps.store import SWEEPS, Store, is_store, opened
from coproduction.simulation.outcomes import BY_NAME, OUTCOMES

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.comparison import Comparison

MAIN = tuple(outcome.name for outcome in OUTCOMES if outcome.main)


@dataclass(frozen=True)
class Findings:
    """A result that was opened, of a sweep or of a comparison.

    title         of the result
    city          its title
    policies      names, the first is the one that others are compared with
    apart         mean paired differences from the first policy
    runs          one row a run: policy, lever_point, future, seed, status, stage, reason, outcomes
    version       of the program, and ``model``, the digest of what the results depend on
    confidence    of the intervals
    notices       sentences on what was found damaged
    sweep         the record, of a sweep; ``comparison`` the comparison, of one
    """

    title: str
    city: str
    policies: tuple[str, ...]
    apart: tuple[Difference, ...]
    runs: "pd.DataFrame"
    version: str
    model: str
    confidence: float = CONFIDENCE
    notices: tuple[str, ...] = ()
    sweep: Record | None = None
    comparison: "Comparison | None" = None
    facts: tuple[tuple[str, str], ...] = ()
    by_key: Mapping[tuple[str, str], Difference] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the differences by policy and outcome."""
        object.__setattr__(self, "by_key", {(each.policy, each.outcome): each for each in self.apart})

    @property
    def outcomes(self) -> list[str]:
        """Names of the outcomes that policies are compared in, as declared."""
        found = {each.outcome for each in self.apart}
        return [outcome.name for outcome in OUTCOMES if outcome.name in found]

    @property
    def pairs(self) -> int:
        """Most paired runs that a difference is made of."""
        return max((each.pairs for each in self.apart), default=0)

    @property
    def over(self) -> str:
        """What the intervals are over, in words."""
        return interval_over(self.apart)

    @cached_property
    def means(self) -> "pd.DataFrame":
        """Means over seeds of the main outcomes, one row a policy, lever point and future."""
        return point_means(self.runs, list(MAIN))

    @cached_property
    def moved(self) -> Influence | None:
        """How much each parameter of a sweep moves each main outcome; None where nothing was varied."""
        dimensions = self.sweep.dimensions() if self.sweep else ()
        if self.sweep is None or not dimensions or not len(self.means):
            return None
        return influence(self.runs, self.sweep.asks["design"], dimensions, list(MAIN))


def named(policy: str) -> str:
    """Return a policy's name as it is read."""
    return policy.replace("_", " ")


def standing_line(found: Findings) -> str:
    """Return the sentence that stands on every screen."""
    over = f", over {found.over}" if found.over else ""
    return (
        f"A model of {found.city}, not a forecast. Each difference is from up to {found.pairs:,} paired runs{over}. "
        f"Version {found.version}, content {found.model}."
    )


def methods(found: Findings) -> str:
    """Return a paragraph on how the figures came about, for somebody who writes about them."""
    facts = "; ".join(f"{name.lower()}: {value}" for name, value in found.facts)
    first, *others = map(named, found.policies)
    unit = "point and seed" if found.sweep else "seed"
    return (
        f"{found.title}. Results of Coproduce {found.version} (content {found.model}), an agent-based model of "
        f"{found.city} whose assumptions are declared with their sources; they are no forecast. "
        f"{wording.sentence_start(facts)}. "
        f"{wording.sentence_start(how_it_ended(found.runs))} of {len(found.runs):,} runs. Each of "
        f"{wording.listing(list(others))} was compared with {first}, run by run at the same {unit}, so that both meet "
        f"the same luck; a point with a failed run was left out. Differences are means of up to {found.pairs:,} pairs, "
        f"with intervals of {100 * found.confidence:g} per cent over {found.over}, by Student's t. Nothing is allowed "
        "for the number of outcomes that are looked at."
    )


def read_findings(folder: Path, sweep: str | None = None) -> Findings:
    """Read a store of a sweep, or the folder of a comparison.

    Raises
    ------
    CoproductionError
        It is neither, or what it holds cannot be read.
    """
    if not folder.is_dir():
        raise StoreError(
            f"{folder}: must be the folder of a sweep's store or of a comparison; there is none."
        )
    if (folder / FILE_NAME).is_file() and not is_store(folder):
        from coproduction.dashboard.findings_of_comparison import of_comparison

        return of_comparison(folder)
    return _of_sweep(folder, sweep)


def _of_sweep(folder: Path, sweep: str | None) -> Findings:
    from coproduction.experiments.sweeps.tables import outcome_columns

    store = opened(folder, to_write=False)
    name = chosen_sweep(store, sweep)
    record = read_record(store[SWEEPS] / f"{name}.json")
    table = results(store, name, outcome_columns())
    try:
        return _described(store, record, table)
    except (KeyError, TypeError, AttributeError, ValueError, StopIteration) as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(
            f"{folder.name}: the files of {name} must be those of a sweep; they cannot be read together "
            f"({type(error).__name__}: {error}). Take the store as `coproduce sweep` wrote it."
        ) from error


def _described(store: Store, record: Record, table: "pd.DataFrame") -> Findings:
    policies = tuple(str(name) for name in record.asks["policies"])
    said: dict[str, Any] = opening(record, table)
    sampled = is_sampled(record.asks["design"], table)
    found = Findings(
        title=record.title,
        city=dict(said["facts"])["City"],
        policies=policies,
        apart=tuple(differences(table, policies, _measured(table), sampled=sampled)),
        runs=table,
        version=_version(store.folder),
        model=record.model,
        notices=tuple(store.notices),
        sweep=record,
        facts=tuple(said["facts"]),
    )
    _ = record.dimensions()  # refused here rather than on a screen
    return found


def _measured(table: "pd.DataFrame") -> list[str]:
    return [name for name in BY_NAME if name in table and table[name].notna().any()]


def _version(folder: Path) -> str:
    import json

    environment = json.loads((folder / FILE_NAME).read_text("utf-8")).get("environment", {})
    return str(environment.get("version", "unknown"))


def how_it_ended(runs: "pd.DataFrame") -> str:
    """Say how many runs came through, failed, or are not finished."""
    ends = runs["status"].value_counts()
    parts: Sequence[tuple[str, str]] = (
        ("done", "came through"), ("failed", "failed"), ("missing", "are not finished"),
    )  # fmt: skip
    return wording.listing([f"{int(ends[end]):,} {words}" for end, words in parts if end in ends])
