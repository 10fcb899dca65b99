"""The numerical city: parameters, rules, kernels over arrays, case files and ledger."""

if __name__ != "coproduction.simulation":
    raise ImportError(f"import this package as coproduction.simulation, not as {__name__}")
