"""A sweep as a model of the EMA Workbench, for those who bring its designs: ours underneath, with its store.

    from coproduction.experiments.sweeps.ema import StoreEvaluator, ema_model
    plan = read_design("my_sweep.toml")  # levers, uncertainties, policies, seeds; its own points are not used
    with StoreEvaluator(ema_model(plan), plan, "my-store") as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=100, policies=10)

Its own evaluators lose everything when one run fails, and its pool hangs when a worker is killed (measured on
version 3.0); this one keeps every finished run, goes on after an interrupt, and gives nan for a run that failed.

The package is an extra, ``coproduction[ema]``, since it needs one under the GPL.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from ema_workbench import CategoricalParameter, IntegerParameter, Model, RealParameter, ScalarOutcome
from ema_workbench.em_framework.evaluators import BaseEvaluator

from coproduction.experiments.sweeps.dimensions import Dimension
from coproduction.experiments.sweeps.plan import Plan, Points
from coproduction.experiments.sweeps.reading import results
from coproduction.experiments.sweeps.whole_sweep import Choices, run_sweep
from coproduction.simulation.outcomes import OUTCOMES

if TYPE_CHECKING:
    from coproduction.experiments.sweeps.carrying_out import Standing

POLICY = "arrangement"
"""Name of the lever that chooses a scenario, where a plan has several; "policy" is a word of the workbench's own."""
MAIN = tuple(outcome.name for outcome in OUTCOMES if outcome.main)


def ema_model(plan: Plan, outcomes: Sequence[str] = MAIN) -> Any:
    """Return a plan's levers, uncertainties and outcomes as a model of the workbench.

    Distributions are the workbench's own choice: its samplers draw evenly from the ranges.
    """
    model = Model("Coproduce", function=_Run(plan, tuple(outcomes)))
    levers = [_parameter(dimension) for dimension in plan.dimensions if dimension.role == "lever"]
    if len(plan.policies) > 1:
        levers.insert(0, CategoricalParameter(POLICY, [policy.name for policy in plan.policies]))
    model.levers = levers
    model.uncertainties = [_parameter(d) for d in plan.dimensions if d.role == "uncertainty"]
    model.outcomes = [ScalarOutcome(name) for name in outcomes]
    return model


def _parameter(dimension: Dimension) -> Any:
    if dimension.distribution == "values":
        return CategoricalParameter(dimension.name, list(dimension.values))
    if dimension.distribution == "whole":
        return IntegerParameter(dimension.name, int(dimension.low), int(dimension.high))
    return RealParameter(dimension.name, dimension.low, dimension.high)


class _Run:
    """One experiment in this process, for the workbench's own evaluators: means over the plan's seeds."""

    def __init__(self, plan: Plan, outcomes: tuple[str, ...]) -> None:
        self.plan = plan
        self.outcomes = outcomes
        self.__name__ = "coproduce"

    def __call__(self, **given: Any) -> dict[str, float]:
        from coproduction.experiments.sweeps.single_run import simulate

        policy, values = _point(self.plan, given)
        scenario = self.plan.scenario(policy, values)
        seeds = range(self.plan.seed, self.plan.seed + self.plan.replications)
        found = [simulate(scenario, seed, self.plan.engine, None)[0] for seed in seeds]
        return {name: float(np.mean([each[name] for each in found])) for name in self.outcomes}


def _point(plan: Plan, given: Mapping[str, Any]) -> tuple[int, tuple[float, ...]]:
    """Return the policy's index and the values of an experiment; what it does not say is the first policy's own."""
    plain = {name: getattr(value, "value", value) for name, value in given.items()}
    names = [policy.name for policy in plan.policies]
    return names.index(plain.get(POLICY, names[0])), tuple(float(plain[name]) for name in plan.names)


class StoreEvaluator(BaseEvaluator):  # type: ignore[misc]
    """Carries out experiments of the workbench by our runner, into a store.

    A run that stands in the store, from this call or any other, is not run again.
    """

    def __init__(self, model: Any, plan: Plan, folder: str | Path, **choices: Any) -> None:
        """Take the model of ``ema_model``, the plan it was made of, the store, and what ``Choices`` takes."""
        super().__init__(model)
        self.plan = plan
        self.folder = Path(folder)
        self.choices = Choices(**choices)

    def initialize(self) -> None:
        """Nothing is held between calls."""

    def finalize(self) -> None:
        """Nothing is held between calls."""

    def evaluate_experiments(
        self, experiments: Iterable[Any], callback: Callable[[Any, dict[str, float]], None], **others: Any
    ) -> None:
        """Run experiments and hand each to the workbench with its outcomes, means over seeds."""
        outcomes = [outcome.name for outcome in self._msis[0].outcomes]
        by_policy: dict[int, list[tuple[Any, tuple[float, ...]]]] = {}
        for experiment in experiments:
            index, point = _point(self.plan, {**dict(experiment.scenario), **dict(experiment.policy)})
            by_policy.setdefault(index, []).append((experiment, point))
        for index, asked in by_policy.items():
            found = self._run(index, np.array([values for _, values in asked], dtype=np.float64), outcomes)
            for (experiment, _), row in zip(asked, found, strict=True):
                callback(experiment, dict(zip(outcomes, row.tolist(), strict=True)))

    def _run(self, policy: int, points: np.ndarray, outcomes: Sequence[str]) -> np.ndarray:
        """Run the points of one policy; return means over seeds, shape (points, outcomes)."""
        listed = replace(
            self.plan,
            policies=(self.plan.policies[policy],),
            levers=Points((), np.zeros((1, 0))),
            futures=Points(self.plan.dimensions, points),
            design="list",
            precision=None,
        )
        named = replace(listed, name=f"ema-{listed.digest}")
        end = run_sweep(named, self.folder, self.choices, _unseen)
        table = results(end.store, named.name, outcomes)
        return np.asarray(table.groupby("future")[list(outcomes)].mean().to_numpy(dtype=np.float64))


def _unseen(_: "Standing") -> None:
    """Watch nothing: the workbench tells how far it is."""
