"""Reading and writing whole text files: UTF-8, and never half-written."""

import os
import tempfile
from pathlib import Path

from coproduction.scenarios.cities.messages import refusal


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refusal(
            path.name,
            "",
            f"must be UTF-8 text; byte {error.start + 1} is 0x{error.object[error.start]:02x}. Save it as UTF-8.",
        ) from None
    except FileNotFoundError:
        raise refusal(
            path.name,
            "",
            f"must be a file; there is none in {path.parent.resolve()}. Check the name and the folder.",
        ) from None
    except OSError as error:
        raise refusal(
            path.name, "", f"must be a file that can be read; got: {error.strerror}. Check the path."
        ) from None


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that at any moment either the old or the new one is there.

    Raises CityError when the folder does not exist or cannot be written to.
    """
    unfinished: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        unfinished = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        unfinished.chmod(0o644)
        unfinished.replace(path)
    except OSError as error:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)
        problem = f"must be a file that can be written; got: {error.strerror}. Choose another place."
        raise refusal(path.name, "", problem) from None
