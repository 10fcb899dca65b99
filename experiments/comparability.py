"""Which scenarios can be compared on shared luck."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coproduction.simulation.errors import DesignError

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario


def check_comparable(scenarios: "Sequence[Scenario]") -> None:
    """Refuse scenarios that cannot share their luck; raises DesignError."""
    names = [scenario.name for scenario in scenarios]
    if len(names) < 2:
        raise DesignError(f"comparison: scenarios must be two or more; got {len(names)}. Name another file.")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise DesignError(
            f"comparison: names must all differ; got {twice} twice. Change the name in one file."
        )
    first = scenarios[0]
    for other in scenarios[1:]:
        for what, here, there in (
            ("residents", first.residents, other.residents),
            ("residents_per_cell", first.residents_per_cell, other.residents_per_cell),
            ("burn_in_weeks", first.burn_in_weeks, other.burn_in_weeks),
            ("measured_weeks", first.measured_weeks, other.measured_weeks),
            ("city", first.city.digest, other.city.digest),
        ):
            if here != there:
                raise DesignError(
                    f"{other.source}: {what} must be the same as in {first.source}, {here}; got {there}. "
                    f"Policies are compared in one city over one time."
                )
