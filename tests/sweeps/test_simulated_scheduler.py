"""The simulated scheduler of `benchmarks/sweeps.py`, at the limits where its answer is known."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    file = Path(__file__).parents[2] / "benchmarks" / "sweeps.py"
    spec = importlib.util.spec_from_file_location("benchmark_of_sweeps", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


def test_a_driver_that_costs_nothing_keeps_all_workers_busy(benchmark: ModuleType) -> None:
    end, busy, driver = benchmark.simulated(benchmark.Service(0.0, 2.0, variation=0.01), 10, 1_000)
    assert end == pytest.approx(1_000 * 2.0 / 10, rel=0.02)
    assert busy > 0.98
    assert driver == 0.0


def test_a_driver_that_is_too_slow_sets_the_pace(benchmark: ModuleType) -> None:
    """A block each 0.1 s and blocks of 2 s keep 20 of 1,000 workers busy, whatever their number."""
    end, busy, driver = benchmark.simulated(benchmark.Service(0.1, 2.0, variation=0.01), 1_000, 5_000)
    assert end == pytest.approx(5_000 * 0.1 + 2.0, rel=0.01)
    assert driver > 0.99
    assert busy == pytest.approx(20 / 1_000, rel=0.02)


def test_one_worker_waits_for_the_driver_between_blocks(benchmark: ModuleType) -> None:
    end, busy, _ = benchmark.simulated(benchmark.Service(0.5, 2.0, variation=0.01), 1, 400)
    assert end == pytest.approx(400 * 2.5, rel=0.01)
    assert busy == pytest.approx(0.8, rel=0.01)
