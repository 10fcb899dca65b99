"""How much memory a city will take, from the shapes of its columns, before anything is drawn."""

from typing import Any, get_type_hints

import numpy as np

from coproduction.simulation.city import City
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.levers import LEVERS
from coproduction.simulation.population import calls_in_a_watch
from coproduction.simulation.population.beats import beats_needed
from coproduction.simulation.population.empty import (
    co_responders_needed,
    empty_books,
    empty_calls,
    empty_cases,
    empty_co_responders,
    empty_officers,
    empty_programmes,
    most_calls,
    posts_at_most,
    posts_needed,
    room_for_calls,
    room_for_cases,
)
from coproduction.simulation.population.offenders import careers_among, offences_per_year
from coproduction.simulation.rules.calendar import WATCHES_PER_YEAR
from coproduction.simulation.rules.offending import reach_of
from coproduction.simulation.state import (
    PEERS,
    Beats,
    Cases,
    Cells,
    Counts,
    Flags,
    Floats,
    Government,
    Ints,
    Neighbourhoods,
    Offenders,
    Rates,
    Residents,
    Ties,
    memory,
)

_WIDTHS: dict[Any, int] = {Flags: 1, Ints: 4, Counts: 8, Floats: 8}


def expected_bytes(city: City, residents: int, numbers: Numbers, watches: int) -> dict[str, int]:
    """Return the bytes that each group of the state will hold at the end of a run of that many watches.

    Exact but for ties, of which some are drawn twice, and for case files, which grow with what happens.
    """
    p = numbers.parameters
    r, o, c = residents, sum(careers_among(residents, p)), city.n_cells
    n, k = city.n_neighbourhoods, len(p.crimes)
    away = reach_of(p.offending.distance_decay) + 1
    inside = int(np.count_nonzero(city.neighbourhood >= 0))
    beats = beats_needed(max(posts_at_most(residents, numbers.before), 1), p.beats.posts, n)
    by_type = dict.fromkeys(("fixed", "boost", "offences"), k * c)
    listed = {"living_start": c + 1, "coming_start": c + 1, "coming": r}
    calls = calls_in_a_watch(city, residents, p)
    ends = round(r * (p.ties.bonding + p.ties.bridging * p.demography.general_trust))
    return {
        "residents": row_bytes(Residents, r),
        "offenders": row_bytes(Offenders, o, peers=PEERS * o),
        "officers": memory(empty_officers(posts_needed(residents, numbers))),
        "cells": row_bytes(
            Cells,
            c,
            neighbours=4 * c,
            present=3 * c,
            late=(int(p.patrol.map_delay) + 1) * c,
            **by_type,
            **listed,
        ),
        "neighbourhoods": row_bytes(Neighbourhoods, n, cell_start=n + 1, cell=inside, levers=n * len(LEVERS)),
        "cases": memory(empty_cases(_room_at_the_end(o, expected_cases(residents, numbers, watches)))),
        "government": row_bytes(Government, 1),
        "books": memory(empty_books(n, watches)),
        "rates": row_bytes(
            Rates,
            3,
            type_share=3 * k,
            type_rhythm=3 * k,
            grid=2,
            entry=1,
            disorder=1,
            pull=away * away,
        ),
        "ties": row_bytes(Ties, r, start=r + 1, partner=ends),
        "programmes": memory(empty_programmes(n, numbers)),
        "co_responders": memory(empty_co_responders(co_responders_needed(residents, numbers))),
        "calls": memory(empty_calls(room_for_calls(calls, o), most_calls(calls))),
        "beats": row_bytes(Beats, beats, of=n, cell_start=beats + 1, cell=inside, plan=inside, guide=inside),
    }


def row_bytes(group: type, rows: int, **otherwise: int) -> int:
    """Return the bytes of a group of columns with so many rows each, but for those that are named with their length."""
    kinds = get_type_hints(group)
    return sum(_WIDTHS[kind] * otherwise.get(name, rows) for name, kind in kinds.items())


def expected_cases(residents: int, numbers: Numbers, watches: int) -> int:
    """Return how many offences the declared base rates bring in so many watches."""
    return round(offences_per_year(numbers.parameters) / WATCHES_PER_YEAR * residents * watches)


def case_bytes(cases: int) -> int:
    """Return the bytes of so many rows of case files."""
    return row_bytes(Cases, cases, count=0, marks=0)


def _room_at_the_end(offenders: int, cases: int) -> int:
    """Return the rows of case files once they hold so many cases: they grow by doubling."""
    room = room_for_cases(offenders)
    while room < cases:
        room *= 2
    return room
