"""The city government: whether it contracts out or adopts a programme, which posts it pays, where patrol goes."""

from functools import reduce
from operator import add

import numpy as np

from coproduction.experiments.explanations.explanation import LOG_ODDS, Explanation, Term
from coproduction.experiments.explanations.moment import Moment, decided
from coproduction.experiments.explanations.sources import source_of, theory_of
from coproduction.experiments.explanations.targets import cell_named
from coproduction.experiments.follow_words import chance, counted
from coproduction.scenarios.programmes.adoption import (
    adoption_probability,
    adoption_terms,
    contracting_probability,
    contracting_terms,
)
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
from coproduction.simulation.parameters.government import Adoption, CityGovernment, Contracting
from coproduction.simulation.phases.change import planned_share
from coproduction.simulation.phases.deploy import PAID_OVER
from coproduction.simulation.phases.programmes import adoption_chance, book_programmes
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.rules.police import (
    affordable_posts,
    instalment,
    patrol_terms,
    patrol_weight,
    programme_spending,
)
from coproduction.simulation.state import copied

USD = "USD a watch"
SHARE = "share of patrol"
Named = tuple[tuple[str, str], ...]
ADOPTING = (
    ("usual", "usual"), ("contracting", "contracted"), ("size of the city", "size"),
    ("property crime", "property_crime"),
    ("ideology", "conservative"), ("police unions", "bargaining"), ("problem-solving", "problem_solving"),
    ("shortage", "deficiency"),
)  # fmt: skip
CONTRACTING = (
    ("usual", "usual"), ("size of the city", "size"), ("property crime", "property_crime"),
    ("police unions", "bargaining"), ("shortage", "deficiency"),
)  # fmt: skip


def contract(moment: Moment, _: int = 0) -> tuple[Explanation, ...]:
    """Return whether the city takes up the policy's arrangement; nothing where that is not left to it."""
    if moment.names.government.decides == 0.0:
        return ()
    result, start = float(moment.numbers.contracting), moment.numbers.policy_start
    begun = moment.watch >= start
    u = uniform(moment.seed, Decision.CONTRACTS_OUT, 0, start)
    draw, outcome = decided(begun, u, result, ("takes up the arrangement on offer", "stays as it is"))
    when = f"Decided once, in week {start // WATCHES_PER_WEEK + 1}, {'which is past' if begun else 'still to come'}."
    return (
        Explanation(
            "contract", "Does the city take up the policy's arrangement?", _contracting(moment), "log odds",
            result, "contracting_probability", theory_of(contracting_probability), draw=draw, outcome=outcome,
            notes=(when,),
        ),
    )  # fmt: skip


def _contracting(moment: Moment) -> tuple[Term, ...]:
    city, c = moment.names.government, Contracting()
    return _decided_by(city, c, CONTRACTING, contracting_terms(city, c))


def _decided_by(
    city: CityGovernment, weights: Adoption | Contracting, keys: Named, values: tuple[float, ...]
) -> tuple[Term, ...]:
    """Return the terms of a decision of the city; keys are their names and the parameters that they rest on."""
    table = type(weights).__name__.lower()
    details = [f"{chance(weights.usual)} of cities like the average one"]
    details += [_told_of(city, weights, key) for _, key in keys[1:]]
    return tuple(
        Term(name, value, LOG_ODDS, detail, source_of(table, key))
        for (name, key), value, detail in zip(keys, values, details, strict=True)
    )


def _told_of(city: CityGovernment, weights: Adoption | Contracting, key: str) -> str:
    value = getattr(city, "population" if key == "size" else key)
    return f"{key} {value:,g}, weight {getattr(weights, key):g}"


def adopt(moment: Moment, _: int = 0) -> tuple[Explanation, ...]:
    """Return, for each programme of the policy, whether the city adopts it."""
    return tuple(_adopts(moment, p) for p in range(len(moment.numbers.programmes.start)))


def _adopts(moment: Moment, p: int) -> Explanation:
    portfolio = moment.numbers.programmes
    start = int(portfolio.start[p])
    result = float(adoption_chance(moment.state, moment.numbers, p))
    left = bool(moment.names.left_to_city and moment.names.left_to_city[p])
    terms = (
        _adoption(moment)
        if left
        else (Term("set by the scenario", result, "probability", "not left to the city"),)
    )
    u = uniform(moment.seed, Decision.ADOPTED, p, start)
    begun = moment.watch >= start
    draw, outcome = decided(begun, u, result, ("adopts it", "does not adopt it"))
    when = f"Decided once, in week {start // WATCHES_PER_WEEK + 1}, {'which is past' if begun else 'still to come'}."
    return Explanation(
        "adopt", "Does the city adopt the programme?", terms, "log odds" if left else "as it is", result,
        "adoption_probability", theory_of(adoption_probability), moment.programme(p), draw=draw, outcome=outcome,
        notes=(when,),
    )  # fmt: skip


def _adoption(moment: Moment) -> tuple[Term, ...]:
    """Return the terms of adopting a programme; what cannot happen has no finite log odds and no term."""
    city, a = moment.names.government, Adoption()
    if city.decides > 0.0 and moment.state.government.declined[0] == 0:
        city = city._replace(contracted=1.0)
    return _decided_by(city, a, ADOPTING, adoption_terms(city, a))


def posts(moment: Moment, _: int = 0) -> tuple[Explanation, ...]:
    """Return how many full-time officers a watch's money pays: where the money goes.

    The moment must lie before the watch's first phase, since the calendar pays what is owed.
    """
    levers, state = moment.policing, moment.state
    residents = len(state.residents.home)
    given, officer = levers.budget * residents / WATCHES_PER_YEAR, levers.officer_cost / WATCHES_PER_YEAR
    books = state._replace(programmes=copied(state.programmes))
    within, beside = book_programmes(books, moment.numbers, moment.watch)
    coordinators, meetings, co_responders = programme_spending(levers, residents)
    standing, owed = coordinators + meetings + co_responders, float(state.government.owed[0])
    training = float(instalment(owed, PAID_OVER, given - within - standing))
    terms = (
        Term("budget", given, USD, f"{levers.budget:g} USD a year × {residents:,} residents",
             source_of("policing", "budget")),
        Term("programmes", -float(within), USD, f"from the budget; {float(beside):,.0f} more beside it"),
        Term("coordinators", -coordinators, USD, f"{levers.coordinators:g} posts per 10,000 residents",
             source_of("policing", "coordinator_cost")),
        Term("meetings", -meetings, USD, f"{levers.meetings:g} a year per 10,000 residents",
             source_of("policing", "meeting_cost")),
        Term("co-responders", -co_responders, USD, f"{levers.co_responders:g} posts per 10,000 residents",
             source_of("policing", "co_responder_cost")),
        Term("training", -training, USD, f"instalment of {owed:,.0f} USD owed",
             source_of("volunteering", "training_cost")),
        Term("cost of an officer", officer, USD, f"{levers.officer_cost:,.0f} USD a year",
             source_of("policing", "officer_cost")),
    )  # fmt: skip
    result = float(affordable_posts(given - within, standing + training, officer))
    note = f"{1000.0 * result / residents:.2f} officers per 1,000 residents. What programmes take, officers lose."
    return (
        Explanation(
            "posts", "How many officers does this watch's money pay?", terms, "posts", result, "affordable_posts",
            theory_of(affordable_posts), unit="full-time officers", notes=(note,),
        ),
    )  # fmt: skip


def patrol(moment: Moment, _: int = 0) -> tuple[Explanation, ...]:
    """Return a cell's share of patrol, for the cell with the largest and an average one.

    The moment must lie just after the weekly plan, for the plan's own numbers.
    """
    cells = moment.state.cells
    inside = moment.state.beats.cell
    mapped = reduce(add, cells.crime_map.tolist(), 0.0)
    shares = [float(planned_share(moment.state, moment.policing, int(c), mapped)) for c in inside]
    order = np.argsort(shares, kind="stable")
    chosen = {"largest share": int(inside[order[-1]]), "median cell": int(inside[order[len(order) // 2]])}
    return tuple(patrol_to(moment, cell, about) for about, cell in chosen.items())


def patrol_to(moment: Moment, cell: int, about: str = "cell asked for") -> Explanation:
    """Return a cell's share of patrol; the cell must lie in the city."""
    state, levers = moment.state, moment.policing
    n = int(state.cells.neighbourhood[cell])
    inside = len(state.beats.cell)
    mapped, here = reduce(add, state.cells.crime_map.tolist(), 0.0), float(state.cells.crime_map[cell])
    size = int(state.neighbourhoods.cell_start[n + 1] - state.neighbourhoods.cell_start[n])
    even, priority = 1.0 / inside, float(state.neighbourhoods.priority[n])
    on_map = here / mapped if mapped > 0.0 else even
    parts = patrol_terms(even, on_map, priority / size, levers.hot_spots, levers.boards)
    found = (
        f"{levers.hot_spots:g} × {here:.2f} of {mapped:.1f} recorded offences on the fading map"
        if mapped > 0.0
        else f"{levers.hot_spots:g} × an even share, as the map is empty"
    )
    terms = (
        Term("evenly", parts[0], SHARE, f"{1.0 - levers.hot_spots:g} × 1 of {inside:,} cells",
             source_of("policing", "hot_spots")),
        Term("by the crime map", parts[1], SHARE, found, source_of("policing", "hot_spots")),
        Term("what boards leave", parts[2], "share", f"1 − {levers.boards:g}", source_of("policing", "boards")),
        Term("by boards", parts[3], SHARE,
             f"{levers.boards:g} × {chance(priority)} claimed by neighbourhood {moment.place(n)} / "
             f"{counted(size, 'cell')}",
             source_of("policing", "boards")),
    )  # fmt: skip
    result = float(planned_share(state, levers, cell, mapped))
    against = f"{result * inside:.2f} times the share of an average cell."
    return Explanation(
        "patrol", "What share of patrol goes to a cell?", terms, "patrol", result,
        "patrol_weight", theory_of(patrol_weight), f"{about}, {cell_named(moment, cell)}", unit=SHARE, notes=(against,),
    )  # fmt: skip
