"""Recorded property crime by neighbourhood over many runs: the map that is held against an observed one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coproduction.experiments.digest import FloatArray
from coproduction.experiments.execution import TaskFailure, task_runner
from coproduction.experiments.measures import PROPERTY
from coproduction.experiments.run import simulate
from coproduction.simulation.errors import DesignError
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK, WATCHES_PER_YEAR

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.comparison import Comparison
    from coproduction.experiments.replication import RunRecord
    from coproduction.scenarios.scenario import Scenario

SEEDS_A_TASK = 5
IN_CITY = "recorded_property_per_1000_households"
"""The outcome that says of the whole city what a map says of its neighbourhoods."""
Told = Callable[[int, int], None]
"""Told after every few runs how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class MapTask:
    """One scenario on some seeds; the task that a worker gets."""

    key: str
    scenario: "Scenario"
    seeds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CrimeMaps:
    """Recorded burglary and vehicle theft of one scenario over seeds.

    seeds             of the runs
    by_neighbourhood  shape (seeds, n), per 1,000 households a year; nan where nobody lives
    city              shape (seeds,), the same for the whole city
    """

    seeds: tuple[int, ...]
    by_neighbourhood: FloatArray
    city: FloatArray

    @property
    def mean(self) -> FloatArray:
        """Mean over seeds, shape (n,)."""
        return np.asarray(self.by_neighbourhood.mean(axis=0))

    @property
    def reliability(self) -> float:
        """Share of the spread between neighbourhoods in :attr:`mean` that is not luck, at most 1; nan for one seed."""
        lived_in = self.by_neighbourhood[:, ~np.isnan(self.mean)]
        if len(lived_in) < 2:
            return float("nan")
        luck = lived_in.var(axis=0, ddof=1).mean() / len(lived_in)
        return float(1.0 - luck / lived_in.mean(axis=0).var(ddof=1))


def property_map(neighbourhoods: "pd.DataFrame", measured_weeks: int) -> FloatArray:
    """Return recorded burglary and vehicle theft per 1,000 households a year, shape (n,); nan where nobody lives.

    neighbourhoods  of one run, as ``tables.neighbourhoods`` gives it
    """
    recorded = sum(neighbourhoods[f"recorded_{name}"].to_numpy(np.float64) for name in PROPERTY)
    years = measured_weeks * WATCHES_PER_WEEK / WATCHES_PER_YEAR
    households = neighbourhoods["households"].to_numpy(np.float64)
    return np.asarray(recorded / np.where(households > 0.0, households, np.nan) * 1000.0 / years)


def run_maps(task: MapTask) -> list[tuple[FloatArray, float]]:
    """Run one scenario on its seeds; one map and one figure for the city a seed."""
    weeks, results = task.scenario.measured_weeks, (simulate(task.scenario, seed) for seed in task.seeds)
    return [(property_map(r.neighbourhoods, weeks), r.outcomes[IN_CITY]) for r in results]


def map_table(runs: "Mapping[int, RunRecord]", measured_weeks: int) -> "pd.DataFrame":
    """Return the maps of one policy's runs as a table that a comparison keeps: seed, name, per_1000_households."""
    import pandas as pd

    tables = [
        pd.DataFrame(
            {
                "seed": seed,
                "name": run.neighbourhoods.index.to_numpy(),
                "per_1000_households": property_map(run.neighbourhoods, measured_weeks),
            }
        )
        for seed, run in runs.items()
    ]
    return pd.concat(tables, ignore_index=True)


def maps_of_baseline(comparison: "Comparison") -> CrimeMaps:
    """Return the maps of a comparison's first policy, one a replication: what :func:`crime_maps` would run for."""
    table, runs = comparison.recorded_property, comparison.runs
    seeds = list(dict.fromkeys(table["seed"]))
    maps = [table.loc[table["seed"] == seed, "per_1000_households"].to_numpy(np.float64) for seed in seeds]
    chosen = (runs["policy"] == comparison.baseline) & (runs["outcome"] == IN_CITY)
    city = runs[chosen].set_index("seed")["value"]
    return CrimeMaps(tuple(seeds), np.stack(maps), city.loc[seeds].to_numpy(np.float64))


def crime_maps(
    scenarios: "Mapping[str, Scenario]", seeds: Sequence[int], workers: int | None, told: Told | None = None
) -> dict[str, CrimeMaps]:
    """Run every scenario on every seed.

    workers  processes; as many as cores if None, none beside this one if 1; never changes a result

    Raises
    ------
    DesignError
        A run failed.
    """
    blocks = [tuple(seeds[i : i + SEEDS_A_TASK]) for i in range(0, len(seeds), SEEDS_A_TASK)]
    tasks = [MapTask(key, scenario, block) for key, scenario in scenarios.items() for block in blocks]
    answers: dict[int, list[tuple[FloatArray, float]]] = {}
    with task_runner(workers) as runner:
        for index, answer in runner.run(run_maps, tasks):
            if isinstance(answer, TaskFailure):
                raise DesignError(f"validation: a run of {tasks[index].key} failed: {answer.error}")
            answers[index] = answer
            if told is not None:
                told(sum(map(len, answers.values())), len(scenarios) * len(seeds))
    return {key: _gathered(key, tasks, answers) for key in scenarios}


def _gathered(
    key: str, tasks: Sequence[MapTask], answers: Mapping[int, list[tuple[FloatArray, float]]]
) -> CrimeMaps:
    mine = [index for index, task in enumerate(tasks) if task.key == key]
    seeds = tuple(seed for index in mine for seed in tasks[index].seeds)
    runs = [run for index in mine for run in answers[index]]
    return CrimeMaps(
        seeds, np.stack([by_place for by_place, _ in runs]), np.array([city for _, city in runs])
    )
