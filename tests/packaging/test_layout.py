"""The folders, the list in pyproject.toml, the static links and the wheel must say the same thing."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def _packages(files: set[str]) -> set[str]:
    folders = {Path(name).parent for name in files}
    return {"coproduction." + ".".join(folder.parts) for folder in folders}


def _python(code: str, folder: Path, *search: Path) -> subprocess.CompletedProcess[str]:
    """Run `code` in a new interpreter in `folder`, with `search` before everything that is installed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, search))}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_every_folder_is_listed(packaged_files: set[str], configuration: dict[str, Any]) -> None:
    listed = configuration["tool"]["setuptools"]["packages"]
    assert listed == sorted(listed)
    assert set(listed) == _packages(packaged_files)


def test_every_folder_is_a_package_with_types(
    root: Path, packaged_files: set[str], top_folders: list[str]
) -> None:
    without = {
        p
        for p in _packages(packaged_files)
        if not (root.joinpath(*p.split(".")[1:]) / "__init__.py").exists()
    }
    assert not without
    assert {f"{folder}/py.typed" for folder in top_folders} <= packaged_files


def test_wheel_holds_every_file_and_nothing_else(wheel: Path, packaged_files: set[str]) -> None:
    files = {p.relative_to(wheel).as_posix() for p in wheel.rglob("*") if p.is_file()}
    contents = {name for name in files if not name.split("/")[0].endswith(".dist-info")}
    assert contents == {f"coproduction/{name}" for name in packaged_files}


def test_wheel_works_by_itself(wheel: Path, packaged_files: set[str], tmp_path: Path) -> None:
    code = (
        "import importlib\n"
        f"for name in {sorted(_packages(packaged_files))}:\n"
        "    file = importlib.import_module(name).__file__\n"
        f"    assert file.startswith({str(wheel)!r}), file\n"
    )
    outcome = _python(code, tmp_path, wheel)
    assert outcome.returncode == 0, outcome.stderr


def test_console_script_leads_somewhere(wheel: Path, configuration: dict[str, Any], tmp_path: Path) -> None:
    for target in configuration["project"]["scripts"].values():
        module, function = target.split(":")
        outcome = _python(f"from {module} import {function}; assert callable({function})", tmp_path, wheel)
        assert outcome.returncode == 0, outcome.stderr


def test_root_is_no_package_and_has_no_folder_of_the_import_name(root: Path) -> None:
    assert not (root / "__init__.py").exists()
    assert not (root / "coproduction").exists()


def test_static_links_point_at_the_folders(root: Path, top_folders: list[str]) -> None:
    links = root / ".static/coproduction"
    assert sorted(path.name for path in links.iterdir()) == top_folders
    for folder in top_folders:
        assert (links / folder).is_symlink()
        assert (links / folder).resolve() == (root / folder).resolve()


def test_package_refuses_a_second_name(root: Path, packaged_files: set[str], tmp_path: Path) -> None:
    """Two names for one file break enums, pickles and numba's cache, so the guard lines refuse them."""
    packages = sorted(_packages(packaged_files))
    code = (
        "import importlib\n"
        f"for name in {packages}:\n"
        "    try:\n"
        "        importlib.import_module(name.removeprefix('coproduction.'))\n"
        "    except ImportError as error:\n"
        "        # A subpackage is stopped by the guard of the package above it.\n"
        "        assert str(error).startswith('import this package as coproduction.'), (name, error)\n"
        "    else:\n"
        "        raise AssertionError(name)\n"
    )
    outcome = _python(code, tmp_path, root)
    assert outcome.returncode == 0, outcome.stderr


def test_every_init_has_its_own_guard(root: Path, packaged_files: set[str]) -> None:
    for package in _packages(packaged_files):
        text = (root.joinpath(*package.split(".")[1:]) / "__init__.py").read_text(encoding="utf-8")
        assert f'if __name__ != "{package}":\n    raise ImportError(' in text, package


def test_editable_install_leads_to_this_tree(root: Path) -> None:
    simulation = pytest.importorskip("coproduction.simulation")
    assert Path(simulation.__file__).parent == root / "simulation"
