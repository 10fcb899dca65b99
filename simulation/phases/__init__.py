"""The phases of a watch as kernels over arrays, one module a group of phases."""

if __name__ != "coproduction.simulation.phases":
    raise ImportError(f"import this package as coproduction.simulation.phases, not as {__name__}")
