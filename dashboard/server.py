"""The server of the page: one process, on this machine's own address unless told otherwise."""

import socket
import threading
import warnings
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coproduction.dashboard.classroom_address import to_type
from coproduction.dashboard.environment import check_installed, prepared
from coproduction.dashboard.policies import Policies
from coproduction.dashboard.served import open_first, serve_these
from coproduction.simulation.errors import DesignError

if TYPE_CHECKING:
    import uvicorn


@dataclass(frozen=True, slots=True)
class Address:
    """Where the page is served; port 0 takes a free one."""

    host: str
    port: int


def bound(address: Address) -> socket.socket:
    """Return a socket that listens at an address; raises ``DesignError`` where it is taken or not ours."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address.host, address.port))
    except OSError as error:
        listener.close()
        raise DesignError(
            f"dashboard: port {address.port} of {address.host} must be free and on this machine; {error.strerror}. "
            "Give another by --port, or 0 for any."
        ) from error
    return listener


def serve(policies: Policies, address: Address, tell: Callable[[str], None], *, open_browser: bool) -> None:
    """Serve the page until Ctrl-C; tell where it is.

    Raises
    ------
    DesignError
        Packages are missing, or the address cannot be had.
    """
    check_installed()
    listener = bound(address)
    with prepared(), listener:
        import uvicorn

        # The page is plain HTTP on this machine; Solara says so at every visit.
        warnings.filterwarnings("ignore", message="Cookies with samesite=none require https")

        host, port = listener.getsockname()[:2]
        url = to_type(host, port)
        ended = threading.Event()
        opening = open_first(serve_these(policies), ended)
        # Solara reads the environment when it is imported, so it is named here and not imported above.
        # Frames are small and the network is near: to compress each would cost more time than it saves.
        config = uvicorn.Config(
            "coproduction.dashboard.web_app:app", log_level="warning", ws_per_message_deflate=False
        )
        server = uvicorn.Server(config)
        _when_ready(server, lambda: _ready(url, tell, open_browser=open_browser))
        try:
            server.run(sockets=[listener])
        finally:
            ended.set()
            opening.join()


def _ready(url: str, tell: Callable[[str], None], *, open_browser: bool) -> None:
    tell(f"The dashboard is at {url} (Ctrl-C ends it).")
    if open_browser:
        webbrowser.open(url)


def _when_ready(server: "uvicorn.Server", do: Callable[[], None]) -> None:
    ended = threading.Event()

    def wait() -> None:
        while not server.started and not server.should_exit:
            ended.wait(0.05)
        if server.started:
            do()

    threading.Thread(target=wait, daemon=True).start()


def policies_of(files: Sequence[str], residents: int | None, further: Sequence[str] = ()) -> Policies:
    """Return what is to be served; raises ``CoproductionError`` where a file cannot be read."""
    return Policies(files, residents, further)
