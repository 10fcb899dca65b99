"""Runs, comparisons and sweeps of the model, and the command line.

Scripts and notebooks start from :mod:`coproduction.experiments.api`.
"""

if __name__ != "coproduction.experiments":
    raise ImportError(f"import this package as coproduction.experiments, not as {__name__}")
