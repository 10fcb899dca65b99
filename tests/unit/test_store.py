"""Results reach the disk whole or not at all, and never over somebody else's files."""

import json
from pathlib import Path

import numpy as np
import pytest

from coproduction.experiments.manifest import (
    FILE_NAME,
    FORMAT,
    environment,
    environment_differences,
    read_manifest,
)
from coproduction.experiments.store import atomic_folder, write_json
from coproduction.simulation.errors import DesignError, ManifestError

MANIFEST = {
    "format": FORMAT,
    "kind": "run",
    "environment": environment(),
    "engine": "core",
    "scenario": {},
    "seeds": [1],
    "digests": {},
}


def write_result(folder: Path, text: str) -> None:
    with atomic_folder(folder) as part:
        (part / "table.csv").write_text(text)
        write_json(MANIFEST, part / FILE_NAME)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_folder_appears_when_the_block_ends_well(tmp_path: Path) -> None:
    goal = tmp_path / "new" / "result"
    with atomic_folder(goal) as part:
        (part / "table.csv").write_text("1")
        assert not goal.exists()
    assert (goal / "table.csv").read_text() == "1"
    assert names(goal.parent) == ["result"]


def test_nothing_is_left_when_the_block_fails(tmp_path: Path) -> None:
    def half_written() -> None:
        with atomic_folder(tmp_path / "result") as part:
            (part / "table.csv").write_text("1")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half_written()
    assert names(tmp_path) == []


def test_an_earlier_result_is_replaced_whole(tmp_path: Path) -> None:
    goal = tmp_path / "result"
    write_result(goal, "old")
    (goal / "drawing.svg").write_text("old")
    write_result(goal, "new")
    assert names(goal) == [FILE_NAME, "table.csv"]
    assert (goal / "table.csv").read_text() == "new"
    assert names(tmp_path) == ["result"]


def test_an_earlier_result_stays_when_the_new_one_fails(tmp_path: Path) -> None:
    goal = tmp_path / "result"
    write_result(goal, "old")

    def half_written() -> None:
        with atomic_folder(goal) as part:
            (part / "table.csv").write_text("new")
            raise OSError(28, "No space left on device")

    with pytest.raises(DesignError, match=r"result: cannot be written \(No space left on device\)"):
        half_written()
    assert (goal / "table.csv").read_text() == "old"
    assert names(tmp_path) == ["result"]


def test_other_peoples_files_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("precious")
    with pytest.raises(DesignError, match="holds other files"), atomic_folder(tmp_path):
        pass
    with (
        pytest.raises(DesignError, match="must be a folder; it is a file"),
        atomic_folder(tmp_path / "thesis.tex"),
    ):
        pass
    assert names(tmp_path) == ["thesis.tex"]


def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DesignError, match="cannot be written"), atomic_folder(tmp_path / "file" / "result"):
        pass


def test_json_takes_what_numpy_gives(tmp_path: Path) -> None:
    write_json(
        {"n": np.int64(3), "x": np.float64(0.1), "a": np.arange(2), "p": Path("b")}, tmp_path / "a.json"
    )
    assert json.loads((tmp_path / "a.json").read_text()) == {"n": 3, "x": 0.1, "a": [0, 1], "p": "b"}


def test_manifest_is_read_from_file_or_folder(tmp_path: Path) -> None:
    write_result(tmp_path / "result", "1")
    by_folder = read_manifest(tmp_path / "result")
    assert by_folder == read_manifest(tmp_path / "result" / FILE_NAME)
    assert by_folder["environment"] == environment()
    assert environment_differences(by_folder) == []


def test_environment_says_what_computes() -> None:
    here = environment()
    assert here["version"]
    assert here["dependencies"]["numpy"] == np.__version__
    assert len(here["sources"]) == 16


def test_environment_differences_name_both_sides() -> None:
    then = dict(
        environment(), version="0.0.1", dependencies={**environment()["dependencies"], "numpy": "1.0"}
    )
    assert environment_differences({"environment": then}) == [
        f"version: 0.0.1 then, {environment()['version']} now",
        f"numpy: 1.0 then, {np.__version__} now",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such file"),
        (b"{", "cannot be read as JSON"),
        (b"\xff\xfe\xfa", "cannot be read as JSON"),
        (b"[]", "must be a manifest of format 1"),
        (b'{"format": 99}', "must be a manifest of format 1"),
        (b'{"format": 1, "kind": "run"}', "cut short"),
        (
            b'{"format": 1, "kind": "cake", "environment": {}, "engine": "", "seeds": [], "digests": {}}',
            "must be",
        ),
    ],
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "some.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ManifestError, match=said):
        read_manifest(file)
