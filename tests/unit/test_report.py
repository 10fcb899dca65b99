"""The report says what the comparison found and no more, in one file that needs nothing else."""

import csv
import dataclasses
import itertools
import json
import math
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jinja2
import numpy as np
import pandas as pd
import pytest

from coproduction.experiments.compare import compare
from coproduction.experiments.comparison import Comparison
from coproduction.experiments.report import city_maps, drawing, report, time_course
from coproduction.experiments.report import tables as report_tables
from coproduction.experiments.report.answer import (
    dropped_out,
    lead,
    moved_most,
    policy_answers,
    unmoved,
    unresolved,
)
from coproduction.experiments.report.city_maps import local
from coproduction.experiments.report.distribution import losers, quintile_table
from coproduction.experiments.report.document import page_environment, render
from coproduction.experiments.report.effects import NEXT_TO_NOTHING, Effect, effects
from coproduction.experiments.report.figures import FINDING_STYLE, Band, forest_reach, shared_limits
from coproduction.experiments.report.foundations import (
    INCOME_ORDER,
    MODEL_ORDER,
    basis,
    results_digest,
    seed_text,
    validation_sentence,
)
from coproduction.experiments.report.maps import symmetric_limits
from coproduction.experiments.report.spending import gap_in_words
from coproduction.experiments.report.time_course import four_week_band
from coproduction.experiments.verdict import finding
from coproduction.scenarios.scenario import Scenario, load, replace
from coproduction.simulation.errors import DesignError

RESIDENTS = 1500
NASTY = "<script>alert('x')</script> & $a_1$ \"q\""


def small(preset: str) -> Scenario:
    return replace(load(preset), residents=RESIDENTS, burn_in_weeks=1, measured_weeks=4)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """A real comparison, as small as it can be."""
    scenarios = [small("own_department"), small("contract"), small("coproduced")]
    return compare(scenarios, ceiling=2, minimum=2, workers=1)


@pytest.fixture(scope="module")
def written(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report(comparison, tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def page(written: Path) -> str:
    return written.read_text(encoding="utf-8")


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the pictures out, for tests of words: drawing them takes most of the time."""
    monkeypatch.setattr(drawing, "inline_svg", lambda *_: '<svg role="img" aria-label="left out"></svg>')
    monkeypatch.setattr(city_maps, "pictures", lambda _: [])
    monkeypatch.setattr(time_course, "pictures", lambda _: [])


def effect(outcome: str = "true_crime", **changes: Any) -> Effect:
    """An effect of -4 +- 1 on a baseline of 100, with whatever is changed."""
    values: dict[str, Any] = {
        "outcome": outcome, "label": outcome.replace("_", " ").capitalize(), "unit": "offences", "better": "lower",
        "main": True, "disparity": False, "policy": "b", "policy_title": "Boards", "baseline_mean": 100.0, "mean": 96.0,
        "difference": -4.0, "low": -5.0, "high": -3.0, "n": 20, "precise_enough": True, "n_needed": 12.0,
        "variance_ratio": 9.0, "adjusted_p": 0.01, "decimals": 1,
    }  # fmt: skip
    values |= changes
    word = finding(values["better"], values["low"], values["high"])
    values |= {"finding": word, "distinguishable": word in {"better", "worse", "lower", "higher"}}
    return Effect(**values)


UNCLEAR: dict[str, Any] = {"difference": -1.0, "low": -2.5, "high": 0.5}
HIGHER: dict[str, Any] = {"difference": 4.0, "low": 3.0, "high": 5.0}


# --- The answer in words ---------------------------------------------------------------------------


def test_lead_names_policies_by_what_their_intervals_allow() -> None:
    found = [
        effect(policy="a", policy_title="Alpha"),
        effect(policy="b", policy_title="Beta", **UNCLEAR),
        effect(policy="c", policy_title="Gamma", **HIGHER),
    ]
    assert lead(found, "Own") == (
        "In this model, “Alpha” has less true crime than “Own”; “Gamma” has more true crime than “Own”; "
        "for “Beta” no difference can be told from luck."
    )


def test_lead_claims_nothing_where_no_interval_leaves_out_zero() -> None:
    text = lead([effect(**UNCLEAR), effect(policy="c", **UNCLEAR)], "Own")
    assert text == "In this model, no policy's true crime can be told apart from that under “Own”."


def test_lead_makes_nothing_of_next_to_nothing() -> None:
    tiny = effect(policy_title="Alpha", difference=-0.3, low=-0.4, high=-0.2)
    assert lead([tiny], "Own") == "In this model, “Alpha” has about as much true crime as “Own”."
    (answer,) = policy_answers([tiny])
    assert answer.headline == "True crime is about equal to the baseline's (interval −0.4 to −0.2\xa0%)."


def test_policy_answer_sorts_outcomes_by_finding() -> None:
    found = [
        effect(),
        effect("fear"),
        effect("trust", better="higher"),
        effect("hours", better="neither", **HIGHER),
        effect("gap", **UNCLEAR),
        effect("cost", difference=0.1, low=0.05, high=0.15),
        effect("clearance", low=math.nan, high=math.nan),
        effect("burglary", main=False),
    ]
    (answer,) = policy_answers(found)
    assert answer.headline == "True crime is 4.0\xa0% lower (interval −5.0 to −3.0\xa0%)."
    assert (answer.better, answer.worse) == ("fear (−4.0\xa0%)", "trust (−4.0\xa0%)")
    assert (answer.other, answer.undecided) == ("hours (+4.0\xa0%)", "gap")
    assert (answer.about_equal, answer.unknown) == ("cost", "clearance")


WEAK: dict[str, Any] = {"adjusted_p": 0.06}


def test_what_may_be_luck_among_many_questions_is_only_hinted_at() -> None:
    weak = effect(policy_title="Alpha", **WEAK)
    assert lead([weak, effect(policy="c", policy_title="Gamma")], "Own") == (
        "In this model, “Gamma” has less true crime than “Own”; for “Alpha” there is a hint of less, which may be "
        "luck among so many questions."
    )
    (answer,) = policy_answers([weak, effect("fear", **WEAK), effect("trust", better="higher", **WEAK)])
    assert answer.headline.endswith(
        "(interval −5.0 to −3.0\xa0%): weak: may be luck among so many questions."
    )
    assert (answer.better, answer.worse) == ("", "")
    assert (answer.hint_better, answer.hint_worse) == ("fear (−4.0\xa0%)", "trust (−4.0\xa0%)")
    assert dropped_out([weak, effect("trust")]) == "true crime under “Alpha”"


@pytest.mark.parametrize(
    ("changes", "told", "weak"),
    [
        ({}, True, False),
        ({"adjusted_p": 0.05}, True, False),
        ({"adjusted_p": 0.051}, True, True),
        ({"adjusted_p": math.nan}, True, True),
        ({**UNCLEAR, "adjusted_p": 0.9}, False, False),
        ({"difference": -0.2, "low": -0.3, "high": -0.1, "adjusted_p": 0.9}, False, False),
    ],
)
def test_only_differences_that_matter_are_told_or_weak(
    changes: dict[str, Any], told: bool, weak: bool
) -> None:
    found = effect(**changes)
    assert (found.is_told, found.is_weak) == (told, weak)


def test_undecided_outcomes_say_what_would_be_enough() -> None:
    gap = effect("gap", precise_enough=False, n_needed=9287.0, **UNCLEAR)
    known = effect("clearance", **UNCLEAR)
    (answer,) = policy_answers([gap, known], asked="±2\xa0%")
    assert answer.undecided == "gap (±2\xa0% would take about 9,300 pairs) and clearance"


def test_what_else_moved_is_named_from_the_surest_on_and_never_where_it_may_be_luck() -> None:
    def further(label: str, low: float, high: float, **changes: Any) -> Effect:
        middle = {
            "low": low,
            "high": high,
            "difference": (low + high) / 2.0,
            "adjusted_p": 0.001,
            "main": False,
        }
        return effect(label, **(middle | changes))

    found = [
        further("rough", 10.0, 30.0),
        further("sure", 18.0, 22.0),
        further("luck", 1.0, 39.0, adjusted_p=0.3),
        further("open", -10.0, 30.0),
        further("primary", 19.0, 21.0, main=True),
        further("disparity", 19.0, 21.0, disparity=True),
    ]
    (told,) = moved_most(found).values()
    assert {each.outcome for each in found if each.outcome in told} == {"sure", "rough"}
    assert told.index("sure") < told.index("rough")


def test_outcomes_that_no_policy_moves_are_said_once() -> None:
    still: dict[str, Any] = {"difference": 0.1, "low": -0.1, "high": 0.3}
    found = [
        effect("trust", policy="a", **still),
        effect("trust", policy="b", **still),
        effect("fear", policy="a", **still),
        effect("fear", policy="b"),
        effect("public_cost", policy="a", **still),
    ]
    (sentence,) = unmoved(found)
    assert sentence.startswith("Trust is about equal under every policy: in this first version")
    assert sentence.endswith("read nothing into it.")


def test_what_is_equal_in_every_run_is_said_so() -> None:
    same = effect(baseline_mean=270.4, difference=1e-12, low=-1e-12, high=2e-12, decimals=2)
    assert same.shown_interval == "270.40 in every run"


def test_losers_are_named_by_fifth(comparison: Comparison) -> None:
    table = comparison.quintiles.copy()
    ends = ["difference", "difference_low", "difference_high"]
    table["mean"] = 50.0
    table.loc[:, ends] = (-4.0, -5.0, -3.0)
    chosen = (table["policy"] == "contract") & (table["column"] == "victimisation")
    quintile = table.loc[chosen, "quintile"]
    table.loc[quintile.index[quintile == quintile.min()], ends] = (4.0, 3.0, 5.0)
    table.loc[quintile.index[quintile == quintile.max()], ends] = (0.1, 0.05, 0.15)
    found = losers(dataclasses.replace(comparison, quintiles=table))
    assert found["contract"].startswith("victimisation up by 4.0 in the poorest fifth (")
    assert found["coproduced"] == ""


def test_all_five_fifths_are_shown(comparison: Comparison) -> None:
    rows = [row[0] for row in quintile_table(comparison).rows]
    assert sum(name.startswith("Victimisation, ") for name in rows) == 5


def test_signs_of_policies_are_not_those_of_better_and_worse() -> None:
    signs = {
        style[1] for name, style in FINDING_STYLE.items() if name in {"better", "worse", "higher", "lower"}
    }
    assert not signs & set(drawing.POLICY_MARKERS)
    assert len(set(drawing.POLICY_MARKERS)) == len(set(drawing.POLICY_COLOURS)) == 6


def test_validation_is_put_beside_income_alone() -> None:
    rows = {MODEL_ORDER: {"model": "0.56"}, INCOME_ORDER: {"model": "−0.74"}}
    sentence = validation_sentence(rows)
    assert "a correlation of 0.56" in sentence
    assert "reaches 0.74 in size" in sentence
    assert validation_sentence({MODEL_ORDER: {"model": "0.56"}}) == ""


def test_sentence_on_validation_knows_the_names_of_the_checks() -> None:
    import inspect

    from coproduction.experiments.validation_document import rows

    source = inspect.getsource(rows)
    assert f'"{MODEL_ORDER}"' in source
    assert f'"{INCOME_ORDER}"' in source


@pytest.mark.parametrize(
    ("gap", "text"), [(1e-12, "to the cent"), (1e-6, "within 0.01\xa0%"), (0.0031, "within 0.31\xa0%")]
)
def test_equality_of_budgets_in_words(gap: float, text: str) -> None:
    assert gap_in_words(gap) == text


def test_headline_of_an_unclear_effect_gives_the_interval_and_no_direction() -> None:
    (answer,) = policy_answers([effect(**UNCLEAR)])
    assert (
        answer.headline
        == "True crime is not distinguishable from the baseline's (interval −2.5 to +0.5\xa0%)."
    )


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (0.1, NEXT_TO_NOTHING * 100, "about equal"),
        (0.1, NEXT_TO_NOTHING * 100 + 0.01, "worse"),
        (-0.1, 0.1, "about equal"),
        (-0.1, 0.6, "not distinguishable"),
        (0.0, 0.0, "identical"),
        (math.nan, math.nan, "unknown"),
    ],
)
def test_about_equal_needs_the_whole_interval_near_zero(low: float, high: float, shown: str) -> None:
    assert effect(difference=(low + high) / 2, low=low, high=high).shown_finding == shown


def test_share_is_shown_in_per_cent_and_points() -> None:
    reporting = effect(
        "reporting", unit="share of offences reported", better="higher", baseline_mean=0.45, difference=0.018,
        low=0.012, high=0.024,
    )  # fmt: skip
    assert reporting.shown_unit == "% of offences reported"
    assert (reporting.shown_difference, reporting.shown_interval) == ("+1.8", "+1.2 to +2.4")
    assert reporting.size == "+1.8 percentage points"


def test_no_percentage_where_the_baseline_is_next_to_nothing() -> None:
    hours = effect("hours", baseline_mean=2.0, difference=900.0, low=880.0, high=920.0, decimals=0)
    assert hours.size == "+900 offences"
    assert effect(baseline_mean=0.0).shown_percentage == "–"


def test_unresolved_gives_the_slowest_policy_of_each_outcome() -> None:
    wide: dict[str, Any] = {"precise_enough": False}
    found = [
        effect("fear", policy="a", n_needed=30.0, **wide),
        effect("fear", policy="b", n_needed=50.0, **wide),
        effect("trust", **wide, main=False),
        effect(),
    ]
    assert [(one.outcome, one.policy) for one in unresolved(found)] == [("fear", "b")]


def test_effects_keep_every_row_of_the_verdict(comparison: Comparison) -> None:
    found = effects(comparison)
    assert len(found) == len(comparison.verdict) > 0
    assert {one.policy_title for one in found} == {scenario.title for scenario in comparison.scenarios[1:]}
    by_outcome = {
        one.outcome: {other.decimals for other in found if other.outcome == one.outcome} for one in found
    }
    assert all(len(decimals) == 1 for decimals in by_outcome.values())


# --- Pictures --------------------------------------------------------------------------------------


def test_few_wide_intervals_do_not_squeeze_the_others() -> None:
    narrow = [effect() for _ in range(5)]
    assert forest_reach(narrow) == pytest.approx(5.25)
    assert forest_reach([*narrow, effect(low=-90.0, high=80.0)]) == pytest.approx(15.75)


def test_ripples_do_not_fill_the_picture() -> None:
    week = np.arange(3.0)
    flat = Band(week, np.full(3, 0.5), np.full(3, 0.4999), np.full(3, 0.5001))
    low, high = shared_limits([flat])
    assert high - low == pytest.approx(0.05)
    assert (low + high) / 2 == pytest.approx(0.5)


def test_scale_of_differences_is_symmetric_and_shared() -> None:
    low, high = symmetric_limits([np.array([-3.0, 1.0, np.nan]), np.array([2.0])])
    assert low == -high
    assert 2.0 < high <= 3.0
    assert symmetric_limits([np.array([0.0, np.nan])]) == (-1.0, 1.0)


def test_local_measures_follow_the_order_of_the_city(comparison: Comparison) -> None:
    names = list(comparison.scenarios[0].city.city.names)
    shuffled = comparison.neighbourhoods.sample(frac=1.0, random_state=1)
    measure = local(dataclasses.replace(comparison, neighbourhoods=shuffled), "coproduced", "true_crime")
    rows = comparison.neighbourhoods.query("policy == 'coproduced' and column == 'true_crime'")
    expected = rows.set_index("name")["mean"][names].to_numpy()
    np.testing.assert_array_equal(measure.mean, expected)


def test_band_of_a_policy_is_its_paired_difference(comparison: Comparison) -> None:
    """The baseline's line lies inside the band exactly where the paired interval holds zero."""
    rows = []
    for policy, level in (("own_department", 50.0), ("contract", 47.0)):
        difference = level - 50.0
        rows += [
            {"policy": policy, "week": week, "column": "true_crime", "mean": level, "low": level - 20,
             "high": level + 20, "difference": difference, "difference_low": difference - 1,
             "difference_high": difference + 2}
            for week in range(8)
        ]  # fmt: skip
    made = dataclasses.replace(comparison, series=pd.DataFrame(rows))
    baseline = four_week_band(made, "own_department", "true_crime")
    contract = four_week_band(made, "contract", "true_crime")
    np.testing.assert_allclose(baseline.week, [1.5, 5.5])
    np.testing.assert_allclose((baseline.low, baseline.high), ([30, 30], [70, 70]))
    np.testing.assert_allclose((contract.low, contract.high), ([46, 46], [49, 49]))


# --- The page --------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Collects what the checks below need."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def values(self, attribute: str) -> list[str]:
        return [str(given[attribute]) for _, given in self.tags if attribute in given]


def test_page_loads_nothing_and_runs_nothing(page: str) -> None:
    parsed = Page(page)
    assert not {"script", "link", "iframe", "object", "embed", "base", "form"} & {
        tag for tag, _ in parsed.tags
    }
    assert not [name for _, given in parsed.tags for name in given if name.startswith("on")]
    loads = [*parsed.values("src"), *parsed.values("xlink:href"), *parsed.values("srcset")]
    assert loads, "the maps' images and the pictures' own definitions"
    assert all(one.startswith(("data:image/png;base64,", "#")) for one in loads)
    assert all(one.startswith("#") for one in re.findall(r"url\(([^)]*)\)", page))
    assert "@import" not in page
    policies = [one["content"] for one in parsed.all("meta") if "http-equiv" in one]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"], (
        "the browser sees to it"
    )


def test_every_reference_of_the_page_has_its_target(written: Path, page: str) -> None:
    parsed = Page(page)
    ids = parsed.values("id")
    assert len(ids) == len(set(ids))
    inside = [*parsed.values("href"), *parsed.values("xlink:href"), *re.findall(r"url\(([^)]*)\)", page)]
    assert {one.removeprefix("#") for one in inside if one.startswith("#")} <= set(ids)
    assert set(" ".join(parsed.values("aria-labelledby")).split()) <= set(ids)
    files = [one for one in parsed.values("href") if not one.startswith("#")]
    assert len(files) >= 10
    assert all((written.parent / one).is_file() for one in files)


def test_page_can_be_heard_and_navigated(page: str) -> None:
    parsed = Page(page)
    assert parsed.all("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _ in parsed.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(given["role"] == "img" and given["aria-label"] for given in parsed.all("svg"))
    assert all("scope" in given for given in parsed.all("th"))
    assert len(parsed.all("figcaption")) == len(parsed.all("figure")) >= 8
    assert len(parsed.all("caption")) == len(parsed.all("table")) >= 8


def test_page_is_small_enough_to_mail(page: str) -> None:
    assert len(page.encode()) < 2_000_000


def test_same_comparison_gives_the_same_bytes(comparison: Comparison, page: str) -> None:
    assert render(comparison, {}) == page


def test_names_are_text_and_never_markup(comparison: Comparison) -> None:
    baseline, *others = comparison.scenarios
    place = dataclasses.replace(baseline.city, title=NASTY)
    named = [dataclasses.replace(one, title=NASTY, city=place) for one in (baseline, *others)]
    text = render(dataclasses.replace(comparison, scenarios=tuple(named)), {})
    assert "<script" not in text
    assert "alert(&#39;x&#39;)" in text
    assert "$a_1$" in text, "no mathematics is made of it"


def test_a_missing_name_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        page_environment().from_string("{{ not_there }}").render()


@pytest.mark.usefixtures("undrawn")
def test_unequal_budgets_are_said_first(comparison: Comparison) -> None:
    check = comparison.budget_check.assign(relative_difference_to_baseline=0.0, equal=True)
    equal = render(dataclasses.replace(comparison, budget_check=check), {})
    off = check.assign(relative_difference_to_baseline=[0.0, 0.02] * (len(check) // 2), equal=False)
    unequal = render(dataclasses.replace(comparison, budget_check=off), {})
    assert "Not at equal budget" not in equal
    assert "three ways to police at the same public budget" in equal
    assert re.search(r"Not at equal budget.*?differs by up to 2.00", unequal, flags=re.DOTALL)
    assert "at the same public budget" not in unequal
    assert unequal.index("Not at equal budget") < unequal.index('id="verdict"')


@pytest.mark.usefixtures("undrawn")
def test_failed_runs_are_said(comparison: Comparison) -> None:
    failures = pd.DataFrame(
        [{"policy": "contract", "seed": 2, "stage": "run", "error": "ValueError: no", "traceback": ""}]
    )
    text = render(dataclasses.replace(comparison, failures=failures), {})
    assert "1 of 6 runs failed" in text
    assert "contract, seed 2, stage run: ValueError: no" in text


def test_metres_only_where_the_city_is_to_scale(comparison: Comparison, page: str) -> None:
    assert not comparison.scenarios[0].city.city.distances_in_metres
    nominal = page
    place = comparison.scenarios[0].city
    left, right, bottom, top = place.extent
    to_scale = dataclasses.replace(
        place,
        city=dataclasses.replace(place.city, distances_in_metres=True),
        extent=(1000.0 * left, 1000.0 * right, 1000.0 * bottom, 1000.0 * top),
        polygons=tuple(_scaled(one) for one in place.polygons),
    )
    scenarios = tuple(dataclasses.replace(one, city=to_scale) for one in comparison.scenarios)
    scaled = render(dataclasses.replace(comparison, scenarios=scenarios), {})
    bar = re.compile(r">\s*\d+ k?m</text>")
    assert not bar.search(nominal)
    assert bar.search(scaled)
    warning = "distance may\nbe read off"
    assert warning in nominal
    assert warning not in scaled


def _scaled(polygon: Any) -> Any:
    import shapely

    return shapely.transform(polygon, lambda points: 1000.0 * points)


@pytest.mark.usefixtures("undrawn")
def test_validation_is_shown_where_given(comparison: Comparison, page: str) -> None:
    assert "holds no check of the model against observed crime" in page
    row: dict[str, str | float] = {"model": 0.61, "low": 0.4, "high": 0.75, "note": "income alone 0.74"}
    text = render(comparison, {"Rank correlation": row})
    assert "holds no check" not in text
    assert "0.4 to 0.75" in text
    assert "income alone 0.74" in text


def test_assumptions_are_counted_as_declared(comparison: Comparison, page: str) -> None:
    from coproduction.simulation.parameters import describe

    declared = describe()
    counted = basis(comparison)
    assert counted.parameters == len(declared)
    assert counted.assumed == sum(one.is_assumption for one in declared)
    assert f"{counted.assumed} of {counted.parameters} parameters are assumptions" in page


@pytest.mark.parametrize(
    ("seeds", "text"), [((1, 2, 3), "1–3"), ((1, 3), "1 and 3"), ((7,), "7"), ((1, 2, 9), "1, 2 and 9")]
)
def test_seeds_are_named(seeds: tuple[int, ...], text: str) -> None:
    assert seed_text(seeds) == text


# --- Files -----------------------------------------------------------------------------------------


def test_tables_beside_the_page_hold_every_bit(comparison: Comparison, written: Path) -> None:
    with (written.parent / "tables" / "verdict.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name in ("baseline_mean", "difference", "low", "high", "half_width"):
        read = [float(row[name] or "nan") for row in rows]
        np.testing.assert_array_equal(read, comparison.verdict[name].to_numpy())
    parameters = pd.read_csv(written.parent / "tables" / "parameters.csv").set_index("key")
    cost = comparison.scenarios[1].policy.officer_cost
    assert (
        parameters.loc["officer_cost", "contract"] == cost != parameters.loc["officer_cost", "own_department"]
    )


@pytest.mark.usefixtures("undrawn")
def test_failed_write_leaves_the_earlier_report(
    comparison: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(comparison, tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", no_space)
    with pytest.raises(DesignError, match=r"cannot be written \(No space left on device\)"):
        report(comparison, tmp_path)
    monkeypatch.undo()
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


@pytest.mark.usefixtures("undrawn")
def test_folder_that_is_a_file_is_refused(comparison: Comparison, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine")
    with pytest.raises(DesignError, match="taken: the report cannot be written"):
        report(comparison, taken)
    assert taken.read_text() == "mine"


def test_text_is_written_as_utf8_with_plain_line_ends(tmp_path: Path) -> None:
    report_tables.write_text(tmp_path / "a.txt", "−1\n")
    assert (tmp_path / "a.txt").read_bytes() == "−1\n".encode()


def test_importing_the_report_is_cheap() -> None:
    heavy = "{'matplotlib', 'pandas', 'scipy', 'jinja2', 'numba', 'mesa', 'shapely'}"
    code = f"import sys, coproduction.experiments.report; print(sorted({heavy} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_results_have_one_digest_before_and_after_they_are_stored() -> None:
    """In JSON a seed is text, and "10" comes before "9"."""
    digests = {"own": {seed: {"outcomes": f"{seed:x}"} for seed in range(1, 12)}}
    stored = json.loads(json.dumps({"digests": digests}))
    assert results_digest(stored) == results_digest({"digests": digests})
    digests["own"][3]["outcomes"] = "other"
    assert results_digest(stored) != results_digest({"digests": digests})
