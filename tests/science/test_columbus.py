"""Columbus, 1980: the observed crime column decides nothing, and what the model makes of it is said plainly."""

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coproduction.experiments.digest import digest_of_parts
from coproduction.experiments.mechanism_cuts import CUTS, with_values
from coproduction.experiments.report.foundations import validation_table
from coproduction.experiments.run import simulate, start
from coproduction.experiments.spatial_statistics import Correlation
from coproduction.experiments.validation import Validation, validate, within_factor
from coproduction.experiments.validation_document import PRESET, markdown, printable, rows, tables
from coproduction.experiments.validation_words import WANTED_FACTOR, findings
from coproduction.scenarios.cities import load_city
from coproduction.scenarios.cities.loading import PACKAGE_FOLDER
from coproduction.scenarios.scenario import Scenario, load, presets, replace
from coproduction.simulation.errors import DesignError
from coproduction.simulation.state import differences

OBSERVED = "CRIME"
PAGE = Path(__file__).parents[2] / "docs" / "validation.md"
Table = dict[str, Any]


# --- The observed column decides nothing -----------------------------------------------------------


def permuted(table: Table) -> None:
    """Give every neighbourhood the observed crime of another one."""
    columns = [feature["properties"] for feature in table["features"]]
    values = [column[OBSERVED] for column in columns]
    for column, place in zip(columns, np.random.default_rng(7).permutation(len(values)), strict=True):
        column[OBSERVED] = values[place]


def other_level(table: Table) -> None:
    """Ten times as much crime, and some more in the south of the table."""
    for row, feature in enumerate(table["features"]):
        feature["properties"][OBSERVED] = 10.0 * feature["properties"][OBSERVED] + row


def removed(table: Table) -> None:
    for feature in table["features"]:
        del feature["properties"][OBSERVED]


def copied_city(folder: Path, change: Callable[[Table], None]) -> Path:
    """A copy of the packaged city with its observed column changed; without the column's role if it is gone."""
    city, table = folder / "columbus.toml", folder / "columbus_1980.geojson"
    shutil.copy(PACKAGE_FOLDER / city.name, city)
    content = json.loads((PACKAGE_FOLDER / table.name).read_text(encoding="utf-8"))
    change(content)
    table.write_text(json.dumps(content), encoding="utf-8")
    if change is removed:
        text = city.read_text(encoding="utf-8")
        before, after = text.split("[observed]\n")
        text = before + after.split("\n\n", maxsplit=1)[1]
        city.write_text(text.replace(f'observed = "{OBSERVED}"\n', ""), encoding="utf-8")
    return city


def small(preset: str) -> Scenario:
    return replace(load(preset), residents=2000, burn_in_weeks=4, measured_weeks=12)


def moved_to(scenario: Scenario, city: Path) -> Scenario:
    return replace(scenario, city=load_city(city, cells=100), city_reference=str(city))


@pytest.mark.parametrize("change", [permuted, other_level, removed])
def test_the_observed_column_changes_no_bit_of_any_result(
    tmp_path: Path, change: Callable[[Table], None]
) -> None:
    path = copied_city(tmp_path, change)
    for preset in presets():
        scenario = small(preset)
        other = moved_to(scenario, path)
        assert not np.array_equal(other.city.observed, scenario.city.observed)  # type: ignore[arg-type]
        assert other.city.digest == scenario.city.digest
        assert differences(start(other, 3), start(scenario, 3)) == []
        assert digest_of_parts(simulate(other, 3)) == digest_of_parts(simulate(scenario, 3))


def test_another_input_column_does_change_results(tmp_path: Path) -> None:
    """The test above would see a column that matters."""

    def poorer(table: Table) -> None:
        table["features"][0]["properties"]["INC"] /= 2.0

    scenario = small(PRESET)
    other = moved_to(scenario, copied_city(tmp_path, poorer))
    assert other.city.digest != scenario.city.digest
    assert digest_of_parts(simulate(other, 3)) != digest_of_parts(simulate(scenario, 3))


# --- The model beside it ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def checked() -> Validation:
    """The demo's own scenario on ten seeds, without cuts."""
    return validate(load(PRESET), range(1, 11), workers=1, cuts=False)


def test_the_level_of_recorded_property_crime_is_within_a_factor_of_one_and_a_half(
    checked: Validation,
) -> None:
    assert checked.observed_mean == pytest.approx(35.13, abs=0.01)
    assert checked.household_mean == pytest.approx(
        checked.observed_mean
    )  # every neighbourhood has equal shares
    assert within_factor(checked.ratio, WANTED_FACTOR)


def test_income_and_housing_value_order_neighbourhoods_as_published(checked: Validation) -> None:
    assert checked.benchmarks["income"].correlation.value == pytest.approx(-0.74, abs=0.005)
    assert checked.benchmarks["housing_value"].correlation.value == pytest.approx(-0.61, abs=0.005)


def test_the_model_orders_neighbourhoods_better_than_chance_and_one_year_less_well(
    checked: Validation,
) -> None:
    assert checked.model.correlation.value > 0.3
    assert checked.model.single_year.high < checked.model.correlation.value
    assert 0.5 < checked.model.reliability < 1.0


def test_neighbours_widen_the_interval(checked: Validation) -> None:
    assert checked.model.correlation.effective_size < 0.6 * checked.compared


def test_every_cut_reaches_the_results() -> None:
    """At the size at which even volunteers, one in a thousand, do something."""
    scenario = replace(load("volunteers"), residents=3000, burn_in_weeks=4, measured_weeks=26)
    whole = digest_of_parts(simulate(scenario, 1))["cases"]
    for cut in CUTS:
        assert digest_of_parts(simulate(with_values(scenario, cut.values), 1))["cases"] != whole, cut.key


# --- Words and tables ------------------------------------------------------------------------------


def said(v: Validation) -> str:
    return "\n".join(findings(v))


def test_words_follow_the_level(checked: Validation) -> None:
    assert "within the factor of 1.5" in said(checked)
    far = dataclasses.replace(checked, observed_mean=checked.observed_mean / 3.0)
    assert "outside the factor of 1.5" in said(far)


def test_words_say_whether_the_model_adds_anything_to_income(checked: Validation) -> None:
    def adding(low: float, high: float) -> str:
        beyond = Correlation((low + high) / 2.0, low, high, 40.0)
        return said(dataclasses.replace(checked, model=dataclasses.replace(checked.model, beyond=beyond)))

    assert "cannot be told from nothing" in adding(-0.1, 0.5)
    assert "it adds something to what income says" in adding(0.1, 0.5)
    assert "departs from what was observed" in adding(-0.5, -0.1)


def test_words_say_whether_the_order_is_more_than_chance(checked: Validation) -> None:
    def agreeing(low: float) -> str:
        found = Correlation(0.5, low, 0.9, 12.0)
        return said(dataclasses.replace(checked, model=dataclasses.replace(checked.model, correlation=found)))

    assert "more than chance" in agreeing(0.1)
    assert "barely leaves out 0" in agreeing(0.01)
    assert "an interval that holds 0" in agreeing(-0.01)


def test_words_say_when_the_order_is_only_the_declared_tie_to_income(checked: Validation) -> None:
    def without_the_tie(value: float) -> str:
        left = Correlation(value, value - 0.3, value + 0.3, 20.0)
        cut = dataclasses.replace(checked.model, key="offenders", what=CUTS[0].what, correlation=left)
        return said(dataclasses.replace(checked, cuts=(cut,)))

    assert "no evidence that its mechanisms are right" in without_the_tie(-0.1)
    assert "does not rest on the declared tie" in without_the_tie(checked.model.correlation.value)


def test_levels_in_another_unit_are_not_compared(checked: Validation) -> None:
    other = dataclasses.replace(checked, city=dataclasses.replace(checked.city, observed_unit="a year"))
    assert "levels are not compared" in said(other)
    assert checked.city.observed_label not in rows(other)


def test_the_report_takes_the_rows(checked: Validation) -> None:
    table = validation_table(rows(checked))
    assert len(table.rows) == len(rows(checked))
    assert set(tables(checked)) == {"checks", "cuts", "neighbourhoods"}
    assert len(tables(checked)["neighbourhoods"]) == 49
    assert checked.city.observed_label in printable(checked)


def test_a_city_without_an_observed_column_is_refused(tmp_path: Path) -> None:
    scenario = moved_to(small(PRESET), copied_city(tmp_path, removed))
    with pytest.raises(DesignError, match="must have an observed column"):
        validate(scenario, (1, 2), workers=1)


def test_one_seed_is_refused() -> None:
    with pytest.raises(DesignError, match="seeds must be two or more; got 1"):
        validate(small(PRESET), (1, 1), workers=1)


@pytest.mark.nightly
def test_the_page_is_what_the_model_gives_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown(validate(load(PRESET)))
