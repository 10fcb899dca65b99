"""All analytic checks in one table: what closed forms predict, and what the model's own code gives.

    from coproduction.experiments.oracles import predicted_against_measured, printable
    print(printable(predicted_against_measured()))

Each row sets the other mechanisms off and runs the same rules and kernels as every experiment does.
"""

import math
from collections.abc import Sequence

from coproduction.experiments.oracle_rows import Row


def predicted_against_measured() -> list[Row]:
    """Return one row for each closed form; about a minute, and half a minute more where nothing is compiled yet."""
    from coproduction.experiments.oracle_allocation import allocation_rows
    from coproduction.experiments.oracle_careers import careers_rows
    from coproduction.experiments.oracle_dispatch import dispatch_rows
    from coproduction.experiments.oracle_draws import draw_rows
    from coproduction.experiments.oracle_justice import justice_rows
    from coproduction.experiments.oracle_offending import offending_rows
    from coproduction.experiments.oracle_patrol import visit_rows
    from coproduction.experiments.oracle_reporting import reporting_rows
    from coproduction.experiments.oracle_short import short_rows
    from coproduction.experiments.oracle_supply import supply_rows
    from coproduction.experiments.oracle_swings import delay_rows
    from coproduction.experiments.oracle_trust import trust_rows
    from coproduction.experiments.oracle_volunteer import volunteer_dilemma_rows

    rows = [
        *short_rows(),
        *draw_rows(),
        *reporting_rows(),
        *offending_rows(),
        *careers_rows(),
        *justice_rows(),
        *visit_rows(),
        *supply_rows(),
        *allocation_rows(),
        *delay_rows(),
        *dispatch_rows(),
    ]
    return [*rows, *trust_rows(), *volunteer_dilemma_rows(), *equity_rows()]


def predicted_against_measured_at_length() -> list[Row]:
    """Return the rows of the closed forms that need long runs; about ten minutes."""
    from coproduction.experiments.oracle_allocation import long_allocation_rows
    from coproduction.experiments.oracle_regimes import long_rows
    from coproduction.experiments.oracle_swings import long_delay_rows

    return [*long_allocation_rows(), *long_delay_rows(), *long_rows()]


def equity_rows() -> list[Row]:
    """Return the rows of O:equity: exact values on vectors made by hand."""
    from coproduction.experiments.equity import gini, theil

    one_has_all = [0.0, 0.0, 0.0, 8.0]
    exact = (
        ("Gini, one of four has all", 3.0 / 4.0, gini(one_has_all)),
        ("Gini of 1 to 5", 4.0 / 15.0, gini([1.0, 2.0, 3.0, 4.0, 5.0])),
        ("Theil, one of four has all", math.log(4.0), theil(one_has_all)),
    )
    return [Row("O:equity", name, predicted, measured, 1e-14) for name, predicted, measured in exact]


def summary(rows: Sequence[Row]) -> str:
    """Return how many checks of each oracle hold, a line each, in the order of the table."""
    lines = []
    for oracle in dict.fromkeys(row.oracle for row in rows):
        of_it = [row.holds for row in rows if row.oracle == oracle]
        lines.append(f"{oracle:14}  {sum(of_it):4} of {len(of_it):4} hold")
    return "\n".join(lines)


def printable(rows: Sequence[Row]) -> str:
    """Return the rows as a table for people."""
    oracle, quantity = (max(len(getattr(r, part)) for r in rows) for part in ("oracle", "quantity"))
    lines = [f"{'':{oracle}}  {'':{quantity}}  {'predicted':>16}  {'measured':>16}  {'tolerance':>9}"]
    for r in rows:
        figures = f"{r.predicted:16.10g}  {r.measured:16.10g}  {r.tolerance:9.2g}"
        lines.append(
            f"{r.oracle:{oracle}}  {r.quantity:{quantity}}  {figures}  {'holds' if r.holds else 'FAILS'}"
        )
    return "\n".join(lines)
