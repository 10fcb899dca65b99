"""The model against facts that set nothing in it: stylised facts, each inside its band, outside, or not measurable."""

if __name__ != "coproduction.experiments.facts":
    raise ImportError(f"import this package as coproduction.experiments.facts, not as {__name__}")
