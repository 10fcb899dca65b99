"""Reading a file of tables that somebody wrote by hand: what is wrong with it is said in a sentence."""

import tomllib
from pathlib import Path
from typing import Any

from coproduction.simulation.errors import CoproductionError


def read_toml(path: Path, source: str, refused: type[CoproductionError], give: str) -> dict[str, Any]:
    """Return the tables of a TOML file.

    source  what it is called in messages
    give    what to give instead where it cannot be read

    Raises
    ------
    CoproductionError
        It cannot be read, is not UTF-8 or no TOML; of the kind ``refused``.
    """
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise refused(
            f"{source}: must be UTF-8 text; byte {error.start} is not. Save the file as UTF-8."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise refused(f"{source}: must be TOML; {error}. Mend that line.") from error
    except OSError as error:
        raise refused(f"{source}: cannot be read ({error.strerror}). Give {give}.") from error
