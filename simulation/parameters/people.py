"""Declared parameters of who residents are: age, sex, work, group, generalised trust, and their ties."""

from typing import Annotated, NamedTuple

from coproduction.simulation.evidence import derived, fact
from coproduction.simulation.parameters.declaration import Declared

_BY_GROUP = "net of income: the raw gap is partly one of income"


class Demography(NamedTuple):
    """Age, sex, work, group, education and tenure of residents of 12 years and more, and what differs by them.

    Younger children are not represented apart; a resident stands for a person of the population all the same.
    """

    young_share: Annotated[
        float,
        Declared("share of residents of 12 to 24 years", 0.05, 0.4,
                 derived(("T10-06",), "17 of the 85 % that are 12 or older"), ("mean_age", -1)),
    ] = 0.20  # fmt: skip
    old_share: Annotated[
        float,
        Declared("share of residents of 65 years and more", 0.02, 0.4,
                 derived(("T10-06", "T10-07"), "16.8 of the 85 % that are 12 or older"),
                 ("mean_age", 1)),
    ] = 0.19  # fmt: skip
    women_share: Annotated[
        float,
        Declared("share of women", 0.3, 0.7, fact("T10-08"), role="fixed",
                 fixed="half of the people of any city; what differs between the sexes is what matters"),
    ] = 0.51  # fmt: skip
    working_share: Annotated[
        float,
        Declared("share of those of 18 to 64 years who work or study; those below go to school", 0.3, 0.95,
                 "assumption: about three quarters are in work, as in US labour statistics, or study",
                 ("home_by_day", -1)),
    ] = 0.75  # fmt: skip
    working_old: Annotated[
        float,
        Declared("share of those of 65 years and more who work", 0, 0.6,
                 "assumption: about one in five, as in US labour statistics", ("home_by_day", -1)),
    ] = 0.19  # fmt: skip
    minority_share: Annotated[
        float,
        Declared("share of residents who belong to the minority group", 0.02, 0.48,
                 "assumption: three in ten; the city's table has no such margin", ("trust_dispersion", 1)),
    ] = 0.30  # fmt: skip
    minority_gradient: Annotated[
        float,
        Declared("fall of the log odds of belonging to the minority per standard deviation of neighbourhood log income",
                 0, 2.5, "assumption: US cities are segregated by group and by income alike; no margin in the city's "
                 "table", ("group_sorting", 1)),
    ] = 0.8  # fmt: skip
    fear_sex: Annotated[
        float,
        Declared("fear of women less that of men, 0 to 1", 0, 0.5,
                 fact("T6-04", "between both years"),
                 ("fear_sex_gap", 1)),
    ] = 0.25  # fmt: skip
    trust_group: Annotated[
        float,
        Declared("trust in police of the majority less that of the minority, 0 to 1", 0, 0.5,
                 fact("T6-07"),
                 ("trust_group_gap", 1)),
    ] = 0.28  # fmt: skip
    social_capital_group: Annotated[
        float,
        Declared("social capital of the majority less that of the minority at equal income, 0 to 1", 0, 0.5,
                 derived(("T6-14",), f"2016: White 62 %, Black 31 %; {_BY_GROUP}"),
                 ("social_capital_group_gap", 1)),
    ] = 0.20  # fmt: skip
    general_trust: Annotated[
        float,
        Declared("mean generalised trust, 0 to 1; share who say that most people can be trusted", 0.1, 0.8,
                 fact("T6-13", "level of all, 34 %"), ("bridging", 1)),
    ] = 0.34  # fmt: skip
    general_trust_income: Annotated[
        float,
        Declared("generalised trust of the richest less that of the poorest quintile, 0 to 1", 0, 0.5,
                 fact("T6-13"), ("bridging_gap", -1)),
    ] = 0.21  # fmt: skip
    general_trust_group: Annotated[
        float,
        Declared("generalised trust of the majority less that of the minority at equal income, 0 to 1", 0, 0.4,
                 derived(("T6-13",), f"White 40 %, Black 21, Hispanic 23; {_BY_GROUP}"),
                 ("bridging_group_gap", 1)),
    ] = 0.13  # fmt: skip
    diploma_share: Annotated[
        float,
        Declared("share of residents with a high-school diploma or more", 0.5, 0.99,
                 "assumption: about as among adults of the United States; of the young, of those they live with",
                 ("mean_education", 1)),
    ] = 0.88  # fmt: skip
    college_share: Annotated[
        float,
        Declared("share of those with a diploma who went on to college", 0.1, 0.95,
                 "assumption: about as among adults of the United States", ("mean_education", 1)),
    ] = 0.67  # fmt: skip
    degree_share: Annotated[
        float,
        Declared("share of those who went to college who have a degree", 0.1, 0.95,
                 "assumption: about as among adults of the United States", ("mean_education", 1)),
    ] = 0.56  # fmt: skip
    education_income: Annotated[
        float,
        Declared("rise of education, log odds of its next step, from the poorest to the richest quintile", 0, 8,
                 "assumption: size unknown; income rises with schooling", ("education_gap", -1)),
    ] = 2.5  # fmt: skip
    owner_share: Annotated[
        float,
        Declared("share of residents whose home is owned", 0.05, 0.95,
                 "assumption: about as in the United States; the city's table has no such margin", ("owners", 1)),
    ] = 0.64  # fmt: skip
    owner_income: Annotated[
        float,
        Declared("rise of the log odds that the home is owned, from the poorest to the richest quintile", 0, 8,
                 "assumption: size unknown; who earns more owns more often", ("owner_gap", -1)),
    ] = 2.0  # fmt: skip


class Ties(NamedTuple):
    """Whom residents know: bonding ties with those alike nearby, bridging ties with anybody anywhere."""

    bonding: Annotated[
        float,
        Declared("bonding ties of a resident, persons, mean; fewer where hardly anybody lives near", 0, 20,
                 "assumption: a handful of people to confide in or ask for help", ("ties", 1)),
    ] = 6.0  # fmt: skip
    bridging: Annotated[
        float,
        Declared("bridging ties of a resident of generalised trust 1, persons", 0, 20,
                 "assumption: set so that the mean resident has about two", ("bridging", 1)),
    ] = 6.0  # fmt: skip
    reach: Annotated[
        float,
        Declared("side of the squares of cells within which bonding ties are made, cells", 1, 12,
                 "assumption: two or three blocks", ("tie_distance", 1)),
    ] = 3.0  # fmt: skip
    homophily: Annotated[
        float,
        Declared("weight of likeness in income and group, against chance, in who bonds with whom nearby", 0, 1,
                 "assumption: size unknown; people tie with people like themselves (McPherson and others "
                 "2001)", ("tie_similarity", 1)),
    ] = 0.8  # fmt: skip
