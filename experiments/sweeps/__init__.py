"""Sweeps: a design of many runs, its store on disk, and whatever carries it out.

A plan says which runs are asked for, the store which of them are finished; carrying it out is running the difference.
"""

if __name__ != "coproduction.experiments.sweeps":
    raise ImportError(f"import this package as coproduction.experiments.sweeps, not as {__name__}")
