"""The lattice of O:short: repeat crime (Short, D'Orsogna, Pasour, Tita, Brantingham, Bertozzi and Chayes 2008).

*A statistical model of criminal behavior*, Mathematical Models and Methods in Applied Sciences 18, 1249-1267. The
published stability analysis is written down here on its own; what it is compared with are the production rules, summed
by ``expected_step`` or drawn by the engine.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.oracle_city import one_neighbourhood, unchanging, with_offenders, with_tables
from coproduction.simulation.engine import run_core
from coproduction.simulation.mean_field import expected_step
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.population import populate
from coproduction.simulation.state import NOBODY, Floats, State

FIXED, DECAY, STEP = 1.0 / 30.0, 1.0 / 15.0, 0.01
"""A0 and omega per day, and the published step in days."""

KICK = 1e-5
"""Half-width of the central difference that makes the step linear: its own error is some 1e-11."""


class Regime(NamedTuple):
    """A published set of parameters: eta per step, theta per day, Gamma per site and day."""

    spread: float
    boost: float
    arrivals: float


REGIMES = {
    "a": Regime(0.2, 0.56, 0.019),
    "b": Regime(0.2, 5.6, 0.002),
    "c": Regime(0.03, 0.56, 0.019),
    "d": Regime(0.03, 5.6, 0.002),
}


def equilibrium(regime: Regime, days: float = STEP) -> tuple[float, float]:
    """Return the homogeneous boost and number of offenders per site, B' = theta Gamma / omega and n'."""
    boost = regime.boost * regime.arrivals / DECAY
    return boost, regime.arrivals * days / (1.0 - math.exp(-(FIXED + boost) * days))


def published_matrix(regime: Regime, wave: tuple[float, float], days: float = STEP) -> NDArray[np.float64]:
    """Return what a step does to a small cosine wave in boost and offenders; wave is qx, qy per site."""
    boost, standing = equilibrium(regime, days)
    total = FIXED + boost
    burgles = 1.0 - math.exp(-total * days)
    more = days * math.exp(-total * days)
    around = (math.cos(wave[0]) + math.cos(wave[1])) / 2.0
    kept = (1.0 - regime.spread + regime.spread * around) * (1.0 - DECAY * days)
    drawn_in = standing * (1.0 - burgles) / total * (1.0 - around * around)
    return np.array([
        [kept + regime.boost * standing * more, regime.boost * burgles],
        [drawn_in - around * standing * more, around * (1.0 - burgles)],
    ])  # fmt: skip


def lattice_numbers(regime: Regime, days: float) -> Numbers:
    """Return the production parameters that make the watch a step of the lattice."""
    return unchanging(with_tables({
        "setting": {
            "movement": 1.0, "periodic": 1.0, "arrivals": regime.arrivals, "fixed_attraction": FIXED,
            "step_days": days,
        },
        "offending": {"boost_decay": DECAY, "boost_spread": regime.spread},
        "burglary": {"boost": regime.boost / FIXED},
    }))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lattice:
    """A periodic square of ``side`` sites; the state's first crime type is the published burglary."""

    side: int
    numbers: Numbers
    state: State

    def expect(self, boost: Floats, standing: Floats) -> tuple[Floats, Floats, Floats]:
        """Return offences, offenders and boost expected after one step from these."""
        cells = self.state.cells._replace(boost=np.tile(boost, (len(self.state.cells.boost), 1)))
        return expected_step(
            pack_state(self.state._replace(cells=cells)), pack_numbers(self.numbers), standing
        )

    def draw(self, boost: Floats, sites: NDArray[np.int64], seed: int) -> tuple[Floats, Floats, Floats]:
        """Return the same as drawn by the whole schedule of one watch, from offenders at these sites."""
        position = self.state.offenders.position
        self.state.cells.boost[0] = boost
        position[:] = NOBODY
        position[: len(sites)] = sites
        return self.draw_next(seed, 0)

    def draw_next(self, seed: int, watch: int) -> tuple[Floats, Floats, Floats]:
        """Return the same for the watch that follows on the state as it is."""
        state, n = self.state, self.side * self.side
        state.cases.count[0] = state.calls.marks[0] = 0
        run_core(state, self.numbers, seed, watch, watch + 1)
        offences = np.bincount(state.cases.cell[: state.cases.count[0]], minlength=n)
        return offences.astype(np.float64), self.standing(), state.cells.boost[0].copy()

    def standing(self) -> Floats:
        """Return the offenders (C,) who stand at each site now."""
        position = self.state.offenders.position
        return np.bincount(position[position != NOBODY], minlength=self.side**2).astype(np.float64)


def lattice(regime: Regime, side: int, capacity: int = 1, watches: int = 1, days: float = STEP) -> Lattice:
    """Return an empty lattice with room for that many offenders, for runs of that many watches."""
    numbers = lattice_numbers(regime, days)
    state = populate(one_neighbourhood(side, side), 20, numbers, 1, watches)
    return Lattice(side, numbers, with_offenders(state, capacity, rate=0.0))


def response(sites: Lattice, regime: Regime, kick: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Return how boost and offenders after a step answer to a small change (boost, offenders) of the equilibrium."""
    boost, standing = equilibrium(regime)
    _, offenders_up, boost_up = sites.expect(boost + KICK * kick[0], standing + KICK * kick[1])
    _, offenders_down, boost_down = sites.expect(boost - KICK * kick[0], standing - KICK * kick[1])
    return (boost_up - boost_down) / (2.0 * KICK), (offenders_up - offenders_down) / (2.0 * KICK)


def growth_of_mode(sites: Lattice, regime: Regime, mode: int) -> tuple[float, float]:
    """Return by what boost and offenders of one cosine along an axis grow in a step, started in its fastest shape.

    Where the shape turns as it grows (complex eigenvalues), its two parts are stepped one by one.
    """
    angle = 2.0 * math.pi * mode / sites.side
    values, vectors = np.linalg.eig(published_matrix(regime, (angle, 0.0)).astype(np.complex128))
    shape = vectors[:, np.argmax(np.abs(values))]
    wave = np.tile(np.cos(angle * np.arange(sites.side)), sites.side)
    parts = [response(sites, regime, (s[0] * wave, s[1] * wave)) for s in (shape.real, shape.imag)]
    after = [
        (real @ wave + 1j * (turned @ wave)) / (wave @ wave) for real, turned in zip(*parts, strict=True)
    ]
    return abs(after[0] / shape[0]), abs(after[1] / shape[1])


def growth_of_all_modes(sites: Lattice, regime: Regime) -> NDArray[np.float64]:
    """Return the largest |eigenvalue| of every mode (side, side), from the answer to one kicked site each."""
    kick, none = np.zeros(sites.side**2), np.zeros(sites.side**2)
    kick[0] = 1.0
    answers = [response(sites, regime, change) for change in ((kick, none), (none, kick))]
    shape = (sites.side, sites.side)
    matrix = np.array([[np.fft.fft2(answer[part].reshape(shape)) for answer in answers] for part in (0, 1)])
    return np.abs(np.linalg.eigvals(np.moveaxis(matrix, (0, 1), (2, 3)))).max(axis=-1)
