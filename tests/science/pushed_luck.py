"""Push the draws of each decision towards 0 and towards 1, in both engines as plain Python; write what follows as JSON.

Started by ``test_decisions_matter.py`` in a process of its own, with compiling switched off; the argument is a folder
that holds the cities (``stages.pickle``) and gets the findings. Of a watch only phases that draw a decision are run.
"""

import json
import pickle
import runpy
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coproduction.agents.city_model import CityModel
from coproduction.simulation import draws
from coproduction.simulation.decisions import Decision
from coproduction.simulation.packed import pack_numbers
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.rules.protection import SELF_DEFENCE
from coproduction.simulation.schedule import PHASES, due
from coproduction.simulation.state import Fate, State, copied, differences

HERE, FOLDER = Path(__file__).parent, Path(sys.argv[1])
LINES = tomllib.loads((HERE / "decisions.toml").read_text(encoding="utf-8"))["decisions"]
written_in_the_plan = runpy.run_path(str(HERE / "test_state_variables.py"))["reading"]
LOW, HIGH = 0.001, 0.999

original = draws.uniform
users = [
    module
    for name, module in sys.modules.items()
    if name.startswith("coproduction.simulation") and getattr(module, "uniform", None) is original
]


def with_draws(function: Callable[..., float], run: Callable[[], Any]) -> Any:
    """Run something with another function in the place of the one that draws."""
    for module in users:
        module.uniform = function  # type: ignore[attr-defined]
    try:
        return run()
    finally:
        for module in users:
            module.uniform = original  # type: ignore[attr-defined]


def by_core(state: State, numbers: Numbers, when: tuple[int, int], phases: list[int]) -> State:
    """Run some phases of a watch with the kernels, and return the state; when is seed, watch."""
    for index in phases:
        PHASES[index].kernel(state, numbers, *when)
    return state


def by_agents(state: State, numbers: Numbers, when: tuple[int, int], phases: list[int]) -> State:
    """Run some phases of a watch with Mesa agents, and return the state; when is seed, watch."""
    model = CityModel(state, numbers, *when)
    for index in phases:
        getattr(model, PHASES[index].name)()
    return state


class Stage:
    """A city before a watch, before each of its phases, and what each phase draws."""

    def __init__(self, state: State, numbers: Numbers, seed: int, watch: int) -> None:
        self.numbers, self.when = pack_numbers(numbers), (seed, watch)
        self.before: dict[int, State] = {}
        self.drawn: dict[int, set[int]] = {}
        for index in [i for i, phase in enumerate(PHASES) if due(phase, watch)]:
            self.before[index], self.drawn[index] = copied(state), set()
            with_draws(self.noting(index), lambda: by_core(state, self.numbers, self.when, [index]))  # noqa: B023

    def noting(self, index: int) -> Callable[..., float]:
        """Return the function that draws, noting what for."""

        def draw(seed: int, decision: int, *rest: int) -> float:
            self.drawn[index].add(int(decision))
            return original(seed, decision, *rest)

        return draw

    def findings(self, decision: Decision, line: dict[str, Any]) -> dict[str, Any]:
        """Return what follows of all draws near 0 and of all near 1, and whether the engines agree on it."""
        at = [index for index, drawn in self.drawn.items() if decision in drawn]
        if not at:
            return {"drawn": False}
        phases = [index for index in self.before if at[0] <= index <= at[-1]]
        before, ends, apart = self.before[at[0]], [], []
        for value in (LOW, HIGH):
            pushed = pushing(decision, value)
            core, agents = (
                with_draws(pushed, lambda: run(copied(before), self.numbers, self.when, phases))  # noqa: B023
                for run in (by_core, by_agents)
            )
            ends.append(core)
            apart += differences(core, agents)
        found = {"drawn": True, "engines differ in": apart, "differ in": differences(*ends)}
        if "moves" in line:
            found |= {"readings": [reading(end, before, line["moves"]) for end in ends]}
        return found


def pushing(decision: Decision, value: float) -> Callable[..., float]:
    """Return the function that draws, giving one value wherever one decision is drawn."""

    def draw(seed: int, drawn: int, *rest: int) -> float:
        return value if drawn == decision else original(seed, drawn, *rest)

    return draw


def reading(end: State, before: State, what: str) -> float:
    """Return what a line looks at, a number; ``before`` is the city before the phases were run."""
    how, _, name = what.partition(" ")
    first, last = int(before.cases.count[0]) if how != "fate" else 0, int(end.cases.count[0])
    first = min(first, int(before.cases.marks[0]))
    new = slice(first, last)
    if how == "fate":
        return float((end.cases.fate[:last] == Fate[name]).sum())
    if how == "switched":
        group, column = name.split(".")
        one, other = (getattr(getattr(state, group), column) for state in (before, end))
        return float((one != other).sum())
    if how == "at_first_cell":
        places = end.neighbourhoods
        return float(getattr(end.cells, name.split(".")[1])[places.cell[places.cell_start[:-1]]].sum())
    if how == "own_speciality":
        return float((end.cases.crime[new] == end.offenders.speciality[end.cases.offender[new]]).sum())
    if how == "ready_victims":
        return float((end.residents.protection[end.cases.victim[new]] & SELF_DEFENCE != 0).sum())
    value: float = written_in_the_plan(end, what, first)
    return value


given = pickle.loads((FOLDER / "stages.pickle").read_bytes())
stages = {name: [Stage(*city) for city in cities] for name, cities in given.items()}
found = {
    decision.name: [stage.findings(decision, line) for stage in stages[line.get("stage", "town")]]
    for decision in Decision
    if (line := LINES.get(decision.name)) is not None
}
(FOLDER / "findings.json").write_text(json.dumps(found), encoding="utf-8")
