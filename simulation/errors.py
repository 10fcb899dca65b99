"""The errors that a user can cause or meet, in one shape.

Every message names the file, the table, the key, what is allowed, what was given and what to do, as in
``columbus.toml: [policing] officers_per_1000 must be between 0 and 10; got 160. Did you mean 1.60?``
"""


class CoproductionError(Exception):
    """Anything that a user of the laboratory can put right; the command line exits with code 2."""


class ParameterError(CoproductionError, ValueError):
    """A parameter is unknown, of the wrong type or outside its range."""


class ScenarioFileError(CoproductionError, ValueError):
    """A scenario file cannot be read or does not describe a scenario."""


class CityError(CoproductionError, ValueError):
    """A city file or its table cannot be read or does not describe a city."""


class ManifestError(CoproductionError, ValueError):
    """A manifest cannot be read, or replaying it does not give the result that it records."""


class DesignError(CoproductionError, ValueError):
    """A comparison or a sweep cannot be run as it is asked for."""
