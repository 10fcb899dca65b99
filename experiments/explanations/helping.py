"""Residents who help: joining, serving on, programmes of members, meetings."""

from coproduction.experiments.explanations.explanation import LOG_ODDS, PROBABILITY, Explanation, Term
from coproduction.experiments.explanations.forms import bare_log_odds
from coproduction.experiments.explanations.moment import Luck, Moment, decided
from coproduction.experiments.explanations.sources import source_of, theory_of
from coproduction.experiments.follow_words import chance, counted
from coproduction.simulation.decisions import Decision
from coproduction.simulation.parameters.levers import MEETINGS
from coproduction.simulation.phases.change import support_share
from coproduction.simulation.phases.membership import fellow_members, is_member, members_support
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_YEAR
from coproduction.simulation.rules.programmes import fading_probability, peer_pull, runs_at
from coproduction.simulation.rules.volunteering import (
    attendance_probability,
    joining_probability,
    leaving_probability,
    leaving_terms,
    meeting_terms,
    practised,
    resources_of,
    wish_terms,
)

FOUR_WEEKS = "Decided in the last watch of every four weeks."
SCHOOLING = ("no diploma", "a diploma", "been to college", "a degree")
"""Of the adults at home, in words, by the column ``education``."""
TENURE = ("rents the home", "owns the home")
"""In words, by the column ``owner``."""


def volunteering(moment: Moment, resident: int) -> tuple[Explanation, ...]:
    """Return whether a volunteer leaves, or another resident offers to help."""
    if moment.parameters.setting.helping_cost > 0.0:
        return (_dilemma(moment, resident),)
    serves = moment.state.residents.volunteer[resident] == 1
    return (_leave(moment, resident) if serves else _join(moment, resident),)


def _join(moment: Moment, resident: int) -> Explanation:
    v, levers = moment.parameters.volunteering, moment.policing
    asked = int(moment.state.residents.asked[resident])
    told = f"the city asks: {levers.invitation:+g}; knows a volunteer: {v.tie_invitation * asked:+g}"
    invited = levers.invitation + v.tie_invitation * asked
    terms, result = _wish(moment, resident, invited, told)
    u = moment.luck(Decision.JOIN, resident)
    draw, outcome = decided(moment.due("change"), u, result, ("offers to help", "does not offer to help"))
    return Explanation(
        "join", "Will this resident offer to volunteer within four weeks?", terms, "log odds", result,
        "joining_probability", theory_of(joining_probability), draw=draw, outcome=outcome,
        notes=(f"Whoever offers also needs a place: {_volunteers(moment)}.", FOUR_WEEKS),
    )  # fmt: skip


def _volunteers(moment: Moment) -> str:
    return f"{counted(int(moment.state.government.volunteers[0]), 'volunteer')} serve in the city now"


def _wish(moment: Moment, resident: int, invited: float, told: str) -> tuple[tuple[Term, ...], float]:
    """Return the terms of the wish to help, and its probability."""
    v, residents = moment.parameters.volunteering, moment.state.residents
    wish = wish_terms(residents, v, resident, invited)
    schooling = f"adults at home have {SCHOOLING[residents.education[resident]]}"
    traits = (
        (
            "self-efficacy",
            "self_efficacy_weight",
            f"{residents.self_efficacy[resident]:.3f}",
            "unit above 0.5",
        ),
        (
            "social capital",
            "social_capital_weight",
            f"{residents.social_capital[resident]:.3f}",
            "unit above 0.5",
        ),
        ("concern about crime", "concern_weight", f"{residents.fear[resident]:.3f}", "unit above 0.5"),
        (
            "education",
            "education_weight",
            schooling,
            "step from the middle",
        ),
        ("tenure", "owner_weight", TENURE[residents.owner[resident]], "owned against rented home"),
    )
    terms = [
        Term("habit", bare_log_odds(v.joining), LOG_ODDS, f"{chance(v.joining)} offer help in four weeks",
             source_of("volunteering", "joining"))
    ]  # fmt: skip
    for (name, key, value, per), part in zip(traits, wish[:5], strict=True):
        detail = f"{value}, weight {getattr(v, key):g} per {per}"
        terms.append(Term(name, float(part), LOG_ODDS, detail, source_of("volunteering", key)))
    source = f"{source_of('policing', 'invitation')}; {source_of('volunteering', 'tie_invitation')}"
    terms.append(Term("invitation", float(wish[5]), LOG_ODDS, told, source))
    return tuple(terms), float(joining_probability(v.joining, wish))


def _leave(moment: Moment, resident: int) -> Explanation:
    support = float(support_share(moment.state, moment.numbers, moment.policing))
    terms, result = _leaving(moment, support)
    u = moment.luck(Decision.LEAVE, resident)
    draw, outcome = decided(moment.due("change"), u, result, ("leaves", "stays"))
    return Explanation(
        "leave", "Will this volunteer leave within four weeks?", terms, "leaving", result, "fading_probability",
        f"{theory_of(leaving_probability)} {theory_of(fading_probability)}", draw=draw, outcome=outcome,
        notes=(f"In all, {_volunteers(moment)}.", FOUR_WEEKS),
    )  # fmt: skip


def _leaving(moment: Moment, support: float) -> tuple[tuple[Term, ...], float]:
    """Return the terms of leaving, and its probability; support is the share of members kept going."""
    v, d = moment.parameters.volunteering, moment.parameters.dysfunctions
    tired, alone = leaving_terms(v.leaving, v.unsupported_leaving, support)
    usual = leaving_probability(v.leaving, v.unsupported_leaving, support)
    silently = (1.0 - usual) * d.unreliable_volunteers * d.fading
    terms = (
        Term("interest fades", tired, PROBABILITY, "the same for all", source_of("volunteering", "leaving")),
        Term("no coordination", alone, PROBABILITY,
             f"{v.unsupported_leaving:g} × {1.0 - support:.3f}, the share whom nobody coordinates",
             source_of("volunteering", "unsupported_leaving")),
        Term("without a word", silently, PROBABILITY, f"unreliable supply of strength {d.unreliable_volunteers:g}",
             source_of("dysfunctions", "fading")),
    )  # fmt: skip
    return terms, float(fading_probability(usual, d.unreliable_volunteers, d.fading))


def _dilemma(moment: Moment, resident: int) -> Explanation:
    n = int(moment.state.residents.neighbourhood[resident])
    ready = float(moment.state.neighbourhoods.readiness[n])
    terms = (Term("readiness of the neighbourhood", ready, PROBABILITY, "mean of all best responses so far"),)
    u = moment.luck(Decision.JOIN, resident)
    draw, outcome = decided(moment.due("change"), u, ready, ("offers to help", "does not offer to help"))
    return Explanation(
        "join", "Will this resident help, in the volunteer's dilemma?", terms, "as it is", ready, "practised",
        theory_of(practised), draw=draw, outcome=outcome, notes=(FOUR_WEEKS,),
    )  # fmt: skip


def programmes(moment: Moment, resident: int) -> tuple[Explanation, ...]:
    """Return, for each programme of members, whether a member leaves it or another resident offers to join."""
    portfolio, home = moment.numbers.programmes, int(moment.state.residents.neighbourhood[resident])
    found = []
    for p in range(len(portfolio.start)):
        if portfolio.members_wanted[p] > 0.0:
            running = runs_at(portfolio.start[p], portfolio.end[p], moment.watch)
            if is_member(moment.state, p, resident):
                found.append(_quit(moment, resident, p, running=bool(running)))
            elif running and moment.state.programmes.targets[p, home] == 1:
                found.append(_enlist(moment, resident, p))
    return tuple(found)


def _enlist(moment: Moment, resident: int, p: int) -> Explanation:
    fellows, ties = (int(n) for n in fellow_members(moment.state, p, resident))
    asks, city = float(moment.numbers.programmes.invitation[p]), moment.policing.invitation
    pull = float(peer_pull(fellows, ties, moment.parameters.volunteering.peer_weight))
    told = f"the city asks: {city:+g}; the programme asks: {asks:+g}; {fellows} of {ties} ties are members: {pull:+.3f}"
    terms, result = _wish(moment, resident, city + asks + pull, told)
    answers = ("offers to join", "does not offer to join")
    luck = decided(moment.due("enlist"), moment.luck(Decision.ENLIST, resident, p), result, answers)
    return _membership(moment, ("join_programme", p), terms, ("log odds", result), luck)


def _quit(moment: Moment, resident: int, p: int, *, running: bool) -> Explanation:
    home = int(moment.state.residents.neighbourhood[resident])
    support = float(members_support(moment.state, moment.numbers, p, home))
    terms, result = _leaving(moment, support)
    if not running:
        terms, result = (Term("programme has ended", 1.0, PROBABILITY),), 1.0
    luck = decided(moment.due("enlist"), moment.luck(Decision.QUIT, resident, p), result, ("leaves", "stays"))
    form = "leaving" if running else "as it is"
    return _membership(moment, ("leave_programme", p), terms, (form, result), luck)


def _membership(
    moment: Moment, key: tuple[str, int], terms: tuple[Term, ...], made: tuple[str, float], luck: Luck
) -> Explanation:
    decision, p = key
    joins = decision == "join_programme"
    rule = joining_probability if joins else fading_probability
    return Explanation(
        decision, f"Will this resident {'offer to join' if joins else 'leave'} the programme within four weeks?",
        terms, *made, rule.__name__, theory_of(rule), moment.programme(p), draw=luck[0], outcome=luck[1],
        notes=(FOUR_WEEKS,),
    )  # fmt: skip


def meeting(moment: Moment, resident: int) -> tuple[Explanation, ...]:
    """Return whether a resident comes to a beat meeting; nothing where none is held."""
    levers, n = moment.policing, len(moment.state.residents.home)
    home = int(moment.state.residents.neighbourhood[resident])
    a_year = levers.meetings + moment.lever(home, MEETINGS)
    if a_year == 0.0:
        return ()
    a_month, fear = (
        a_year * n / 10000.0 * WATCHES_PER_MONTH / WATCHES_PER_YEAR,
        float(moment.state.residents.fear[resident]),
    )
    residents, v = moment.state.residents, moment.parameters.volunteering
    resources = float(resources_of(residents, v, resident))
    usual, factor, resourceful = meeting_terms(a_month, levers.attendance, n, fear, resources)
    terms = (
        Term("chairs filled per resident", float(usual), PROBABILITY,
             f"{a_month:.2f} meetings in four weeks × {levers.attendance:g} persons / {n:,} residents",
             source_of("policing", "attendance")),
        Term("concern", float(factor), "factor", f"0.5 + fear {fear:.3f}"),
        Term("education and tenure", float(resourceful), "factor",
             f"adults at home have {SCHOOLING[residents.education[resident]]}; {TENURE[residents.owner[resident]]}",
             source_of("volunteering", "education_weight")),
    )  # fmt: skip
    result = float(attendance_probability(a_month, levers.attendance, n, fear, resources))
    u = moment.luck(Decision.ATTEND, resident)
    draw, outcome = decided(moment.due("change"), u, result, ("comes", "does not come"))
    return (
        Explanation(
            "meeting", "Will this resident come to a beat meeting within four weeks?", terms, "product, at most 1",
            result, "attendance_probability", theory_of(attendance_probability), draw=draw, outcome=outcome,
            notes=(FOUR_WEEKS,),
        ),
    )  # fmt: skip
