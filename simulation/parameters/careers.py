"""Declared parameters of offending careers: who begins, in what, with whom, from where, for how long."""

from typing import Annotated, NamedTuple

from coproduction.simulation.parameters.declaration import Declared


class Careers(NamedTuple):
    """Entry, specialisation, awareness space, peers, release, giving up."""

    age_fading: Annotated[
        float,
        Declared("years of age beyond 18 over which the likelihood of an active career at the start falls to 37 %",
                 3, 60, "assumption: the age-crime curve peaks in the late teens; since it was drawn up offenders have "
                 "grown older (Blumstein, Cohen, Roth and Visher 1986)", ("active_age", 1)),
    ] = 15.0  # fmt: skip
    reserve: Annotated[
        float,
        Declared("potential offenders per active one at the start, at most", 0.1, 4,
                 "assumption: those who may begin while the city is looked at", role="fixed",
                 fixed="room for those who may begin; entry is declared per active career"),
    ] = 0.6  # fmt: skip
    entry: Annotated[
        float,
        Declared("careers begun a year per active career at the start, when social causes are 1", 0, 1,
                 "assumption: as many begin as give up", ("active_offenders", 1)),
    ] = 0.12  # fmt: skip
    social_causes: Annotated[
        float,
        Declared("index of what makes people begin and no lever reaches, 1 as it is", 0, 4,
                 "definition: the driver from outside; what moves it is not modelled", ("active_offenders", 1)),
    ] = 1.0  # fmt: skip
    social_trend: Annotated[
        float,
        Declared("growth of that index, share a year", -0.3, 0.5, "assumption: none", ("social_causes", 1)),
    ] = 0.0  # fmt: skip
    desistance: Annotated[
        float,
        Declared("hazard of giving up, per year, at 25 with middling bonds and self-efficacy and no active peer", 0, 2,
                 "assumption: careers of most offenders last five to ten years (Blumstein, Cohen, Roth and Visher "
                 "1986; cited from memory)", ("active_offenders", -1)),
    ] = 0.14  # fmt: skip
    age_weight: Annotated[
        float,
        Declared("added to the log hazard of giving up per decade of age above 25", 0, 2,
                 "assumption: size unknown; sign from Sampson and Laub 1993", ("active_age", -1)),
    ] = 0.2  # fmt: skip
    bonds_weight: Annotated[
        float,
        Declared("added to the log hazard of giving up per unit of social capital above 0.5", 0, 6,
                 "assumption: size unknown; bonds make people stop (Sampson and Laub 1993)", ("desisters_capital", 1)),
    ] = 1.0  # fmt: skip
    efficacy_weight: Annotated[
        float,
        Declared("added to the log hazard of giving up per unit of self-efficacy above 0.5", 0, 6,
                 "assumption: size unknown; those who make good believe that they can (Maruna 2001)",
                 ("desisters_efficacy", 1)),
    ] = 1.0  # fmt: skip
    organisations: Annotated[
        float,
        Declared("nonprofits at work in a usual neighbourhood, per 100,000 residents", 0, 200,
                 "assumption: some twenty; what counts is the difference to it", role="fixed",
                 fixed="a level that others are measured against, at which nothing changes"),
    ] = 20.0  # fmt: skip
    organisations_spread: Annotated[
        float,
        Declared("standard deviation over neighbourhoods of the log of nonprofits per 100,000 residents", 0, 1.5,
                 "assumption: size unknown", ("organisations_spread", 1)),
    ] = 0.4  # fmt: skip
    organisations_weight: Annotated[
        float,
        Declared("taken off the log hazard of beginning, and added to that of giving up, per 10 nonprofits more than "
                 "usual per 100,000 residents", 0, 0.5,
                 "assumption: size unknown; in 264 cities crime fell where nonprofits were founded (Sharkey and others "
                 "2017), who do work with youth and on the streets", ("active_by_organisations", -1)),
    ] = 0.05  # fmt: skip
    peers_weight: Annotated[
        float,
        Declared("taken off the log hazard of giving up per unit of the share of peers who are active", 0, 6,
                 "assumption: size unknown; peers who offend hold others back (Warr 1998)", ("active_offenders", 1)),
    ] = 0.5  # fmt: skip
    resettlement_weight: Annotated[
        float,
        Declared("added to the log hazard of giving up after a release with help", 0, 4,
                 "assumption: size unknown; well-run help through the gate goes with less reoffending",
                 ("desisters_helped", 1)),
    ] = 0.7  # fmt: skip
    met_at_gate: Annotated[
        float,
        Declared("share of those released who are met and helped without any programme", 0, 1,
                 "assumption: a few, by family and churches", ("desisters_helped", 1)),
    ] = 0.05  # fmt: skip
    specialisation: Annotated[
        float,
        Declared("share of attempts that are of the offender's own speciality, by choice", 0, 1,
                 "assumption: most offenders are versatile (Blumstein, Cohen, Roth and Visher 1986)",
                 ("speciality_share", 1)),
    ] = 0.2  # fmt: skip
    day_anchor: Annotated[
        float,
        Declared("share of attempts that start from the day place", 0, 0.4,
                 "assumption: crime lies around the nodes of everyday life (Brantingham and Brantingham 1981)",
                 ("journey_cells", 1)),
    ] = 0.2  # fmt: skip
    leisure_anchor: Annotated[
        float,
        Declared("share of attempts that start from where leisure is spent, the home of somebody one knows", 0, 0.3,
                 "assumption: crime lies around the nodes of everyday life (Brantingham and Brantingham 1981)",
                 ("from_leisure", 1)),
    ] = 0.15  # fmt: skip
    target_anchor: Annotated[
        float,
        Declared("share of attempts that start from the last target", 0, 0.3,
                 "assumption: offenders come back (Bernasco 2008); size unknown", ("from_last_target", 1)),
    ] = 0.1  # fmt: skip
    peer_learning: Annotated[
        float,
        Declared("share of the way to what befell a peer who offended in the last four weeks", 0, 0.5,
                 "assumption: less than from own cases; form from Stafford and Warr 1993", ("certainty", -1)),
    ] = 0.02  # fmt: skip
    release_factor: Annotated[
        float,
        Declared("rate of attempts on the day of release against the usual one", 1, 5,
                 "assumption: the hazard of arrest is highest in the first year out and falls from there",
                 ("rate_after_release", 1)),
    ] = 1.5  # fmt: skip
    release_weeks: Annotated[
        float,
        Declared("weeks after release at which what is above the usual rate has fallen to 37 %", 4, 200,
                 "assumption: half a year", ("rate_after_release", 1)),
    ] = 26.0  # fmt: skip
