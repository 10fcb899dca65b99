"""The ODD says what the code does: state, phases, decisions, parameters, outcomes."""

from pathlib import Path

import pytest

from coproduction.experiments.odd.decisions_table import Drawn, decisions
from coproduction.experiments.odd.document import markdown
from coproduction.experiments.odd.state_columns import groups
from coproduction.simulation.decisions import Decision
from coproduction.simulation.outcomes import OUTCOMES
from coproduction.simulation.parameters import describe
from coproduction.simulation.schedule import PHASES
from coproduction.simulation.state import State

PAGE = Path(__file__).parents[2] / "docs" / "odd.md"


def test_page_is_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown(), (
        "renew it: python -m coproduction.experiments.odd docs/odd.md"
    )


def test_every_column_of_the_state_is_listed() -> None:
    listed = {group.name: [column.name for column in group.columns] for group in groups()}
    assert listed == {field: list(kind._fields) for field, kind in State.__annotations__.items()}


def test_every_column_says_what_it_is_and_its_unit() -> None:
    """Beside its name in ``simulation/state.py``: ``# meaning [unit]``."""
    silent = [f"{g.name}.{c.name}" for g in groups() for c in g.columns if not (c.meaning and c.unit)]
    assert silent == []


def test_page_names_every_phase_parameter_and_outcome() -> None:
    page = markdown()
    assert all(f"| {phase.name} |" in page for phase in PHASES)
    assert all(f"| `{row.table}.{row.key}` |" in page for row in describe())
    assert all(f"| `{outcome.name}` |" in page for outcome in OUTCOMES)


@pytest.mark.parametrize("drawn", decisions(), ids=lambda drawn: drawn.decision.name)
def test_every_decision_says_whose_what_where_and_by_what(drawn: Drawn) -> None:
    assert drawn.whose
    assert drawn.what
    assert drawn.where
    assert drawn.decides


def test_deciding_rules_are_those_in_the_sources() -> None:
    by = {drawn.decision: drawn.decides for drawn in decisions()}
    assert "temptation" in by[Decision.ATTEMPT]
    assert "shifted" in by[Decision.VICTIM_REPORTS]
    assert "stopped_probability" in by[Decision.STOPPED]
    assert by[Decision.TRY_AGAIN] == ("p.offending.second_try",)
