"""Offenders on their way: which cell, of all in reach, and what stands in the way there."""

from coproduction.experiments.explanations.explanation import Explanation, Term
from coproduction.experiments.explanations.moment import Moment, decided
from coproduction.experiments.explanations.offending import ANCHOR_NAMES, origin_now, tries, type_now
from coproduction.experiments.explanations.sources import crime_named, source_of, theory_of
from coproduction.experiments.explanations.telling import sum_of
from coproduction.experiments.follow_words import counted
from coproduction.simulation.decisions import Decision
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.crimes import HOMES, HOUSEHOLD, PEOPLE
from coproduction.simulation.phases.offend import guardianship_against, place_for
from coproduction.simulation.rules.attractiveness import attractiveness, target_weight
from coproduction.simulation.rules.calendar import watch_of_day
from coproduction.simulation.rules.guardianship import remaining_patrol, stopped_probability
from coproduction.simulation.rules.offending import distance_pull, reach_of
from coproduction.simulation.rules.targets import (
    choose_target,
    exposed_in,
    guardianship_terms,
    volunteers_in,
)
from coproduction.simulation.state import NOBODY, State

FIRST_TRY = 1


def squared_distance(state: State, one: int, other: int) -> int:
    """Return the squared distance between two cells in cells, as journeys reckon with it."""
    columns = int(state.rates.grid[1])
    rows = one // columns - other // columns
    return int(rows**2 + (one % columns - other % columns) ** 2)


def weights_in_reach(
    state: State, numbers: Numbers, offence: tuple[int, int], origin: int
) -> dict[int, float]:
    """Return what each cell in reach weighs, its weight as a target times the pull of its distance, in order.

    offence  crime type, watch
    """
    crime, watch = offence
    exposure, decay = (
        int(numbers.parameters.crimes[crime].exposure),
        numbers.parameters.offending.distance_decay,
    )
    rows, columns = (int(n) for n in state.rates.grid)
    reach = reach_of(decay)
    row, column = divmod(origin, columns)
    cells, exposed, weights = state.cells, exposed_in(state.cells, exposure, watch), {}
    for r in range(max(row - reach, 0), min(row + reach + 1, rows)):
        for c in range(max(column - reach, 0), min(column + reach + 1, columns)):
            cell = r * columns + c
            weight = float(target_weight(exposed[cell], cells.fixed[crime, cell], cells.boost[crime, cell]))
            if weight > 0.0:
                weights[cell] = weight * distance_pull(squared_distance(state, cell, origin), decay)
    return weights


def place_now(moment: Moment, offender: int) -> int:
    """Return the cell that an attempt in this watch goes for first, or would; NOBODY if there is none."""
    crime, (_, origin) = type_now(moment, offender), origin_now(moment, offender)
    offence = (offender, crime, FIRST_TRY)
    return int(place_for(moment.state, moment.numbers, (moment.seed, moment.watch), offence, origin))


def where(moment: Moment, offender: int) -> tuple[Explanation, ...]:
    """Return where an attempt would be made; nothing for one that is made at home, or with nothing in reach."""
    crime, (anchor, origin) = type_now(moment, offender), origin_now(moment, offender)
    weights = weights_in_reach(moment.state, moment.numbers, (crime, moment.watch), origin)
    if int(moment.parameters.crimes[crime].exposure) == HOUSEHOLD or not weights:
        return ()
    terms = tuple(_cell(moment, crime, origin, cell, weight) for cell, weight in weights.items())
    taken, name = tries(moment, offender), crime_named(moment.parameters, crime)
    chosen = cell_named(moment, place_now(moment, offender))
    told = "" if taken else f"If it were tried in this watch, luck would lead to {chosen}."
    return (
        Explanation(
            "where", f"Where would an attempt of {name} be made, starting from the {ANCHOR_NAMES[anchor]}?", terms,
            "choice", max(weights.values()) / sum_of(list(weights.values())), "choose_target",
            f"{theory_of(choose_target)} {theory_of(target_weight)}",
            draw=moment.luck(Decision.TARGET, offender, FIRST_TRY) if taken else None,
            outcome=chosen if taken else None,
            notes=(f"{counted(len(weights), 'cell')} in reach. {told}".rstrip(),),
        ),
    )  # fmt: skip


def cell_named(moment: Moment, cell: int) -> str:
    """Return a cell in words."""
    if cell == NOBODY:
        return "nowhere"
    n = int(moment.state.cells.neighbourhood[cell])
    return f"cell {cell}, {'outside' if n == NOBODY else 'neighbourhood ' + moment.place(n)}"


def _cell(moment: Moment, crime: int, origin: int, cell: int, weight: float) -> Term:
    cells, decay = moment.state.cells, moment.parameters.offending.distance_decay
    squared = squared_distance(moment.state, cell, origin)
    people = int(moment.parameters.crimes[crime].exposure) == PEOPLE
    exposed = cells.present[watch_of_day(moment.watch), cell] if people else cells.homes[cell]
    found = attractiveness(float(cells.fixed[crime, cell]), float(cells.boost[crime, cell]))
    detail = (
        f"{float(exposed):.1f} {'persons there' if people else 'residents'} × attraction {found:.2f} × pull "
        f"{distance_pull(squared, decay):.3f} over {squared**0.5:.1f} cells"
    )
    return Term(cell_named(moment, cell), weight, "weight", detail, source_of("offending", "distance_decay"))


def stopped(moment: Moment, offender: int) -> tuple[Explanation, ...]:
    """Return whether guardians stop an attempt in the cell that it is made in, or would be."""
    crime, cell = type_now(moment, offender), place_now(moment, offender)
    if cell == NOBODY:
        return ()
    kind, state = moment.parameters.crimes[crime], moment.state
    parts = guardianship_terms(
        state.cells, state.neighbourhoods, moment.parameters.guardianship, cell, moment.watch
    )
    against = guardianship_against(state, moment.numbers, crime, cell, moment.watch)
    result = float(stopped_probability(float(against)))
    terms = (
        Term("bears on it", kind.guardable, "share", f"of guardianship, for {crime_named(moment.parameters, crime)}",
             source_of(kind.name, "guardable")),
        *_guardians(moment, cell, tuple(float(part) for part in parts)),
    )  # fmt: skip
    u = moment.luck(Decision.STOPPED, offender, FIRST_TRY)
    draw, outcome = decided(
        tries(moment, offender), u, result, ("guardians stop it", "guardians do not stop it")
    )
    home = (
        ("An attempt on a home can also fail at its locks or alarm.",) if int(kind.exposure) == HOMES else ()
    )
    return (
        Explanation(
            "stopped", f"Would guardians stop an attempt in {cell_named(moment, cell)}?", terms, "stopped", result,
            "stopped_probability", f"{theory_of(stopped_probability)} {theory_of(guardianship_terms)}", draw=draw,
            outcome=outcome, notes=home,
        ),
    )  # fmt: skip


def _guardians(moment: Moment, cell: int, parts: tuple[float, ...]) -> tuple[Term, ...]:
    cells, g = moment.state.cells, moment.parameters.guardianship
    present = float(cells.present[watch_of_day(moment.watch), cell])
    efficacy = float(moment.state.neighbourhoods.efficacy[cells.neighbourhood[cell]])
    waited = moment.watch - int(cells.patrol_seen[cell])
    felt = remaining_patrol(float(cells.patrol[cell]), waited, g.patrol_memory)
    visits = counted(int(volunteers_in(cells, cell, moment.watch)), "visit")
    return (
        Term("eyes on the street", parts[0], "guardianship",
             f"{g.eyes:g} × collective efficacy {efficacy:.3f} × ln(1 + {present:.1f} present)",
             source_of("guardianship", "eyes")),
        Term("patrol", parts[1], "guardianship", f"{g.patrol:g} × {felt:.3f} stops still felt",
             source_of("guardianship", "patrol")),
        Term("volunteers", parts[2], "guardianship", f"{g.volunteer:g} × {visits} in this watch",
             source_of("guardianship", "volunteer")),
        Term("design", parts[3], "guardianship", "lighting and design by programmes", source_of("levers", "design")),
    )  # fmt: skip
