"""docs/stylised_facts.md is what the model gives now."""

from pathlib import Path

import pytest

from coproduction.experiments.facts.document import markdown
from coproduction.experiments.facts.stylised_facts import check_facts

PAGE = Path(__file__).parents[2] / "docs" / "stylised_facts.md"


@pytest.mark.nightly
def test_page_is_what_the_model_gives() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown(check_facts())
