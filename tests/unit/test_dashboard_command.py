"""``coproduce dashboard`` where it cannot start: one sentence and exit code 2, before anything is computed."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from coproduction.dashboard import server
from coproduction.dashboard.environment import NOWHERE, prepared
from coproduction.dashboard.server import Address, bound
from coproduction.experiments.cli import main
from coproduction.simulation.errors import DesignError


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


def test_a_port_that_is_taken_is_named(taken: int) -> None:
    with pytest.raises(DesignError, match=rf"port {taken} of 127\.0\.0\.1 must be free"):
        bound(Address("127.0.0.1", taken))
    with pytest.raises(DesignError, match="on this machine"):
        bound(Address("192.0.2.1", 0))  # an address for documentation, nobody's own
    with pytest.raises(DesignError, match=r"no\.such\.host\.invalid must be free"):
        bound(Address("no.such.host.invalid", 0))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_port_0_takes_a_free_one(host: str) -> None:
    if host == "::1" and not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with bound(Address(host, 0)) as listener:
        assert listener.getsockname()[1] > 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing_of_the_kind"], "no packaged scenario of that name"),
        (["mine.toml"], "there is no such file"),
        (["--port", "99999"], "Invalid value for '--port'"),
        (["--residents", "3"], "Invalid value for '--residents'"),
        (["--results", "nowhere"], "--results nowhere: must be the store of a sweep"),
    ],
)
def test_a_mistake_is_one_line_and_code_2(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "serve", lambda *_args, **_options: pytest.fail("served all the same"))
    ended = CliRunner().invoke(main, ["dashboard", "--no-open", *arguments])
    assert ended.exit_code == 2
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_the_front_end_is_unpacked_and_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ASSETS_PROXY_CACHE_DIR", "ASSETS_CDN", "TELEMETRY_MIXPANEL_ENABLE", "THEME_SHOW_BANNER",
                 "THEME_TITLE", "KERNEL_CULL_TIMEOUT", "APP", "MODE"):  # fmt: skip
        monkeypatch.setenv(f"SOLARA_{name}", "before")  # so that it is put back afterwards
    import os

    with prepared() as folder:
        assert (folder / "requirejs@2.3.6/require.js").stat().st_size > 50_000
        assert os.environ["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "False"
        assert os.environ["SOLARA_ASSETS_CDN"] == NOWHERE
        assert Path(os.environ["SOLARA_ASSETS_PROXY_CACHE_DIR"]) == folder
    assert not folder.exists()
