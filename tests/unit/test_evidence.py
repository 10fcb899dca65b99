"""The table of facts is whole, and sources are made from it."""

import re
import sys

import pytest

from coproduction.simulation.errors import DesignError
from coproduction.simulation.evidence import STATUSES, USES, derived, evidence, fact, rests_on
from coproduction.simulation.parameters import describe

FACTS = tuple(evidence().values())
PATHWAYS = {
    "P1",
    "P2",
    "P3",
    "P4",
    "P5",
    "P6",
    "P7",
    "P9",
    "P11",
    "COST",
    "EQ",
    "CE",
    "SC",
    "DRV",
    "DYS",
    "ECO",
}


def test_every_kind_of_use_and_status_occurs_and_no_other() -> None:
    assert {f.use for f in FACTS} == set(USES)
    assert {f.status for f in FACTS} == set(STATUSES)
    assert {f.pathway for f in FACTS} <= PATHWAYS
    assert {f.direction for f in FACTS} == {"level", "increase", "decrease", "none", "mixed"}


@pytest.mark.parametrize("identity", [f.id for f in FACTS])
def test_fact_is_whole(identity: str) -> None:
    found = evidence()[identity]
    assert re.fullmatch(r"[A-Z]\d*-\d\d", identity)
    assert found.statement.endswith(".")
    assert len(found.statement.split()) >= 6
    assert found.quantity
    assert found.unit
    assert found.source
    assert found.source[-1] != "."
    if found.value is not None:
        assert found.low is None or found.low <= found.value
        assert found.high is None or found.value <= found.high


def test_a_fact_set_as_input_has_a_number_or_says_that_there_is_none() -> None:
    without = [f.id for f in FACTS if f.use == "input" and f.value is None]
    assert without == ["T9-13"]


def test_targets_and_inputs_are_different_facts() -> None:
    """What sets a parameter must not be what the model is held against."""
    assert len(FACTS) == len({f.statement for f in FACTS})
    assert sum(f.use == "target" for f in FACTS) == 104


def test_source_made_from_a_fact_names_it_with_number_and_status() -> None:
    assert fact("T2-50", "the middle") == (
        "T2-50 (unverified): Koper 1995, Justice Quarterly 12(4): best length of a patrol stop 13 (10 to 16) minutes; "
        "the middle"
    )
    assert fact("T4-12").endswith("Short and others 2009: need of a boost")
    assert derived(("T5-06", "T5-07"), "two thirds") == "derived from T5-06, T5-07; two thirds"


def test_source_tells_which_facts_it_rests_on() -> None:
    assert rests_on(fact("T2-50", "the middle; T3-19 says nothing")) == ("T2-50",)
    assert rests_on(derived(("T5-06", "T5-07"), "two thirds")) == ("T5-06", "T5-07")
    assert rests_on("assumption: size unknown; sign of T2-50") == ()


def test_unknown_fact_is_refused() -> None:
    message = r"evidence\.csv: id must be one of the table's; got T0-00"
    with pytest.raises(DesignError, match=message):
        fact("T0-00")
    with pytest.raises(DesignError, match=message):
        derived(("T4-12", "T0-00"))


def test_every_source_is_a_fact_a_definition_or_an_assumption(capsys: pytest.CaptureFixture[str]) -> None:
    founded, kinds = 0, ("assumption: ", "definition", "form: ")
    for declared in describe():
        facts = rests_on(declared.source)
        founded += bool(facts)
        assert facts or declared.source.startswith(kinds), (
            f"{declared.table}.{declared.key}: {declared.source}"
        )
        assert set(facts) <= evidence().keys()
    with capsys.disabled():
        sys.stdout.write(f"\n{founded} of {len(describe())} parameters rest on facts\n")
    assert founded > 0


def test_a_fact_sets_parameters_only_if_it_has_a_number() -> None:
    used = {identity for declared in describe() for identity in rests_on(declared.source)}
    assert [identity for identity in used if evidence()[identity].value is None] == []
