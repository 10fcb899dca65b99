"""Measure Starsim on the sim that its own benchmark times, in steps of a day; figures as JSON in the last line.

    .venv-peers/starsim/bin/python benchmarks/peers/run_starsim.py 100000 210

The arguments are agents and days. The sim is SIS, an infection that leaves waning immunity, on random contacts.
"""

import importlib
import json
import sys
import time
from typing import Any

starsim = importlib.import_module("starsim")


def sim(agents: int, days: int) -> Any:
    """Return a sim with Starsim's defaults for disease and contacts, not yet set up."""
    return starsim.Sim(
        n_agents=agents,
        networks="random",
        diseases="sis",
        start="2020-01-01",
        dur=starsim.days(days),
        dt=starsim.days(1),
        verbose=0,
    )


def measure(agents: int, days: int) -> dict[str, Any]:
    """Run that many days, kernels compiled before; a step is a day."""
    sim(1000, 20).run()
    clock = time.process_time()
    epidemic = sim(agents, days)
    epidemic.init()
    built = time.process_time() - clock
    clock = time.process_time()
    epidemic.run()
    seconds = time.process_time() - clock
    steps = int(epidemic.t.npts)
    edges = sum(len(network.edges.p1) for network in epidemic.networks())
    yearly = 365.0 / steps * 1000.0 / agents
    return {
        "package": "Starsim",
        "model": "SIS on random contacts",
        "version": starsim.__version__,
        "agents": agents,
        "steps": steps,
        "days_per_step": 1.0,
        "setup_seconds": built,
        "seconds": seconds,
        "rate": agents * steps / seconds,
        "contacts": edges / agents,
        "events": {"infections": float(epidemic.results.sis.cum_infections[-1]) * yearly},
        "work": "new pairs of contacts for all, each gone through for infection; waning immunity of the infected",
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))
