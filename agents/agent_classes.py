"""Which class stands for which kind of agent."""

from dataclasses import dataclass

from coproduction.agents.case_file import CaseFile
from coproduction.agents.city_government import CityGovernment
from coproduction.agents.co_responder import CoResponder
from coproduction.agents.court_case import CourtCase
from coproduction.agents.neighbourhood import Neighbourhood
from coproduction.agents.offender import Offender
from coproduction.agents.officer import Officer
from coproduction.agents.resident import Resident
from coproduction.agents.volunteer import Volunteer


@dataclass(frozen=True)
class AgentClasses:
    """The classes of agents; put a subclass in the place of one to change what its agents do."""

    resident: type[Resident] = Resident
    volunteer: type[Volunteer] = Volunteer
    officer: type[Officer] = Officer
    co_responder: type[CoResponder] = CoResponder
    offender: type[Offender] = Offender
    neighbourhood: type[Neighbourhood] = Neighbourhood
    government: type[CityGovernment] = CityGovernment
    case_file: type[CaseFile] = CaseFile
    court_case: type[CourtCase] = CourtCase


OUR_CLASSES = AgentClasses()
