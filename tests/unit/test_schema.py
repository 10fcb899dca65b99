"""The schema shows every parameter and outcome, in every form."""

import json

import pytest

from coproduction.experiments import schema
from coproduction.simulation.errors import DesignError
from coproduction.simulation.outcomes import OUTCOMES
from coproduction.simulation.parameters import Declaration, describe
from coproduction.simulation.parameters.declaration import declarations
from coproduction.simulation.parameters.government import CityGovernment


def all_declared() -> list[Declaration]:
    """Return what a scenario file can set: parameters, levers, what a city government is like."""
    return [*describe(), *declarations("government", CityGovernment(), {})]


def test_schema_as_data_holds_every_declaration() -> None:
    data = json.loads(json.dumps(schema.as_data(schema.schema())))
    declared = all_declared()
    assert [(row["table"], row["key"]) for row in data["parameters"]] == [(d.table, d.key) for d in declared]
    assert [row["name"] for row in data["outcomes"]] == [o.name for o in OUTCOMES]
    assert {"name", "city", "residents"} <= {row["key"] for row in data["scenario"]}
    for row, d in zip(data["parameters"], declared, strict=True):
        assert (row["default"], row["low"], row["high"]) == (d.default, d.low, d.high)
        assert row["source"] == d.source


def test_schema_as_text_and_markdown_name_every_parameter_with_unit_range_role_and_source() -> None:
    whole = schema.schema()
    text, markdown = " ".join(schema.as_text(whole).split()), schema.as_markdown(whole)
    for d in all_declared():
        assert (
            f"{d.key} = {d.default:g} ({d.low:g} to {d.high:g}; {d.role}) {d.unit} source: {d.source}" in text
        )
        assert (
            f"| {d.key} | {d.default:g} | {d.low:g} to {d.high:g} | {d.unit} | {d.role} | {d.source} |"
            in markdown
        )
    for outcome in OUTCOMES:
        assert f"{outcome.name}: {outcome.label}, {outcome.unit}" in text
    assert f"{len(all_declared())} parameters:" in text


def test_schema_of_one_table_holds_that_table_only() -> None:
    assert {row.table for row in schema.schema("burglary").declarations} == {"burglary"}
    assert schema.schema("burglary").outcomes == ()
    assert schema.schema("policy").declarations == schema.schema("policing").declarations
    assert schema.schema("outcomes").declarations == []
    assert schema.schema("scenario").head != ()
    with pytest.raises(DesignError, match="Did you mean burglary"):
        schema.schema("burglry")


def test_any_other_word_finds_what_has_it_in_its_description() -> None:
    found = schema.schema("bystander")
    assert "intervention" in found.parameters
    assert all("bystander" in f"{d.table} {d.key} {d.unit}".lower() for d in found.declarations)
    assert "interventions" in {outcome.name for outcome in found.outcomes}
    with pytest.raises(DesignError, match="word in a description"):
        schema.schema("bystandrr")
