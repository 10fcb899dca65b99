"""The kernels are compiled once on each machine: whether that is done, and doing it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coproduction.experiments.result import Result
    from coproduction.scenarios.scenario import Scenario

OUTERMOST = "schedule.advance*.nbi"
"""What numba leaves when the outermost kernel, and with it every other, has been compiled."""


def is_compiled() -> bool:
    """Say whether the kernels of exactly these sources have been compiled before, on this machine."""
    from coproduction.simulation._compiled import cache_folder

    return any(cache_folder().rglob(OUTERMOST))


def smallest_scenario() -> "Scenario":
    """Return Columbus with 300 residents for five weeks: every phase is carried out, in milliseconds."""
    from coproduction.scenarios.scenario import load, replace

    return replace(load("coproduced"), residents=300, residents_per_cell=2, burn_in_weeks=1, measured_weeks=4)


def smallest_run(engine: str = "core") -> "Result":
    """Run the smallest scenario; compiles what is not compiled."""
    from coproduction.experiments.run import simulate

    return simulate(smallest_scenario(), engine=engine)


if __name__ == "__main__":
    for name in ("core", "agents"):  # agents call some kernels one by one, which are programs of their own
        smallest_run(name)
