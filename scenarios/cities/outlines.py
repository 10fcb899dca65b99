"""The outline of every neighbourhood: from GeoJSON, around centroids, or as blocks in a made-up order."""

import math
from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from coproduction.scenarios.cities.messages import refusal, shown
from coproduction.scenarios.cities.tables import Table
from coproduction.simulation.city import FloatArray

EARTH_RADIUS = 6_371_008.8
"""Metres; mean radius of the reference ellipsoid WGS 84."""

Geometries = NDArray[np.object_]
"""Geometries of shapely, shape (n,)."""


def read_outlines(table: Table, names: tuple[str, ...]) -> Geometries:
    """Return the polygons of a table with outlines; ``names`` is one label a row, for messages.

    Raises CityError for a row whose geometry is missing, empty, invalid or no polygon.
    """
    geometries = table.geometries or ()
    return np.array([read_outline(table, row, names[row], given) for row, given in enumerate(geometries)])


def read_outline(table: Table, row: int, name: str, geometry: object) -> Polygon | MultiPolygon:
    """Return the polygon of one row."""
    place = f"row {row + 1} ({name})"
    try:
        outline = shapely.force_2d(shape(geometry)) if isinstance(geometry, dict) else None
    except Exception:  # noqa: BLE001 - shapely raises whatever the malformed coordinates provoke
        outline = None
    if not isinstance(outline, Polygon | MultiPolygon):
        kind = shown(geometry.get("type")) if isinstance(geometry, dict) else "no geometry"
        problem = f"{place} must have a Polygon or MultiPolygon with coordinates; got {kind}."
        raise refusal(table.file, "", f"{problem} Give it an outline or leave the row out.")
    if outline.is_empty or not outline.area > 0:
        raise refusal(
            table.file, "", f"{place} must have an outline with an area; got none. Leave the row out."
        )
    if not outline.is_valid:
        problem = f"{place} must have a valid outline; got: {shapely.is_valid_reason(outline)}."
        raise refusal(table.file, "", f"{problem} Repair it, for example with Fix geometries in QGIS.")
    return outline


def project(file: str, geometries: Geometries, coordinates: str) -> Geometries:
    """Return the geometries on a plane: degrees become metres around the middle latitude, the rest stays.

    The projection is equidistant along meridians and along the middle parallel; within a city 50 km high at
    60 degrees its distances are good to 1 per cent.
    """
    if coordinates != "degrees":
        return geometries
    west, south, east, north = (float(bound) for bound in shapely.total_bounds(geometries))
    check_degrees(file, (west, south, east, north))
    middle = math.radians((south + north) / 2)
    metres_a_degree = math.radians(1) * EARTH_RADIUS * np.array([math.cos(middle), 1.0])

    def to_metres(points: FloatArray) -> FloatArray:
        return cast("FloatArray", (points - np.array([west, south])) * metres_a_degree)

    return cast("Geometries", shapely.transform(geometries, to_metres))


def check_degrees(file: str, bounds: tuple[float, float, float, float]) -> None:
    """Refuse coordinates that cannot be longitude and latitude."""
    west, south, east, north = bounds
    if west < -180 or east > 180 or south < -85 or north > 85:
        problem = 'coordinates must be "metres" or "not to scale" for this table, or longitude and latitude;'
        given = f"got {west:g} to {east:g} east and {south:g} to {north:g} north."
        raise refusal(file, "grid", f'{problem} {given} Change "degrees".')


def around_centroids(points: Geometries) -> Geometries:
    """Return the area that is nearer to a point than to any other, one a point; the points must differ.

    The city ends half a typical spacing outside the convex hull of the points.
    """
    every_point = shapely.union_all(points)
    hull = every_point.convex_hull
    if len(points) == 1:
        return np.array([hull.buffer(1.0, cap_style="square")])
    edge = hull.buffer(typical_spacing(hull, len(points)) / 2, cap_style="square", join_style="mitre")
    nearest = shapely.get_parts(shapely.voronoi_polygons(every_point, extend_to=edge))
    areas = shapely.intersection(nearest, edge)
    point_of, area_of = shapely.STRtree(areas).query(points, predicate="intersects")
    order = np.empty(len(points), dtype=np.int64)
    order[point_of] = area_of
    return cast("Geometries", areas[order])


def typical_spacing(hull: BaseGeometry, n_points: int) -> float:
    """Return the distance between points if they were spread evenly over their hull."""
    if hull.area > 0:
        return math.sqrt(hull.area / n_points)
    return float(hull.length) / (n_points - 1)


def as_blocks(n_neighbourhoods: int) -> Geometries:
    """Return unit squares in rows from the north-west, in a layout as near to a square as can be."""
    width = math.ceil(math.sqrt(n_neighbourhoods))
    places = [divmod(position, width) for position in range(n_neighbourhoods)]
    return np.array([shapely.box(column, -row - 1, column + 1, -row) for row, column in places])
