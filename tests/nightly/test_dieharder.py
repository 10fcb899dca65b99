"""Dieharder on the model's own draws: 32 bits of each, along the axis of entities and along that of watches."""

import os
import shutil
import subprocess
from typing import IO

import numpy as np
import pytest

from coproduction.experiments.oracle_draws import Key, draws_along, unit

pytestmark = pytest.mark.nightly

BLOCK = 1 << 18
ORIGIN = Key(seed=1, decision=1, entity=0, watch=0, partner=0)

# Number of dieharder's test and its size n. Left out: what its authors call suspect or not to be used, and what
# takes minutes (common divisor, bit streams, permutations of overlapping fives).
TESTS = {
    "birthdays": (0, 0),
    "rank of 32x32 matrices": (2, 0),
    "rank of 6x8 matrices": (3, 0),
    "count of ones, stream": (8, 0),
    "count of ones, bytes": (9, 0),
    "parking lot": (10, 0),
    "minimum distance in 2 dimensions": (11, 0),
    "minimum distance in 3 dimensions": (12, 0),
    "squeeze": (13, 0),
    "runs": (15, 0),
    "craps": (16, 0),
    "single bits": (100, 0),
    "runs of bits": (101, 0),
    "bits in groups": (102, 0),
    "distribution of 8 bits": (200, 8),
    "minimum distance in 4 dimensions": (201, 4),
    "permutations of 5": (202, 5),
    "lagged sums, lag 3": (203, 3),
    "Kolmogorov and Smirnov": (204, 0),
    "distribution of bytes": (205, 0),
    "cosine transform": (206, 256),
    "trees filled": (207, 32),
    "single bits, second test": (209, 12),
}


@pytest.fixture(scope="module")
def dieharder() -> str:
    """Return the program's path; installs the Debian package where that is possible without asking."""
    if shutil.which("dieharder") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-qq", "-y", "dieharder"], capture_output=True, check=False)
    found = shutil.which("dieharder")
    if found is None:
        pytest.skip("NOT TESTED: dieharder is missing; on Debian and Ubuntu `apt-get install dieharder`")
    return found


def feed(pipe: IO[bytes], axis: str) -> None:
    """Write the upper 32 bits of one draw after another until the reader has had enough."""
    block, key = np.empty(BLOCK), ORIGIN
    try:
        while True:
            draws_along(key, unit(axis), block)
            pipe.write((block * 2.0**32).astype(np.uint32).tobytes())
            key = key._replace(**{axis: getattr(key, axis) + BLOCK})
    except BrokenPipeError:
        pass


def assess(program: str, test: tuple[int, int], axis: str) -> list[str]:
    """Return the assessments of one of dieharder's tests, one for each of its statistics."""
    number, size = test
    command = [
        program,
        "-g",
        "200",
        "-d",
        str(number),
        "-D",
        "assessment",
        "-D",
        "test_name",
        "-D",
        "pvalues",
    ]
    if size > 0:
        command += ["-n", str(size)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=False) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        feed(process.stdin, axis)
        output = process.stdout.read().decode()
    return [line for line in output.splitlines() if "PASSED" in line or "WEAK" in line or "FAILED" in line]


@pytest.mark.parametrize("axis", ["entity", "watch"])
@pytest.mark.parametrize("name", TESTS)
def test_dieharder(dieharder: str, name: str, axis: str) -> None:
    lines = assess(dieharder, TESTS[name], axis)
    assert lines, "dieharder gave no assessment"
    assert not [line for line in lines if "FAILED" in line], lines
