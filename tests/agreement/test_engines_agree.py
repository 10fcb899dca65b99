"""The compiled core and the Mesa agents are one model: their states agree in every bit."""

from collections.abc import Callable

import numpy as np
import pytest

from coproduction.agents.city_model import CityModel, run_agents
from coproduction.simulation.city import City
from coproduction.simulation.engine import Engine, branch, run_core
from coproduction.simulation.parameters import CRIME_NAMES, Numbers, build
from coproduction.simulation.population import populate
from coproduction.simulation.population.empty import empty_cases
from coproduction.simulation.state import NOBODY, Fate, State, copied, differences

Settle = Callable[..., State]
STOPS = (1, 2, 3, 21, 22, 50, 63, 84, 85, 168, 200)
ENGINES = (run_core, run_agents)


def agree(start: State, numbers: Numbers, seed: int, stops: tuple[int, ...] = STOPS, first: int = 0) -> State:
    """Run both engines from copies of a state, compare them at every stop, and return the last state."""
    watch = first
    core: State = copied(start)
    agents: State = copied(start)
    for stop in stops:
        core = run_core(core, numbers, seed, watch, stop)
        agents = run_agents(agents, numbers, seed, watch, stop)
        assert differences(core, agents) == [], f"after {stop} watches"
        watch = stop
    return core


@pytest.mark.parametrize("seed", [1, 2**63 - 1])
def test_engines_agree_in_a_city_where_everything_happens(
    eventful: Numbers, settle: Settle, seed: int
) -> None:
    start = settle(eventful, seed)
    end = agree(start, eventful, seed)
    cases, n = end.cases, int(end.cases.count[0])
    happened = {
        "offences": n > 500,
        "every type of crime": set(cases.crime[:n]) == set(range(len(CRIME_NAMES))),
        "second tries": (cases.tries[:n] == 2).any(),
        "witnesses inform": cases.witness_reports[:n].any(),
        "volunteers report": cases.volunteer_report[:n].any(),
        "officers discover": cases.discovered[:n].any(),
        "arrests at the scene": (cases.cleared[:n] == 1).any(),
        "investigations": (cases.cleared[:n] == 2).any(),
        "custody": cases.custody[:n].any(),
        "every fate": set(cases.fate[:n].tolist()) == set(Fate),
        "retaliation": cases.retaliation[:n].any(),
        "satisfied victims": cases.satisfied[:n].any(),
        "a victim of every offence": (cases.victim[:n] != NOBODY).all(),
        "part of a post": end.government.posts[0] % 1.0 > 0.0,
        "people join": (end.residents.volunteer > start.residents.volunteer).any(),
        "people leave": (end.residents.volunteer < start.residents.volunteer).any(),
        "boards": (end.neighbourhoods.priority != start.neighbourhoods.priority).all(),
        "every column of the weekly books": end.books.weekly.any(axis=0).all(),
        "every item of the ledger": end.books.usd.any(axis=0).all(),
    }
    assert [name for name, did in happened.items() if not did] == []


def test_engines_agree_on_the_lattice(on_lattice: Numbers, settle: Settle) -> None:
    end = agree(settle(on_lattice), on_lattice, 3)
    assert end.cases.count[0] > 500
    assert (end.offenders.position != NOBODY).any()


def test_engines_agree_when_some_cells_lie_outside(
    eventful: Numbers, on_lattice: Numbers, grid_city: Callable[..., City]
) -> None:
    # The cell in the corner keeps no neighbour, others keep one to three.
    city = grid_city(8, 2, outside=(1, 8, 9, 20, 35, 36, 62))
    for numbers in (eventful, on_lattice):
        agree(populate(city, 300, numbers, 5, 210), numbers, 5, (21, 90))


@pytest.mark.parametrize("shuffling", [1, 2, 3])
def test_the_order_of_agents_changes_no_bit(eventful: Numbers, settle: Settle, shuffling: int) -> None:
    start = settle(eventful)
    model = CityModel(copied(start), eventful, 1)
    model.random.seed(shuffling)
    drawn = model.random.getstate()
    while model.watch < 90:
        model.step()
    assert model.random.getstate() != drawn
    assert differences(model.state, run_core(copied(start), eventful, 1, 0, 90)) == []


def test_case_files_grow_under_both_engines(eventful: Numbers, settle: Settle) -> None:
    start = settle(eventful)
    offenders = len(start.offenders.resident)
    start = start._replace(cases=empty_cases(offenders + 1))
    end = agree(start, eventful, 1, (10, 60))
    assert len(end.cases.watch) >= 4 * (offenders + 1)


def test_engines_agree_on_a_branch_with_more_posts(eventful: Numbers, settle: Settle) -> None:
    start = run_core(settle(eventful), eventful, 1, 0, 60)
    richer = eventful._replace(after=eventful.after._replace(budget=1500.0))
    one, other = (engine(branch(start, richer), richer, 1, 60, 90) for engine in ENGINES)
    assert len(one.officers.free_at) > len(start.officers.free_at)
    assert differences(one, other) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_running_in_pieces_is_running_at_once(engine: Engine, eventful: Numbers, settle: Settle) -> None:
    at_once, pieces = settle(eventful), settle(eventful)
    at_once = engine(at_once, eventful, 1, 0, 90)
    for first, last in ((0, 1), (1, 33), (33, 33), (33, 90)):
        pieces = engine(pieces, eventful, 1, first, last)
    assert differences(at_once, pieces) == []


def test_cases_of_an_earlier_week_stay_closed(eventful: Numbers, settle: Settle) -> None:
    """An engine that starts between two weeks must not work again on what was not solved in the first."""
    p, before = eventful.parameters, eventful.before._replace(budget=300.0)
    decisive = p._replace(justice=p.justice._replace(caseload_weight=3.0))
    after = before._replace(budget=1500.0, officer_cost=50_000.0)
    numbers = eventful._replace(parameters=decisive, before=before, after=after, policy_start=21)
    start = run_core(settle(numbers, 13), numbers, 13, 0, 21)
    cases, last_watch = start.cases, slice(start.cases.marks[0], start.cases.count[0])
    assert ((cases.delay[last_watch] != NOBODY) & (cases.cleared[last_watch] == 0)).sum() > 2
    agree(start, numbers, 13, (42,), first=21)


def test_engines_agree_with_a_type_of_crime_that_a_file_adds(eventful: Numbers, settle: Settle) -> None:
    graffiti = {"like": "antisocial_behaviour", "recorded_rate": 5000.0, "seriousness": 0.9, "exposure": 0.0}
    crimes = eventful.parameters.crimes + build("test", {"crime": {"graffiti": graffiti}}).crimes[-1:]
    numbers = eventful._replace(parameters=eventful.parameters._replace(crimes=crimes))
    end = agree(settle(numbers), numbers, 1, (90,))
    assert (end.cases.crime[: end.cases.count[0]] == len(CRIME_NAMES)).any()
    assert len(end.cells.boost) == len(CRIME_NAMES) + 1


def test_differences_are_seen(eventful: Numbers, settle: Settle) -> None:
    start = settle(eventful)
    other = copied(start)
    other.residents.fear[7] = np.nextafter(other.residents.fear[7], 1.0)
    assert differences(start, other) == ["state.residents.fear"]
    assert differences(
        run_core(copied(start), eventful, 1, 0, 21), run_core(copied(start), eventful, 2, 0, 21)
    )
