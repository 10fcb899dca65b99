"""Runs the city and the policies that facts speak of, and says of each fact whether the model has it.

    from coproduction.experiments.facts.stylised_facts import check_facts
    findings = check_facts()

No parameter is tuned to a fact that the model is held against; those that a starting level was taken from are marked.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from coproduction.experiments.execution import TaskFailure, task_runner
from coproduction.experiments.facts import (
    of_conduct,
    of_crime,
    of_justice,
    of_people,
    of_policies,
    of_programmes,
)
from coproduction.experiments.facts.measure import Measure
from coproduction.experiments.facts.not_measured import REASONS
from coproduction.experiments.facts.runs import PRESET, scenarios
from coproduction.experiments.observation import Observation
from coproduction.experiments.run import final_state
from coproduction.scenarios.scenario import load, replace
from coproduction.simulation.errors import DesignError
from coproduction.simulation.evidence import Fact, evidence, rests_on
from coproduction.simulation.parameters import describe

SEEDS = (1, 2, 3)
RESIDENTS = 50_000
"""More than the preset has: facts about the rare need many cases."""
WITHIN = 0.25
"""Half-width of the band, relative to the value, of a fact that gives none."""
Verdict = Literal["inside", "outside", "cannot measure"]
Told = Callable[[int, int], None]
MEASURES: Mapping[str, Measure] = {
    **of_conduct.MEASURES,
    **of_crime.MEASURES,
    **of_justice.MEASURES,
    **of_people.MEASURES,
    **of_policies.MEASURES,
    **of_programmes.MEASURES,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact, the band that the model should fall into, what it gave on each seed, and the verdict.

    band_from  where the band comes from: the fact, a quarter either way, or the reason why another was taken
    sets       parameters whose source names the fact, so that it is no independent check
    note       how it was measured, or why it cannot be
    """

    fact: Fact
    band: tuple[float, float]
    band_from: str
    values: tuple[float, ...]
    verdict: Verdict
    sets: tuple[str, ...]
    note: str

    @property
    def simulated(self) -> float:
        """Mean over the seeds, nan where nothing was measured."""
        return sum(self.values) / len(self.values) if self.values else math.nan


@dataclass(frozen=True, slots=True)
class _Task:
    """All runs of one seed."""

    seed: int
    residents: int


def targets() -> tuple[Fact, ...]:
    """Return the facts that the model is held against, in the order of the table."""
    return tuple(fact for fact in evidence().values() if fact.use == "target")


def check_facts(
    seeds: Sequence[int] = SEEDS,
    *,
    residents: int = RESIDENTS,
    workers: int | None = None,
    told: Told | None = None,
) -> list[Finding]:
    """Measure every fact that can be, on every seed, with the parameters as declared.

    residents  persons in the city
    workers    processes; as many as cores if None

    Raises
    ------
    DesignError
        A run failed.
    """
    tasks = [_Task(seed, residents) for seed in seeds]
    found: dict[int, dict[str, float]] = {}
    with task_runner(workers) as runner:
        for index, answer in runner.run(measured, tasks):
            if isinstance(answer, TaskFailure):
                raise DesignError(f"facts: seed {tasks[index].seed} failed: {answer.error}")
            found[index] = answer
            if told is not None:
                told(len(found), len(tasks))
    by_fact = {key: tuple(found[i][key] for i in range(len(tasks))) for key in MEASURES}
    return [judged(fact, by_fact.get(fact.id, ())) for fact in targets()]


def measured(task: _Task) -> dict[str, float]:
    """Run everything on one seed and return the value of each measure."""
    base = replace(load(PRESET), residents=task.residents)
    seen = {name: Observation(final_state(one, task.seed)[0], one) for name, one in scenarios(base).items()}
    return {key: float(m.of(*(seen[name] for name in m.runs))) for key, m in MEASURES.items()}


def judged(fact: Fact, values: tuple[float, ...]) -> Finding:
    """Say whether the mean of the values lies within the fact's band."""
    sets = tuple(f"{d.table}.{d.key}" for d in describe() if fact.id in rests_on(d.source))
    measure = MEASURES.get(fact.id)
    low, high, origin = band(fact, measure)
    if measure is None:
        return Finding(fact, (low, high), origin, (), "cannot measure", sets, REASONS[fact.id])
    if any(math.isnan(value) for value in values):
        note = f"{measure.how}: nothing of the kind happened on some seed"
        return Finding(fact, (low, high), origin, (), "cannot measure", sets, note)
    verdict: Verdict = "inside" if low <= sum(values) / len(values) <= high else "outside"
    return Finding(fact, (low, high), origin, values, verdict, sets, measure.how)


def band(fact: Fact, measure: Measure | None) -> tuple[float, float, str]:
    """Return low, high and where they come from; the fact's own band before any other."""
    if measure is not None and measure.band is not None:
        return measure.band
    if fact.value is None:
        return math.nan, math.nan, "the fact has no number"
    if (fact.low is None and fact.high is None) or fact.low == fact.high:
        reach = WITHIN * abs(fact.value)
        return fact.value - reach, fact.value + reach, "a quarter either way"
    low = -math.inf if fact.low is None else fact.low
    high = math.inf if fact.high is None else fact.high
    return low, high, "the fact"


def counts(findings: Sequence[Finding]) -> dict[Verdict, int]:
    """Return how many facts came out in each way."""
    ways: tuple[Verdict, ...] = ("inside", "outside", "cannot measure")
    return {way: sum(f.verdict == way for f in findings) for way in ways}
