"""Who gains by income fifth and by neighbourhood, where a comparison holds it: the parts of its report, as they are."""

from typing import TYPE_CHECKING

from coproduction.dashboard.results_screen import Figure, Part, Table, Words
from coproduction.experiments.report import city_maps, distribution
from coproduction.experiments.report.tables import Table as ReportTable

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.comparison import Comparison


def by_fifth_and_place(comparison: "Comparison") -> list[Part]:
    """Return pictures and tables by income fifth, maps of differences, and the neighbourhoods that are worst off."""
    parts: list[Part] = [Words("Differences in each fifth of residents by income.", "By income fifth")]
    parts += [
        Figure(panel.title, panel.svg, f"fifths-{place}")
        for place, panel in enumerate(distribution.picture(comparison).panels)
    ]
    parts.append(_table(distribution.quintile_table(comparison), "fifths", comparison.quintiles))
    sentences = " ".join(distribution.neighbourhood_sentences(comparison))
    parts.append(Words(sentences, "By neighbourhood"))
    parts += [
        Figure(panel.title, panel.svg, f"map-{number}-{place}")
        for number, picture in enumerate(city_maps.pictures(comparison)[:2])
        for place, panel in enumerate(picture.panels)
    ]
    parts.append(
        _table(distribution.worst_off_table(comparison), "neighbourhoods", comparison.neighbourhoods)
    )
    parts.append(_table(distribution.inequality_table(comparison), "inequality", comparison.equity))
    return parts


def _table(table: ReportTable, name: str, data: "pd.DataFrame") -> Table:
    rows = tuple(tuple(row) for row in data.itertuples(index=False))
    return Table(table.caption, table.headings, table.rows, name, (tuple(map(str, data.columns)), rows))
