"""The ODD + D description of the model, its tables made from the code: docs/odd.md."""

if __name__ != "coproduction.experiments.odd":
    raise ImportError(f"import this package as coproduction.experiments.odd, not as {__name__}")
