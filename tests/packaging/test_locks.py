"""The locks are whole: exact versions, hashes, one version of everything, all that is asked for."""

import re
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

LOCKS = ("run", "test")


def _entries(path: Path) -> list[str]:
    """Return one string for each locked package, its continuation lines joined."""
    joined = path.read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


def _versions(path: Path) -> dict[str, Version]:
    heads = (re.match(r"([\w.\-]+)==([\w.]+)", entry) for entry in _entries(path))
    return {canonicalize_name(head[1]): Version(head[2]) for head in heads if head}


def _wanted(root: Path, configuration: dict[str, Any], lock: str) -> list[Requirement]:
    project = configuration["project"]
    extras = project["optional-dependencies"]
    lines = [
        *project["dependencies"],
        *extras["dashboard"],
        *(root / "requirements/build.in").read_text().splitlines(),
    ]
    if lock == "test":
        lines += (root / "requirements/test.in").read_text().splitlines()
        lines += [line for extra in ("dask", "spatial") for line in extras[extra]]
    return [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_exact_and_hashed(root: Path, lock: str) -> None:
    entries = _entries(root / f"requirements/{lock}.txt")
    assert len(entries) > 15
    for entry in entries:
        assert re.match(r"[\w.\-]+==[\w.]+( ;| ) .*--hash=sha256:[0-9a-f]{64}", entry), entry[:80]


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_what_is_asked_for(root: Path, configuration: dict[str, Any], lock: str) -> None:
    locked = _versions(root / f"requirements/{lock}.txt")
    for requirement in _wanted(root, configuration, lock):
        name = canonicalize_name(requirement.name)
        assert name in locked, f"{name}: run `make lock`"
        assert requirement.specifier.contains(locked[name], prereleases=False), f"{name}: run `make lock`"


def test_test_environment_holds_the_run_time_one(root: Path) -> None:
    run, test = (_versions(root / f"requirements/{lock}.txt") for lock in LOCKS)
    assert run.items() <= test.items()


def test_only_mesa_has_an_upper_bound(configuration: dict[str, Any]) -> None:
    bounded = [
        requirement.name
        for requirement in map(Requirement, configuration["project"]["dependencies"])
        if any(part.operator in {"<", "<=", "==", "~="} for part in requirement.specifier)
    ]
    assert bounded == ["mesa"]
