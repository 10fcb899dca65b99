"""What a screen of Results is made of, as plain data: it is computed off the page's thread and then only shown."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; with ``title`` under a heading of its own."""

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture.

    title   what it shows, with its unit
    svg     of ``inline_svg``: it brings its own words for those who do not see it
    name    of the file that it is saved as, without ending
    """

    title: str
    svg: str
    name: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row is its heading.

    rows      as shown
    data      headings and rows as saved, unrounded; the shown ones where there is none
    links     one a row, an address and its words, or nothing
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    name: str
    data: tuple[tuple[str, ...], tuple[tuple[object, ...], ...]] | None = None
    links: tuple[tuple[str, str], ...] = ()

    def as_csv(self) -> str:
        """Return the table as a CSV file."""
        headings, rows = self.data or (self.headings, self.rows)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)
        return text.getvalue()


Part = Words | Figure | Table


@dataclass(frozen=True, slots=True)
class Screen:
    """Parts in the order in which they are shown; pictures that follow each other stand side by side."""

    parts: tuple[Part, ...]


def screen(parts: Sequence[Part]) -> Screen:
    """Return a screen of parts."""
    return Screen(tuple(parts))
