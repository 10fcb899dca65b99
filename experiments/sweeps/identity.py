"""The content address of a run: equal for two runs if, and only if, they are the same run of the same model.

It is made of the scenario in full (but for what it is called), the city, the seed, start and length, the engine, the
sources that results depend on, and the versions of numba and NumPy. So a run is found again in any sweep, and a
changed model never takes an old result for its own.
"""

import hashlib
import struct
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

LENGTH = 32
"""Hexadecimal digits of an address."""
MEASURING = (
    "career_measures.py",
    "conduct_measures.py",
    "measures.py",
    "measures_justice.py",
    "observation.py",
    "programme_measures.py",
    "quality_of_life.py",
    "resident_measures.py",
    "street_measures.py",
    "run.py",
)
"""Modules of experiments/ that decide what a run's outcomes are; a test compares with what they import."""
SUFFIXES = {".py", ".toml", ".csv", ".geojson"}


def address_of(scenario: "Scenario", seed: int, engine: str = "core") -> str:
    """Return the address of a run, ``LENGTH`` hexadecimal digits."""
    digest = hashlib.sha256(f"{beginning_of(scenario, seed)} {engine} {model_of(engine)}".encode())
    digest.update(_digest_of(scenario.policy))
    digest.update(_digest_of((scenario.cut, scenario.government)))
    for piece in _pieces(scenario.programmes):
        digest.update(piece)
    return digest.hexdigest()[:LENGTH]


def beginning_of(scenario: "Scenario", seed: int) -> str:
    """Return what is equal for runs that are the same until a policy starts or the burn-in ends."""
    frame = (
        scenario.residents,
        scenario.residents_per_cell,
        scenario.burn_in_weeks,
        scenario.measured_weeks,
        scenario.policy_start_watch,
        seed,
        scenario.city.digest,
    )
    digest = hashlib.sha256(_digest_of(frame))
    for group in (scenario.policing, *scenario.parameters):
        digest.update(_digest_of(group))
    return digest.hexdigest()[:LENGTH]


@cache
def model_of(engine: str = "core") -> str:
    """Return the digest of the sources that results depend on and of the versions they are computed with."""
    digest = hashlib.sha256(f"numba {version('numba')} numpy {version('numpy')}".encode())
    root = Path(__file__).resolve().parent.parent.parent
    folders = ("simulation", "scenarios") + (("agents",) if engine == "agents" else ())
    files = [file for folder in folders for file in (root / folder).rglob("*") if file.suffix in SUFFIXES]
    for file in sorted([*files, *(root / "experiments" / name for name in MEASURING)]):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=16_384)
def _digest_of(value: Any) -> bytes:
    """Digest plain values in nested tuples; remembered, since most groups are alike in all runs."""
    digest = hashlib.sha256()
    for piece in _pieces(value):
        digest.update(piece)
    return digest.digest()


def _pieces(value: Any) -> Iterator[bytes]:
    """Give unambiguous bytes: every value with its kind, every sequence with its length."""
    if isinstance(value, float):
        yield b"f" + struct.pack("<d", value + 0.0)  # minus zero is zero
    elif isinstance(value, bool | int | str) or value is None:
        text = repr(value).encode()
        yield b"t" + len(text).to_bytes(4, "little") + text
    elif isinstance(value, tuple | list):
        yield b"s" + len(value).to_bytes(4, "little")
        for item in value:
            yield from _pieces(item)
    elif hasattr(value, "__dataclass_fields__"):
        yield from _pieces(tuple(getattr(value, name) for name in value.__dataclass_fields__))
    elif hasattr(value, "items"):
        yield from _pieces(tuple(sorted(value.items())))
    else:
        raise TypeError(f"a part of a scenario that has no address: {value!r}")
