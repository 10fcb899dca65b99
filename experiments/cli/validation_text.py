"""A validation as text, 100 characters wide: the checks, the cuts, and what they say."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coproduction.experiments.cli.text_tables import WIDTH, columns, paragraph, wrapped
from coproduction.experiments.validation_document import CUT_HEADINGS, check_cells, cut_cells
from coproduction.experiments.validation_words import findings

if TYPE_CHECKING:
    from coproduction.experiments.validation import Validation

CHECKS = (30, 24, 10, 36)
CUTS = (22, 10, 23, 23, 7, 8, 7)


def validation_text(found: "Validation") -> str:
    """Return everything that ``validate`` prints."""
    title = f"{found.city.title}: the model against what was observed"
    checks = [
        (name, model, observed, f"{unit}; {note}") for name, model, observed, unit, note in check_cells(found)
    ]
    parts = [
        f"{title}\n{'=' * len(title)}",
        table([("Check", "Model, 95% interval", "Observed", "Unit; note"), *checks], CHECKS),
    ]
    if found.cuts:
        parts.append(table([CUT_HEADINGS, *cut_cells(found)], CUTS))
    return "\n\n".join([*parts, *(paragraph(finding) for finding in findings(found))])


def table(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """Return rows of text with lines within the cells, the first row as heading."""
    lines = [
        columns(
            [wrapped(cell, width - 1) for cell, width in zip(row, widths, strict=True)], widths, len(widths)
        )
        for row in rows
    ]
    return "\n".join([lines[0], "-" * WIDTH, *lines[1:]])
