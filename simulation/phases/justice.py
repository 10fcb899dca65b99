"""Phase 10: release, court and charge, weekly, after investigation."""

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.case_files import AT_SCENE, close_docket, harm_left, pay_justice
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.levers import ANONYMITY, RESETTLEMENT, WITNESS_SUPPORT
from coproduction.simulation.parameters.levers import CONFERENCES as CONFERENCES_REFERRED
from coproduction.simulation.phases.reporting import norm_of
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.rules.courts import (
    attendance_terms,
    charge_probability,
    conference_share,
    conviction_probability,
    court_attendance_probability,
    diversion_probability,
    retaliation_probability,
    sanction_of,
    trial_is_lost,
    whole_weeks,
)
from coproduction.simulation.rules.trust import fear_after_offence
from coproduction.simulation.state import (
    COMMUNITY_WEEKS,
    CONFERENCES,
    FREE,
    IMPRISONED,
    JAIL_WEEKS,
    NOBODY,
    PRISON_WEEKS,
    REMANDED,
    RETALIATIONS,
    TRIALS,
    Fate,
    State,
)


@kernel
def release(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 10, weekly, offenders. Counts the week in custody; sets free those whose time is over."""
    offenders, week = state.offenders, watch // WATCHES_PER_WEEK
    for offender in range(len(offenders.held)):
        if offenders.held[offender] != FREE:
            column = PRISON_WEEKS if offenders.held[offender] == IMPRISONED else JAIL_WEEKS
            state.books.weekly[week, column] += 1
            if offenders.free_from[offender] <= watch + 1:
                let_go(state, numbers, seed, watch, offender)


@rule
def let_go(state: State, numbers: Numbers, seed: int, watch: int, offender: int) -> None:
    """Set an offender free, met at the gate by a resettlement programme or not."""
    offenders = state.offenders
    home = state.residents.neighbourhood[offenders.resident[offender]]
    share = numbers.parameters.careers.met_at_gate + state.neighbourhoods.levers[home, RESETTLEMENT]
    offenders.held[offender] = FREE
    offenders.resettled[offender] = uniform(seed, Decision.RESETTLED, offender, watch) < share
    offenders.released[offender] = watch + 1


@kernel
def hold_court(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 10, weekly. Tries the cases whose day in court has come; writes case files, custody."""
    for row in range(state.cases.marks[2], state.cases.count[0]):
        if state.cases.fate[row] == Fate.AWAITING_COURT and state.cases.court_watch[row] <= watch:
            try_case(state, numbers, seed, (row, watch))


@rule
def try_case(state: State, numbers: Numbers, seed: int, at: tuple[int, int]) -> None:
    """See who comes to testify, and convict or not; at is row, watch."""
    row, watch = at
    cases, j = state.cases, numbers.parameters.justice
    offender, offended = cases.offender[row], cases.watch[row]
    state.books.weekly[watch // WATCHES_PER_WEEK, TRIALS] += 1
    called = 0
    if cases.victim[row] != NOBODY:
        called += 1
        chance = attendance_of(state, numbers, cases.victim[row], 0.0)
        cases.victim_attendance[row] = chance
        cases.victim_attended[row] = uniform(seed, Decision.VICTIM_ATTENDS, offender, offended) < chance
    if cases.witness[row] != NOBODY:
        called += 1
        threatened = j.retaliation_weight * cases.retaliation[row]
        chance = attendance_of(state, numbers, cases.witness[row], threatened)
        cases.witness_attendance[row] = chance
        cases.witness_attended[row] = uniform(seed, Decision.WITNESS_ATTENDS, offender, offended) < chance
    came = cases.victim_attended[row] + cases.witness_attended[row]
    if trial_is_lost(called, came, cases.cleared[row] == AT_SCENE):
        cases.fate[row] = Fate.WITHDRAWN
        return
    chance = conviction_probability(j.conviction, came, j.testimony_weight)
    cases.conviction_probability[row] = chance
    if uniform(seed, Decision.CONVICTED, offender, offended) < chance:
        pass_sentence(state, numbers, seed, at)
    else:
        cases.fate[row] = Fate.ACQUITTED


@rule
def attendance_of(state: State, numbers: Numbers, resident: int, threatened: float) -> float:
    """Return the probability that a victim or witness comes to court; threatened in log odds."""
    residents, trust_weight = state.residents, numbers.parameters.reporting.trust_weight
    support = state.neighbourhoods.levers[residents.neighbourhood[resident], WITNESS_SUPPORT]
    norm = norm_of(state, numbers, resident)
    terms = attendance_terms(residents.trust[resident], trust_weight, norm, threatened, support)
    return court_attendance_probability(numbers.parameters.justice.attendance, terms)


@rule
def pass_sentence(state: State, numbers: Numbers, seed: int, at: tuple[int, int]) -> None:
    """Draw the sanction and its length; at is row, watch."""
    row, watch = at
    cases, p = state.cases, numbers.parameters
    offender, offended = cases.offender[row], cases.watch[row]
    custodial = p.crimes[cases.crime[row]].custodial
    kind = sanction_of(p, custodial, uniform(seed, Decision.SANCTION, offender, offended))
    weeks = whole_weeks(uniform(seed, Decision.CUSTODY_LENGTH, offender, offended), p.sanctions[kind].weeks)
    cases.fate[row] = Fate.COMMUNITY + kind
    cases.sentence[row] = weeks
    if p.sanctions[kind].held > 0.0:
        cases.custody[row] += weeks * WATCHES_PER_WEEK
        hold(state, offender, watch + 1 + weeks * WATCHES_PER_WEEK, 1 + kind)
    else:
        cases.restitution[row] = p.justice.restitution * p.crimes[cases.crime[row]].unit_cost
        state.books.weekly[watch // WATCHES_PER_WEEK, COMMUNITY_WEEKS] += weeks


@rule
def hold(state: State, offender: int, until: int, why: int) -> None:
    """Hold an offender until a watch, longer and for more if that is so already."""
    offenders = state.offenders
    offenders.free_from[offender] = max(offenders.free_from[offender], until)
    offenders.held[offender] = max(offenders.held[offender], why)


@kernel
def charge(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 10, weekly. Decides on the charge of cases cleared; writes case files, bail and remand, court's bills."""
    for row in range(state.cases.marks[2], state.cases.count[0]):
        if state.cases.fate[row] == Fate.AWAITING_CHARGE:
            charge_case(state, numbers, seed, (row, watch))
    close_docket(state)
    pay_justice(state, numbers, watch)


@rule
def charge_case(state: State, numbers: Numbers, seed: int, at: tuple[int, int]) -> None:
    """Decide whether to charge, and whether a caution or a conference takes the court's place; at is row, watch."""
    row, _ = at
    cases, j = state.cases, numbers.parameters.justice
    offender, offended = cases.offender[row], cases.watch[row]
    evidence = 1.0 if cases.cleared[row] == AT_SCENE else cases.information[row]
    chance = charge_probability(j.charge, evidence, j.evidence_weight)
    cases.charge_probability[row] = chance
    if uniform(seed, Decision.CHARGED, offender, offended) >= chance:
        cases.fate[row] = Fate.NOT_CHARGED
        return
    seriousness = numbers.parameters.crimes[cases.crime[row]].seriousness
    diverted = diversion_probability(j.diversion, seriousness, state.offenders.arrests[offender])
    if uniform(seed, Decision.DIVERTED, offender, offended) < diverted:
        cases.fate[row] = Fate.DIVERTED
    elif both_agree(state, numbers, seed, row):
        confer(state, numbers, seed, at)
    else:
        summon(state, numbers, seed, at)


@rule
def both_agree(state: State, numbers: Numbers, seed: int, row: int) -> bool:
    """Say whether a conference is offered and victim and offender both agree to it."""
    cases, j = state.cases, numbers.parameters.justice
    offender, offended = cases.offender[row], cases.watch[row]
    if cases.victim[row] == NOBODY:
        return False
    programme = state.neighbourhoods.levers[state.cells.neighbourhood[cases.cell[row]], CONFERENCES_REFERRED]
    share = conference_share(j.conference, programme)
    if uniform(seed, Decision.CONFERENCE_OFFERED, offender, offended) >= share:
        return False
    victim = uniform(seed, Decision.VICTIM_AGREES, offender, offended) < j.victim_agrees
    return bool(victim and uniform(seed, Decision.OFFENDER_AGREES, offender, offended) < j.offender_agrees)


@rule
def confer(state: State, numbers: Numbers, seed: int, at: tuple[int, int]) -> None:
    """Let victim and offender meet: something is paid back, and a victim who is satisfied is relieved."""
    row, watch = at
    cases, residents, p = state.cases, state.residents, numbers.parameters
    cases.fate[row] = Fate.CONFERENCED
    cases.restitution[row] = p.justice.restitution * p.crimes[cases.crime[row]].unit_cost
    state.books.weekly[watch // WATCHES_PER_WEEK, CONFERENCES] += 1
    u = uniform(seed, Decision.CONFERENCE_SATISFIES, cases.offender[row], cases.watch[row])
    if u < p.justice.conference_success:
        cases.satisfied[row] = 1
        victim = cases.victim[row]
        left = harm_left(state, numbers, victim, watch)
        residents.harm[victim] = left * (1.0 - p.recovery.conference_relief)
        residents.harm_seen[victim] = watch


@rule
def summon(state: State, numbers: Numbers, seed: int, at: tuple[int, int]) -> None:
    """Set the day in court; hold the offender until then, or let go on bail, which a witness may come to feel."""
    row, watch = at
    cases, offenders, j = state.cases, state.offenders, numbers.parameters.justice
    offender, offended = cases.offender[row], cases.watch[row]
    weeks = whole_weeks(uniform(seed, Decision.COURT_DATE, offender, offended), j.court_weeks)
    sits = watch + weeks * WATCHES_PER_WEEK
    cases.fate[row] = Fate.AWAITING_COURT
    cases.court_watch[row] = sits
    remand = j.remand * numbers.parameters.crimes[cases.crime[row]].custodial
    if uniform(seed, Decision.REMANDED, offender, offended) < remand:
        cases.remanded[row] = 1
        cases.custody[row] = sits - watch
        hold(state, offender, sits + 1, REMANDED)
        return
    offenders.bail_until[offender] = max(offenders.bail_until[offender], sits)
    if cases.witness[row] != NOBODY:
        home = state.residents.neighbourhood[cases.witness[row]]
        anonymity = state.neighbourhoods.levers[home, ANONYMITY]
        chance = retaliation_probability(j.retaliation, offenders.rate[offender], sits - watch, anonymity)
        cases.retaliation_probability[row] = chance
        if uniform(seed, Decision.RETALIATES, offender, offended) < chance:
            cases.retaliation[row] = 1
            threaten(state, numbers, cases.witness[row], watch)


@rule
def threaten(state: State, numbers: Numbers, witness: int, watch: int) -> None:
    """Frighten a witness, who will tell less from now on."""
    residents, p = state.residents, numbers.parameters
    residents.fear[witness] = fear_after_offence(residents.fear[witness], p.contact.victim_fear, 1.0)
    silence = residents.silence[witness]
    residents.silence[witness] = silence + p.justice.retaliation_silence * (1.0 - silence)
    state.books.weekly[watch // WATCHES_PER_WEEK, RETALIATIONS] += 1
