"""A number that changes is a change: outcomes of every preset, small and short, against a committed baseline.

When a change of results is meant, run ``python tests/regression/test_baseline.py`` and name the change in the changelog
under "Changes results".
"""

import json
import math
from pathlib import Path

import pytest

from coproduction.experiments.run import simulate
from coproduction.scenarios.scenario import load, presets, replace

BASELINE = Path(__file__).parent / "baseline.json"


def measured(preset: str) -> dict[str, float]:
    """Run a preset on 2,000 residents for 4 + 12 weeks with seed 1 and return its outcomes."""
    small = replace(load(preset), residents=2000, burn_in_weeks=4, measured_weeks=12)
    return simulate(small, 1).outcomes


@pytest.mark.parametrize("preset", presets())
def test_outcomes_are_those_of_the_baseline(preset: str) -> None:
    expected = json.loads(BASELINE.read_text(encoding="utf-8"))[preset]
    found = measured(preset)
    assert found.keys() == expected.keys()
    # The last digits may differ between mathematical libraries; a changed draw moves far more.
    changed = {
        name: (expected[name], value)
        for name, value in found.items()
        if not math.isclose(value, expected[name], rel_tol=1e-9, abs_tol=1e-12)
        and not (math.isnan(value) and math.isnan(expected[name]))
    }
    assert not changed


def test_every_preset_is_in_the_baseline() -> None:
    assert set(json.loads(BASELINE.read_text(encoding="utf-8"))) == set(presets())


if __name__ == "__main__":
    text = json.dumps({preset: measured(preset) for preset in presets()}, indent=1, sort_keys=True)
    BASELINE.write_text(text + "\n", encoding="utf-8")
