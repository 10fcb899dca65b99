"""Whatever is wrong is said in one clear sentence, with exit code 2, and leaves the disk as it was."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coproduction.simulation.parameters import CRIME_NAMES


@pytest.fixture
def refuses(
    coproduce: Callable[..., Any], folder: Path, everything_in: Callable[[Path], Any]
) -> Callable[..., str]:
    """Return a function that runs a command which must be refused, and gives the one sentence that says why."""

    def run(*words: object) -> str:
        before = everything_in(folder)
        ended = coproduce(*words)
        assert ended.code == 2, (ended.out, ended.err)
        assert ended.out == ""
        assert len(ended.err.splitlines()) == 1, ended.err
        assert ended.err.startswith("coproduce: ")
        assert "Traceback" not in ended.err
        assert everything_in(folder) == before
        return str(ended.err)

    return run


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            "[guardianship]\neys = 0.2",
            "small.toml: [guardianship] eys is not a known key. Did you mean eyes?",
        ),
        ('[guardianship]\neyes = "much"', "eyes must be a number"),
        ("[guardianship]\neyes = true", "eyes must be a number"),
        ("[guardianship]\neyes = nan", "eyes must be between 0 and 2"),
        ("[policy]\nboards = 7", "[policy] boards must be between 0 and 1"),
        ("[policy]\ncoordinators = 40", "coordinators, meetings and programmes must cost less than budget"),
        ("[jail]\nshare = 0\n[prison]\nshare = 0\n[community]\nshare = 0", "at least one sanction"),
        ("[burglary]\nexposure = 0.5", "exposure must be a whole number"),
        ("[crime]\ngraffiti = 3", "graffiti must be a table"),
        ("[crime.graffiti]\nrecorded_rate = 3", "like is missing"),
        ('[crime.graffiti]\nlike = "burglar"', "Did you mean burglary?"),
        ('[crime.graffiti]\nlike = "burglary"\nrecorded_rate = -1', "[crime.graffiti] recorded_rate"),
        ('[crime.theft]\nlike = "burglary"', "a name of letters, digits and underscores that no table bears"),
        ("[burglary]\nnight_share = 0.7\nday_share = 0.7", "night_share plus day_share must be at most 1"),
        (
            "[gardianship]\neyes = 0.1",
            "[gardianship] gardianship is not a known key. Did you mean guardianship?",
        ),
        ("[guardianship\neyes = 0.1", "small.toml: must be TOML"),
        ("residents = 4", "small.toml: must be TOML"),
        ("policy_start_watch = -1", "policy_start_watch must be a watch of 8 hours"),
        ('city = "columbos"', "columbos"),
        ('city = "nowhere.toml"', "nowhere.toml"),
    ],
)
def test_scenario(refuses: Callable[..., str], scenario: Callable[..., Path], more: str, said: str) -> None:
    assert said in refuses("run", scenario(more=more))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("residents = 300", "residents = 3", "residents must be a whole number of residents, 20 to"),
        ("residents = 300", "residents = 300.5", "residents must be a whole number"),
        ("residents = 300", 'residents = "many"', "residents must be a whole number"),
        ("residents = 300", "residens = 300", "residens is not a known key. Did you mean residents?"),
        (
            "residents_per_cell = 2",
            "residents_per_cell = 0",
            "residents_per_cell must be whole persons per cell",
        ),
        ("measured_weeks = 4", "measured_weeks = 3", "measured_weeks must be whole weeks, 4 to"),
        ('name = "small"', "", "name is missing"),
    ],
)
def test_head_of_a_scenario(
    refuses: Callable[..., str], scenario: Callable[..., Path], before: str, after: str, said: str
) -> None:
    file = scenario()
    file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert said in refuses("run", file)


def test_scenario_that_is_not_utf8(refuses: Callable[..., str], scenario: Callable[..., Path]) -> None:
    file = scenario()
    file.write_bytes(file.read_bytes().replace(b"Small", "Größe".encode("latin-1")))
    assert "must be UTF-8 text" in refuses("run", file)


def test_no_such_scenario(refuses: Callable[..., str], folder: Path) -> None:
    assert "missing.toml: there is no such file" in refuses("run", "missing.toml")
    assert "Did you mean contract?" in refuses("run", "contrct")
    (folder / "drawer.toml").mkdir()
    assert "drawer.toml: there is no such file" in refuses("run", "drawer.toml")


@pytest.mark.parametrize(
    ("text", "columns", "said"),
    [
        ("", ["name=name", "income=income"], "places.csv"),
        ("name,income,people\n", ["name=name", "income=income"], "places.csv"),
        (None, ["name=name", "income=incom", "population=people"], "Did you mean income?"),
        (None, ["nam=name", "income=income"], "Did you mean name?"),
        (None, ["income"], "--column must be of the form LEFT=RIGHT"),
        (None, ["income=income", "income=people"], "--column must name income once"),
        (
            "name,income,people\nN,12,0\nS,30,0\n",
            ["name=name", "income=income", "population=people"],
            "resident",
        ),
        (
            "name,income,people\nN,rich,10\nS,3,9\n",
            ["name=name", "income=income", "population=people"],
            "rich",
        ),
    ],
)
def test_table_of_a_city(
    refuses: Callable[..., str], table: Callable[..., Path], text: str | None, columns: list[str], said: str
) -> None:
    file = table() if text is None else table(text)
    words = [word for column in columns for word in ("--column", column)]
    assert said in refuses("city", "import", file, "--name", "mine", "--out", "mine", *words)


def test_table_that_is_not_utf8_or_not_there(refuses: Callable[..., str], folder: Path) -> None:
    (folder / "old.csv").write_bytes("name,income\nGröße,12\n".encode("latin-1"))
    words = ("--name", "mine", "--out", "mine", "--column", "income=income")
    assert "must be UTF-8 text" in refuses("city", "import", "old.csv", *words)
    assert "none.csv" in refuses("city", "import", "none.csv", *words)


def test_city_that_is_not_there_or_cannot_be_drawn(refuses: Callable[..., str]) -> None:
    assert "columbus" in refuses("city", "show", "colombus")
    assert "must end in .svg or .png" in refuses("city", "show", "columbus", "--picture", "map.jpg")
    assert "must be a file that can be written" in refuses(
        "city", "show", "columbus", "--picture", "nowhere/map.svg"
    )


def test_place_for_a_result(refuses: Callable[..., str], scenario: Callable[..., Path], folder: Path) -> None:
    file = scenario()
    (folder / "taken").write_text("mine")
    assert "taken: must be a folder; it is a file" in refuses("run", file, "--out", "taken")
    assert "taken/in/it: cannot be written" in refuses("run", file, "--out", "taken/in/it")
    assert "taken: must be a folder" in refuses("demo", "--out", "taken")
    (folder / "photos").mkdir()
    (folder / "photos" / "cat.txt").write_text("meow")
    assert "it holds cat.txt" in refuses("run", file, "--out", "photos")
    assert "it holds cat.txt" in refuses("compare", file, scenario("other"), "--out", "photos")
    assert "it exists already" in refuses("sweep", file, "--set", "policy.boards=0", "--out", "taken")


def test_other_files_beside_an_earlier_result_are_not_lost(
    refuses: Callable[..., str], coproduce: Callable[..., Any], scenario: Callable[..., Path], folder: Path
) -> None:
    file = scenario()
    assert coproduce("run", file, "--out", "result").code == 0
    (folder / "result" / "notes.txt").write_text("what I thought of it")
    assert "it holds notes.txt" in refuses("run", file, "--out", "result")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to this user"
)
def test_folder_without_permission(
    refuses: Callable[..., str], scenario: Callable[..., Path], folder: Path
) -> None:
    file = scenario()
    (folder / "locked").mkdir(mode=0o555)
    assert "no permission in" in refuses("run", file, "--out", "locked/result")


def test_comparisons_that_mean_nothing(refuses: Callable[..., str], scenario: Callable[..., Path]) -> None:
    small, longer = scenario(), scenario("longer", weeks=8)
    assert "scenarios must be two or more" in refuses("compare", small)
    assert "names must all differ" in refuses("compare", small, small)
    assert "precision must be between" in refuses("compare", small, scenario("other"), "--precision", 0)
    assert "longer.toml: measured_weeks must be the same as in small.toml" in refuses(
        "compare", small, longer
    )


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("boards=1", "must be TABLE.KEY=V1,V2"),
        ("policy.boards", "must be TABLE.KEY=V1,V2"),
        ("policy.boards=", "must be TABLE.KEY=V1,V2"),
        ("policy.boards=0,half", "values must be numbers"),
        ("policy.bords=0", "Did you mean boards?"),
        ("policy.boards=0,7", "boards must be between 0 and 1"),
        ("guardianships.eyes=0.1", "Did you mean guardianship?"),
    ],
)
def test_sweeps(refuses: Callable[..., str], scenario: Callable[..., Path], setting: str, said: str) -> None:
    assert said in refuses("sweep", scenario(), "--set", setting, "--out", "table.csv")


def test_sweep_that_names_a_parameter_twice(
    refuses: Callable[..., str], scenario: Callable[..., Path]
) -> None:
    words = ("--set", "policy.boards=0", "--set", "policy.boards=1", "--out", "table.csv")
    assert "must name each parameter once" in refuses("sweep", scenario(), *words)


def test_manifests(refuses: Callable[..., str], folder: Path) -> None:
    assert "there is no such file" in refuses("replay", "nowhere")
    (folder / "manifest.json").write_text("{")
    assert "cannot be read as JSON" in refuses("replay", folder)
    (folder / "manifest.json").write_text(json.dumps({"format": 1, "kind": "run"}))
    assert "cut short" in refuses("replay", folder / "manifest.json")
    assert "cut short" in refuses("report", folder)


def test_case_that_is_not_there(refuses: Callable[..., str], scenario: Callable[..., Path]) -> None:
    crowded = scenario(more="[burglary]\nrecorded_rate = 5000")
    assert "the case to follow must be between 1 and" in refuses("run", crowded, "--follow", 9999)
    quiet = scenario("quiet", more="\n".join(f"[{name}]\nrecorded_rate = 0" for name in CRIME_NAMES))
    assert "no offence in the measured period" in refuses("run", quiet, "--follow")


def test_case_of_offenders_on_a_lattice(refuses: Callable[..., str], scenario: Callable[..., Path]) -> None:
    lattice = scenario(more="[setting]\nmovement = 1\narrivals = 0.1\nfixed_attraction = 0.5")
    assert "[setting] movement must be 0 to follow a case" in refuses("run", lattice, "--follow")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["runn"], "No such command 'runn'"),
        (["run", "--sede", "1"], "No such option '--sede'"),
        (["run"], "Missing argument 'FILE_OR_PRESET'"),
        (["run", "contract", "--seed", "-1"], "'--seed': -1 is not in the range"),
        (["run", "contract", "--engine", "steam"], "'steam' is not one of 'core', 'agents'"),
        (["schema", "guardanship"], "Did you mean guardianship?"),
    ],
)
def test_words_that_the_program_does_not_know(
    refuses: Callable[..., str], words: list[str], said: str
) -> None:
    assert said in refuses(*words)


@pytest.mark.parametrize(
    "words",
    [
        ("run", "small.toml"),
        ("compare", "own_department", "coproduced", "--workers", "1"),
        ("sweep", "small.toml", "--set", "policy.boards=0,1", "--out", "table.csv", "--workers", "1"),
        ("demo", "--workers", "1"),
    ],
)
def test_a_city_that_does_not_fit_into_memory(
    refuses: Callable[..., str],
    scenario: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    from coproduction.experiments import room

    scenario()
    monkeypatch.setattr(room, "free_memory", lambda: room.PROCESS + 500_000)
    said = refuses(*words)
    assert "residents: a city must fit into memory, 0.29 GiB free" in said
    assert "Use --residents " in said


def test_a_long_run_is_foretold(
    coproduce: Callable[..., Any], scenario: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from coproduction.experiments.cli import foretelling

    assert "of computing" not in coproduce("run", scenario(), "--out", "short").err
    monkeypatch.setitem(foretelling.LONG, "core", 1)
    told = coproduce("run", scenario(), "--out", "long").err
    assert "This takes about 0.0 seconds of computing and 0.29 GiB of memory." in told
    told = coproduce("sweep", scenario(), "--set", "policy.boards=0,1", "--out", "t.csv", "--workers", 1).err
    assert "At most 2 runs, 1 at a time, of about 0.0 seconds of computing" in told
