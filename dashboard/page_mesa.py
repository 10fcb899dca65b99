"""The city of agents on Mesa's own page, SolaraViz, for whoever knows it from other Mesa models.

::

    python -m coproduction.dashboard.serve_mesa_page

It takes the extra ``solaraviz``. Mesa's examples keep one model for all visitors, and one that plays goes on when its
page is closed; here each visitor has a city of their own, which stops with the page. For two policies side by side, at
ten times the speed, there is ``coproduce dashboard``.
"""

from collections.abc import Callable

import solara

from coproduction.agents.city_model import CityModel
from coproduction.agents.mesa_bridge import solara_page
from coproduction.dashboard.city_view import CityView
from coproduction.dashboard.layers import layers_of, levels
from coproduction.dashboard.map_svg import MapPicture, maps_svg
from coproduction.dashboard.marks import marks_of
from coproduction.dashboard.sentences import map_label, moment
from coproduction.experiments.run import start
from coproduction.scenarios.scenario import load, replace
from coproduction.simulation.parameters import names_of

POLICY = "coproduced"
SETTINGS = {
    "residents": {"type": "SliderInt", "value": 400, "label": "Residents", "min": 200, "max": 2000, "step": 100},
    "luck": {"type": "SliderInt", "value": 1, "label": "Seed", "min": 1, "max": 99, "step": 1},
}  # fmt: skip


class ShownCity(CityModel):
    """A small city of agents that Mesa's page can make anew: residents, of the city; luck, the seed of the run."""

    def __init__(self, residents: int = 400, luck: int = 1) -> None:
        scenario = replace(load(POLICY), residents=int(residents), residents_per_cell=10)
        super().__init__(start(scenario, int(luck)), scenario.numbers, int(luck))


@solara.component
def Page() -> None:
    """Mesa's page around one city, which is the visitor's own and stops when they leave."""
    viz, redrawn = solara_page()
    model = solara.use_reactive(solara.use_memo(ShownCity, []))

    def leave() -> Callable[[], None]:
        def stop() -> None:
            model.peek().running = False  # looked at by Mesa's play loop after every step

        return stop

    solara.use_effect(leave, [])
    viz(model, model_params=SETTINGS, name="A city of agents")
    Picture(model.value, redrawn.value)


@solara.component
def Picture(city: ShownCity, step: int) -> None:
    """The map of all crime of the last weeks, and the watch's marks; step, or it would not be drawn anew."""
    view = CityView(city.state, city.numbers, city.watch)
    layer = layers_of(names_of(city.numbers.parameters))["crime"]
    shown = levels(layer.values(view), layer.top, view.inside).reshape(view.shape)
    ends = ("0", f"{layer.top:g} or more", layer.unit)
    picture = MapPicture(f"Before {moment(city.watch)}", shown, layer.palette, ends, marks_of(view))
    solara.HTML(tag="div", unsafe_innerHTML=maps_svg([picture], map_label("of agents", POLICY, view, layer)))
