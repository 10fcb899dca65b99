"""What a sweep asks for: policies x lever points x futures x seeds.

Every policy and every lever point meets the same futures, and all of them the same seeds: what differs between two
runs of one future and one seed is the policy. Runs are numbered with the replication slowest, so that more
replications add runs and renumber none; within a future and a replication, runs that share a beginning are neighbours.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from coproduction.experiments.sweeps.dimensions import Dimension, Floats
from coproduction.experiments.sweeps.identity import address_of
from coproduction.experiments.sweeps.places import Place, place_of, with_values

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

REMEMBERED = 65_536
"""Addresses of runs that are kept in memory."""


@dataclass(frozen=True, slots=True)
class Points:
    """Points of a design.

    dimensions  what is varied
    values      shape (points, dimensions), in the parameters' units
    """

    dimensions: tuple[Dimension, ...]
    values: Floats

    @property
    def names(self) -> tuple[str, ...]:
        """table.key of each column."""
        return tuple(dimension.name for dimension in self.dimensions)

    def __len__(self) -> int:
        """Count the points; one without any dimension is a point."""
        return len(self.values)


@dataclass(frozen=True, slots=True)
class Run:
    """One run that a sweep asks for.

    number  within the sweep
    policy  index of the policy
    values  in the order of ``Plan.names``
    """

    number: int
    policy: int
    lever_point: int
    future: int
    replication: int
    seed: int
    values: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A checked sweep.

    policies      scenarios, alike in city, residents and weeks; the first is what the others are compared with
    levers        points that are chosen; a design over all parameters together has one without dimensions
    futures       points that nobody knows, the same for every policy and lever point
    left_out      points that did not meet a constraint
    precision     half-width asked for of paired differences, as a share of the baseline's mean; None for none
    ceiling       most replications that the precision may take
    """

    name: str
    title: str
    source: str
    policies: "tuple[Scenario, ...]"
    levers: Points
    futures: Points
    design: str
    samples: int
    seed: int
    replications: int
    engine: str = "core"
    cases: bool = False
    left_out: int = 0
    precision: float | None = None
    ceiling: int = 0
    constraints: tuple[str, ...] = field(default=())

    @property
    def names(self) -> tuple[str, ...]:
        """table.key of everything varied."""
        return (*self.levers.names, *self.futures.names)

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Everything varied."""
        return (*self.levers.dimensions, *self.futures.dimensions)

    @property
    def runs_a_beginning(self) -> int:
        """Runs of one future and one seed, which can share a beginning."""
        return len(self.policies) * len(self.levers)

    @property
    def runs_a_replication(self) -> int:
        """Runs on one seed."""
        return self.runs_a_beginning * len(self.futures)

    def __len__(self) -> int:
        """Count the runs."""
        return self.runs_a_replication * self.replications

    def run(self, number: int) -> Run:
        """Return the run of that number."""
        rest, policy = divmod(number, len(self.policies))
        rest, lever_point = divmod(rest, len(self.levers))
        replication, future = divmod(rest, len(self.futures))
        values = (*self.levers.values[lever_point].tolist(), *self.futures.values[future].tolist())
        return Run(number, policy, lever_point, future, replication, self.seed + replication, values)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where each value goes."""
        return tuple(place_of(self.source, self.policies[0], name) for name in self.names)

    def scenario(self, policy: int, values: Sequence[float]) -> "Scenario":
        """Return the scenario of one policy at one point."""
        return with_values(self.policies[policy], self.places, values)

    def address(self, run: Run) -> str:
        """Return the content address of a run."""
        return self._addresses(run.number)

    @cached_property
    def _addresses(self) -> Callable[[int], str]:
        """Give addresses by number, and remember those of late: a sweep asks for each up to three times."""

        def address(number: int) -> str:
            run = self.run(number)
            return address_of(self.scenario(run.policy, run.values), run.seed, self.engine)

        return lru_cache(maxsize=REMEMBERED)(address)

    def addresses(self, first: int = 0, last: int | None = None) -> Iterator[str]:
        """Give the addresses of runs by number, from the first to before the last."""
        for number in range(first, len(self) if last is None else last):
            yield self.address(self.run(number))

    def record(self) -> dict[str, Any]:
        """Return what decides which runs the sweep asks for, as plain data; replications are left out."""
        return {
            "policies": {policy.name: policy.to_dict() for policy in self.policies},
            "cities": sorted({policy.city.digest for policy in self.policies}),
            "design": self.design,
            "samples": self.samples,
            "seed": self.seed,
            "engine": self.engine,
            "levers": _described(self.levers),
            "futures": _described(self.futures),
            "constraints": list(self.constraints),
        }

    @cached_property
    def digest(self) -> str:
        """Digest of ``record``, 16 hexadecimal digits."""
        return hashlib.sha256(json.dumps(self.record(), sort_keys=True).encode()).hexdigest()[:16]


def _described(points: Points) -> dict[str, Any]:
    """Return the dimensions, and the digest of their points, as plain data."""
    values = np.ascontiguousarray(points.values, dtype="<f8")
    return {
        "points": len(points),
        "digest": hashlib.sha256(values.tobytes()).hexdigest()[:16],
        "dimensions": {
            d.name: {
                "role": d.role,
                "low": d.low,
                "high": d.high,
                "distribution": d.distribution,
                **d.shape,
                **({"values": list(d.values)} if d.values else {}),
                "group": d.group,
            }
            for d in points.dimensions
        },
    }
