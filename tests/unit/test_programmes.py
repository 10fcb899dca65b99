"""Programmes as objects: what a scenario says of them, what they become in numbers, and a fifth from outside."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from coproduction.experiments import budget, programme_pages
from coproduction.experiments.cli import main
from coproduction.experiments.pathways import cut_versions, used_pathways
from coproduction.experiments.run import final_state, simulate
from coproduction.scenarios.programmes import Programme, library, register, registry, unregister
from coproduction.scenarios.programmes.adoption import adoption_probability, adoption_terms
from coproduction.scenarios.programmes.programme import as_table
from coproduction.scenarios.scenario import Scenario, from_dict, load, replace
from coproduction.simulation.errors import DesignError, ScenarioFileError
from coproduction.simulation.parameters import Policing
from coproduction.simulation.parameters.declaration import PATHWAYS, declared_fields
from coproduction.simulation.parameters.government import Adoption, CityGovernment
from coproduction.simulation.parameters.levers import DESIGN
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.state import differences

ROOT = Path(__file__).parent.parent.parent
HEAD = {"name": "town", "residents": 1500, "burn_in_weeks": 4, "measured_weeks": 8}


def scenario(programmes: dict[str, Any], **tables: Any) -> Scenario:
    return from_dict({"scenario": HEAD, "programmes": programmes, **tables}, source="town.toml")


@pytest.fixture
def lighting() -> Iterator[Programme]:
    """Register a fifth programme, as another package would, and take it out again."""
    programme = Programme(
        name="street_lighting",
        title="Street lighting",
        summary="Brighter lamps in every street.",
        levers={"design": 0.2},
        sources=("assumption: size unknown (Welsh and Farrington 2008)",),
        provider="the city's works department",
        cost={"city": 5000.0, "district": 1000.0},
    )
    register(programme)
    yield programme
    unregister(programme.name)


def test_programmes_go_other_ways() -> None:
    ways = [p.pathways for p in library().values()]
    assert len(ways) == len(set(ways)) >= 4
    assert {pathway for each in ways for pathway in each} >= set(PATHWAYS) - {"removal", "offenders"}


@pytest.mark.parametrize("name", registry.OURS)
def test_a_programme_takes_under_40_lines_and_names_its_sources(name: str) -> None:
    file = ROOT / "scenarios" / "programmes" / f"{name}.py"
    assert len(file.read_text(encoding="utf-8").splitlines()) < 40
    assert all(source.strip() for source in library()[name].sources)


def test_a_fifth_programme_is_seen_everywhere(lighting: Programme) -> None:
    assert programme_pages.as_text().splitlines()[-1].split() == ["street_lighting", "opportunity,", "cost"]
    shown = CliRunner().invoke(main, ["programmes", "street_lighting"])
    assert shown.exit_code == 0
    assert "Brighter lamps" in shown.output
    assert "## Street lighting" in programme_pages.as_markdown()
    town = scenario({"street_lighting": {"dose": 2}})
    levers = final_state(town, 1)[0].neighbourhoods.levers
    assert (levers[:, DESIGN] == 0.4).all()
    cut = scenario({"street_lighting": {}}, pathways={"opportunity": False})
    assert not final_state(cut, 1)[0].neighbourhoods.levers.any()
    ledger = simulate(town, 1).ledger.set_index(["payer", "item"])["usd"]
    assert ledger["city", "street_lighting"] == pytest.approx(2 * 5000 * 1.5 * 8 / 52)
    assert ledger["district", "street_lighting"] == pytest.approx(2 * 1000 * 1.5 * 8 / 52)
    changed = budget.gave_up([scenario({}), replace(town, name="lit")], _empty_ledger())
    assert "programme street_lighting" in set(changed["name"])


def _empty_ledger() -> Any:
    return simulate(scenario({}), 1).ledger.assign(policy="town")


def test_two_programmes_of_one_name_are_refused(lighting: Programme) -> None:
    with pytest.raises(ScenarioFileError, match="has one of that name already"):
        register(lighting)


def test_the_page_of_programmes_is_current() -> None:
    page = (ROOT / "docs" / "programmes.md").read_text(encoding="utf-8")
    assert page == programme_pages.as_markdown(), (
        "renew it: coproduce programmes --markdown > docs/programmes.md"
    )


def test_a_scenario_changes_only_what_it_says() -> None:
    given = {
        "levers": {"certainty": 0.2},
        "targets": ["tract 5"],
        "start_week": 2,
        "end_week": 6,
        "funded": "extra",
    }
    names = load("own_department").city.city.names
    given["targets"] = [names[5]]
    (watch,) = scenario({"neighbourhood_watch": given}).programmes
    assert watch.levers["certainty"] == 0.2
    assert watch.levers["alarm"] == library()["neighbourhood_watch"].levers["alarm"]
    numbers = scenario({"neighbourhood_watch": given}).numbers.programmes
    assert numbers.targets.sum() == numbers.targets[0, 5] == 1
    assert (numbers.start[0], numbers.end[0]) == (6 * WATCHES_PER_WEEK, 10 * WATCHES_PER_WEEK)
    assert numbers.from_budget[0] == 0


def test_a_scenario_with_programmes_is_read_back_as_written() -> None:
    town = scenario(
        {"foot_patrol": {"dose": 0.5}, "message_network": {"end_week": 30}}, pathways={"contact": False}
    )
    again = from_dict(town.to_dict(), source="again.toml")
    assert [as_table(p) for p in again.programmes] == [as_table(p) for p in town.programmes]
    assert again.cut == ("contact",)
    assert again.to_dict() == town.to_dict()


def test_the_poorest_fifth_holds_a_fifth() -> None:
    town = scenario({"restorative_conference": {"targets": "poorest"}})
    chosen = town.numbers.programmes.targets[0] == 1
    city = town.city.city
    assert city.income[chosen].max() <= city.income[~chosen].min()
    assert 0.2 <= city.population_share[chosen].sum() < 0.35


@pytest.mark.parametrize(
    ("programmes", "message"),
    [
        ({"foot_patrl": {}}, "Did you mean foot_patrol"),
        ({"foot_patrol": 3}, "must be a table; got 3"),
        ({"foot_patrol": {"dos": 1}}, "Did you mean dose"),
        ({"foot_patrol": {"dose": 11}}, "dose must be a number from 0 to 10"),
        ({"foot_patrol": {"dose": True}}, "dose must be a number"),
        ({"foot_patrol": {"start_week": 1.5}}, "start_week must be whole weeks"),
        ({"foot_patrol": {"start_week": 3, "end_week": 2}}, "end_week must be after start_week, 3"),
        ({"foot_patrol": {"funded": "gift"}}, "funded must be budget or extra"),
        ({"foot_patrol": {"adoption": "never"}}, "adoption must be always or city"),
        ({"foot_patrol": {"targets": "rich"}}, "targets must be all, poorest, hottest or a list"),
        ({"foot_patrol": {"targets": ["Atlantis"]}}, "Atlantis is not a known key"),
        ({"foot_patrol": {"levers": {"visible_stop": 1}}}, "Did you mean visible_stops"),
        ({"foot_patrol": {"levers": {"engagement": 2}}}, "engagement must be a number from -1 to 1"),
        ({"foot_patrol": {"levers": 2}}, "levers must be a table"),
        ({"foot_patrol": {"cost": {"king": 1}}}, "king is not a known key"),
        ({"foot_patrol": {"targets": "all", "dose": 2}}, "must cost less than budget"),
    ],
)  # fmt: skip
def test_bad_programmes_are_refused_in_one_sentence(programmes: dict[str, Any], message: str) -> None:
    with pytest.raises(ScenarioFileError, match=message):
        scenario(programmes)


@pytest.mark.parametrize(
    ("pathways", "message"),
    [({"deterence": False}, "Did you mean deterrence"), ({"cost": 0}, "must be true or false")],
)
def test_bad_pathways_are_refused(pathways: dict[str, Any], message: str) -> None:
    with pytest.raises(ScenarioFileError, match=message):
        scenario({}, pathways=pathways)


@pytest.mark.parametrize(
    ("key", "sign"),
    [
        ("contracted", -1),
        ("population", -1),
        ("property_crime", 1),
        ("conservative", 1),
        ("bargaining", -1),
        ("problem_solving", 1),
        ("deficiency", 1),
    ],
)
def test_a_city_adopts_programmes_as_surveys_of_cities_found(key: str, sign: int) -> None:
    city, range_ = CityGovernment(), declared_fields(CityGovernment)[key]
    low, usual, high = (
        adoption_probability(city._replace(**{key: value}), Adoption())
        for value in (range_.low, getattr(city, key), range_.high)
    )
    assert sign * low <= sign * usual <= sign * high
    assert sign * low < sign * high
    terms = adoption_terms(city, Adoption())
    assert len(terms) == len(CityGovernment._fields)  # with the usual one; whether the city decides is none


def test_a_city_of_its_own_department_adopts_in_55_of_100_cases_and_a_contract_city_hardly_ever() -> None:
    usual = adoption_probability(CityGovernment(), Adoption())
    assert usual == pytest.approx(0.55)
    assert adoption_probability(CityGovernment(contracted=1.0), Adoption()) < 0.1


def test_a_programme_left_to_the_city_runs_in_some_cities_and_in_no_contract_city() -> None:
    programmes = {"foot_patrol": {"adoption": "city", "targets": "all", "dose": 0.1, "funded": "extra"}}
    with_programme = {
        share: [
            final_state(scenario(programmes, government={"contracted": share, "bargaining": 1.0}), seed)[0]
            .programmes.targets.any()
            for seed in range(1, 9)
        ]
        for share in (0.0, 1.0)
    }  # fmt: skip
    assert 0 < sum(with_programme[0.0]) < 8
    assert sum(with_programme[1.0]) <= 1


def test_too_many_programmes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coproduction.scenarios.portfolio_tables.MOST_PROGRAMMES", 1)
    with pytest.raises(ScenarioFileError, match="must be at most 1"):
        scenario({"foot_patrol": {}, "message_network": {}})


def test_an_unknown_programme_cannot_be_shown() -> None:
    with pytest.raises(DesignError, match="Did you mean foot_patrol"):
        programme_pages.as_text("foot_patrl")


def test_every_lever_of_an_arrangement_has_a_pathway() -> None:
    assert {key for key, d in declared_fields(Policing).items() if d.pathway is None} == set()


def test_cutting_a_pathway_keeps_its_levers_of_the_arrangement_as_they_were() -> None:
    policy = {"hot_spots": 0.9, "engagement": 0.4}
    cut = scenario({}, policy=policy, pathways={"contact": False}).numbers
    assert (cut.after.hot_spots, cut.after.engagement) == (0.9, cut.before.engagement)


ALL_BUT_COST = {pathway: False for pathway in PATHWAYS if pathway != "cost"}
EXTRA = {name: {"funded": "extra"} for name in registry.OURS}


def test_with_extra_money_and_every_pathway_but_cost_cut_no_outcome_but_cost_differs() -> None:
    without, cut = simulate(scenario({}), 1), simulate(scenario(EXTRA, pathways=ALL_BUT_COST), 1)
    in_full = simulate(scenario(EXTRA), 1)
    books = {"public_cost", "programme_cost", "members", "members_gap"}
    moved = {k for k, v in cut.outcomes.items() if not np.array_equal(v, without.outcomes[k], equal_nan=True)}
    assert {"public_cost", "programme_cost"} <= moved <= books
    assert in_full.outcomes["patrol_stops"] > without.outcomes["patrol_stops"]
    assert "state.residents.fear" in differences(
        final_state(scenario(EXTRA), 1)[0], final_state(scenario({}), 1)[0]
    )


def test_pathways_are_cut_one_by_one() -> None:
    town = scenario({"foot_patrol": {}}, policy={"meetings": 10.0}, pathways={"legitimacy": False})
    assert used_pathways(town) == ("deterrence", "contact", "cost")
    versions = cut_versions(town, used_pathways(town))
    assert versions[0].name == "town_without_deterrence"
    assert versions[0].cut == ("deterrence", "legitimacy")
    with pytest.raises(DesignError, match="Did you mean contact"):
        cut_versions(town, ["contakt"])
