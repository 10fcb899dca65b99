"""Programmes: how strongly one runs in a neighbourhood, and what it adds there to each lever."""

import numpy as np

from coproduction.experiments.explanations.explanation import Explanation, Term
from coproduction.experiments.explanations.moment import Moment
from coproduction.experiments.explanations.sources import source_of, theory_of
from coproduction.experiments.follow_words import chance
from coproduction.simulation.parameters.levers import LEVERS, lever_declarations
from coproduction.simulation.phases.programmes import strength_in
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.rules.programmes import (
    lever_added,
    placed_by_boards,
    runs_at,
    voluntary_strength,
)


def strength(moment: Moment, p: int) -> tuple[Explanation, ...]:
    """Return how strongly a programme runs, in each of its neighbourhoods."""
    return tuple(strength_at(moment, p, int(n)) for n in np.flatnonzero(moment.state.programmes.targets[p]))


def strength_at(moment: Moment, p: int, n: int) -> Explanation:
    """Return how strongly a programme runs in a neighbourhood."""
    state, portfolio = moment.state, moment.numbers.programmes
    running = bool(runs_at(portfolio.start[p], portfolio.end[p], moment.watch))
    weight, wanted = float(state.programmes.weight[p, n]), float(portfolio.members_wanted[p])
    boards = Term("placed by boards", weight, "factor", "1 is as much as everywhere; boards place "
                  f"{chance(moment.policing.board_funding)} of it", source_of("policing", "board_funding"))  # fmt: skip
    residents, members = int(state.neighbourhoods.residents[n]), int(state.programmes.members[p, n])
    terms: tuple[Term, ...]
    if not running or state.programmes.targets[p, n] == 0:
        form, terms = "as it is", (Term("does not run here now", 0.0, "share of full strength"),)
    elif wanted <= 0.0:
        form, terms = "product", (Term("carried by staff", 1.0, "share of full strength"), boards)
    else:
        form, terms = "strength", (
            Term("members", members, "residents", f"{1000.0 * members / max(residents, 1):.1f} per 1,000 residents"),
            Term("wanted", wanted, "members per 1,000 residents", "at full strength"),
            Term("who live there", residents, "residents"),
            boards,
        )  # fmt: skip
    result = strength_now(moment, p, n)
    return Explanation(
        "strength", "How strongly does it run?", terms, form, result, "voluntary_strength",
        f"{theory_of(voluntary_strength)} {theory_of(placed_by_boards)}", f"neighbourhood {moment.place(n)}",
        unit="share of full strength",
    )  # fmt: skip


def strength_now(moment: Moment, p: int, n: int) -> float:
    """Return how strongly a programme runs in a neighbourhood now, times what boards place there."""
    portfolio = moment.numbers.programmes
    if not runs_at(portfolio.start[p], portfolio.end[p], moment.watch):
        return 0.0
    return float(strength_in(moment.state, moment.numbers, p, n) * moment.state.programmes.weight[p, n])


def levers(moment: Moment, p: int) -> tuple[Explanation, ...]:
    """Return what a programme adds to each of its levers where it runs most strongly; nothing if it runs nowhere."""
    if not moment.state.programmes.targets[p].any():
        return ()
    places = range(len(moment.state.neighbourhoods.residents))
    n = max(places, key=lambda place: strength_now(moment, p, place))
    moved = np.flatnonzero(moment.numbers.programmes.amounts[p])
    return tuple(lever_at(moment, p, n, int(lever)) for lever in moved)


def lever_at(moment: Moment, p: int, n: int, lever: int) -> Explanation:
    """Return what a programme adds to a lever in a neighbourhood."""
    portfolio, row = moment.numbers.programmes, lever_declarations()[lever]
    strong = strength_now(moment, p, n)
    values = (
        portfolio.switches[lever],
        portfolio.amounts[p, lever],
        portfolio.dose[p],
        portfolio.fidelity[p],
        strong,
    )
    switch, amount, dose, fidelity, _ = (float(value) for value in values)
    terms = (
        Term("pathway", switch, "switch", f"{row.pathway}{'' if switch else ' is cut'}"),
        Term("amount", amount, "lever's unit", row.unit),
        Term("dose", dose, "factor", "multiple of the usual"),
        Term("fidelity", fidelity, "share", "carried out as meant"),
        Term("strength", strong, "share", f"in neighbourhood {moment.place(n)}"),
    )
    most, together = float(portfolio.most[lever]), moment.lever(n, lever)
    note = (
        f"With all programmes the lever is {together:.4g} there, of at most {most:g}; source: {row.source}."
    )
    return Explanation(
        "lever", f"What does it add in neighbourhood {moment.place(n)}?", terms, "product",
        float(lever_added(switch, amount, dose, fidelity, strong)), "lever_added", theory_of(lever_added),
        LEVERS[lever].replace("_", " "), unit=row.unit, notes=(note,),
    )  # fmt: skip


def weeks_of(moment: Moment, p: int) -> str:
    """Return from when until when a programme runs, in words."""
    first = int(moment.numbers.programmes.start[p]) // WATCHES_PER_WEEK + 1
    return f"runs from week {first} on"
