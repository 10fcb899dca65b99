"""Reporting: who tells the police."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.draws import skewed_around
from coproduction.simulation.parameters.channels import Channel
from coproduction.simulation.rules.logistic import from_log_odds, log_odds

FOUR_WEEKS = 28 * 86400.0
"""Seconds after which at the latest the police hear of what they will hear of at all."""
NOT_WORTH_IT, REPRISAL_FEARED, NO_HELP_EXPECTED = 1, 2, 3
"""Why a victim did not report; 0 where it did."""


@rule
def norm_against_telling(silence: float, weight: float, anonymity: float) -> float:
    """Return what the norm against telling takes from the readiness to inform or testify, log odds, at least 0.

    silence    strength of the norm in this resident, 0 to 1
    weight     log odds per unit
    anonymity  share by which it loses weight where nobody learns who told, 0 to 1
    """
    return weight * silence * (1.0 - anonymity)


@rule
def reporting_terms(at_neutral_trust: float, trust: float, trust_weight: float, norm: float,
                    invited: float) -> tuple[float, float, float, float]:  # fmt: skip
    """Return the terms of the decision to report, in log odds: habit, trust in police, norm, invitation.

    at_neutral_trust  probability at trust 0.5 and without the norm, in (0, 1)
    trust             0 to 1
    trust_weight      log odds per unit of trust
    norm              log odds that the norm against telling takes, at least 0
    invited           log odds added by programmes that ask for information
    """
    return log_odds(at_neutral_trust), trust_weight * (trust - 0.5), -norm, invited


@rule
def reporting_probability(at_neutral_trust: float, trust: float, trust_weight: float, norm: float,
                          invited: float) -> float:  # fmt: skip
    """Return the probability that a victim or a witness reports; the terms are those of :func:`reporting_terms`."""
    if at_neutral_trust <= 0.0:
        return 0.0
    if at_neutral_trust >= 1.0:
        return 1.0
    habit, confidence, silence, asked = reporting_terms(at_neutral_trust, trust, trust_weight, norm, invited)
    return from_log_odds(habit + confidence + silence + asked)


@rule
def reason_for_silence(at_neutral_trust: float, trust: float, trust_weight: float, norm: float) -> int:
    """Return why a victim does not report: the largest negative term; not worth it when none is negative.

    The arguments are those of :func:`reporting_terms`.
    """
    worth, helped, feared, _ = reporting_terms(at_neutral_trust, trust, trust_weight, norm, 0.0)
    if helped < 0.0 and helped < worth and helped <= feared:
        return NO_HELP_EXPECTED
    if feared < 0.0 and feared < worth:
        return REPRISAL_FEARED
    return NOT_WORTH_IT


@rule
def openness(messages: float, meetings: bool, volunteers: bool) -> tuple[float, float, float, float, float]:
    """Return how far each channel is open, 0 to 1, in their order; the arguments are those of :func:`channel_of`."""
    return 1.0, 1.0, messages, 1.0 if meetings else 0.0, 1.0 if volunteers else 0.0


@rule
def channel_of(
    channels: tuple[Channel, ...], u: float, messages: float, meetings: bool, volunteers: bool
) -> int:
    """Return the channel that the draw falls on, each by its reach where it is open.

    messages    share of residents whom a message network reaches, a weight
    meetings    whether beat meetings are held
    volunteers  whether volunteers serve nearby
    """
    usable = openness(messages, meetings, volunteers)
    total = 0.0
    for place in range(len(channels)):
        total += channels[place].reach * usable[place]
    chosen = 0
    below = channels[0].reach
    while chosen < len(channels) - 1 and u * total >= below:
        chosen += 1
        below += channels[chosen].reach * usable[chosen]
    return chosen


@rule
def report_seconds(u: float, ready: float, channel: float, spread: float) -> int:
    """Return the seconds from offence to report, log-logistic around the sum of both medians, at most four weeks.

    ready    minutes until the person is ready to tell, median
    channel  minutes that the channel adds, median
    spread   of the distribution, see :func:`skewed_around`
    """
    return int(min(60.0 * skewed_around(u, ready + channel, spread), FOUR_WEEKS))


@rule
def anybody_probability(one: float, independent: int) -> float:
    """Return the probability that at least one of several independent persons acts, 1 - (1 - q)^k."""
    nobody = 1.0
    for _ in range(independent):
        nobody *= 1.0 - one
    return 1.0 - nobody


@rule
def discovery_probability(at_a_stop: float, visibility: float, stops: int) -> float:
    """Return the probability that an officer comes upon an offence in a cell with so many stops in its watch.

    at_a_stop   probability at one stop, of an offence that everybody near it sees
    visibility  of the type of crime, 0 to 1
    """
    return anybody_probability(at_a_stop * visibility, stops)


@rule
def told_ties(u: float, told: float, social_capital: float) -> int:
    """Return how many ties a victim tells: ``told`` times social capital, rounded by the draw ``u``."""
    return int(told * social_capital + u)
