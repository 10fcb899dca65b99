"""Measure Covasim's own default epidemic: one process, one city, figures as JSON in the last line.

    .venv-peers/covasim/bin/python benchmarks/peers/run_covasim.py 100000 210

The arguments are agents and days. The default population, contacts at random and for good, is Covasim's fastest.
"""

import importlib
import json
import sys
import time
from typing import Any

covasim = importlib.import_module("covasim")


def measure(agents: int, days: int) -> dict[str, Any]:
    """Run an epidemic of that many days, kernels compiled before; a step is a day."""
    covasim.Sim(pop_size=1000, n_days=20, verbose=0).run()
    clock = time.process_time()
    epidemic = covasim.Sim(pop_size=agents, n_days=days, verbose=0)
    epidemic.initialize()
    built = time.process_time() - clock
    clock = time.process_time()
    epidemic.run()
    seconds = time.process_time() - clock
    steps = int(epidemic.npts) if hasattr(epidemic, "npts") else int(epidemic.t.npts)
    yearly = 365.0 / steps * 1000.0 / agents
    return {
        "package": "Covasim",
        "model": "default epidemic",
        "version": covasim.__version__,
        "agents": agents,
        "steps": steps,
        "days_per_step": 1.0,
        "setup_seconds": built,
        "seconds": seconds,
        "rate": agents * steps / seconds,
        "contacts": len(epidemic.people.contacts["a"]) / agents,
        "events": {"infections": float(epidemic.summary["cum_infections"]) * yearly},
        "work": "all pairs of contacts for infection, the course of disease and immunity of all",
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))
