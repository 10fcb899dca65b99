"""The model's equations: scalar, pure, plain Python, one module a mechanism.

Agents call them as they are, kernels compile them, explanations print their terms.
"""

if __name__ != "coproduction.simulation.rules":
    raise ImportError(f"import this package as coproduction.simulation.rules, not as {__name__}")
