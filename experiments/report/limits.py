"""What a report cannot tell, and the words that it uses."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coproduction.experiments.report import wording
from coproduction.experiments.report.answer import unresolved
from coproduction.experiments.report.effects import Effect
from coproduction.experiments.report.foundations import Basis

if TYPE_CHECKING:
    from coproduction.experiments.comparison import Comparison


def limits(comparison: "Comparison", effects: Sequence[Effect], basis: Basis) -> list[tuple[str, str]]:
    """What the reader must not take from the report: a heading and a sentence or two each."""
    place = comparison.scenarios[0].city
    residents = comparison.scenarios[0].residents
    return [
        (
            "It is no forecast",
            (
                f"Residents, offenders and officers are {residents:,} simulated people in a model of {place.title}. "
                "The report says what follows from the model's assumptions, not what would happen in the city."
            ),
        ),
        (
            "The intervals hold luck, not ignorance",
            (
                "They say how far a difference might be an accident of the simulated weeks. They do not hold the doubt "
                "about parameters or about the model's form, which may well be larger."
            ),
        ),
        (
            "Co-production itself cannot be checked here",
            (
                "No data by neighbourhood on volunteering, collective efficacy, informal control or calls for service "
                "were found for this city or any other. These mechanisms can be checked by their consequences only."
            ),
        ),
        (
            "Much is assumed",
            (
                f"{basis.assumed} of {basis.parameters} parameters rest on assumption and not on a source, and are the "
                f"same everywhere in the city. The city's data had to be completed by {basis.city_assumptions} further "
                "assumptions, listed above."
            ),
        ),
        (
            "Crime levels come from elsewhere",
            (
                "Base rates are set from recorded crime in cities of the United States at large. Observed crime of "
                "this city sets nothing; the model's level may be off. Read the differences, in per cent, "
                "rather than the levels."
            ),
        ),
        (
            "What is not in the model",
            (
                "Schools, drugs, housing, the labour market; searches, force at arrests, offences by officers; most "
                "programmes, and most ways in which co-production goes wrong (vigilantism, moral panic, corruption). "
                "Who is stopped depends on being there and on bias alone; nobody complains more because a board "
                "listens; boards, hearings and votes cost nothing. In a small city a beat is many neighbourhoods."
            ),
        ),
        ("Small differences", _small(effects)),
        *_distances(comparison),
        (
            "The policies are not ranked",
            "Each is compared with the baseline. A difference between two other policies has no interval here.",
        ),
    ]


def _small(effects: Sequence[Effect]) -> str:
    """Which main outcomes are less precise than asked."""
    wide = unresolved(effects)
    if not wide:
        return (
            "Every main difference is known as precisely as was asked; a difference smaller than its interval is "
            "still not told apart from none."
        )
    labels = list(dict.fromkeys(wording.within_sentence(effect.label) for effect in wide))
    return (
        f"Some effects are small beside the luck of single weeks. Not known as precisely as asked: "
        f"{wording.listing(labels)}. That a difference is not distinguishable never means that there is none."
    )


def _distances(comparison: "Comparison") -> list[tuple[str, str]]:
    """A warning where the city's lengths mean nothing."""
    if comparison.scenarios[0].city.city.distances_in_metres:
        return []
    return [
        (
            "No distances",
            (
                "The source's coordinates are not to scale with the ground, so the size of a cell is nominal and no "
                "length or area may be read off the maps."
            ),
        )
    ]


GLOSSARY = (
    ("About equal", "the whole interval lies within 0.5 % of the baseline's mean"),
    ("Baseline", "the policy that all others are compared with; here the first one"),
    ("Burn-in", "weeks run before anything is measured, so that the city has settled"),
    ("Clearance", "share of recorded offences that the police solve"),
    ("Co-production", "a public service made together by its staff and the people whom it serves"),
    ("Collective efficacy", "how far neighbours trust each other and would step in"),
    ("Distinguishable", "the interval of the difference leaves out zero"),
    ("Fear of crime", "mean of residents, from 0 (none) to 1"),
    ("Hint, or weak", "a difference that may be luck once the number of questions is allowed for"),
    ("Interval", "the range that holds the model's true difference in 95 of 100 such comparisons"),
    ("n", "number of pairs of runs, each pair on the same luck"),
    ("Paired runs", "policies that meet the same luck, so that only the policy differs between them"),
    ("Percentage point", "difference between two percentages: from 40 % to 42 % is 2 points"),
    ("Poorest fifth", "residents of the lowest income quintile of the simulated city"),
    ("Recorded crime", "offences that the police know of; it rises when more is reported"),
    ("Reporting", "share of offences that a victim, witness or volunteer reports"),
    ("True crime", "all offences that happen, reported or not; only a model can count them"),
    ("Trust in police", "mean of residents, from 0 (none) to 1"),
    ("Variance reduced", "how many times more runs unpaired policies would need for the same interval"),
)
