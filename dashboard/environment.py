"""What Solara must be told before it is imported: where its front end lies, and to tell nobody of us."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory

from coproduction.simulation.errors import DesignError

FRONT_END = Path(__file__).parent / "front_end.zip"
NOWHERE = "http://127.0.0.1:9/"
"""In place of the content network that Solara would ask for a missing file: nothing answers there."""
TOO_NEW = {"ipyvuetify": 2, "ipyvue": 2}
"""First major versions whose front end does not fit ours: the page would stay blank."""


def check_installed() -> None:
    """Refuse to start where the packages of the page are missing or do not fit; raises ``DesignError``."""
    for name in ("anywidget", "ipyvue", "ipyvuetify", "solara"):
        try:
            major = int(metadata.version(name).split(".")[0])
        except metadata.PackageNotFoundError as error:
            raise DesignError(
                f"dashboard: the package {name} must be installed; it is not. Install coproduction[dashboard]."
            ) from error
        if major >= TOO_NEW.get(name, major + 1):
            raise DesignError(
                f"dashboard: {name} must be older than {TOO_NEW[name]}; got {metadata.version(name)}. Install "
                "coproduction[dashboard] in an environment of its own."
            )


@contextmanager
def prepared(app: str = "coproduction.dashboard.pages") -> Iterator[Path]:
    """Set Solara's environment and unpack its front end for as long as the context lasts; give the folder.

    app  the module whose pages are served
    """
    with TemporaryDirectory(prefix="coproduce-dashboard-") as folder:
        with zipfile.ZipFile(FRONT_END) as archive:
            archive.extractall(folder)
        os.environ.update(
            {
                "SOLARA_ASSETS_PROXY_CACHE_DIR": folder,
                "SOLARA_ASSETS_CDN": NOWHERE,
                "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
                "SOLARA_THEME_SHOW_BANNER": "False",
                "SOLARA_THEME_TITLE": "Coproduce",
                "SOLARA_KERNEL_CULL_TIMEOUT": "10m",
                "SOLARA_APP": app,
                "SOLARA_MODE": "production",
            }
        )
        yield Path(folder)
