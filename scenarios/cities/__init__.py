"""Packaged city data, and the importers and the generator that make cities.

Importing this package loads neither shapely nor pandas nor matplotlib; the functions load what they need.
"""

if __name__ != "coproduction.scenarios.cities":
    raise ImportError(f"import this package as coproduction.scenarios.cities, not as {__name__}")

from coproduction.scenarios.cities.city_file import Assumption, CityFile, Provenance
from coproduction.scenarios.cities.description import describe_city
from coproduction.scenarios.cities.importing import Overrides, import_city
from coproduction.scenarios.cities.loading import load_city, packaged_cities
from coproduction.scenarios.cities.picture import draw_city

__all__ = [
    "Assumption",
    "CityFile",
    "Overrides",
    "Provenance",
    "describe_city",
    "draw_city",
    "import_city",
    "load_city",
    "packaged_cities",
]
