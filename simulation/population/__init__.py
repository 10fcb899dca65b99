"""Who lives in the city: residents, offenders and the empty books, drawn once from the city's margins.

The only place with a stateful generator: NumPy's, seeded by the run's seed, before the first watch.
"""

if __name__ != "coproduction.simulation.population":
    raise ImportError(f"import this package as coproduction.simulation.population, not as {__name__}")

import numpy as np

from coproduction.simulation.calls import calls_per_resident
from coproduction.simulation.city import City, FloatArray
from coproduction.simulation.errors import CityError
from coproduction.simulation.parameters import Numbers, Parameters
from coproduction.simulation.population.beats import lay_out_beats, on_their_beats
from coproduction.simulation.population.cells import lay_out_cells, lay_out_neighbourhoods
from coproduction.simulation.population.disorder import strewn, usual_disorder
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
from coproduction.simulation.population.offenders import derive_rates, draw_offenders
from coproduction.simulation.population.residents import draw_residents
from coproduction.simulation.population.streams import Stream, stream
from coproduction.simulation.population.ties import tie
from coproduction.simulation.rules.calendar import WATCHES_PER_YEAR
from coproduction.simulation.state import Government, State, laid_out

MOST_CALLS = 500
"""Calls per neighbourhood and watch that the Poisson draw by inversion can bear."""


def populate(city: City, residents: int, numbers: Numbers, seed: int, watches: int) -> State:
    """Return the state of a city before its first watch.

    residents  number of residents, at least 20
    watches    length of the run, watches; sizes the books
    """
    calls = calls_in_a_watch(city, residents, numbers.parameters)
    random = np.random.default_rng(np.random.SeedSequence(seed))
    people = draw_residents(city, residents, numbers.parameters, seed, random)
    ties = tie(city, people, numbers.parameters, stream(seed, Stream.TIES))
    offenders = draw_offenders(city, people, ties, numbers.parameters, random)
    cells = lay_out_cells(city, people, numbers.parameters)
    places = lay_out_neighbourhoods(city, people, numbers.parameters, seed)
    rates = derive_rates(city, numbers.parameters, offenders)
    rates.disorder[0] = usual_disorder(cells, places, numbers.parameters)
    cells.disorder[:] = strewn(cells, rates.disorder[0])
    posts = max(posts_at_most(residents, numbers.before), 1)
    officers = on_their_beats(empty_officers(posts_needed(residents, numbers)), posts, numbers, seed)
    state = State(
        residents=people,
        offenders=offenders,
        officers=officers,
        cells=cells,
        neighbourhoods=places,
        cases=empty_cases(room_for_cases(len(offenders.resident))),
        government=Government(
            np.zeros(1),
            np.zeros(1),
            np.zeros(1),
            np.array([people.volunteer.sum()], np.int64),
            np.zeros(1),
            np.zeros(1),
            np.zeros(1, np.int8),
        ),
        books=empty_books(city.n_neighbourhoods, watches),
        rates=rates,
        co_responders=empty_co_responders(co_responders_needed(residents, numbers)),
        calls=empty_calls(room_for_calls(calls, len(offenders.resident)), most_calls(calls)),
        ties=ties,
        programmes=empty_programmes(city.n_neighbourhoods, numbers),
        beats=lay_out_beats(city, people, officers.knowledge[:posts], numbers.parameters.beats),
    )
    beside: State = laid_out(state)
    return beside


def calls_in_a_watch(city: City, residents: int, p: Parameters) -> FloatArray:
    """Return the mean calls a watch by neighbourhood, offences aside.

    Refuses a city that is empty, too small, or has a neighbourhood with more calls in a watch than can be drawn.
    """
    if city.population_share.sum() <= 0.0 or residents < 20:
        raise CityError(f"{city.name}: a city needs at least 20 residents; got {residents}. Raise residents.")
    calls = calls_per_resident(p) / WATCHES_PER_YEAR * residents * city.population_share
    if calls.max() > MOST_CALLS:
        raise CityError(
            f"{city.name}: a neighbourhood must have at most {MOST_CALLS} calls a watch; got {calls.max():.0f}. "
            "Divide the largest neighbourhood or lower residents."
        )
    return calls
