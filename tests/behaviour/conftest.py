"""The program as its users meet it: words in, an exit code and two streams of text out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from coproduction.experiments.cli import main

SMALL = """
[scenario]
name = "{name}"
title = "{title}"
residents = 300
residents_per_cell = 2
burn_in_weeks = 1
measured_weeks = {weeks}
"""
CITY = """name,income,people
North,12,100
Harbour,,0
South,30,200
"""


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def coproduce(folder: Path) -> Callable[..., Outcome]:
    """Return a function that runs the public command in the folder; a bug raises as it would in the program."""
    assert folder.is_dir()

    def run(*words: object) -> Outcome:
        result = CliRunner().invoke(main, [str(word) for word in words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def scenario(folder: Path) -> Callable[..., Path]:
    """Return a function that writes the file of a small scenario; what is given is appended to it."""

    def write(name: str = "small", more: str = "", *, weeks: int = 4) -> Path:
        file = folder / f"{name}.toml"
        head = SMALL.format(name=name, title=name.capitalize(), weeks=weeks)
        file.write_text(f"{head}{more}\n", encoding="utf-8")
        return file

    return write


@pytest.fixture
def table(folder: Path) -> Callable[..., Path]:
    """Return a function that writes a table of three neighbourhoods, one of them without residents."""

    def write(text: str = CITY, name: str = "places.csv") -> Path:
        file = folder / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def everything_in() -> Callable[[Path], dict[str, Any]]:
    """Return a function that lists every path below a folder, hidden ones too, with the content of files."""

    def listing(place: Path) -> dict[str, Any]:
        return {
            path.relative_to(place).as_posix(): path.read_bytes() if path.is_file() else None
            for path in sorted(place.rglob("*"))
        }

    return listing
