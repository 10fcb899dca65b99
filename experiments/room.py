"""Whether what is asked for fits into this machine's memory, and about how long it will take, before it is run."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coproduction.experiments.execution import available_cores
from coproduction.simulation.errors import DesignError

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

PROCESS = 300 * 1024**2
"""Bytes: what a process takes before it holds a city, for Python, its packages and the compiled kernels."""
AGENT = 400
"""Bytes that the agents engine takes for a resident beside the state: an object, and its entries in Mesa's lists."""
CGROUP = Path("/sys/fs/cgroup")
MEMORY = Path("/proc/meminfo")
GIB = 1024.0**3
PILOT_RESIDENTS, PILOT_WEEKS = {"core": 20_000, "agents": 1_000}, 8
"""Of the short run that speed is taken from: about a tenth of a second, and two month's ends."""


@dataclass(frozen=True, slots=True)
class Need:
    """What runs of one size take in memory.

    residents  of each city
    city       bytes of the cities, and of what is measured of them, that one process holds at a time
    processes  that run side by side
    """

    residents: int
    city: int
    processes: int

    @property
    def total(self) -> int:
        """Bytes of all processes."""
        return self.processes * (PROCESS + self.city)

    @property
    def gib(self) -> float:
        """GiB of one process."""
        return (PROCESS + self.city) / GIB

    def residents_in(self, free: int, processes: int) -> int:
        """Return how many residents would fit into so many bytes, to two digits; a city grows with its residents."""
        most = max(free // processes - PROCESS, 0) * self.residents // self.city
        unit: int = 10 ** max(len(str(most)) - 2, 0)
        return most // unit * unit


def needed(scenarios: "Sequence[Scenario]", engine: str, runs: int, workers: int | None) -> Need:
    """Return what it takes to run scenarios in one go, in each of so many runs.

    A branch is run on a copy of each city that was burned in; an engine without burn-ins needs one city at a time.

    runs     side by side if there are workers enough
    workers  processes, all cores if None
    """
    cities = [_bytes(scenario) for scenario in scenarios]
    beginnings = _beginnings(scenarios) if engine == "core" else 0
    beside = max(tables for _, tables in cities) + _agents(scenarios[0], engine)
    return Need(
        residents=scenarios[0].residents,
        city=(beginnings + 1) * max(city for city, _ in cities) + beside,
        processes=min(available_cores() if workers is None else workers, runs),
    )


def needed_once(scenario: "Scenario", engine: str = "core") -> Need:
    """Return what it takes to run one scenario once, in this process."""
    return Need(scenario.residents, sum(_bytes(scenario)) + _agents(scenario, engine), 1)


def _agents(scenario: "Scenario", engine: str) -> int:
    return AGENT * scenario.residents if engine == "agents" else 0


def _bytes(scenario: "Scenario") -> tuple[int, int]:
    """Return the bytes of a city, and of its measuring: case files are copied twice, a distance goes with each bond."""
    from coproduction.simulation.population.size import case_bytes, expected_bytes, expected_cases

    numbers = scenario.numbers
    city = sum(expected_bytes(scenario.city.city, scenario.residents, numbers, scenario.watches).values())
    distances = round(np.float64().nbytes * scenario.residents * numbers.parameters.ties.bonding)
    return city, 2 * case_bytes(expected_cases(scenario.residents, numbers, scenario.watches)) + distances


def _beginnings(scenarios: "Sequence[Scenario]") -> int:
    from coproduction.experiments.replication import same_beginning

    different: list[Scenario] = []
    for scenario in scenarios:
        if not any(same_beginning(other, scenario) for other in different):
            different.append(scenario)
    return len(different)


def check_room(need: Need, free: int | None) -> None:
    """Refuse what does not fit into so many free bytes; None, where a system does not tell, refuses nothing.

    Raises
    ------
    DesignError
        It would not fit; says what would.
    """
    if free is None or need.total <= free:
        return
    each = f" in each of {need.processes} processes" if need.processes > 1 else ""
    raise DesignError(
        f"residents: a city must fit into memory, {free / GIB:.2f} GiB free; {need.residents:,} residents take "
        f"{need.gib:.2f} GiB{each}. {_what_fits(need, free)}"
    )


def _what_fits(need: Need, free: int) -> str:
    fewer = free // (PROCESS + need.city)
    if fewer:
        return f"Use --workers {fewer}, or --residents {need.residents_in(free, need.processes)}."
    most = need.residents_in(free, 1)
    alone = " with --workers 1" if need.processes > 1 else ""
    return f"Use --residents {most}{alone}." if most >= 20 else "Free some memory."


def free_memory() -> int | None:
    """Return the bytes that this program may still take, None where the system does not say.

    What the machine has available, or what is left to the program's control group where that is less.
    """
    limits = [limit for limit in (_available(), _left_in_group()) if limit is not None]
    return min(limits, default=None)


def _available() -> int | None:
    if MEMORY.exists():
        fields = dict(line.split(":", 1) for line in MEMORY.read_text("ascii").splitlines() if ":" in line)
        if "MemAvailable" in fields:
            return int(fields["MemAvailable"].split()[0]) * 1024
    if "SC_PHYS_PAGES" in getattr(os, "sysconf_names", {}):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return None


def _left_in_group() -> int | None:
    most, used = CGROUP / "memory.max", CGROUP / "memory.current"
    if not most.exists() or not used.exists():
        return None
    limit = most.read_text("ascii").strip()
    if not limit.isdigit():
        return None
    # Files that the system keeps at hand count as used and are given up when memory is asked for.
    counts = dict(line.split() for line in (CGROUP / "memory.stat").read_text("ascii").splitlines())
    at_hand = int(counts.get("inactive_file", 0)) + int(counts.get("active_file", 0))
    return max(int(limit) - int(used.read_text("ascii")) + at_hand, 0)


def seconds_for(scenario: "Scenario", engine: str = "core") -> float:
    """Return about how many CPU seconds a run will take, from a short run of a smaller city on this machine."""
    from coproduction.experiments.run import engine_named, start
    from coproduction.scenarios.scenario import replace

    residents = min(PILOT_RESIDENTS[engine], scenario.residents)
    small = replace(scenario, residents=residents, burn_in_weeks=0, measured_weeks=PILOT_WEEKS)
    carry_out = engine_named(engine)
    carry_out(start(small, 1), small.numbers, 1, 0, 1)  # kernels are loaded now
    clock = time.process_time()
    state = start(small, 1)
    built = time.process_time()
    carry_out(state, small.numbers, 1, 0, small.watches)
    a_watch = (time.process_time() - built) / small.watches
    return (built - clock + a_watch * scenario.watches) * scenario.residents / residents
