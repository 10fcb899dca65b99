"""Co-responders: social workers and others who take calls that need no officer."""

from coproduction.agents.window import Column, Window
from coproduction.simulation.decisions import Decision
from coproduction.simulation.rules.calendar import on_rota
from coproduction.simulation.rules.police import co_responder_posts, duty_share


class CoResponder(Window):
    """A post for a co-responder, full-time, part-time or vacant; sent to calls by the dispatcher."""

    free_at = Column[int]("co_responders.free_at")
    on_duty = Column[int]("co_responders.on_duty")

    def deploy(self) -> None:
        """Go on duty if the rota says so and the post is paid."""
        self.on_duty = int(self.works())

    def works(self) -> bool:
        """Say whether the co-responder is on duty in this watch; of a post that is paid in part, by the draw."""
        share = duty_share(
            self.index, co_responder_posts(self.levers.co_responders, len(self.model.residents))
        )
        on_rota_now = on_rota(self.index, self.watch, self.parameters.patrol.shifts)
        return on_rota_now and share > 0.0 and self.draw(Decision.CO_ON_DUTY) < share
