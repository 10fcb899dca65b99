"""What a validation says, in plain words made from its numbers."""

from collections.abc import Sequence

from coproduction.experiments.report.wording import (
    count,
    listing,
    number,
    percent,
    sentence_start,
    within_sentence,
)
from coproduction.experiments.spatial_statistics import Correlation
from coproduction.experiments.validation import Fit, Range, Validation, within_factor

WANTED_FACTOR = 1.5
SAME_UNIT = "per 1,000 households a year"
NOTICEABLE = 0.05
"""Change of a correlation that is worth a word."""


def figure(of: Correlation | Range, decimals: int = 2) -> str:
    """Return a value with its interval: "0.64 (0.04 to 0.90)"."""
    return f"{number(of.value, decimals)} ({number(of.low, decimals)} to {number(of.high, decimals)})"


def findings(v: Validation) -> tuple[str, ...]:
    """Return one paragraph a finding, the level first."""
    paragraphs = (
        level(v),
        order(v),
        beyond_income(v),
        where_the_order_comes_from(v),
        other_cuts(v),
        luck(v),
        clustering(v),
    )
    return tuple(paragraph for paragraph in paragraphs if paragraph) + (limits(v),)


def level(v: Validation) -> str:
    """Say how the level stands to the observed one."""
    label = within_sentence(v.city.observed_label)
    if v.city.observed_unit != SAME_UNIT:
        return (
            f"The observed column ({label}) is {v.city.observed_unit} and not {SAME_UNIT}: levels are not compared, only "
            f"which neighbourhoods have more."
        )
    verdict = "within" if within_factor(v.ratio, WANTED_FACTOR) else "outside"
    return (
        f"The model records {figure(v.model.level, 1)} burglaries and vehicle thefts {SAME_UNIT}; observed were "
        f"{number(v.observed_mean)} as the mean of neighbourhoods and {number(v.household_mean)} weighted by households. The "
        f"ratio is {number(v.ratio, 2)}, {verdict} the factor of {WANTED_FACTOR:g} that was wanted. The observed column sets "
        f"nothing: base rates are those of the United States."
    )


def order(v: Validation) -> str:
    """Say how well the model orders neighbourhoods, beside income and housing value."""
    found, income, housing = (
        v.model.correlation,
        v.benchmarks["income"].correlation,
        v.benchmarks["housing_value"].correlation,
    )
    better = abs(found.value) > abs(income.value)
    return (
        f"The model puts neighbourhoods in an order that has a rank correlation of {figure(found)} with the observed one. "
        f"Neighbours are alike, so that {count(v.compared, 'neighbourhood')} are worth about "
        f"{number(found.effective_size, 0)} independent ones here, and the interval is as wide as that. Income alone, without "
        f"any model, reaches {number(abs(income.value), 2)} in size, housing value {number(abs(housing.value), 2)}: the model "
        f"orders neighbourhoods {'better' if better else 'no better'} than income alone."
    )


def beyond_income(v: Validation) -> str:
    """Say what the model adds to income, if anything."""
    added, around = v.model.beyond, v.benchmarks["income_around"].beyond
    return f"Given income, the model's rank correlation with observed crime is {figure(added)}: {_verdict(added)}{_rival(added, around)}"


def _verdict(added: Correlation) -> str:
    if added.low > 0.0:
        return "it adds something to what income says."
    if added.high < 0.0:
        return "where it departs from income it departs from what was observed, too."
    return "the interval holds 0, so what the model adds to income cannot be told from nothing."


def _rival(added: Correlation, around: Correlation | None) -> str:
    if around is None:
        return ""
    more = "at least as much" if around.value >= added.value else "less"
    return (
        f" Averaging each neighbourhood's income with that of the neighbourhoods it touches, without any model, adds {more}: "
        f"{figure(around)}."
    )


def where_the_order_comes_from(v: Validation) -> str:
    """Say whether the order is only the declared tie of offenders to income."""
    cut = _cut(v, "offenders")
    if cut is None:
        return ""
    left = cut.correlation
    opening = f"With {cut.what} the correlation is {figure(left)} instead of {number(v.model.correlation.value, 2)}. "
    if left.value < v.model.correlation.value / 2.0:
        return (
            f"{opening}So the agreement comes from one declared assumption, that offending careers are more common where "
            f"incomes are low (offender_gradient of [population], whose size is assumed): the order is income's, handed on by "
            f"the model, and no evidence that its mechanisms are right."
        )
    return (
        f"{opening}So most of the agreement does not rest on the declared tie of offending careers to income."
    )


def other_cuts(v: Validation) -> str:
    """Say which of the other mechanisms matter to the order, and whether it would be better without."""
    others = [cut for cut in v.cuts if cut.key not in {"offenders", "income"}]
    if not others:
        return ""
    changes = [(cut, cut.correlation.value - v.model.correlation.value) for cut in others]
    worse = [cut for cut, change in changes if change < -NOTICEABLE]
    better = [cut for cut, change in changes if change > NOTICEABLE]
    whole = v.model.correlation
    inside = all(whole.low <= cut.correlation.value <= whole.high for cut in others)
    parts = [
        f"The order agrees less with {_named(worse)}."
        if worse
        else "No other cut makes the order agree noticeably less.",
        f"It agrees better with {_named(better)}." if better else "",
        f"All {len(others)} correlations lie within the interval of the whole model's, so that this map says little for or "
        f"against any of these mechanisms."
        if inside
        else "",
    ]
    return " ".join(part for part in parts if part)


def _named(cuts: Sequence[Fit]) -> str:
    return listing([f"{cut.what} ({number(cut.correlation.value, 2)})" for cut in cuts])


def _cut(v: Validation, key: str) -> Fit | None:
    return next((cut for cut in v.cuts if cut.key == key), None)


def luck(v: Validation) -> str:
    """Say how much of the maps is luck."""
    return (
        f"The map is the mean of {count(len(v.seeds), 'seed')}; {percent(100.0 * v.model.reliability, 0)} of its spread between "
        f"neighbourhoods is not luck. A single simulated year has more of it, and a correlation of {figure(v.model.single_year)}."
    )


def clustering(v: Validation) -> str:
    """Say whether the model's map is as clustered as the observed one."""
    model, observed = v.model.clustering, v.observed_clusters
    words = "smoother than" if model > observed + NOTICEABLE else "about as smooth as"
    words = "less smooth than" if model < observed - NOTICEABLE else words
    return sentence_start(
        f"the model's map is {words} the observed one: Moran's I is {number(model, 2)} against {number(observed, 2)} (income: "
        f"{number(v.benchmarks['income'].clustering, 2)}; without clustering about {number(-1.0 / (v.compared - 1), 2)})."
    )


def limits(v: Validation) -> str:
    """Say what such a check cannot show."""
    made_up = any(assumption.margin == "population" for assumption in v.city.assumptions)
    residents = (
        " The table has no residents: every neighbourhood was given the same number, and rates per household rest on that."
        if made_up
        else ""
    )
    return (
        f"This is one city and one map. Nothing by neighbourhood on volunteering, collective efficacy or trust is known here, so "
        f"the mechanisms of co-production themselves are not checked.{residents}"
    )
