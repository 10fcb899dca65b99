"""O:courts and O:custody. Fates as products of probabilities; the share of time in custody by renewal theory."""

import math

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.oracle_city import (
    WITHOUT_CAREERS,
    WITHOUT_GUARDIANS,
    WITHOUT_LEARNING,
    Tables,
    at_limits,
    one_neighbourhood,
    unchanging,
    with_offenders,
    with_tables,
)
from coproduction.experiments.oracle_rows import Row, of_mean, of_share
from coproduction.simulation.case_files import BY_INVESTIGATION
from coproduction.simulation.engine import run_core
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import CRIME_NAMES, Parameters, Policing
from coproduction.simulation.phases.justice import charge, hold_court
from coproduction.simulation.population import populate
from coproduction.simulation.population.empty import empty_cases
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.rules.courts import custody_weeks_per_arrest
from coproduction.simulation.rules.justice import custody_share
from coproduction.simulation.state import FREE, NOBODY, Fate, State

OFFENDERS, WATCHES = 400, 50
WEEKS_END = WATCHES_PER_WEEK - 1
SERIOUSNESS = 0.5
COURTS: Tables = {
    "reporting": {"trust_weight": 0.0, "silence_weight": 0.0},
    "justice": {
        "charge": 0.6, "evidence_weight": 1.0, "diversion": 0.4, "conference": 0.5, "victim_agrees": 0.6,
        "offender_agrees": 0.7, "attendance": 0.8, "conviction": 0.4, "testimony_weight": 0.9, "retaliation": 0.0,
    },
}  # fmt: skip


def court_parameters() -> Parameters:
    """Return parameters under which the fate of a cleared case is a product of declared probabilities."""
    alike: Tables = {name: {"seriousness": SERIOUSNESS, "custodial": 1.0} for name in CRIME_NAMES}
    return with_tables(COURTS, alike)


def before_charge(parameters: Parameters, seed: int) -> State:
    """Return a city with a cleared case for each offender and watch; in every other watch with a witness."""
    state = populate(one_neighbourhood(1, 2), 100, unchanging(parameters), seed, WATCHES_PER_WEEK)
    n = OFFENDERS * WATCHES
    cases = empty_cases(n)
    cases.count[0] = n
    cases.watch[:], cases.offender[:] = np.divmod(np.arange(n), OFFENDERS)
    cases.crime[:] = np.arange(n) % len(CRIME_NAMES)
    cases.victim[:] = np.arange(n) % 50
    cases.fate[:], cases.cleared[:] = Fate.AWAITING_CHARGE, BY_INVESTIGATION
    cases.court_watch[:] = NOBODY
    seen = cases.watch % 2 == 1
    cases.witness[:] = np.where(seen, 50 + np.arange(n) % 50, NOBODY)
    cases.information[:] = seen
    state = with_offenders(state._replace(cases=cases), OFFENDERS, 0.01)
    state.offenders.arrests[:] = 1
    return state


def fates(seed: int = 1) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Return the fate of each case after charge and court, and whether it had a witness."""
    numbers = unchanging(court_parameters())
    state = before_charge(numbers.parameters, seed)
    packed = pack_state(state), pack_numbers(numbers)
    charge(*packed, seed, WEEKS_END)
    state.cases.court_watch[state.cases.fate == Fate.AWAITING_COURT] = WEEKS_END
    state.cases.marks[2] = 0
    hold_court(*packed, seed, WEEKS_END)
    return state.cases.fate, state.cases.witness != NOBODY


def expected_fates(p: Parameters, called: int) -> dict[Fate, float]:
    """Return the probability of each fate of a cleared case at a first arrest, with so many to testify."""
    j = p.justice
    charged = _shifted(j.charge, j.evidence_weight * (called - 1))
    diverted = charged * j.diversion * (1.0 - SERIOUSNESS)
    conferenced = (charged - diverted) * j.conference * j.victim_agrees * j.offender_agrees
    tried = charged - diverted - conferenced
    coming = [
        math.comb(called, k) * j.attendance**k * (1 - j.attendance) ** (called - k) for k in range(called + 1)
    ]
    convicted = sum(coming[k] * _shifted(j.conviction, j.testimony_weight * k) for k in range(1, called + 1))
    total = sum(s.share for s in p.sanctions)
    expected = {
        Fate.NOT_CHARGED: 1.0 - charged,
        Fate.DIVERTED: diverted,
        Fate.CONFERENCED: conferenced,
        Fate.WITHDRAWN: tried * coming[0],
        Fate.ACQUITTED: tried * (1.0 - coming[0] - convicted),
    }
    for kind, sanction in enumerate(p.sanctions):
        expected[Fate(Fate.COMMUNITY + kind)] = tried * convicted * sanction.share / total
    return expected


def _shifted(probability: float, by: float) -> float:
    """Add log odds to a probability, by way of its odds."""
    odds = probability / (1.0 - probability) * math.exp(by)
    return odds / (1.0 + odds)


def court_rows(seed: int = 1) -> list[Row]:
    """Compare the share of each fate with the product of probabilities, without and with a witness."""
    fate, seen = fates(seed)
    rows = []
    for called in (1, 2):
        of_these = fate[seen == (called == 2)]
        for kind, probability in expected_fates(court_parameters(), called).items():
            quantity = f"{kind.name.lower().replace('_', ' ')}, {called} called to testify"
            counted = int((of_these == kind).sum()), len(of_these)
            rows.append(of_share("O:courts", quantity, probability, counted))
    return rows


def custody_parameters(weeks: float) -> Parameters:
    """Return parameters under which every attempt ends in an arrest at the scene, remand and a week later prison."""
    even: Tables = {
        n: {"night_share": 1.0 / 3.0, "day_share": 1.0 / 3.0, "custodial": 1.0} for n in CRIME_NAMES
    }
    held: Tables = {
        "justice": {"charge": 1.0, "diversion": 0.0, "conference": 0.0, "remand": 1.0, "court_weeks": 0.0,
                    "conviction": 1.0},
        "community": {"share": 0.0}, "jail": {"share": 0.0}, "prison": {"weeks": weeks},
        "offending": {"certainty_weight": 0.0},
        "emergency_call": {"reach": 20.0}, "online_report": {"reach": 0.001}, "through_volunteer": {"reach": 0.001},
        "reporting": {"message_members": 0.0},
    }  # fmt: skip
    p = with_tables(WITHOUT_CAREERS, WITHOUT_GUARDIANS, WITHOUT_LEARNING, even, held)
    certain: dict[str, dict[str, float]] = {
        n: {"victim_reporting": 1.0, "reporting_delay": 1e-9} for n in CRIME_NAMES
    }
    certain["justice"] = {"scene_arrest": 1.0, "scene_decay": 1e12}
    return at_limits(p, certain)


def custody_rows(seed: int = 1, weeks: float = 4.0, rate: float = 0.003) -> list[Row]:
    """Compare the share of time in custody with that of an alternating renewal process in weeks.

    A free week ends with k arrests, k binomial; then follow a week of remand and the longest of k sentences, each one
    and the whole part of an exponential one. The rule that sets who starts in custody takes arrests one by one.
    """
    offenders, settled, last = 500, 40, 240
    numbers = unchanging(custody_parameters(weeks), Policing(budget=1500.0))
    state = populate(one_neighbourhood(20, 20), 5000, numbers, seed, last * WATCHES_PER_WEEK)
    state = with_offenders(state, offenders, rate)
    held = np.zeros(offenders)
    for week in range(last):
        first = week * WATCHES_PER_WEEK
        state = run_core(state, numbers, seed, first, first + WATCHES_PER_WEEK)
        held += (state.offenders.held != FREE) * (week >= settled)
    arrest = 1.0 - math.exp(-rate)
    share = expected_custody(arrest, weeks)
    by_rule = custody_share(arrest, custody_weeks_per_arrest(numbers.parameters) * WATCHES_PER_WEEK)
    return [
        of_mean("O:custody", "share of time in custody", share, held / (last - settled)),
        Row("O:custody", "the same by the rule for the start", share, by_rule, 0.05 * share),
    ]


def expected_custody(arrest: float, weeks: float) -> float:
    """Return the share of weeks in custody, with that probability of an arrest in each free watch."""
    r, n = math.exp(-1.0 / weeks), WATCHES_PER_WEEK
    chance = [math.comb(n, k) * arrest**k * (1 - arrest) ** (n - k) for k in range(n + 1)]
    longest = [sum(1.0 - (1.0 - r**m) ** k for m in range(2000)) for k in range(n + 1)]
    away = sum(chance[k] * (1.0 + longest[k]) for k in range(1, n + 1))
    return away / (1.0 + away)


def justice_rows() -> list[Row]:
    """Return the rows of O:courts and O:custody."""
    return [*court_rows(), *custody_rows()]
