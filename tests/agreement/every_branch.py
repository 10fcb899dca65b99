"""Run both engines as plain Python under coverage; write what was run and drawn as JSON to the folder given.

Started by ``test_every_branch.py`` in a process of its own, with compiling switched off.
"""

import json
import runpy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import coverage

measured = coverage.Coverage(
    data_file=None,
    branch=True,
    source_pkgs=["coproduction.agents", "coproduction.simulation"],
    config_file=False,
)
measured.exclude("if __name__ != ")  # the guard against a second name of the package
measured.start()

# Only now, so that what runs on import is measured too.
from coproduction.agents import city_model  # noqa: E402
from coproduction.simulation import draws  # noqa: E402
from coproduction.simulation.city import City  # noqa: E402
from coproduction.simulation.decisions import Decision  # noqa: E402
from coproduction.simulation.engine import run_core  # noqa: E402
from coproduction.simulation.parameters import Numbers, Parameters, Policing  # noqa: E402
from coproduction.simulation.parameters.portfolio import NO_PROGRAMMES  # noqa: E402
from coproduction.simulation.population import populate  # noqa: E402
from coproduction.simulation.population.empty import empty_cases  # noqa: E402
from coproduction.simulation.state import State, copied, differences  # noqa: E402

HERE = Path(__file__).parent
build_grid_city = runpy.run_path(str(HERE.parent / "conftest.py"))["build_grid_city"]
town = runpy.run_path(str(HERE / "conftest.py"))
OUTSIDE = (1, 8, 9, 20, 31, 35, 36, 62)  # leaves the cell in the corner without a neighbour

Case = tuple[State, Numbers, int]


def altered(lattice: bool = False, **groups: dict[str, float]) -> Parameters:
    """Return the eventful parameters with some values changed, by group."""
    p = town["eventful_parameters"](lattice=lattice)
    changed: Parameters = p._replace(**{g: getattr(p, g)._replace(**values) for g, values in groups.items()})
    return changed


def cases() -> Iterator[Case]:
    """Yield cities, numbers and lengths in watches that together reach every branch."""
    plenty = {"co_responders": 60.0, "co_responder_cost": 20_000.0}
    before, after = (
        levers._replace(officer_cost=50_000.0, **plenty) for levers in (town["BEFORE"], town["AFTER"])
    )
    none = before._replace(meetings=0.0, co_responders=0.0, budget=150.0)
    small, large = build_grid_city(8, 2), build_grid_city(20, 2)
    holes = build_grid_city(8, 2, OUTSIDE)

    restless = before._replace(turnover=4.0, budget=100.0)  # nobody is paid for some beats
    plenty_of_posts = before._replace(turnover=0.0, officer_cost=9_000.0)

    def case(
        city: City, watches: int, p: Parameters, after: Policing = after, before: Policing = before
    ) -> Case:
        programmes = NO_PROGRAMMES if after is none else town["eventful_programmes"](city.n_neighbourhoods)
        numbers = Numbers(p, before, after, 10, 20, programmes)
        return populate(city, 250, numbers, 4, 210), numbers, watches

    yield case(holes, 168, altered(population={"volunteer_share": 0.004}))
    yield case(large, 30, altered(lattice=True))
    yield case(large, 60, altered())  # some live alone in their cell
    yield case(small, 84, altered(careers={"entry": 1.0, "desistance": 2.0}))
    yield case(holes, 60, altered(lattice=True, setting={"periodic": 0.0}))
    yield case(large, 30, on_people(altered(lattice=True)))
    yield case(small, 25, altered(presence={"home_night": 0.0, "day_place": 0.0}, reporting={"witness": 0.0}))
    yield case(small, 84, altered(reporting={"witness": 1.0}, volunteering={"joining": 0.0}))
    yield case(small, 84, altered(population={"volunteer_share": 0.0}), none)
    yield case(small, 84, altered(setting={"helping_cost": 0.5}))
    yield case(small, 84, altered(ties={"bonding": 0.0, "bridging": 0.0}))
    nobody_home = {"volunteer_share": 0.6}
    yield case(large, 63, altered(lattice=True, justice={"attendance": 1.0}, population=nobody_home))
    yield case(
        small,
        84,
        without_community_sentences(
            altered(
                justice={"conviction": 1.0, "remand": 0.0, "retaliation": 0.1}, reporting={"witness": 1.0}
            )
        ),
    )
    yield case(small, 25, altered(justice={"charge": 0.0}))
    yield case(small, 84, altered(), restless, plenty_of_posts)
    yield case(small, 84, altered(), before._replace(turnover=4.0))
    for contracting in (0.0, 0.999_999):  # the city declines the policy's arrangement, or decides for it
        start, numbers, watches = case(small, 20, altered())
        yield start, numbers._replace(contracting=contracting), watches
    yield case(small, 84, altered(intervention={"usual": 0.0}))
    start, numbers, watches = case(small, 20, altered())
    yield start._replace(cases=empty_cases(len(start.offenders.resident))), numbers, watches


def without_community_sentences(p: Parameters) -> Parameters:
    """Turn every conviction into custody, and prison into the last sanction that is left."""
    community, *others = p.sanctions
    return p._replace(sanctions=(community._replace(share=0.0), *others))


def on_people(p: Parameters) -> Parameters:
    """Turn the first type of crime into one against people present, which the lattice knows only by parameter."""
    return p._replace(crimes=(p.crimes[0]._replace(exposure=1.0), *p.crimes[1:]))


def recording(drawn: set[int], function: Callable[..., float]) -> Callable[..., float]:
    """Return the function that draws, noting what for."""

    def draw(seed: int, decision: int, *rest: int) -> float:
        drawn.add(int(decision))
        return function(seed, decision, *rest)

    return draw


def drawn_by(run: Callable[..., State], cases: list[Case]) -> tuple[list[State], list[str]]:
    """Run all cases and return the last states and the names of all decisions drawn."""
    drawn: set[int] = set()
    original, noted = draws.uniform, recording(drawn, draws.uniform)
    modules = [m for name, m in sys.modules.items() if name.startswith("coproduction.simulation")]
    users = [(m, "uniform") for m in modules if getattr(m, "uniform", None) is original]
    for module, name in users:
        setattr(module, name, noted)
    ends = [run(copied(start), numbers, 9, 0, watches) for start, numbers, watches in cases]
    for module, name in users:
        setattr(module, name, original)
    return ends, sorted(Decision(d).name for d in drawn)


def use_the_rest() -> None:
    """Do what a run has no need of: look at a class's columns, and at the Mesa grid."""
    start, numbers, _ = everything[0]
    model = city_model.CityModel(start, numbers, 9)
    for held, bail_until in ((0, 0), (0, 5), (1, 0)):
        model.offenders[0].held, model.offenders[0].bail_until = held, bail_until
        assert 0.0 < model.offenders[0].life() <= 1.0
    assert model.classes.resident.fear.array(start) is start.residents.fear
    assert model.streets.grid[3, 4].homes == start.cells.homes[3 * 8 + 4]


everything = list(cases())
by_core, core_drew = drawn_by(run_core, everything)
by_agents, agents_drew = drawn_by(city_model.run_agents, everything)
use_the_rest()
measured.stop()
output = Path(sys.argv[1])
measured.json_report(outfile=str(output / "coverage.json"))
findings = {
    "different": [differences(*ends) for ends in zip(by_core, by_agents, strict=True)],
    "drawn by the core": core_drew,
    "drawn by the agents": agents_drew,
}
(output / "findings.json").write_text(json.dumps(findings), encoding="utf-8")
