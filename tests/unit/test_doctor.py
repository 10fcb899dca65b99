"""The doctor finds what is wrong with an installation, and says so in one line each."""

import os
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from coproduction.experiments import doctor, warm_up
from coproduction.experiments.cli import main
from coproduction.experiments.doctor import Finding


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
