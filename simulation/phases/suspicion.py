"""Phase 11, calls about somebody who looks suspicious: who that is, and what comes of an officer's look."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick, uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.phases.conduct import question
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.rules.conduct import suspicion_probability
from coproduction.simulation.rules.targets import around, cell_of, finds_in, resident_around
from coproduction.simulation.state import BY_CALLS, NOBODY, State

SUSPECT_LOOKS = 4
"""People whom somebody who calls about a suspicion may have seen."""

AFTER_CALL = 10000
"""Where the partners of draws about stops after a call begin; see ``beats.ON_FOOT``."""


@rule
def look_into(state: State, numbers: Numbers, seed: int, at: tuple[int, int]) -> None:
    """Let an officer look into a suspicion that somebody called about; at is place among them, watch."""
    place, watch = at
    officer, n, number = state.calls.checks[place]
    resident = suspect(state, numbers, (seed, watch), (n, number))
    if resident != NOBODY:
        group = state.residents.group[resident]
        state.books.encounters[watch // WATCHES_PER_WEEK, group, BY_CALLS] += 1
        question(state, numbers, seed, (officer, resident), (n, watch, n, AFTER_CALL + number))


@rule
def suspect(state: State, numbers: Numbers, when: tuple[int, int], call: tuple[int, int]) -> int:
    """Return who looks suspicious to others, or NOBODY; when is seed, watch; call neighbourhood, number."""
    (seed, watch), (n, number) = when, call
    cells, d = state.cells, numbers.parameters.dysfunctions
    cell = cell_of(state, n, uniform(seed, Decision.SUSPECT_CELL, n, watch, number))
    people = around(cells, cell)
    if people == 0:
        return NOBODY
    first = pick(uniform(seed, Decision.SUSPECT, n, watch, number), people)
    for look in range(min(SUSPECT_LOOKS, people)):
        resident = resident_around(cells, cell, (first + look) % people)
        if finds_in(state, numbers, resident, (seed, watch, cell)):
            chance = suspicion_probability(
                state.residents.group[resident] == 1, d.discrimination, d.report_bias
            )
            if uniform(seed, Decision.SUSPECTED, n, watch, SUSPECT_LOOKS * number + look) < chance:
                return resident
    return NOBODY
