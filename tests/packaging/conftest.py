"""What the packaging tests look at: the source tree, its files and a wheel built from it."""

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NOT_SOURCE = {"__pycache__", "build", "dist", "htmlcov", "results"}


def _listed_by_git() -> list[Path] | None:
    """Files that are tracked or would be by `git add --all`; None where this is no git checkout."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        return None
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return [ROOT / name for name in listing.stdout.split("\0") if name] if listing.returncode == 0 else None


def _found_on_disk() -> list[Path]:
    """Files outside hidden, made and environment folders, and those in the hidden folders we own."""
    ours = {".ci", ".static"}
    return [
        path
        for path in ROOT.rglob("*")
        if not any(
            part in NOT_SOURCE or part.endswith(".egg-info") or (part.startswith(".") and part not in ours)
            for part in path.relative_to(ROOT).parts[:-1]
        )
    ]


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder that holds pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def source_files() -> list[Path]:
    """Return every regular file of the project, links and made files left out."""
    listed = _listed_by_git()
    files = [path for path in (listed or _found_on_disk()) if path.is_file() and not path.is_symlink()]
    assert len(files) > 20, "the listing of source files is broken"
    return sorted(files)


@pytest.fixture(scope="session")
def configuration(root: Path) -> dict[str, Any]:
    """Return pyproject.toml as a dictionary."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def top_folders(configuration: dict[str, Any]) -> list[str]:
    """Return the folders at the root that become subpackages of `coproduction`."""
    return sorted(configuration["tool"]["setuptools"]["package-dir"].values())


@pytest.fixture(scope="session")
def packaged_files(source_files: list[Path], root: Path, top_folders: list[str]) -> set[str]:
    """Return the files in the packaged folders, as paths relative to the root."""
    relative = (path.relative_to(root) for path in source_files)
    return {path.as_posix() for path in relative if path.parts[0] in top_folders}


@pytest.fixture(scope="session")
def wheel(
    tmp_path_factory: pytest.TempPathFactory, root: Path, source_files: list[Path], top_folders: list[str]
) -> Path:
    """Return a folder into which a wheel of the project has been unpacked."""
    # Built from a copy, so that no build folder is left in the tree or picked up from it.
    copy = tmp_path_factory.mktemp("source")
    needed = {*top_folders, "pyproject.toml", "README.md", "LICENSE"}
    for path in source_files:
        relative = path.relative_to(root)
        if relative.parts[0] in needed:
            (copy / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy / relative)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "wheel", "."]
    built = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    assert "would be ignored" not in built.stdout + built.stderr, "a folder is missing from `packages`"
    (archive,) = (copy / "wheel").glob("*.whl")
    unpacked = tmp_path_factory.mktemp("wheel")
    zipfile.ZipFile(archive).extractall(unpacked)
    return unpacked
