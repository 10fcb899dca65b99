"""The sweep whose results stand in docs/: whole, and asked for by the design beside it."""

from pathlib import Path
from shutil import copytree

from coproduction.experiments.sweeps.design_file import read_design
from coproduction.experiments.sweeps.reading import read_sweep

DOCS = Path(__file__).parents[2] / "docs"
MOST_BYTES = 5_000_000


def test_results_of_the_columbus_sweep_are_whole_and_small(tmp_path: Path) -> None:
    store = tmp_path / "store"
    copytree(DOCS / "columbus_sweep-store", store)
    table = read_sweep(store)
    assert len(table) == 2048
    assert set(table["status"]) == {"done"}
    assert table[["true_crime", "reporting", "clearance", "fear", "trust"]].notna().all().all()
    assert sum(file.stat().st_size for file in store.rglob("*.*")) < MOST_BYTES


def test_it_holds_what_its_design_asks_for(tmp_path: Path) -> None:
    store = tmp_path / "store"
    copytree(DOCS / "columbus_sweep-store", store)
    plan, table = read_design(DOCS / "columbus_sweep.toml"), read_sweep(store)
    assert set(table["policy"]) == {scenario.name for scenario in plan.policies}
    by_point = table.groupby(["lever_point", "future", "replication"])["policy"].nunique()
    assert (by_point == len(plan.policies)).all()
