"""The code of a widget for the browser, which loads it as one file."""

from pathlib import Path

FOLDER = Path(__file__).parent


def with_elements(name: str) -> str:
    """Return the JavaScript of a file of this folder behind that of ``elements.js``, which it may use."""
    return "\n".join((FOLDER / file).read_text(encoding="utf-8") for file in ("elements.js", name))
