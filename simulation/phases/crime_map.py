"""Phase 2, weekly: how a week's records come onto the crime map, weeks later, and what a discovery counts."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.parameters.policing import Policing
from coproduction.simulation.rules.police import counted_on_map, patrol_importance
from coproduction.simulation.state import State


@rule
def enter_records(state: State, levers: Policing, cell: int, week: int, usual_patrol: float) -> None:
    """Put the week's records of a cell in line for the crime map; usual_patrol is the mean of ``patrolled``."""
    cells = state.cells
    importance = 1.0
    if cells.discovered[cell] > 0:  # then there was a stop
        importance = patrol_importance(cells.patrolled[cell], usual_patrol, levers.discovery_correction)
    told = cells.recorded[cell] - cells.discovered[cell]
    cells.late[week % len(cells.late), cell] = counted_on_map(
        told, cells.discovered[cell], levers.discovery_weight, importance
    )
    cells.recorded[cell] = 0
    cells.discovered[cell] = 0


@rule
def due_for_map(state: State, cell: int, week: int) -> float:
    """Take from the line, and return, what of a cell's records comes onto the crime map at the end of a week."""
    late = state.cells.late
    oldest = (week + 1) % len(late)
    due = late[oldest, cell]
    late[oldest, cell] = 0.0
    return float(due)
