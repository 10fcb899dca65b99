"""The parts of the command line: endings, places, values, tables of text, the schema, the doctor."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
from click.testing import CliRunner

from coproduction.experiments import doctor, run, schema, warm_up
from coproduction.experiments.cli import main, options, places
from coproduction.experiments.cli.cities import ROLES
from coproduction.experiments.cli.command_line import COMMANDS
from coproduction.experiments.cli.endings import CommandLine, one_line
from coproduction.experiments.cli.progress import compile_once, duration, shown_progress
from coproduction.experiments.cli.sweeping import summary, values_of
from coproduction.experiments.cli.text_tables import bullets, columns
from coproduction.experiments.doctor import Finding
from coproduction.experiments.progress import Advance
from coproduction.experiments.report import document
from coproduction.experiments.store import atomic_folder, write_json
from coproduction.scenarios.cities.importing import ROLES as KNOWN_ROLES
from coproduction.simulation.errors import CityError, DesignError
from coproduction.simulation.outcomes import OUTCOMES
from coproduction.simulation.parameters import describe

MANIFEST = {
    "format": 1,
    "kind": "run",
    "environment": {},
    "engine": "core",
    "scenario": {},
    "seeds": [1],
    "digests": {},
}


def ending_with(action: Callable[[], object]) -> Any:
    """Return how a program ends whose only command does this."""
    program = CommandLine(commands={"go": click.Command("go", callback=action)})
    return CliRunner().invoke(program, ["go"])


def raising(error: BaseException) -> Callable[[], None]:
    def action() -> None:
        raise error

    return action


def test_a_mistake_of_the_user_is_one_line_and_code_2() -> None:
    ended = ending_with(raising(CityError("mine.toml: first\nsecond   third.")))
    assert ended.exit_code == 2
    assert ended.stderr == "coproduce: mine.toml: first second third.\n"
    assert ended.stdout == ""


@pytest.mark.parametrize("error", [ValueError("a bug"), EOFError("a bug"), OSError(5, "a broken disk")])
def test_a_mistake_of_the_program_keeps_its_traceback(error: Exception) -> None:
    ended = ending_with(raising(error))
    assert ended.exception is error
    assert error.__traceback__ is not None


def test_ctrl_c_ends_with_130_and_a_sentence() -> None:
    ended = ending_with(raising(KeyboardInterrupt()))
    assert ended.exit_code == 130
    assert ended.stderr.strip() == "coproduce: stopped on request; nothing half-written is left behind."


def test_what_a_command_returns_is_its_exit_code_only_if_it_is_one() -> None:
    assert ending_with(lambda: None).exit_code == 0
    assert ending_with(raising(click.exceptions.Exit(1))).exit_code == 1


def test_without_standalone_mode_errors_reach_the_caller() -> None:
    with pytest.raises(click.UsageError):
        main(["nonsense"], standalone_mode=False)


def test_no_words_show_the_commands_in_the_order_of_need() -> None:
    ended = CliRunner().invoke(main, [])
    assert ended.exit_code == 2
    places_in_text = [ended.stderr.index(f"\n  {command.name}  ") for command in COMMANDS]
    assert places_in_text == sorted(places_in_text)


def test_every_command_and_option_says_what_it_is_for() -> None:
    for command in COMMANDS:
        assert command.help, command.name
        assert "..." not in command.get_short_help_str(60), command.name
        for parameter in command.params:
            assert isinstance(parameter, click.Argument) or getattr(parameter, "help", None), parameter.name


def test_one_line_joins_lines() -> None:
    assert one_line(" a\n  b\tc ") == "a b c"


def test_names_that_are_written_down_twice_agree() -> None:
    assert options.ENGINES == run.ENGINES
    assert tuple(ROLES.split(", ")) != ()
    assert sorted(ROLES.split(", ")) == sorted(KNOWN_ROLES)
    assert places.PAGE_NAME == document.PAGE_NAME
    assert places.TABLES_FOLDER == document.TABLES_FOLDER


def test_default_folder_is_a_plain_name() -> None:
    assert places.default_folder("own department", "a/b").as_posix() == "coproduce-own_department-a_b"
    assert len(places.default_folder("x" * 60, "y" * 60).name) <= 80


def test_folder_with_only_an_earlier_result_may_be_taken(tmp_path: Path) -> None:
    with atomic_folder(tmp_path / "result") as part:
        (part / "cases.csv").write_text("x")
        write_json(MANIFEST, part / "manifest.json")
    places.check_folder(tmp_path / "result")
    (tmp_path / "result" / "tables").mkdir()
    (tmp_path / "result" / "tables" / "mine.csv").write_text("x")
    with pytest.raises(DesignError, match=r"holds tables/mine\.csv"):
        places.check_folder(tmp_path / "result")


def test_tables_without_a_manifest_are_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("x")
    with pytest.raises(DesignError, match=r"holds cases\.csv"):
        places.check_folder(tmp_path)


def test_place_that_may_not_be_written_is_refused_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(DesignError, match="no permission in"):
        places.check_folder(tmp_path / "new")
    with pytest.raises(DesignError, match="no permission in"):
        places.check_file(tmp_path / "new.csv")
    assert list(tmp_path.iterdir()) == []


def test_values_of_a_sweep_are_read_in_order() -> None:
    assert values_of(("policy.boards=0, 0.5,1e0", "burglary.boost=3")) == {
        "policy.boards": [0.0, 0.5, 1.0],
        "burglary.boost": [3.0],
    }


def test_summary_of_a_sweep_is_the_mean_over_seeds() -> None:
    import pandas as pd

    shown = ("true_crime", "recorded_crime", "clearance", "fear", "trust", "volunteer_hours")
    rows = [
        {"policy.boards": boards, "seed": seed, "error": "", **dict.fromkeys(shown, boards + seed)}
        for boards in (0.0, 10.0)
        for seed in (1, 3)
    ]
    broken = {
        "policy.boards": 20.0,
        "seed": 1,
        "error": "run: it broke",
        **dict.fromkeys(shown, float("nan")),
    }
    lines = summary(pd.DataFrame([*rows, broken]), ["policy.boards"]).splitlines()
    assert [line.split() for line in lines[2:]] == [["0", *["2"] * 6], ["10", *["12"] * 6]]
    assert summary(pd.DataFrame([broken]), ["policy.boards"]) == "No run came through."


def test_columns_stand_side_by_side() -> None:
    assert columns([["ab", "c"], ["1"], ["22"]], [4, 3, 4]) == "ab    1  22\nc"


def test_bullets_are_indented() -> None:
    lines = bullets(["word " * 40]).splitlines()
    assert lines[0].startswith("  - word")
    assert all(line.startswith("    word") for line in lines[1:])


def test_durations_are_said_in_seconds_or_minutes() -> None:
    assert duration(3.14) == "3.1 seconds"
    assert duration(150) == "2.5 minutes"


def test_progress_away_from_a_terminal_is_a_line_before_and_after(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress("Working") as progress:
        progress(Advance(1, 2, 3, 0, ""))
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[0] == "Working ..."
    assert err.splitlines()[1].startswith("Done in ")
    assert len(err.splitlines()) == 2


def test_progress_at_a_terminal_is_a_bar(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with shown_progress("Working") as progress:
        progress(Advance(12, 40, 80, 0, ""))
        progress(Advance(40, 40, 80, 2, ""))
    err = capsys.readouterr().err
    assert "40/40" in err
    assert "2 failed" in err


def test_compiling_is_announced_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[bool] = []
    monkeypatch.setattr(warm_up, "smallest_run", lambda: ran.append(True))
    monkeypatch.setattr(warm_up, "is_compiled", lambda: bool(ran))
    compile_once()
    compile_once()
    assert ran == [True]
    err = capsys.readouterr().err
    assert err.startswith("Compiling the model, once, about half a minute ...\nCompiled in ")
    assert err.count("\n") == 2


def test_is_compiled_looks_for_the_outermost_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coproduction.simulation import _compiled
    from coproduction.simulation.schedule import advance

    monkeypatch.setattr(_compiled, "cache_folder", lambda: tmp_path)
    assert not warm_up.is_compiled()
    (tmp_path / "phases").mkdir()
    (tmp_path / "phases" / "deploy.calendar-43.py313.nbi").touch()
    assert not warm_up.is_compiled()
    (tmp_path / f"schedule.{advance.__name__}-112.py313.nbi").touch()
    assert warm_up.is_compiled()


def test_schema_as_data_holds_every_declaration() -> None:
    data = json.loads(json.dumps(schema.as_data(schema.schema())))
    declared = describe()
    assert [(row["table"], row["key"]) for row in data["parameters"]] == [(d.table, d.key) for d in declared]
    assert [row["name"] for row in data["outcomes"]] == [o.name for o in OUTCOMES]
    assert {"name", "city", "residents"} <= {row["key"] for row in data["scenario"]}
    for row, d in zip(data["parameters"], declared, strict=True):
        assert (row["default"], row["low"], row["high"]) == (d.default, d.low, d.high)
        assert row["source"] == d.source


def test_schema_as_text_and_markdown_name_every_parameter_with_unit_range_role_and_source() -> None:
    whole = schema.schema()
    text, markdown = " ".join(schema.as_text(whole).split()), schema.as_markdown(whole)
    for d in describe():
        assert (
            f"{d.key} = {d.default:g} ({d.low:g} to {d.high:g}; {d.role}) {d.unit} source: {d.source}" in text
        )
        assert (
            f"| {d.key} | {d.default:g} | {d.low:g} to {d.high:g} | {d.unit} | {d.role} | {d.source} |"
            in markdown
        )
    for outcome in OUTCOMES:
        assert f"{outcome.name}: {outcome.label}, {outcome.unit}" in text
    assert f"{len(describe())} parameters:" in text


def test_schema_of_one_table_holds_that_table_only() -> None:
    assert {row.table for row in schema.schema("burglary").declarations} == {"burglary"}
    assert schema.schema("burglary").outcomes == ()
    assert schema.schema("policy").declarations == schema.schema("policing").declarations
    assert schema.schema("outcomes").declarations == []
    assert schema.schema("scenario").head != ()
    with pytest.raises(DesignError, match="Did you mean burglary"):
        schema.schema("burglry")


def findings(check: Callable[[], Iterator[Finding]]) -> dict[str, Finding]:
    return {finding.subject: finding for finding in check()}


def test_doctor_finds_packages_that_are_missing_too_old_or_older_than_tested(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = {"coproduction": "0.1", "numpy": "2.4", "mesa": "4.0", "scipy": "1.9"}

    def version(name: str) -> str:
        if name not in here:
            raise metadata.PackageNotFoundError(name)
        return here[name]

    needs = ["numpy", "mesa>=3.5,<4", "scipy", "pandas", 'esda; extra == "spatial"']
    monkeypatch.setattr(metadata, "version", version)
    monkeypatch.setattr(metadata, "requires", lambda _: needs)
    monkeypatch.setattr(doctor, "_locked", lambda: {"scipy": "1.16", "numpy": "2.3"})
    found = findings(doctor.packages)
    assert {name: each.verdict for name, each in found.items()} == {
        "coproduction": "ok", "numpy": "ok", "mesa": "WRONG", "scipy": "note", "pandas": "WRONG",
    }  # fmt: skip
    assert "older than the 1.16" in found["scipy"].said


def test_doctor_finds_an_old_python(monkeypatch: pytest.MonkeyPatch) -> None:
    assert findings(doctor.python)["Python"].verdict == "ok"
    monkeypatch.setattr(sys, "version_info", (3, 11, 0))
    assert findings(doctor.python)["Python"].verdict == "WRONG"


def test_doctor_finds_a_cache_that_cannot_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert findings(doctor.compiled)["compiled"].verdict == "WRONG"


def test_doctor_finds_engines_that_disagree(monkeypatch: pytest.MonkeyPatch) -> None:
    from coproduction.experiments import digest

    bits = {"core": {"cases": "1", "series": "2"}, "agents": {"cases": "1", "series": "3"}}
    monkeypatch.setattr(warm_up, "smallest_run", lambda engine: SimpleNamespace(engine=engine))
    monkeypatch.setattr(digest, "digest_of_parts", lambda result: bits[result.engine])
    assert findings(doctor.engines)["engines"].said == "core and agents differ in series"


def test_doctor_reports_a_check_that_breaks_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Iterator[Finding]:
        yield from ()
        raise RuntimeError("no such thing")

    for name in ("packages", "compiled", "engines", "city", "machine", "folder"):
        monkeypatch.setattr(doctor, name, lambda: iter(()))
    monkeypatch.setattr(doctor, "fonts", broken)
    found = list(doctor.examine())
    assert [each.verdict for each in found] == ["ok", "WRONG"]
    ended = CliRunner().invoke(main, ["doctor"])
    assert ended.exit_code == 1
    assert "RuntimeError: no such thing" in ended.stdout
    assert "1 of these will not work" in ended.stdout


@pytest.mark.slow
def test_doctor_finds_this_installation_well() -> None:
    ended = CliRunner().invoke(main, ["doctor"])
    assert ended.exit_code == 0, ended.stdout
    assert "core and agents give the same bits" in ended.stdout
    assert ended.stdout.endswith("All is well.\n")
