"""Whether every point of a plan is an arrangement that can be run, found out before anything is run."""

from collections.abc import Iterator

from coproduction.experiments.sweeps.places import LEVER_TABLES
from coproduction.experiments.sweeps.plan import Plan
from coproduction.simulation.errors import CoproductionError, DesignError
from coproduction.simulation.parameters.crimes import check_crime


def check_points(plan: Plan) -> None:
    """Refuse a plan with a point whose values do not go together.

    Raises
    ------
    DesignError
        Programmes would cost more than the budget at a point, or a type of crime would not add up.
    """
    from coproduction.scenarios.scenario import check_budgets

    _check_policies_differ(plan)
    for policy, lever_point, future in _different(plan):
        values = (*plan.levers.values[lever_point].tolist(), *plan.futures.values[future].tolist())
        scenario = plan.scenario(policy, values)
        try:
            check_budgets(plan.source, scenario)
            for crime in scenario.parameters.crimes:
                check_crime(plan.source, crime.name, crime)
        except CoproductionError as error:
            point = ", ".join(f"{name} {value:g}" for name, value in zip(plan.names, values, strict=True))
            raise DesignError(
                f"{error} That is {scenario.name} with {point}: narrow the ranges, or add a constraint."
            ) from error


def _check_policies_differ(plan: Plan) -> None:
    """Refuse two policies that are the same run at every lever point, as they are where levers set all that differs."""
    same: dict[tuple[str, ...], str] = {}
    for index, policy in enumerate(plan.policies):
        runs = [plan.run(index + point * len(plan.policies)) for point in range(len(plan.levers))]
        addresses = tuple(plan.address(run) for run in runs)
        if addresses in same:
            raise DesignError(
                f"{plan.source}: [sweep] policies {same[addresses]} and {policy.name} must differ; they are the same "
                "at every point, since what is varied sets all in which they differ. Leave out one of them, or a lever."
            )
        same[addresses] = policy.name


def _different(plan: Plan) -> Iterator[tuple[int, int, int]]:
    """Give the points at which anything that is checked can differ: policy, lever point and future."""
    checked = {*LEVER_TABLES, "crimes"}
    futures = (
        len(plan.futures)
        if any(place.table in checked for place in plan.places[len(plan.levers.names) :])
        else 1
    )
    for policy in range(len(plan.policies)):
        for lever_point in range(len(plan.levers)):
            for future in range(futures):
                yield policy, lever_point, future
