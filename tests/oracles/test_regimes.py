"""How the long runs of O:short are looked at, on maps made by hand."""

import numpy as np

from coproduction.experiments.oracle_lattice import REGIMES
from coproduction.experiments.oracle_regimes import SIDE, Years, share_with_half, wavelength


def test_wavelength_of_a_drawn_wave() -> None:
    """A wave of 32 sites, four on the lattice, along either axis."""
    wave = np.tile(1.0 + 0.5 * np.cos(2.0 * np.pi * 4 * np.arange(SIDE) / SIDE), (SIDE, 1))
    maps = np.array([wave.ravel(), wave.T.ravel()])
    assert wavelength(Years(REGIMES["c"], maps, maps[0], maps[0])) == 32.0


def test_share_of_sites_with_half_of_the_crime() -> None:
    assert share_with_half(np.array([4.0, 1.0, 1.0, 1.0, 1.0])) == 0.2
    assert share_with_half(np.ones(10)) == 0.5
