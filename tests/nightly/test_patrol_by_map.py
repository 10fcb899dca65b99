"""O:allocation and O:delay, long runs: more seeds, more delays."""

import pytest

from coproduction.experiments.oracle_allocation import long_allocation_rows
from coproduction.experiments.oracle_swings import long_delay_rows

pytestmark = pytest.mark.nightly


def test_patrol_settles_or_runs_away_or_swings_as_predicted(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [*long_allocation_rows(), *long_delay_rows()]
    with capsys.disabled():
        for row in rows:
            print(f"\n{row.quantity}: {row.predicted:.5g}, {row.measured:.5g}")  # noqa: T201 - for the nightly record
    assert [row for row in rows if not row.holds] == []
