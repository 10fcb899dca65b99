"""Designs: which points of the unit cube a sweep looks at, one column a group of parameters that move together.

Latin hypercubes and Sobol' sequences are scipy's, Morris' trajectories and Saltelli's design SALib's. All are seeded.
"""

import itertools
from collections.abc import Sequence
from typing import Any, Literal, get_args

import numpy as np

from coproduction.experiments.sweeps.dimensions import Dimension, Floats
from coproduction.simulation.errors import DesignError

Design = Literal["grid", "list", "latin_hypercube", "sobol", "morris", "saltelli"]
DESIGNS: tuple[Design, ...] = get_args(Design)
SAMPLED = ("latin_hypercube", "sobol")
PAIRED = ("morris", "saltelli")
"""Designs whose points belong together: none may be left out, and all parameters are varied as one."""
MORRIS_LEVELS = 4


def sampled(source: str, design: Design, dimensions: Sequence[Dimension], samples: int, seed: int) -> Floats:
    """Return the points of a design, shape (points, dimensions), in the parameters' own units.

    samples  points of a Latin hypercube or a Sobol' sequence; trajectories of Morris; base samples of Saltelli

    Raises
    ------
    DesignError
        The number of samples does not suit the design.
    """
    if not dimensions:
        return np.zeros((1, 0))
    if design == "grid":
        return np.array(list(itertools.product(*(dimension.grid for dimension in dimensions))), dtype=float)
    if design in {"sobol", "saltelli"} and samples & (samples - 1):
        near = 1 << (samples.bit_length() - 1)
        raise DesignError(
            f"{source}: [sweep] samples must be a power of two for {design}; got {samples}. "
            f"Use {near} or {2 * near}."
        )
    if design in PAIRED:
        cube = _paired_cube(design, dimensions, samples, seed)
    else:
        cube = _cube(design, dimensions, samples, seed)
    return np.column_stack([dimension.at(cube[:, column]) for column, dimension in enumerate(dimensions)])


def _cube(design: Design, dimensions: Sequence[Dimension], samples: int, seed: int) -> Floats:
    """Return quantiles, shape (points, dimensions); parameters of one group share theirs."""
    from scipy.stats import qmc

    groups = list(dict.fromkeys(dimension.group for dimension in dimensions))
    engine: Any = qmc.Sobol if design == "sobol" else qmc.LatinHypercube
    drawn = np.asarray(engine(len(groups), rng=np.random.default_rng(seed)).random(samples))
    return drawn[:, [groups.index(dimension.group) for dimension in dimensions]]


def problem_of(dimensions: Sequence[Dimension]) -> dict[str, Any]:
    """Return what SALib calls a problem: the unit cube, since distributions are applied here, and the groups."""
    problem: dict[str, Any] = {
        "num_vars": len(dimensions),
        "names": [dimension.name for dimension in dimensions],
        "bounds": [[0.0, 1.0]] * len(dimensions),
    }
    groups = [dimension.group for dimension in dimensions]
    if len(set(groups)) < len(groups):
        problem["groups"] = groups
    return problem


def _paired_cube(design: Design, dimensions: Sequence[Dimension], samples: int, seed: int) -> Floats:
    problem = problem_of(dimensions)
    if design == "morris":
        from SALib.sample import morris

        return np.asarray(morris.sample(problem, samples, num_levels=MORRIS_LEVELS, seed=seed))
    from SALib.sample import sobol

    return np.asarray(sobol.sample(problem, samples, calc_second_order=False, seed=seed))
