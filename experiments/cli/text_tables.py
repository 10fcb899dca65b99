"""Text for a terminal of 100 columns: paragraphs and blocks side by side."""

import textwrap
from collections.abc import Sequence

WIDTH = 100


def paragraph(text: str, *, first: str = "", rest: str = "") -> str:
    """Return a text broken into lines, with an indent of the first and of the others."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def bullets(texts: Sequence[str]) -> str:
    """Return one indented paragraph a text."""
    return "\n".join(paragraph(text, first="  - ", rest="    ") for text in texts)


def columns(cells: Sequence[Sequence[str]], widths: Sequence[int], left: int = 1) -> str:
    """Return cells of several lines side by side.

    cells   lines of each cell
    widths  of each column, gap included
    left    how many columns, from the first, are set to the left; the others to the right
    """
    height = max(len(cell) for cell in cells)
    lines = []
    for row in range(height):
        parts = [cell[row] if row < len(cell) else "" for cell in cells]
        placed = [
            f"{part:<{width}}" if place < left else f"{part:>{width}}"
            for place, (part, width) in enumerate(zip(parts, widths, strict=True))
        ]
        lines.append("".join(placed).rstrip())
    return "\n".join(lines)


def wrapped(text: str, width: int) -> list[str]:
    """Return a text as lines of at most so many characters."""
    return textwrap.wrap(text, width) or [""]
