"""The page of ``coproduce dashboard``: a city under two policies, watched week by week in a browser.

What runs the cities (`city_session`) knows nothing of the page; what draws the page (`page`) knows nothing of rules.
"""

if __name__ != "coproduction.dashboard":
    raise ImportError(f"import this package as coproduction.dashboard, not as {__name__}")
