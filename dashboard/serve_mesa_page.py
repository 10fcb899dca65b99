"""Serves the city of agents on Mesa's own page: ``python -m coproduction.dashboard.serve_mesa_page [PORT]``.

Apart from `page_mesa`, because Solara reads its environment when it is imported.
"""

import sys
import warnings
from importlib.util import find_spec

from coproduction.dashboard.environment import check_installed, prepared
from coproduction.dashboard.server import Address, bound
from coproduction.simulation.errors import DesignError

PORT = 8766


def main(port: int = PORT) -> None:
    """Serve the page on this machine until Ctrl-C; port 0 takes a free one.

    Raises
    ------
    DesignError
        Packages are missing, or the port is taken.
    """
    check_installed()
    if find_spec("altair") is None:
        raise DesignError(
            "mesa: the package altair must be installed; it is not. Install coproduction[dashboard,solaraviz]."
        )
    address = Address("127.0.0.1", port)
    with prepared("coproduction.dashboard.page_mesa"), bound(address) as listener:
        import uvicorn

        warnings.filterwarnings("ignore", message="Cookies with samesite=none require https")
        listener.listen()  # who comes before the server is ready waits
        url = f"http://{address.host}:{listener.getsockname()[1]}/"
        sys.stderr.write(f"Mesa's page is at {url} (Ctrl-C ends it).\n")
        config = uvicorn.Config("solara.server.starlette:app", log_level="warning")
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    try:
        main(*map(int, sys.argv[1:2]))
    except DesignError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        pass
