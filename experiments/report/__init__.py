"""The report of a comparison: one self-contained HTML page, and its tables as CSV beside it.

Importing this package is cheap: drawing and templating are imported when a report is written.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ != "coproduction.experiments.report":
    raise ImportError(f"import this package as coproduction.experiments.report, not as {__name__}")

if TYPE_CHECKING:
    from coproduction.experiments.comparison import Comparison

ValidationRow = Mapping[str, str | float]

__all__ = ["ValidationRow", "report"]


def report(
    comparison: "Comparison", folder: Path, validation: Mapping[str, ValidationRow] | None = None
) -> Path:
    """Write the report of a comparison into a folder and return the path of its HTML page.

    folder      made where missing; ``report.html`` and ``tables/*.csv`` in it are replaced, each in one step
    validation  how far the model is from observations: by check, a row with some of the keys ``model``,
                ``low``, ``high``, ``observed``, ``unit`` and ``note``; None leaves the section at a sentence
                that says so
    """
    from coproduction.experiments.report.document import write

    return write(comparison, Path(folder), validation or {})
