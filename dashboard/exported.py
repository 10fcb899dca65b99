"""What a visitor sees as files: the maps and charts of this moment as SVG."""

from coproduction.dashboard import charts
from coproduction.dashboard.city_session import SIDES
from coproduction.dashboard.layers import Layer, difference_levels, levels
from coproduction.dashboard.map_svg import MapPicture, charts_svg, maps_svg
from coproduction.dashboard.marks import marks_of
from coproduction.dashboard.palettes import DIFFERENCE
from coproduction.dashboard.sentences import moment
from coproduction.dashboard.visit import Visit

Ends = tuple[str, str, str]


def ends_of(layer: Layer) -> Ends:
    """Return what stands at the lower and the upper end of a layer's legend, and its unit."""
    return "0", f"{layer.top:g}{'' if layer.bounded else ' or more'}", layer.unit


def ends_of_difference(layer: Layer) -> Ends:
    """Return the same for the map of differences."""
    half = layer.top / 2.0
    return f"{half:g} less", f"{half:g} more", layer.unit


def maps_as_svg(visit: Visit) -> str:
    """Return the maps of A, of B and of B minus A as they are now, as an SVG file."""
    layer = visit.layer
    with visit.session.lock:
        views = {side: visit.session.worlds[side].view for side in SIDES}
        values = {side: layer.values(view) for side, view in views.items()}
        a = views["a"]
        pictures = [
            MapPicture(
                f"{side.upper()}: {title}",
                levels(values[side], layer.top, views[side].inside).reshape(a.shape),
                layer.palette, ends_of(layer), marks_of(views[side]),
            )
            for side, title in zip(SIDES, visit.titles, strict=True)
        ]  # fmt: skip
        apart = difference_levels(values["b"], values["a"], layer.top, a.inside).reshape(a.shape)
    pictures.append(MapPicture("B minus A", apart, DIFFERENCE, ends_of_difference(layer), None))
    return maps_svg(pictures, f"{layer.title}, {layer.unit}, before {moment(a.watch)}")


def charts_as_svg(visit: Visit) -> str:
    """Return the charts of both cities by week as an SVG file."""
    with visit.session.lock:
        a, b = (list(visit.session.worlds[side].weeks) for side in SIDES)
    return charts_svg([(series.title, charts.chart(series, a, b)) for series in charts.SERIES])
