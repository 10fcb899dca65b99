"""Residents who tell: the police as victim or witness, by which channel, and the court."""

from dataclasses import dataclass

from coproduction.experiments.explanations.explanation import LOG_ODDS, Explanation, Term
from coproduction.experiments.explanations.forms import bare_log_odds
from coproduction.experiments.explanations.moment import Moment
from coproduction.experiments.explanations.sources import crime_named, source_of, theory_of
from coproduction.experiments.follow_words import chance
from coproduction.simulation.parameters import CHANNEL_NAMES
from coproduction.simulation.parameters.crimes import HOMES
from coproduction.simulation.parameters.levers import (
    ANONYMITY,
    MEETINGS,
    MESSAGES,
    WITNESS_REPORTING,
    WITNESS_SUPPORT,
)
from coproduction.simulation.phases.justice import attendance_of
from coproduction.simulation.phases.reporting import norm_of
from coproduction.simulation.rules.conduct import group_bias
from coproduction.simulation.rules.courts import attendance_terms, court_attendance_probability
from coproduction.simulation.rules.logistic import shifted
from coproduction.simulation.rules.reporting import (
    channel_of,
    openness,
    reporting_probability,
    reporting_terms,
)

WHEN_IT_HAPPENS = "Decided when it happens; coproduce run FILE --follow tells a case in which it did."


@dataclass(frozen=True, slots=True)
class _Teller:
    """What sets a victim's decision to report apart from a witness's.

    decision, as_what, about, people  in words
    usual                             probability at trust 0.5 and without the norm, and where it comes from
    norm                              log odds that the norm against telling takes, and what it is made of
    invited                           log odds that programmes add
    """

    decision: str
    as_what: str
    about: str
    people: str
    usual: tuple[float, str]
    norm: tuple[float, str]
    invited: float


def report_as_victim(moment: Moment, resident: int) -> tuple[Explanation, ...]:
    """Return, for each type of crime, whether a resident would tell the police as its victim."""
    silence = moment.parameters.reporting.victim_silence
    norm = silence * float(norm_of(moment.state, moment.numbers, resident))
    told = f"{_norm_detail(moment, resident)} × {silence:g} for a victim"
    found: list[Explanation] = []
    for crime, kind in enumerate(moment.parameters.crimes):
        usual = kind.victim_reporting, source_of(kind.name, "victim_reporting")
        about = crime_named(moment.parameters, crime)
        words = ("report_as_victim", "as the victim of an offence", about, "such victims")
        told_of = _tells(moment, resident, _Teller(*words, usual, (norm, told), 0.0))
        met = moment.parameters.crimes[crime].exposure != HOMES  # nobody is when a home is broken into
        found += told_of if met else told_of[:1]
    return tuple(found)


def report_as_witness(moment: Moment, resident: int) -> tuple[Explanation, ...]:
    """Return whether a resident who saw an offence would tell the police."""
    usual = moment.parameters.reporting.witness, source_of("reporting", "witness")
    norm = float(norm_of(moment.state, moment.numbers, resident)), _norm_detail(moment, resident)
    invited = moment.lever(_home(moment, resident), WITNESS_REPORTING)
    words = ("report_as_witness", "having seen an offence", "any offence", "witnesses")
    return tuple(_tells(moment, resident, _Teller(*words, usual, norm, invited)))


def _tells(moment: Moment, resident: int, teller: _Teller) -> list[Explanation]:
    """Return a decision to report; and once more against an offender of the minority where people discriminate."""
    trust, weight = float(moment.state.residents.trust[resident]), moment.parameters.reporting.trust_weight
    (usual, source), (norm, told), invited = teller.usual, teller.norm, teller.invited
    parts = reporting_terms(usual, trust, weight, norm, invited) if 0.0 < usual < 1.0 else (0.0,) * 4
    terms = (
        Term("habit", bare_log_odds(usual), LOG_ODDS, f"{chance(usual)} of {teller.people} tell at trust 0.5", source),
        Term("trust in police", float(parts[1]), LOG_ODDS, f"trust {trust:.3f}, weight {weight:g} per unit above 0.5",
             source_of("reporting", "trust_weight")),
        Term("norm against telling", float(parts[2]), LOG_ODDS, told, source_of("reporting", "silence_weight")),
        Term("programmes that ask", float(parts[3]), LOG_ODDS, "" if invited else "none",
             source_of("levers", "witness_reporting")),
    )  # fmt: skip
    result = float(reporting_probability(usual, trust, weight, norm, invited))
    plain = Explanation(
        teller.decision, f"Would this resident tell the police {teller.as_what}?", terms, "log odds", result,
        "reporting_probability", theory_of(reporting_probability), teller.about, notes=(WHEN_IT_HAPPENS,),
    )  # fmt: skip
    return [plain, *_against_minority(moment, plain)]


def _against_minority(moment: Moment, plain: Explanation) -> list[Explanation]:
    d = moment.parameters.dysfunctions
    added = group_bias(True, d.discrimination, d.report_bias, 1.0)
    if added == 0.0:
        return []
    detail = f"strength {d.discrimination:g} × {d.report_bias:g} at full strength"
    biased = Term("prejudice", added, LOG_ODDS, detail, source_of("dysfunctions", "report_bias"))
    return [
        Explanation(
            plain.decision, plain.question, (*plain.terms, biased), "prejudice last",
            float(shifted(plain.result, added)), "shifted", theory_of(group_bias),
            f"{plain.about}, by one of the minority", notes=plain.notes,
        )
    ]  # fmt: skip


def channel(moment: Moment, resident: int) -> tuple[Explanation, ...]:
    """Return by which channel a resident would tell the police."""
    home = _home(moment, resident)
    messages = moment.parameters.reporting.message_members + moment.lever(home, MESSAGES)
    meetings = bool(moment.policing.meetings + moment.lever(home, MEETINGS) > 0.0)
    patrolled = bool(moment.state.neighbourhoods.shifts[home] > 0)
    usable = openness(messages, meetings, patrolled)
    terms = tuple(
        Term(
            name.replace("_", " "),
            each.reach * far,
            "weight",
            _open(each.reach, far),
            source_of(name, "reach"),
        )
        for name, each, far in zip(CHANNEL_NAMES, moment.parameters.channels, usable, strict=True)
    )
    weights = [term.value for term in terms]
    return (
        Explanation(
            "channel", "By which channel would this resident tell the police?", terms, "choice",
            max(weights) / sum_of(weights), "channel_of", theory_of(channel_of), notes=(WHEN_IT_HAPPENS,),
        ),
    )  # fmt: skip


def sum_of(weights: list[float]) -> float:
    """Return a sum in the order of the list, as rules add; the built-in one corrects its rounding."""
    total = 0.0
    for weight in weights:
        total += weight
    return total


def _open(reach: float, far: float) -> str:
    if far == 0.0:
        return "not open here"
    return f"reach {reach:g}" if far == 1.0 else f"reach {reach:g}, open to {chance(far)} of residents"


def court(moment: Moment, resident: int) -> tuple[Explanation, ...]:
    """Return whether a resident would come to court, and once more as a witness who was threatened."""
    threat = moment.parameters.justice.retaliation_weight
    return (
        _comes(moment, resident, "victim or witness", 0.0),
        _comes(moment, resident, "witness, after a threat", threat),
    )


def _comes(moment: Moment, resident: int, about: str, threatened: float) -> Explanation:
    p, home = moment.parameters, _home(moment, resident)
    trust, weight, usual = (
        float(moment.state.residents.trust[resident]),
        p.reporting.trust_weight,
        p.justice.attendance,
    )
    support, norm = (
        moment.lever(home, WITNESS_SUPPORT),
        float(norm_of(moment.state, moment.numbers, resident)),
    )
    parts = attendance_terms(trust, weight, norm, threatened, support)
    terms = (
        Term("habit", bare_log_odds(usual), LOG_ODDS, f"{chance(usual)} come at trust 0.5",
             source_of("justice", "attendance")),
        Term("trust in police", float(parts[0]), LOG_ODDS, f"trust {trust:.3f}, weight {weight:g} per unit above 0.5",
             source_of("reporting", "trust_weight")),
        Term("norm against telling", float(parts[1]), LOG_ODDS, _norm_detail(moment, resident),
             source_of("reporting", "silence_weight")),
        Term("threat", float(parts[2]), LOG_ODDS, "" if threatened else "none",
             source_of("justice", "retaliation_weight")),
        Term("support of witnesses", float(parts[3]), LOG_ODDS, "" if support else "none",
             source_of("levers", "witness_support")),
    )  # fmt: skip
    return Explanation(
        "court", "Would this resident come to court to testify?", terms, "shifted",
        float(attendance_of(moment.state, moment.numbers, resident, threatened)), "court_attendance_probability",
        theory_of(court_attendance_probability), about, notes=(WHEN_IT_HAPPENS,),
    )  # fmt: skip


def _home(moment: Moment, resident: int) -> int:
    return int(moment.state.residents.neighbourhood[resident])


def _norm_detail(moment: Moment, resident: int) -> str:
    silence = float(moment.state.residents.silence[resident])
    anonymity = moment.lever(_home(moment, resident), ANONYMITY)
    hidden = f" × {1.0 - anonymity:g} since nobody learns who told" if anonymity else ""
    return f"norm {silence:.3f} × weight {moment.parameters.reporting.silence_weight:g}{hidden}"
