"""An explanation says what the run does: outcomes against the state of the city after the phase that decided."""

import dataclasses

import numpy as np
import pytest

from coproduction.experiments.explanations import (
    government,
    helping,
    offending,
    officers,
    portfolio,
    targets,
    telling,
)
from coproduction.experiments.explanations.careers import career
from coproduction.experiments.explanations.conduct import leaves
from coproduction.experiments.explanations.explanation import Explanation
from coproduction.experiments.explanations.officers import duty
from coproduction.experiments.explanations.places import claim, disorder, efficacy
from coproduction.experiments.explanations.protecting import protection
from coproduction.experiments.explanations.sources import crime_named
from coproduction.experiments.explanations.watch import (
    CAREERS,
    COURT,
    ENLIST,
    PLANNED,
    PROTECT,
    STAFF,
    START,
    STREET,
    TIDY,
    UNITE,
    Watch,
)
from coproduction.experiments.stages import city_at, through_phases
from coproduction.scenarios.scenario import replace
from coproduction.simulation.decisions import Decision
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH
from coproduction.simulation.schedule import PHASES
from coproduction.simulation.state import (
    ACTIVE,
    ATTEMPTS,
    DESISTED,
    NOBODY,
    PEERS,
    POTENTIAL,
    TRAINING_PAID,
    Fate,
    State,
    copied,
)

RESIDENTS = range(300)


@pytest.fixture(scope="module")
def afterwards(watch: Watch) -> State:
    """Return the city after the watch."""
    return city_at(watch.scenario, watch.seed, watch.number + 1)


def one(found: tuple[Explanation, ...]) -> Explanation:
    """Return the only explanation."""
    assert len(found) == 1
    return found[0]


def test_who_offers_to_help_and_who_leaves(watch: Watch) -> None:
    before, after = watch.before("change").state.residents, watch.before(PROTECT).state.residents
    seen = set()
    for resident in RESIDENTS:
        each = one(helping.volunteering(watch.settled(resident, met=True), resident))
        serves = before.volunteer[resident] == 1
        happened = (
            ("leaves", "stays")[int(after.volunteer[resident])]
            if serves
            else ("does not offer to help", "offers to help")[int(after.wants_to_join[resident])]
        )
        assert each.outcome == happened, resident
        seen.add(each.outcome)
    assert seen == {"leaves", "stays", "offers to help", "does not offer to help"}


def test_resident_decides_as_the_month_has_left_the_resident(watch: Watch) -> None:
    # serving for a month also teaches a volunteer, after the decisions on meetings and joining
    after = watch.before(PROTECT).state.residents
    for resident in RESIDENTS:
        found = watch.settled(resident, met=True).state.residents
        for column in (
            "fear",
            "trust",
            "perceived",
            *(() if found.volunteer[resident] else ("self_efficacy",)),
        ):
            assert getattr(found, column)[resident] == getattr(after, column)[resident]


def test_who_comes_to_meetings(watch: Watch) -> None:
    moment = watch.before("change")
    home, voiced = moment.state.residents.neighbourhood, np.zeros(49, np.int64)
    for resident in RESIDENTS:
        settled = watch.settled(resident, met=False)
        if one(helping.meeting(settled, resident)).outcome == "comes":
            voiced[home[resident]] += int(1000.0 * settled.state.residents.fear[resident])
    assert voiced.sum() > 0
    gained = watch.before(PROTECT).state.neighbourhoods.concern - moment.state.neighbourhoods.concern
    assert voiced.tolist() == gained.tolist()


def test_what_is_left_of_disorder(watch: Watch) -> None:
    moment, after = watch.before(TIDY), watch.before("talk").state.cells.disorder
    places, cells, cases = moment.state.neighbourhoods, moment.state.cells, moment.state.cases
    strewn = cells.disorder.copy()
    for row in range(int(cases.count[0])):
        if cases.watch[row] > watch.number - WATCHES_PER_MONTH:
            strewn[cases.cell[row]] += moment.parameters.crimes[cases.crime[row]].traces
    for n in range(len(places.residents)):
        mine = places.cell[places.cell_start[n] : places.cell_start[n + 1]]
        assert after[mine] == pytest.approx(one(disorder(moment, n)).result * strewn[mine])
    assert after.any()


def test_whether_the_city_contracts_out(watch: Watch, afterwards: State) -> None:
    each = one(government.contract(watch.before(STREET)))
    assert 0.0 < each.result < 1.0
    assert (each.outcome == "stays as it is") == bool(afterwards.government.declined[0])


def test_who_takes_up_protection(watch: Watch) -> None:
    moment, after = watch.before(PROTECT), watch.before("expect").state.residents.protection
    seen = set()
    for resident in RESIDENTS:
        for domain, each in enumerate(protection(moment, resident)):
            does = bool(after[resident] >> domain & 1)
            assert (each.outcome in {"keeps it", "takes it up"}) == does
            seen.add(each.outcome)
    assert seen == {"keeps it", "takes it up", "gives it up", "does without"}


def test_who_joins_and_leaves_programmes(watch: Watch, afterwards: State) -> None:
    moment, seen = watch.before(ENLIST), set()
    for resident in RESIDENTS:
        for each in helping.programmes(moment, resident):
            member = bool(afterwards.residents.memberships[resident] & 1)
            if each.decision == "leave_programme":
                assert (each.outcome == "stays") == member
            else:
                assert not member or each.outcome == "offers to join"  # there may be no place
            seen.add((each.decision, each.outcome))
    assert len(seen) == 4


def test_careers(watch: Watch) -> None:
    moment, after = watch.before(CAREERS), watch.before("join").state.offenders.career
    seen = set()
    for offender, before in enumerate(moment.state.offenders.career):
        found = career(moment, offender)
        assert bool(found) == (before in {POTENTIAL, ACTIVE})
        for each in found:
            becomes = {"begins": ACTIVE, "gives up for good": DESISTED}.get(str(each.outcome), before)
            assert after[offender] == becomes
            seen.add(each.outcome)
            if each.decision == "give_up":
                peers = [int(p) for p in moment.state.offenders.peers[offender] if p != NOBODY]
                active = sum(moment.state.offenders.career[peer] == ACTIVE for peer in peers)
                assert each.terms[4].value == -moment.parameters.careers.peers_weight * active / PEERS
    assert {"begins", "does not begin", "gives up for good", "goes on"} <= seen


def test_attempts_and_where_they_lead(watch: Watch) -> None:
    moment, after = watch.before(STREET), watch.before("victimise").state
    made = {
        offender
        for offender in range(len(after.offenders.resident))
        if one(offending.attempt(moment, offender)).outcome == "tries an offence"
    }
    week = watch.week - 1
    attempts = after.books.weekly[week, ATTEMPTS] - moment.state.books.weekly[week, ATTEMPTS]
    assert len(made) == attempts > 0
    rows = range(int(after.cases.marks[0]), int(after.cases.count[0]))
    assert rows
    for row in rows:
        offender, cases = int(after.cases.offender[row]), after.cases
        assert offender in made
        assert one(offending.attempt(moment, offender)).result == cases.attempt_probability[row]
        assert offending.type_now(moment, offender) == cases.crime[row]
        assert offending.origin_now(moment, offender)[0] == cases.anchor[row]
        if cases.tries[row] == 1:
            assert targets.place_now(moment, offender) == cases.cell[row]
            assert one(targets.stopped(moment, offender)).outcome == "guardians do not stop it"


def test_reports_of_victims(watch: Watch) -> None:
    moment, after = watch.before(STREET), watch.before("call").state
    checked = 0
    for row in range(int(after.cases.marks[0]), int(after.cases.count[0])):
        victim, crime = int(after.cases.victim[row]), int(after.cases.crime[row])
        if victim != NOBODY:
            minority = after.residents.group[after.offenders.resident[after.cases.offender[row]]] == 1
            named = crime_named(moment.parameters, crime)
            of_type = [e for e in telling.report_as_victim(moment, victim) if e.about.split(",")[0] == named]
            each = of_type[-1] if minority else of_type[0]  # alike where nobody is met
            assert each.result == after.cases.report_probability[row]
            checked += 1
    assert checked


def test_victims_in_court(watch: Watch) -> None:
    moment, after = watch.before(COURT), watch.before("charge").state
    n, waiting = int(after.cases.count[0]), moment.state.cases.fate
    tried = [
        row
        for row in range(n)
        if waiting[row] == Fate.AWAITING_COURT and after.cases.fate[row] != Fate.AWAITING_COURT
    ]
    called = [row for row in tried if after.cases.victim[row] != NOBODY]
    assert called
    for row in called:
        usual, _ = telling.court(moment, int(after.cases.victim[row]))
        assert usual.result == after.cases.victim_attendance[row]


def test_neighbourhoods_become_what_was_explained(watch: Watch, afterwards: State) -> None:
    moment = watch.before(UNITE)
    for n in range(49):
        assert one(efficacy(moment, n)).result == afterwards.neighbourhoods.efficacy[n]
        assert one(claim(moment, n)).result == afterwards.neighbourhoods.priority[n]


def test_sums_over_many_residents_are_added_in_the_models_order(watch: Watch) -> None:
    larger = Watch(replace(watch.scenario, residents=3000), watch.seed, 4)
    moment, after = larger.before(UNITE), city_at(larger.scenario, larger.seed, larger.number + 1)
    assert min(moment.state.neighbourhoods.residents) > 50
    for n in range(49):
        assert one(efficacy(moment, n)).result == after.neighbourhoods.efficacy[n]
        assert one(claim(moment, n)).result == after.neighbourhoods.priority[n]


def test_posts_are_those_paid(watch: Watch) -> None:
    paid = watch.before("deploy").state.government.posts[0]
    assert one(government.posts(watch.before(START))).result == paid > 0.0


def test_training_is_paid_as_far_as_money_is_there(watch: Watch) -> None:
    moment = watch.before(START)
    state = copied(moment.state)
    state.government.owed[0] = 1e9
    terms = one(government.posts(dataclasses.replace(moment, state=state))).terms
    after = through_phases(copied(state), watch.numbers, watch.seed, watch.number, 0, 1)
    week = watch.week - 1
    paid = after.books.usd[week, TRAINING_PAID] - state.books.usd[week, TRAINING_PAID]
    assert -terms[5].value == pytest.approx(paid)
    assert 0.0 < paid < terms[0].value


def test_shares_of_patrol_add_up_to_the_plan(watch: Watch) -> None:
    moment, below = watch.before(PLANNED), 0.0
    for place, cell in enumerate(moment.state.beats.cell.tolist()):
        below += government.patrol_to(moment, cell).result
        assert below == moment.state.beats.plan[place]


def test_programmes_run_where_and_as_strongly_as_explained(watch: Watch) -> None:
    moment = watch.before(STREET)
    levers = moment.state.neighbourhoods.levers
    total = np.zeros_like(levers)
    for p, adopted in enumerate(government.adopt(moment)):
        assert (adopted.outcome == "adopts it") == bool(moment.state.programmes.targets[p].any())
        for n in range(levers.shape[0]):
            for lever in range(levers.shape[1]):
                total[n, lever] += portfolio.lever_at(moment, p, n, lever).result
    assert np.minimum(total, moment.numbers.programmes.most).tolist() == levers.tolist()
    assert (levers > 0.0).any()


def test_officers_on_duty(watch: Watch) -> None:
    moment = watch.before(STREET)
    for officer, on_duty in enumerate(moment.state.officers.on_duty):
        assert (one(duty(moment, officer)).outcome == "is on duty") == bool(on_duty)


def test_what_is_not_decided_in_a_watch_has_no_luck(watch: Watch) -> None:
    earlier = Watch(watch.scenario, watch.seed, watch.week - 1)
    each = one(helping.volunteering(earlier.settled(3, met=True), 3))
    assert each.draw is None
    assert each.outcome is None
    assert all(each.outcome is None for each in protection(earlier.before(PROTECT), 3))
    assert all(each.outcome is None for each in career(earlier.before(CAREERS), 3))


def test_who_is_questioned_and_who_leaves_a_beat_are_those_explained(watch: Watch) -> None:
    street, before = watch.before(STREET), watch.before(STAFF)
    after = through_phases(
        copied(before.state), watch.numbers, watch.seed, watch.number, len(PHASES) - 1, len(PHASES)
    )
    n_stopped = 0
    for officer in range(len(before.state.officers.holder)):
        left = after.officers.holder[officer] > before.state.officers.holder[officer]
        told = one(leaves(before, officer)).outcome
        assert (told == "leaves the beat to somebody new") == left
        if street.state.officers.stops[officer] > 0:
            cell, _ = officers.first_place(street, officer)
            beat = street.state.beats.of[street.state.cells.neighbourhood[cell]]
            if one(officers.where(street, officer)).outcome == "in the own beat":
                assert beat == officer % len(street.state.beats.knowledge)
            resident = int(street.state.officers.contact[officer, 0])
            if street.state.officers.questioned[officer, 0]:
                n_stopped += 1
                chances = officers.questions(street, officer)
                chance = chances[int(street.state.residents.group[resident])].result
                assert street.luck(Decision.QUESTIONED, officer, 0) < chance
    assert n_stopped > 0


def test_co_responders_on_duty(watch: Watch) -> None:
    moment = watch.before(STREET)
    for unit, on_duty in enumerate(moment.state.co_responders.on_duty):
        assert (one(officers.co_responder_duty(moment, unit)).outcome == "is on duty") == bool(on_duty)
