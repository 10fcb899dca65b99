"""Explanations: which terms made a decision of an agent, as plain data computed by the model's own rules."""

if __name__ != "coproduction.experiments.explanations":
    raise ImportError(f"import this package as coproduction.experiments.explanations, not as {__name__}")

from coproduction.experiments.explanations.explanation import Explanation, Term

__all__ = ["Explanation", "Term"]
