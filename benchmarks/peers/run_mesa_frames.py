"""Measure mesa-frames on an exchange of money; figures as JSON in the last line.

    .venv-peers/mesa_frames/bin/python benchmarks/peers/run_mesa_frames.py 100000 50

The arguments are agents and steps. The package holds no example, so this one is ours, after the description of the
model in its tutorial: all who have money give one unit to somebody drawn at random. There is no space. Columns are
changed by expressions of Polars, which is faster than by the package's own accessors.
"""

import importlib
import json
import sys
import time
from typing import Any

mesa_frames = importlib.import_module("mesa_frames")
polars = importlib.import_module("polars")
AgentSet: Any = mesa_frames.AgentSetPolars


class Holders(AgentSet):  # type: ignore[misc] # known only in the peer's environment
    """Agents with a column of money, 1 at the start."""

    agents: Any

    def __init__(self, count: int, model: Any) -> None:
        super().__init__(model)
        ones = polars.ones(count, dtype=polars.Int64, eager=True)
        self.add(polars.DataFrame({"unique_id": polars.int_range(count, eager=True), "money": ones}))

    def step(self) -> None:
        """Let all who can give do so at once."""
        givers = polars.col("money") > 0
        count = int(self.agents.select(givers.sum()).item())
        drawn = self.agents.select("unique_id").sample(n=count, with_replacement=True)
        received = drawn.group_by("unique_id").len("received")
        self.agents = (
            self.agents.join(received, on="unique_id", how="left", maintain_order="left")
            .with_columns(money=polars.col("money") - givers + polars.col("received").fill_null(0))
            .drop("received")
        )


def measure(count: int, steps: int) -> dict[str, Any]:
    """Run that many steps after one of warm-up; a step of this model is no stretch of time."""
    clock = time.process_time()
    model = mesa_frames.ModelDF(1)
    model.agents.add(Holders(count, model))
    built = time.process_time() - clock
    model.step()
    clock = time.process_time()
    for _ in range(steps):
        model.step()
    seconds = time.process_time() - clock
    holders = model.get_agents_of_type(Holders).agents
    if holders.height != count or holders["money"].sum() != count or holders["money"].min() < 0:
        raise RuntimeError("money was made or lost: this version of mesa-frames or Polars is not understood")
    return {
        "package": "mesa-frames",
        "model": "exchange of money (ours)",
        "version": f"{mesa_frames.__version__}, Polars {polars.__version__}",
        "agents": count,
        "steps": steps,
        "days_per_step": None,
        "setup_seconds": built,
        "seconds": seconds,
        "rate": count * steps / seconds,
        "contacts": None,
        "events": {},
        "work": "all with money give to anybody, one operation on columns; no space, nothing kept",
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))
