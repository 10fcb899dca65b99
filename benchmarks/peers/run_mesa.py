"""Measure an example that Mesa packages, unchanged; figures as JSON in the last line.

    .venv-peers/mesa/bin/python benchmarks/peers/run_mesa.py civil_violence 10000 20

The arguments are the example (civil_violence or wealth), agents and steps. Civil violence is citizens who decide
whether to rebel and police who arrest them, on a grid: of all the examples the nearest to this package's subject.
"""

import importlib
import json
import math
import sys
import time
from collections.abc import Callable
from typing import Any

WARM_UP = 5
"""Steps before the clock starts: Mesa keeps neighbourhoods once they have been looked up."""


def civil_violence(agents: int) -> Any:
    """Return Epstein's model with its defaults, on a grid for about so many citizens and police."""
    module = importlib.import_module("mesa.examples.advanced.epstein_civil_violence.model")
    scenario = module.EpsteinScenario()
    width = round(math.sqrt(agents / (scenario.citizen_density + scenario.cop_density)))
    return module.EpsteinCivilViolence(width=width, height=width, scenario=scenario)


def wealth(agents: int) -> Any:
    """Return the exchange of money on a grid, one agent a cell as in its defaults."""
    module = importlib.import_module("mesa.examples.basic.boltzmann_wealth_model.model")
    width = round(math.sqrt(agents))
    return module.BoltzmannWealth(module.BoltzmannScenario(n=agents, width=width, height=width))


EXAMPLES: dict[str, tuple[Callable[[int], Any], str, str]] = {
    "civil_violence": (
        civil_violence,
        "Epstein's civil violence",
        "every agent looks at all in sight (radius 7), decides, moves; a row of every agent is kept",
    ),
    "wealth": (
        wealth,
        "Boltzmann wealth",
        "every agent moves and gives to somebody in its cell; a row of every agent is kept",
    ),
}


def measure(example: str, agents: int, steps: int) -> dict[str, Any]:
    """Run that many steps after a warm-up; a step of these models is no stretch of time."""
    make, model_name, work = EXAMPLES[example]
    clock = time.process_time()
    model = make(agents)
    built = time.process_time() - clock
    for _ in range(WARM_UP):
        model.step()
    clock = time.process_time()
    for _ in range(steps):
        model.step()
    seconds = time.process_time() - clock
    present = len(model.agents)
    return {
        "package": "Mesa",
        "model": model_name,
        "version": importlib.import_module("mesa").__version__,
        "agents": present,
        "steps": steps,
        "days_per_step": None,
        "setup_seconds": built,
        "seconds": seconds,
        "rate": present * steps / seconds,
        "contacts": None,
        "events": {},
        "work": work,
    }


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
