"""Scenario files that ship with the package."""

if __name__ != "coproduction.scenarios.presets":
    raise ImportError(f"import this package as coproduction.scenarios.presets, not as {__name__}")
