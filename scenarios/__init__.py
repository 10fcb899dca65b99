"""Cities, policing arrangements and the scenario files that name them."""

if __name__ != "coproduction.scenarios":
    raise ImportError(f"import this package as coproduction.scenarios, not as {__name__}")
