"""Comparisons on a toy with known answers: shared luck and burn-ins, stopping, failures, budgets, findings."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from coproduction.experiments.compare import compare, compare_with
from coproduction.experiments.comparison import TABLES, Comparison
from coproduction.experiments.crime_maps import crime_maps, maps_of_baseline
from coproduction.experiments.digest import digest_of_parts
from coproduction.experiments.precision import StoppingRule
from coproduction.experiments.progress import Advance
from coproduction.experiments.reading import read_comparison
from coproduction.experiments.replay import replay
from coproduction.experiments.replication import Model
from coproduction.experiments.store import write_comparison
from coproduction.experiments.verdict import COLUMNS, finding
from coproduction.scenarios.scenario import Scenario, load, replace
from coproduction.simulation.errors import DesignError, ManifestError
from coproduction.simulation.outcomes import OUTCOMES

LEVEL, LUCK = 100.0, 20.0
# What a policy changes, and the deviation of its own noise, by the name of the policy.
EFFECT = {"own": 0.0, "007": 0.0, "NA": 0.0, "better": -10.0, "idle": 0.0, "noisy": -1.0, "early": -10.0}
NOISE = {"better": 0.5, "idle": 0.0, "noisy": 8.0, "early": 0.5}


@dataclass(frozen=True)
class ToyResult:
    """Has what a comparison reads of a result."""

    seed: int
    outcomes: dict[str, float]
    series: pd.DataFrame
    neighbourhoods: pd.DataFrame
    quintiles: pd.DataFrame
    cells: dict[str, np.ndarray]
    ledger: pd.DataFrame
    cases: pd.DataFrame

    @property
    def manifest(self) -> dict[str, dict[str, str]]:
        return {"digests": digest_of_parts(self)}  # type: ignore[arg-type]


@dataclass
class Toy:
    """A model whose answers are known: every outcome is luck of the seed plus the policy's effect.

    fails   (policy, seed) of runs that raise; policy "burn-in" for burn-ins
    """

    fails: frozenset[tuple[str, int]] = frozenset()
    spending: dict[str, float] = field(default_factory=dict)
    burn_ins: Counter[int] = field(default_factory=Counter)
    snapshots: list[object] = field(default_factory=list)

    def burn_in(self, scenario: Scenario, seed: int) -> str:
        if ("burn-in", seed) in self.fails:
            raise MemoryError("no room")
        self.burn_ins[seed] += 1
        return f"city of seed {seed}"

    def simulate(self, scenario: Scenario, seed: int, *, engine: str, snapshot: object) -> ToyResult:
        if (scenario.name, seed) in self.fails:
            raise ZeroDivisionError(f"{scenario.name} divides by zero")
        self.snapshots.append(snapshot)
        luck = np.random.default_rng(seed).normal(0, LUCK)
        own = np.random.default_rng([seed, len(scenario.name)]).normal(0, NOISE.get(scenario.name, 0.0))
        value = float(LEVEL + luck + EFFECT[scenario.name] + own)
        return toy_result(seed, value, self.spending.get(scenario.name, 1000.0))

    @property
    def model(self) -> Model:
        return Model(simulate=self.simulate, burn_in=self.burn_in)  # type: ignore[arg-type]


def toy_result(seed: int, value: float, spending: float) -> ToyResult:
    places = pd.DataFrame(
        {
            "residents": [30, 10, 0],
            "households": [20.0, 5.0, 0.0],
            "income": [10.0, 20.0, 15.0],
            "true_crime": [value, 2 * value, math.nan],
            "recorded_burglary": [float(seed), 2.0, 0.0],
            "recorded_vehicle_theft": [1.0, 3.0, 0.0],
        },
        index=["north", "south", "lake"],
    )
    return ToyResult(
        seed=seed,
        outcomes={outcome.name: value for outcome in OUTCOMES},
        series=pd.DataFrame({"week": [0, 1], "true_crime": [value, value + 1], "fear": [math.nan, 0.5]}),
        neighbourhoods=places,
        quintiles=pd.DataFrame({"victimisation": [3 * value, value]}, index=[1, 5]),
        cells={"offences": np.array([[value, math.nan]])},
        ledger=pd.DataFrame(
            {
                "payer": ["city", "victims"],
                "item": ["officers", "loss"],
                "usd": [spending, 7.0],
                "hours": [4.0, 0.0],
            }
        ),
        cases=pd.DataFrame({"seed": [seed]}),
    )


@pytest.fixture(scope="module")
def own() -> Scenario:
    return replace(load("own_department"), name="own", residents=2000)


def named(own: Scenario, *names: str) -> list[Scenario]:
    return [own, *(replace(own, name=name, policy=own.policy._replace(boards=0.5)) for name in names)]


def compared(scenarios: Sequence[Scenario], toy: Toy | None = None, **rule: float) -> Comparison:
    used = Toy() if toy is None else toy
    return compare_with(scenarios, used.model, StoppingRule(**rule))  # type: ignore[arg-type]


def row(comparison: Comparison, policy: str, outcome: str = "true_crime") -> pd.Series:
    verdict = comparison.verdict
    return verdict[(verdict["policy"] == policy) & (verdict["outcome"] == outcome)].iloc[0]


def test_one_burn_in_a_seed_for_all_policies_that_begin_alike(own: Scenario) -> None:
    toy = Toy()
    compared(named(own, "better", "idle"), toy, minimum=3, ceiling=3)
    assert toy.burn_ins == {1: 1, 2: 1, 3: 1}
    assert Counter(toy.snapshots) == {f"city of seed {seed}": 3 for seed in (1, 2, 3)}


def test_policies_that_begin_differently_have_burn_ins_of_their_own(own: Scenario) -> None:
    toy = Toy()
    early = replace(own, name="early", policy_start_watch=50, policy=own.policy._replace(boards=0.5))
    compared([own, early], toy, minimum=2, ceiling=2)
    assert toy.burn_ins == {1: 2, 2: 2}


def test_luck_is_shared_and_the_variance_falls(own: Scenario) -> None:
    comparison = compared(named(own, "better"))
    effect = row(comparison, "better")
    runs = comparison.runs[comparison.runs["outcome"] == "true_crime"].pivot_table(
        index="seed", columns="policy", values="value"
    )
    differences = (runs["better"] - runs["own"]).to_numpy()
    assert effect["difference"] == pytest.approx(differences.mean())
    assert effect["variance_ratio"] > 100
    expected = (runs["own"].var() + runs["better"].var()) / differences.var(ddof=1)
    assert effect["variance_ratio"] == pytest.approx(expected)
    assert effect["low"] < -10.0 < effect["high"] < 0
    assert effect["finding"] == "better"


def test_stops_when_precise_and_says_so(own: Scenario) -> None:
    comparison = compared(named(own, "better"))
    assert comparison.stopped == "precise"
    assert comparison.seeds == tuple(range(1, 13))
    assert comparison.verdict.loc[comparison.verdict["main"], "precise_enough"].all()
    assert comparison.too_wide.empty
    assert "Every main outcome is known within 2.0%" in " ".join(comparison.notes())


def test_ceiling_names_what_is_too_wide_and_what_it_would_need(own: Scenario) -> None:
    comparison = compared(named(own, "better", "noisy"))
    assert comparison.stopped == "ceiling"
    assert len(comparison.seeds) == 20
    assert set(comparison.too_wide["policy"]) == {"noisy"}
    assert (comparison.too_wide["n_needed"] > 20).all()
    assert row(comparison, "noisy")["finding"] == "not distinguishable"


def test_a_policy_without_effect_is_identical_not_merely_indistinguishable(own: Scenario) -> None:
    comparison = compared(named(own, "idle"), minimum=3, ceiling=3)
    idle = row(comparison, "idle")
    assert (idle["difference"], idle["low"], idle["high"], idle["n"]) == (0.0, 0.0, 0.0, 3)
    assert idle["finding"] == "identical"
    assert not idle["distinguishable"]
    assert comparison.expected_by_chance == 0.0


@pytest.mark.parametrize(
    ("better", "low", "high", "word"),
    [
        ("lower", -2.0, -1.0, "better"),
        ("lower", 1.0, 2.0, "worse"),
        ("higher", 1.0, 2.0, "better"),
        ("higher", -2.0, -1.0, "worse"),
        ("neither", -2.0, -1.0, "lower"),
        ("neither", 1.0, 2.0, "higher"),
        ("lower", -1.0, 1.0, "not distinguishable"),
        ("lower", 0.0, 1.0, "not distinguishable"),
        ("lower", 0.0, 0.0, "identical"),
        ("lower", math.nan, math.nan, "unknown"),
    ],
)
def test_finding(better: str, low: float, high: float, word: str) -> None:
    assert finding(better, low, high) == word


def test_failed_runs_are_rows_and_their_pairs_are_left_out(own: Scenario) -> None:
    toy = Toy(fails=frozenset({("better", 2), ("own", 3), ("burn-in", 4)}))
    comparison = compared(named(own, "better", "idle"), toy, minimum=6, ceiling=6)
    failures = comparison.failures
    assert [tuple(r) for r in failures[["policy", "seed", "stage"]].itertuples(index=False)] == [
        ("better", 2, "run"),
        ("own", 3, "run"),
        ("own", 4, "burn_in"),
        ("better", 4, "burn_in"),
        ("idle", 4, "burn_in"),
    ]
    assert failures.iloc[0]["error"] == "ZeroDivisionError: better divides by zero"
    assert "toy" not in failures.iloc[0]["error"]
    assert "Traceback" in failures.iloc[0]["traceback"]
    assert row(comparison, "better")["n"] == 3
    assert row(comparison, "idle")["n"] == 4
    assert any("5 of 18 runs failed" in note for note in comparison.notes())


def test_a_policy_that_always_fails_does_not_end_the_others(own: Scenario) -> None:
    toy = Toy(fails=frozenset(("noisy", seed) for seed in range(1, 30)))
    comparison = compared(named(own, "better", "noisy"), toy)
    assert comparison.stopped == "precise"
    lost = row(comparison, "noisy")
    assert (lost["n"], lost["finding"], lost["precise_enough"]) == (0, "unknown", False)
    assert math.isnan(lost["mean"])
    assert len(comparison.failures) == len(comparison.seeds)
    assert row(comparison, "better")["finding"] == "better"


def test_fewer_than_two_pairs_is_one_clear_error(own: Scenario) -> None:
    toy = Toy(fails=frozenset(("own", seed) for seed in range(2, 30)))
    with pytest.raises(
        DesignError, match=r"two or more pairs of runs must come through.*own divides by zero"
    ):
        compared(named(own, "better"), toy, minimum=4, ceiling=4)


def test_outcome_that_some_runs_do_not_have_is_compared_where_both_do(own: Scenario) -> None:
    class Silent(Toy):
        def simulate(self, scenario: Scenario, seed: int, *, engine: str, snapshot: object) -> ToyResult:
            result = super().simulate(scenario, seed, engine=engine, snapshot=snapshot)
            if seed == 2:
                result.outcomes["clearance"] = math.nan
            return result

    comparison = compared(named(own, "better"), Silent(), minimum=4, ceiling=4)
    assert row(comparison, "better", "clearance")["n"] == 3
    assert row(comparison, "better", "trust")["n"] == 4


def test_tables_hold_means_and_paired_differences(own: Scenario) -> None:
    comparison = compared(named(own, "better"), minimum=5, ceiling=5)
    runs = comparison.runs[comparison.runs["outcome"] == "true_crime"]
    mean = runs.groupby("policy")["value"].mean()
    change = mean["better"] - mean["own"]

    def entry(table: pd.DataFrame, **keys: object) -> pd.Series:
        found = table[(table[list(keys)] == pd.Series(keys)).all(axis=1)]
        assert len(found) == 1
        return found.iloc[0]

    for table, keys, factor in (
        (comparison.series, {"week": 0, "column": "true_crime"}, 1.0),
        (comparison.neighbourhoods, {"name": "south", "column": "true_crime"}, 2.0),
        (comparison.quintiles, {"quintile": 1, "column": "victimisation"}, 3.0),
        (comparison.equity, {"index": "crime_of_worst_off_neighbourhood"}, 2.0),
    ):
        found = entry(table, policy="better", **keys)
        assert found["mean"] == pytest.approx(factor * mean["better"])
        assert found["difference"] == pytest.approx(factor * change)
        assert found["difference_low"] < factor * change < found["difference_high"]
        assert entry(table, policy="own", **keys)["difference_high"] == 0.0
    assert entry(comparison.levels, policy="own", outcome="fear")["mean"] == pytest.approx(mean["own"])
    assert entry(comparison.equity, policy="own", index="victimisation_poorest_to_richest")["mean"] == 3.0
    # 30 people at x and 10 at 2x: mean 1.25x, mean absolute difference 2 * 3/4 * 1/4 x, so 0.375 / 2.5.
    assert entry(comparison.equity, policy="own", index="gini_of_crime")["mean"] == pytest.approx(0.15)
    unknown = entry(comparison.series, policy="own", week=0, column="fear")
    assert (unknown["n"], math.isnan(unknown["mean"])) == (0, True)
    maps = comparison.cells["better"]["offences"]
    assert maps[0, 0] == pytest.approx(mean["better"])
    assert math.isnan(maps[0, 1])


def test_maps_of_the_baseline_are_kept_by_seed(own: Scenario) -> None:
    """Two years of the toy: burglaries (the seed) and thefts a thousand households a year; nobody lives in the lake."""
    comparison = compared(named(own, "better"), minimum=3, ceiling=3)
    maps, years = maps_of_baseline(comparison), own.measured_weeks / 52
    assert maps.seeds == (1, 2, 3)
    expected = [[(seed + 1.0) / 20.0, 1.0, math.nan] for seed in maps.seeds]
    np.testing.assert_allclose(maps.by_neighbourhood, np.array(expected) * 1000.0 / years, rtol=1e-15)
    runs = comparison.runs[comparison.runs["policy"] == "own"]
    in_city = runs[runs["outcome"] == "recorded_property_per_1000_households"]
    np.testing.assert_array_equal(maps.city, in_city["value"])


def test_maps_of_a_comparison_are_those_of_runs_made_for_them(tmp_path: Path) -> None:
    """Also once it was stored: the report holds the model against observed crime and runs nothing."""
    scenarios = [
        replace(load(name), residents=800, burn_in_weeks=1, measured_weeks=4)
        for name in ("own_department", "contract")
    ]
    comparison = compare(scenarios, ceiling=2, workers=1)
    run = crime_maps({"full": scenarios[0]}, (1, 2), 1)["full"]
    for kept in (comparison, read_comparison(write_comparison(comparison, tmp_path / "result"))):
        maps = maps_of_baseline(kept)
        assert maps.seeds == run.seeds
        np.testing.assert_array_equal(maps.by_neighbourhood, run.by_neighbourhood)
        np.testing.assert_array_equal(maps.city, run.city)


def test_unequal_spending_is_said_plainly(own: Scenario) -> None:
    equal = compared(named(own, "better"), Toy(spending={"better": 1004.0}), minimum=3, ceiling=3)
    assert equal.budget_equal
    assert equal.notes()[0].startswith("Public spending was equal in every replication: at most 0.40%")
    unequal = compared(named(own, "better", "idle"), Toy(spending={"better": 1006.0}), minimum=3, ceiling=3)
    assert not unequal.budget_equal
    assert "NOT equal" in unequal.notes()[0]
    assert "better by up to +0.60%" in unequal.notes()[0]
    assert "idle" not in unequal.notes()[0]
    check = unequal.budget_check
    assert check.loc[check["policy"] == "better", "public_usd"].tolist() == [1006.0] * 3


def test_what_was_given_up_lists_levers_and_spending(own: Scenario) -> None:
    comparison = compared(named(own, "better"), Toy(spending={"better": 900.0}), minimum=2, ceiling=2)
    table = comparison.gave_up
    found = {
        (row.policy, row.kind, row.name, row.unit): (row.baseline, row.value, row.difference)
        for row in (
            SimpleNamespace(**{str(k): v for k, v in record.items()})
            for record in table.to_dict(orient="records")
        )
    }
    assert [values for key, values in found.items() if key[:3] == ("better", "lever", "boards")] == [
        (0.0, 0.5, 0.5)
    ]
    assert found["better", "spending", "officers", "usd"] == (1000.0, 900.0, -100.0)
    price = own.policy.officer_cost
    posts = found["better", "bought", "officers", "full-time posts"]
    assert posts == pytest.approx((1000.0 / price, 900.0 / price, -100.0 / price))
    assert "loss" not in comparison.gave_up["name"].tolist()


def test_progress_is_told_after_every_replication(own: Scenario) -> None:
    told: list[Advance] = []
    toy = Toy(fails=frozenset({("better", 1)}))
    rule = StoppingRule(minimum=3, ceiling=4, step=1)
    compare_with(named(own, "better"), toy.model, rule, progress=told.append)
    assert [(t.done, t.planned, t.most, t.failed) for t in told] == [
        (2, 6, 8, 1),
        (4, 6, 8, 1),
        (6, 6, 8, 1),
        (8, 8, 8, 1),
    ]
    assert told[1].so_far == ""
    assert told[2].so_far.startswith("True crime: better -")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "own"}, "names must all differ; got own twice"),
        ({"residents": 4000}, "residents must be the same as in own_department.toml, 2000; got 4000"),
        ({"residents_per_cell": 10}, "residents_per_cell must be the same"),
        ({"burn_in_weeks": 4}, "burn_in_weeks must be the same"),
        ({"measured_weeks": 8}, "measured_weeks must be the same"),
    ],
)
def test_scenarios_that_cannot_share_luck_are_refused(
    own: Scenario, change: dict[str, int], said: str
) -> None:
    with pytest.raises(DesignError, match=said):
        compared([own, replace(own, **{"name": "other", **change})])


def test_a_seed_below_zero_is_refused(own: Scenario) -> None:
    with pytest.raises(DesignError, match="seed must be 0 or more; got -1"):
        compare(named(own, "better"), seed=-1)


def test_one_scenario_is_no_comparison(own: Scenario) -> None:
    with pytest.raises(DesignError, match="scenarios must be two or more; got 1"):
        compare([own])


def test_replay_gives_the_same_bits_and_says_what_differs(own: Scenario, tmp_path: Path) -> None:
    scenarios = named(own, "better", "noisy")
    comparison = compared(scenarios, minimum=3, ceiling=3)
    folder = write_comparison(comparison, tmp_path / "result")
    again = replay(folder, workers=1, model=Toy().model)
    assert again.same
    assert (again.kind, again.runs) == ("comparison", 9)
    assert again.sentences() == ["The same result again, bit for bit (9 runs)."]

    other = replay(
        folder, workers=1, model=Toy(fails=frozenset({("noisy", 2)}), spending={"better": 1.0}).model
    )
    assert not other.same
    assert "better, seed 1: ledger" in other.differences
    assert "noisy, seed 2: outcomes: not in the replay" in other.differences
    assert "better, seed 1: outcomes" not in other.differences
    assert other.sentences()[-1].startswith("NOT the same result")


def test_replay_refuses_another_city(own: Scenario, tmp_path: Path) -> None:
    comparison = compared(named(own, "better"), minimum=2, ceiling=2)
    comparison.manifest["city_digest"] = "0" * 64
    folder = write_comparison(comparison, tmp_path / "result")
    with pytest.raises(ManifestError, match="city_digest must be that of columbus"):
        replay(folder, workers=1, model=Toy().model)


def test_names_that_look_like_numbers_or_nothing_read_back_as_names(own: Scenario, tmp_path: Path) -> None:
    comparison = compared([replace(own, name="007"), replace(own, name="NA")], Toy(), minimum=2, ceiling=2)
    back = read_comparison(write_comparison(comparison, tmp_path / "result"))
    assert back.policies == ("007", "NA")
    assert back.verdict["policy"].unique().tolist() == ["NA"]
    assert back.levels["policy"].unique().tolist() == ["007", "NA"]
    assert list(back.cells) == ["007", "NA"]


def test_what_is_no_stored_comparison_is_refused(own: Scenario, tmp_path: Path) -> None:
    folder = write_comparison(compared(named(own, "better"), minimum=2, ceiling=2), tmp_path / "result")
    (folder / "runs.csv").unlink()
    with pytest.raises(ManifestError, match=r"runs\.csv: cannot be read as a table"):
        read_comparison(folder)
    (folder / "runs.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ManifestError, match=r"runs\.csv: cannot be read as a table"):
        read_comparison(folder)


def test_stored_tables_read_back_to_the_same_bits(own: Scenario, tmp_path: Path) -> None:
    comparison = compared(named(own, "better"), minimum=3, ceiling=3)
    folder = write_comparison(comparison, tmp_path / "result")
    for name in TABLES:
        table = getattr(comparison, name)
        if len(table):
            read = pd.read_csv(folder / f"{name}.csv")
            numbers = table.select_dtypes("number")
            np.testing.assert_array_equal(read[numbers.columns].to_numpy(), numbers.to_numpy())
    assert list(pd.read_csv(folder / "verdict.csv").columns) == list(COLUMNS)
    cells = pd.read_csv(folder / "cells.csv")
    assert cells.columns.tolist() == ["policy", "name", "row", "column", "value"]
    assert cells["value"].tolist() == [comparison.cells[p]["offences"][0, 0] for p in ("own", "better")]
