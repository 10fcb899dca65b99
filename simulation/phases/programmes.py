"""Phase 1, programmes: which of them run where, how strongly, and what that does to levers and to books."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.portfolio import CITY
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH
from coproduction.simulation.rules.programmes import (
    lever_added,
    placed_by_boards,
    programme_cost,
    runs_at,
    voluntary_strength,
)
from coproduction.simulation.state import NOBODY, State


@rule
def run_programmes(state: State, numbers: Numbers, seed: int, watch: int) -> tuple[float, float]:
    """Open and close programmes, set levers, book costs; return what the city pays in and beside its budget, USD."""
    portfolio = numbers.programmes
    changed = watch % WATCHES_PER_MONTH == 0
    for p in range(len(portfolio.start)):
        if watch == portfolio.start[p]:
            choose_places(state, numbers, (seed, watch), p)
        if watch in (portfolio.start[p], portfolio.end[p]):
            changed = True
    if changed and len(portfolio.start) > 0:
        set_levers(state, numbers, watch)
    return book_programmes(state, numbers, watch)


@rule
def choose_places(state: State, numbers: Numbers, when: tuple[int, int], p: int) -> None:
    """Open a programme, if the city adopts it: where it is to run, or where the police's map has most crime a head.

    when  seed, watch
    """
    seed, watch = when
    wanted, programmes = numbers.programmes.hottest[p], state.programmes
    if uniform(seed, Decision.ADOPTED, p, watch) >= adoption_chance(state, numbers, p):
        programmes.targets[p, :] = 0
        return
    for n in range(programmes.targets.shape[1]):
        programmes.targets[p, n] = 0 if wanted > 0 else numbers.programmes.targets[p, n]
    for _ in range(min(wanted, programmes.targets.shape[1])):
        hottest, most = NOBODY, -1.0
        for n in range(programmes.targets.shape[1]):
            mapped = mapped_crime(state, n)
            if programmes.targets[p, n] == 0 and mapped > most:
                hottest, most = n, mapped
        programmes.targets[p, hottest] = 1


@rule
def adoption_chance(state: State, numbers: Numbers, p: int) -> float:
    """Return the probability that the city adopts a programme, which falls once it has decided for a contract."""
    decided_for = numbers.contracting < 1.0 and state.government.declined[0] == 0
    return float(numbers.programmes.adoption_contracted[p] if decided_for else numbers.programmes.adoption[p])


@rule
def mapped_crime(state: State, n: int) -> float:
    """Return a neighbourhood's crime per resident on the police's fading map and recorded since."""
    places, cells, mapped = state.neighbourhoods, state.cells, 0.0
    for at in range(places.cell_start[n], places.cell_start[n + 1]):
        cell = places.cell[at]
        mapped += cells.crime_map[cell] + cells.recorded[cell]
        for week in range(len(cells.late)):
            mapped += cells.late[week, cell]
    return float(mapped / max(places.residents[n], 1))


@rule
def set_levers(state: State, numbers: Numbers, watch: int) -> None:
    """Renew the levers of every neighbourhood from programmes' strengths there."""
    programmes, portfolio, levers = state.programmes, numbers.programmes, state.neighbourhoods.levers
    levers[:] = 0.0
    for p in range(len(portfolio.start)):
        running = runs_at(portfolio.start[p], portfolio.end[p], watch)
        weigh_places(state, policing_at(state, numbers, watch).board_funding, p)
        for n in range(levers.shape[0]):
            strength = strength_in(state, numbers, p, n) * programmes.weight[p, n] if running else 0.0
            for lever in range(levers.shape[1]):
                levers[n, lever] += lever_added(portfolio.switches[lever], portfolio.amounts[p, lever],
                                                portfolio.dose[p], portfolio.fidelity[p], strength)  # fmt: skip
    for n in range(levers.shape[0]):
        for lever in range(levers.shape[1]):
            levers[n, lever] = min(levers[n, lever], portfolio.most[lever])


@rule
def weigh_places(state: State, share: float, p: int) -> None:
    """Let boards place a share of a programme's money among its neighbourhoods, by what they ask for."""
    programmes, places = state.programmes, state.neighbourhoods
    priority, residents = 0.0, 0
    for n in range(len(places.residents)):
        if programmes.targets[p, n] == 1:
            priority += places.priority[n]
            residents += places.residents[n]
    for n in range(len(places.residents)):
        programmes.weight[p, n] = placed_by_boards(
            share, places.priority[n], places.residents[n], priority, residents
        )


@rule
def strength_in(state: State, numbers: Numbers, p: int, n: int) -> float:
    """Return how strongly a running programme runs in a neighbourhood, 0 to 1."""
    if state.programmes.targets[p, n] == 0:
        return 0.0
    wanted = numbers.programmes.members_wanted[p]
    if wanted <= 0.0:
        return 1.0
    return voluntary_strength(state.programmes.members[p, n], wanted, state.neighbourhoods.residents[n])


@rule
def book_programmes(state: State, numbers: Numbers, watch: int) -> tuple[float, float]:
    """Book what running programmes cost each payer; return the city's part within and beside its budget, USD."""
    programmes, portfolio = state.programmes, numbers.programmes
    within, beside = 0.0, 0.0
    if watch == numbers.measured_from:
        programmes.spent[:] = 0.0
    for p in range(len(portfolio.start)):
        if runs_at(portfolio.start[p], portfolio.end[p], watch):
            for payer in range(portfolio.cost.shape[1]):
                usd = book_for_payer(state, numbers, p, payer)
                if payer == CITY and portfolio.from_budget[p] == 1:
                    within += usd
                elif payer == CITY:
                    beside += usd
    return within, beside


@rule
def book_for_payer(state: State, numbers: Numbers, p: int, payer: int) -> float:
    """Book what a programme costs one payer in each of its neighbourhoods; return the sum, USD."""
    programmes, portfolio, total = state.programmes, numbers.programmes, 0.0
    for n in range(programmes.targets.shape[1]):
        if programmes.targets[p, n] == 1:
            dose = portfolio.dose[p] * programmes.weight[p, n]
            usd = programme_cost(
                portfolio.cost[p, payer], dose, state.neighbourhoods.residents[n],
                portfolio.member_cost[p, payer], programmes.members[p, n],
            )  # fmt: skip
            programmes.spent[p, payer, n] += usd
            total += usd
    return total
