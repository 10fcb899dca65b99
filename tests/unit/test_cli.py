"""The parts of the command line: endings, places, values, tables of text, the schema, the doctor."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from coproduction.experiments import run, warm_up
from coproduction.experiments.cli import main, options, places
from coproduction.experiments.cli.cities import ROLES
from coproduction.experiments.cli.command_line import COMMANDS
from coproduction.experiments.cli.endings import CommandLine, one_line
from coproduction.experiments.cli.progress import compile_once, duration, shown_progress
from coproduction.experiments.cli.sweeping import summary, values_of
from coproduction.experiments.cli.text_tables import bullets, columns
from coproduction.experiments.cli.verdict_text import shown_effect, without_idle_zeros
from coproduction.experiments.progress import Advance
from coproduction.experiments.report import document
from coproduction.experiments.report.effects import Effect
from coproduction.experiments.store import atomic_folder, write_json
from coproduction.scenarios.cities.importing import ROLES as KNOWN_ROLES
from coproduction.simulation.errors import CityError, DesignError

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


def test_progress_away_from_a_terminal_is_a_line_a_quarter(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress("Working") as progress:
        for done in range(4, 44, 4):
            progress(Advance(done, 40, 80, int(done > 30), ""))
    out, err = capsys.readouterr()
    assert out == ""
    first, *between, last = err.splitlines()
    assert first == "Working ..."
    assert [line.split(" after ")[0] for line in between] == [
        "  12 of 40 runs, 80 at most",
        "  24 of 40 runs, 80 at most",
        "  36 of 40 runs, 80 at most, 1 failed",
    ]
    assert last.startswith("Done in ")


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
    assert err.startswith("Compiling the model, once, one to two minutes ...\nCompiled in ")
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


def effect(**changes: Any) -> Effect:
    """Return an effect of which only what is given matters."""
    values = {
        "outcome": "true_crime", "label": "True crime", "unit": "offences", "better": "lower", "main": True,
        "disparity": False, "policy": "p", "policy_title": "P",
        "baseline_mean": 40.0, "mean": 39.0, "difference": -1.0, "low": -1.5,
        "high": -0.5, "n": 10, "finding": "better", "distinguishable": True, "precise_enough": True, "n_needed": 5.0,
        "variance_ratio": 3.0, "adjusted_p": 0.01, "decimals": 1,
    }  # fmt: skip
    return Effect(**{**values, **changes})


def test_a_cell_of_the_verdict_is_the_difference_its_finding_and_its_interval() -> None:
    assert shown_effect(effect()) == ["−1.0 better", "−1.5 to −0.5"]
    unclear = effect(
        low=-1.5, high=0.5, difference=-0.5, finding="not distinguishable", distinguishable=False
    )
    assert shown_effect(unclear) == ["not distinguishable", "−1.5 to +0.5"]
    assert shown_effect(effect(difference=0.0, low=0.0, high=0.0, finding="identical")) == ["identical"]


def test_differences_of_almost_nothing_are_not_shown_as_rows_of_noughts() -> None:
    tiny = effect(
        outcome="public_cost",
        baseline_mean=270.4,
        difference=0.0,
        low=-1e-7,
        high=1e-7,
        finding="higher",
        decimals=5,
    )
    assert shown_effect(tiny)[1] == "270.40000 in every run"
    assert without_idle_zeros("270.40000") == "270.4"
    assert without_idle_zeros("0.37065") == "0.37065"
    assert without_idle_zeros("1,000") == "1,000"
