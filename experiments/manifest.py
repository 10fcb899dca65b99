"""The manifest beside every result: all that is needed to make it again, and to see that it is the same."""

import hashlib
import json
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coproduction.simulation.errors import ManifestError

if TYPE_CHECKING:
    from coproduction.experiments.precision import StoppingRule
    from coproduction.scenarios.scenario import Scenario

FORMAT = 1
DEPENDENCIES = ("mesa", "numba", "llvmlite", "numpy", "pandas", "scipy", "shapely")
FOLDERS = ("agents", "experiments", "scenarios", "simulation")
FILE_NAME = "manifest.json"


@cache
def environment() -> dict[str, Any]:
    """Describe what computes here: project version, commit and sources, Python, platform, dependencies."""
    return {
        "version": _version("coproduction"),
        "commit": _commit(),
        "sources": sources_digest(),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "machine": platform.machine(),
        "dependencies": {name: _version(name) for name in DEPENDENCIES},
    }


def run_manifest(
    scenario: "Scenario", seed: int, engine: str, cpu_seconds: float, digests: Mapping[str, str]
) -> dict[str, Any]:
    """Give the manifest of one run; ``digests`` holds one a part of the result."""
    return {
        **_head("run", engine),
        "scenario": scenario.to_dict(),
        "city_digest": scenario.city.digest,
        "seeds": [seed],
        "cpu_seconds": cpu_seconds,
        "digests": dict(digests),
    }


def comparison_manifest(
    scenarios: "Sequence[Scenario]",
    seeds: Sequence[int],
    engine: str,
    rule: "StoppingRule",
    figures: Mapping[str, Any],
) -> dict[str, Any]:
    """Give the manifest of a comparison.

    figures   stopped, minutes, cpu_seconds and digests (policy to seed to part to digest)
    """
    return {
        **_head("comparison", engine),
        "scenarios": [scenario.to_dict() for scenario in scenarios],
        "city_digest": scenarios[0].city.digest,
        "seeds": list(seeds),
        "rule": {
            "precision": rule.precision,
            "confidence": rule.confidence,
            "minimum": rule.minimum,
            "step": rule.step,
            "ceiling": rule.ceiling,
        },
        **figures,
    }


def read_manifest(path: str | Path) -> dict[str, Any]:
    """Read a manifest, given the file or the folder that it is in.

    Raises
    ------
    ManifestError
        The file is missing, is no JSON, or is no manifest of this project.
    """
    file = Path(path)
    file = file / FILE_NAME if file.is_dir() else file
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        message = f"{file}: there is no such file. Give a {FILE_NAME} or the folder that it is in."
        raise ManifestError(message) from error
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ManifestError(f"{file}: cannot be read as JSON ({error}). Give a {FILE_NAME}.") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT or not _complete(manifest):
        raise ManifestError(
            f"{file}: must be a manifest of format {FORMAT} that this program wrote; it is not, or it is cut "
            f"short. Give the {FILE_NAME} beside a result."
        )
    return manifest


def environment_differences(manifest: Mapping[str, Any]) -> list[str]:
    """Say in what the installation that wrote a manifest differs from this one, the project first."""
    then, now = _flat(manifest["environment"]), _flat(environment())
    return [
        f"{name}: {then.get(name)} then, {now.get(name)} now" for name in now if then.get(name) != now[name]
    ]


@cache
def sources_digest() -> str:
    """Digest the project's own sources and data, so that an edit shows where version and commit do not."""
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for folder in FOLDERS:
        # Installed, the folders lie side by side in the package; in a clone, at the root.
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and file.suffix in {".py", ".toml", ".csv", ".geojson"}:
                digest.update(file.relative_to(root).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _head(kind: str, engine: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "kind": kind,
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "environment": environment(),
        "engine": engine,
    }


def _complete(manifest: Mapping[str, Any]) -> bool:
    scenario = {"run": "scenario", "comparison": "scenarios"}.get(str(manifest.get("kind")))
    needed = {"environment", "engine", "seeds", "digests", str(scenario)}
    return scenario is not None and needed <= manifest.keys()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _commit() -> str | None:
    """Name the commit when running from a clone, with ``+changes`` where files differ from it."""
    root = Path(__file__).resolve().parent.parent
    # Without this, a repository around an installed copy would be taken for the project's own.
    if not (root / ".git").exists():
        return None
    commit = _git(root, "rev-parse", "HEAD")
    changed = _git(root, "status", "--porcelain", "--untracked-files=no", "--", *FOLDERS)
    return None if not commit else f"{commit}+changes" if changed else commit


def _git(root: Path, *words: str) -> str | None:
    try:
        # Workers ask at the same time: none may lock the index.
        answer = subprocess.run(
            ["git", "--no-optional-locks", "-C", str(root), *words],
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()


def _flat(description: Mapping[str, Any]) -> dict[str, Any]:
    flat = {key: value for key, value in description.items() if not isinstance(value, Mapping)}
    return flat | dict(description.get("dependencies", {}))
