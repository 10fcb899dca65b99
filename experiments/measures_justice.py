"""How the outcomes of reporting, courts, witnesses and victims are measured from a finished run.

Cases take months from offence to fate, so that shares are of what was decided in the measured period, whenever the
offence was done.
"""

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from coproduction.experiments.observation import Observation
from coproduction.simulation.parameters.channels import CHANNEL_MOVES
from coproduction.simulation.parameters.levers import REGIME
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.rules.recovery import life_of_offender
from coproduction.simulation.rules.reporting import NO_HELP_EXPECTED
from coproduction.simulation.state import FREE, Fate

TOLD = tuple(outcome for outcome, _ in CHANNEL_MOVES.values())
"""Outcome that says how many reports came by a channel, in the order of the channels."""
CONVICTED = (Fate.COMMUNITY, Fate.JAIL, Fate.PRISON)


def reporting(seen: Observation) -> dict[str, float]:
    """How long citizens took to report, by which channel, and why victims did not."""
    known = seen.cases[seen.cases["reported"]]
    silent = seen.cases[seen.cases["reason"] > 0]
    shares = {name: _mean(known["channel"] == place) for place, name in enumerate(TOLD)}
    return {
        "citizen_delay": float(known["delay"].median()) / 60.0 if len(known) else math.nan,
        "citizen_delay_mean": _mean(known["delay"]) / 60.0,
        **shares,
        "no_help_expected": _mean(silent["reason"] == NO_HELP_EXPECTED),
    }


def justice(seen: Observation) -> dict[str, float]:
    """Charges, trials and what came of them."""
    cases, first = seen.all_cases, seen.scenario.burn_in_watches
    cleared = cases[cases["cleared_watch"] >= first]
    decided = cleared[cleared["fate"] != Fate.AWAITING_CHARGE]
    charged = decided[decided["fate"] != Fate.NOT_CHARGED]
    tried = cases[(cases["court_watch"] >= first) & (cases["fate"] != Fate.AWAITING_COURT)]
    convicted = tried[tried["fate"].isin(CONVICTED)]
    dealt_with = charged["fate"].isin((Fate.DIVERTED, Fate.CONFERENCED)).sum()
    conferences = charged[charged["fate"] == Fate.CONFERENCED]
    to_court = charged[charged["court_watch"] >= 0]
    recorded = int(seen.cases["recorded"].sum())
    return {
        "charged": _share(len(charged), len(decided)),
        "diverted": _mean(charged["fate"] == Fate.DIVERTED),
        "conferenced": _mean(charged["fate"] == Fate.CONFERENCED),
        "victims_satisfied": _mean(conferences["satisfied"]),
        "weeks_to_court": _mean(to_court["court_watch"] - to_court["cleared_watch"]) / WATCHES_PER_WEEK,
        "trials_lost": _mean(tried["fate"] == Fate.WITHDRAWN),
        "convicted": _share(len(convicted), len(tried)),
        "prison_sentences": _mean(convicted["fate"] == Fate.PRISON),
        "brought_to_justice": _share(int(dealt_with) + len(convicted), recorded),
        "retaliation": seen.per_1000(seen.weekly["retaliations"]),
        "restitution": seen.per_head(float(pd.concat([conferences, convicted])["restitution"].sum())),
    }


def aftermath(seen: Observation) -> dict[str, float]:
    """What is left in victims, witnesses and offenders when the run ends."""
    residents = seen.state.residents
    by_quintile = (
        np.bincount(residents.quintile, weights=residents.silence, minlength=5) / seen.quintile_sizes
    )
    wary = residents.trust < np.median(residents.trust)
    return {
        "victim_harm": float(np.mean(seen.harm_left)),
        "offender_life": float(np.mean(lives_of_offenders(seen))),
        "silence": float(residents.silence.mean()),
        "silence_gap": float(by_quintile[0] - by_quintile[-1]),
        "silence_by_trust": float(residents.silence[wary].mean() - residents.silence[~wary].mean()),
    }


def lives_of_offenders(seen: Observation) -> NDArray[np.float64]:
    """Return how each offender lives at the end of the run, 0 to 1, shape (O,)."""
    careers, recovery = seen.state.offenders, seen.scenario.parameters.recovery
    on_bail = careers.bail_until > seen.scenario.watches
    home = seen.state.residents.neighbourhood[careers.resident]
    regime = seen.state.neighbourhoods.levers[home, REGIME]
    each = zip((careers.held != FREE).tolist(), on_bail.tolist(), regime.tolist(), strict=True)
    return np.array([life_of_offender(recovery, held, bailed, good) for held, bailed, good in each])


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


def _mean(values: pd.Series) -> float:
    return float(values.mean()) if len(values) else math.nan
