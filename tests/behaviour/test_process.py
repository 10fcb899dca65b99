"""The program as a process: what it loads, how it ends when interrupted, when nobody reads on, and on its own bugs."""

import json
import os
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

PROGRAM = Path(sysconfig.get_path("scripts")) / "coproduce"
HEAVY = {
    "jinja2",
    "llvmlite",
    "matplotlib",
    "mesa",
    "numba",
    "numpy",
    "pandas",
    "pydantic",
    "scipy",
    "shapely",
}
LOADED = (
    "import json, sys\n"
    "from coproduction.experiments.cli import main\n"
    "try:\n"
    "    main({words!r})\n"
    "except SystemExit:\n"
    "    print('\\n' + json.dumps(sorted({{name.partition('.')[0] for name in sys.modules}})))\n"
)


def modules_after(*words: str) -> set[str]:
    command = [sys.executable, "-c", LOADED.format(words=list(words))]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(json.loads(ended.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["run", "--help"],
        ["--version"],
        ["runn"],
        ["demo", "--sede", "1"],
        ["city", "import", "-h"],
    ],
)
def test_parsing_loads_nothing_heavy(words: list[str]) -> None:
    loaded = modules_after(*words)
    assert "click" in loaded
    assert not loaded & HEAVY


def test_a_misspelt_key_is_found_before_pandas_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text('[scenario]\nname = "wrong"\n[policy]\nbords = 1\n', encoding="utf-8")
    assert not modules_after("run", str(file)) & {"pandas", "mesa", "matplotlib"}


def test_console_script_is_the_program() -> None:
    ended = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True)
    assert ended.stdout.startswith("coproduce 0.")
    refused = subprocess.run([PROGRAM, "run", "nothing.toml"], capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert refused.stderr.startswith("coproduce: nothing.toml: there is no such file.")
    assert refused.stderr.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="pipes close otherwise there")
def test_reader_who_leaves_is_no_error() -> None:
    with subprocess.Popen([PROGRAM, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


def _heed_interrupts() -> None:
    """Undo a shell that starts its background jobs deaf to interrupts, as it does with a whole test run."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals are others there")
def test_interrupted_comparison_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    words = [
        str(PROGRAM),
        "compare",
        "own_department",
        "contract",
        "--workers",
        "1",
        "--ceiling",
        "1000",
        "--precision",
        "0.0001",
    ]
    with subprocess.Popen(
        words,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_heed_interrupts,  # noqa: PLW1509 - no thread runs here
    ) as process:
        assert process.stderr is not None
        seen = process.stderr.readline()
        while "replications of" not in seen:  # a line on compiling may come first
            seen = process.stderr.readline()
            assert seen, "ended before it began"
        time.sleep(1.0)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert err.strip() == "coproduce: stopped on request; nothing half-written is left behind."
    assert list(tmp_path.iterdir()) == []
