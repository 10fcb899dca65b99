"""Facts of courts and of those who come out of prison, the latter followed through ten years of one city."""

import numpy as np
import pandas as pd

from coproduction.experiments.facts.measure import Measure, per_cent
from coproduction.experiments.facts.of_crime import PROPERTY, VIOLENT
from coproduction.experiments.measures import outcomes
from coproduction.experiments.observation import Observation
from coproduction.simulation.case_files import AT_SCENE
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.state import Fate

SENTENCED = (Fate.JAIL, Fate.PRISON)


def as_outcome(name: str, how: str) -> Measure:
    """Return the measure of a declared outcome that is a share, per cent."""
    return Measure(how, lambda seen: 100.0 * outcomes(seen)[name])


def releases(seen: Observation, years: float) -> pd.DataFrame:
    """Return those released from prison early enough to be followed for so many years: offender, type, watch."""
    cases = seen.all_cases
    prison = cases[cases["fate"] == Fate.PRISON]
    watch = prison["court_watch"] + prison["sentence"] * WATCHES_PER_WEEK
    early = watch + years * WATCHES_PER_YEAR <= seen.scenario.watches
    return prison[early].assign(released=watch[early])[["offender", "type", "released"]]


def came_back(out: pd.DataFrame, events: pd.DataFrame, years: float) -> float:
    """Return the share, per cent, of those released who have an event within so many years.

    events  offender and when: arrests, or sentences
    """
    if out.empty:
        return float("nan")
    pairs = out.reset_index(names="release").merge(events, on="offender")
    since = pairs["when"] - pairs["released"]
    back = pairs.loc[(since > 0) & (since <= years * WATCHES_PER_YEAR), "release"].nunique()
    return per_cent(back, len(out))


def arrests(seen: Observation) -> pd.DataFrame:
    """Return every arrest: offender, when."""
    caught = seen.all_cases[seen.all_cases["cleared"] > 0]
    return pd.DataFrame({"offender": caught["offender"], "when": caught["cleared_watch"]})


def sentences(seen: Observation) -> pd.DataFrame:
    """Return every sentence to prison or jail: offender, when."""
    held = seen.all_cases[seen.all_cases["fate"].isin(SENTENCED)]
    return pd.DataFrame({"offender": held["offender"], "when": held["court_watch"]})


def rearrested(seen: Observation) -> float:
    """Arrested again within three years of release from prison."""
    return came_back(releases(seen, 3.0), arrests(seen), 3.0)


def property_less_violent(seen: Observation) -> float:
    """Arrested again within five years, those held for property offences less those held for violence."""
    out, caught = releases(seen, 5.0), arrests(seen)
    of_property, of_violence = (out[out["type"].isin(names)] for names in (PROPERTY, VIOLENT))
    return came_back(of_property, caught, 5.0) - came_back(of_violence, caught, 5.0)


def sentenced_again(seen: Observation) -> float:
    """Sentenced to prison or jail again within three years of release."""
    return came_back(releases(seen, 3.0), sentences(seen), 3.0)


def arrested_before(seen: Observation) -> float:
    """Those charged in the last year who had been arrested for an earlier offence within the run."""
    last_year = seen.scenario.watches - WATCHES_PER_YEAR
    cases = seen.all_cases[seen.all_cases["cleared"] > 0].sort_values("cleared_watch", kind="stable")
    earlier = cases.groupby("offender").cumcount().to_numpy() > 0
    charged = ~cases["fate"].isin((Fate.AWAITING_CHARGE, Fate.NOT_CHARGED)).to_numpy()
    recent = charged & (cases["cleared_watch"].to_numpy() >= last_year)
    return per_cent(float(np.sum(earlier & recent)), float(recent.sum()))


def begun_by_citizens(seen: Observation) -> float:
    """Arrests at the scene of offences that somebody told the police of, and that no officer came upon."""
    at_scene = seen.cases[seen.cases["cleared"] == AT_SCENE]
    return per_cent(float((at_scene["discovered"] == 0).sum()), len(at_scene))


MEASURES = {
    "T3-26": Measure("arrests at the scene of offences that citizens told of", begun_by_citizens),
    "T5-01": Measure("arrested again within three years of release from prison", rearrested, ("decade",)),
    "T5-03": Measure(
        "arrested again within five years, held for property offences less held for violence",
        property_less_violent,
        ("decade",),
    ),
    "T5-04": Measure(
        "sentenced to prison or jail again within three years of release", sentenced_again, ("decade",)
    ),
    "T5-08": Measure(
        "charged in the tenth year and arrested before within the ten", arrested_before, ("decade",)
    ),
    "T5-10": as_outcome("trials_lost", "trials given up because nobody came to testify"),
}
