"""What a run will take: a refusal where it cannot be had, and a line beforehand where it is much."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coproduction.experiments.cli.endings import tell
from coproduction.experiments.cli.progress import duration

if TYPE_CHECKING:
    from coproduction.experiments.room import Need
    from coproduction.scenarios.scenario import Scenario

LONG = {"core": 1_000_000_000, "agents": 10_000_000}
"""Resident-watches: about ten seconds of computing."""


def require_room(need: "Need") -> None:
    """Refuse what does not fit into memory; raises DesignError."""
    from coproduction.experiments import room

    room.check_room(need, room.free_memory())


def foretell(scenarios: "Sequence[Scenario]", engine: str, need: "Need", most: int = 1) -> None:
    """Tell what at most so many runs will take, where one of them takes long; kernels must have been compiled."""
    first = scenarios[0]
    if first.residents * first.watches < LONG[engine]:
        return
    from coproduction.experiments.room import seconds_for

    taken = f"about {duration(seconds_for(first, engine))} of computing and {need.gib:.2f} GiB of memory"
    many = f"At most {most:,} runs, {need.processes} at a time, of" if most > 1 else "This takes"
    tell(f"{many} {taken}{' each' if most > 1 else ''}.")
