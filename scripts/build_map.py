"""Turn the public-domain boundaries of Natural Earth into the small file that the map is drawn from.

npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
python scripts/build_map.py package/countries-110m.json package/countries-50m.json

Lines come from the 1:110m file; what is too small for it is a dot at its middle in the 1:50m file. Areas whose sovereignty
is disputed stand apart, each with who administers it, so that the page can hatch them or colour them as administered.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import pycountry

Ring = list[tuple[float, float]]
OUT = Path("src/aneroid/charts/data/world.json")
WIDTH = 2000  # of the grid on which the corners are rounded
NAMED = {"Kosovo": "XKX"}  # states of ours for which the file has no number
DISPUTED = {"N. Cyprus": "", "Somaliland": "", "W. Sahara": "MAR", "Falkland Is.": "GBR"}
"""Area -> the state that administers it, where that is one of ours."""
DEPENDENT = {"GRL": "DNK", "NCL": "FRA", "PRI": "USA", "ATF": "FRA"}
"""Dependency -> the state it belongs to."""
CRIMEA = (32.0, 37.0, 44.0, 46.5)  # a ring of its own within the Russian Federation in this file


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description="Build the map's boundaries.")
    parser.add_argument("coarse", type=Path, help="countries-110m.json of world-atlas")
    parser.add_argument("fine", type=Path, help="countries-50m.json of world-atlas")
    given = parser.parse_args()
    shapes = read(given.coarse)
    areas, disputed = [], []
    for name, number, rings in shapes:
        if name == "Antarctica":
            continue
        if name in DISPUTED:
            disputed.append({"name": full(name), "by": DISPUTED[name], "rings": drawn(rings)})
            continue
        state = NAMED.get(name) or pycountry.countries.get(numeric=number.zfill(3)).alpha_3
        state = DEPENDENT.get(state, state)
        if state == "RUS":
            disputed.append(
                {"name": "Crimea", "by": "RUS", "rings": drawn([r for r in rings if in_crimea(r)])}
            )
            rings = [ring for ring in rings if not in_crimea(ring)]
        areas.append({"id": state, "rings": drawn(rings)})
    have = {area["id"] for area in areas}
    dots = [{"id": state, "x": x, "y": y} for state, x, y in small_states(given.fine) if state not in have]
    made = {
        "source": "Natural Earth 1:110m, public domain, by way of world-atlas 2.0.2; Equal Earth projection",
        "width": WIDTH,
        "height": round((TOP - BOTTOM) / (2 * RIGHT) * WIDTH),
        "areas": sorted(areas, key=lambda area: str(area["id"])),
        "disputed": disputed,
        "dots": sorted(dots, key=lambda dot: str(dot["id"])),
    }
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(made, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    print(
        f"{OUT}: {len(areas)} areas, {len(disputed)} disputed, {len(dots)} dots, {OUT.stat().st_size} bytes"
    )


def full(name: str) -> str:
    """Write a shortened name out."""
    return {
        "N. Cyprus": "Northern Cyprus",
        "W. Sahara": "Western Sahara",
        "Falkland Is.": "Falkland Islands (Malvinas)",
    }.get(name, name)


def in_crimea(ring: Ring) -> bool:
    """Whether a ring lies within the peninsula's box."""
    west, east, south, north = CRIMEA
    return all(west <= lon <= east and south <= lat <= north for lon, lat in ring)


def read(path: Path) -> list[tuple[str, str, list[Ring]]]:
    """Give name, number and outer rings of every country of a TopoJSON file."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def ring(indices: list[int]) -> Ring:
        found: Ring = []
        for index in indices:
            points = arcs[index] if index >= 0 else arcs[~index][::-1]
            found += points[1:] if found else points
        return found

    shapes = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        shapes.append(
            (
                geometry["properties"]["name"],
                geometry.get("id", ""),
                [ring(part) for p in polygons for part in p],
            )
        )
    return shapes


def equal_earth(lon: float, lat: float) -> tuple[float, float]:
    """Project degrees by Šavrič, Patterson and Jenny (2018), doi:10.1080/13658816.2018.1504949."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    t2 = theta * theta
    t6 = t2**3
    x = 2 * math.sqrt(3) * math.radians(lon) * math.cos(theta)
    x /= 3 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1)
    return x, theta * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)


RIGHT = equal_earth(180, 0)[0]
TOP = equal_earth(0, 84)[1]
BOTTOM = equal_earth(0, -58)[1]


def at(lon: float, lat: float) -> tuple[int, int]:
    """Place degrees on the grid; north is up, the far south is cut."""
    x, y = equal_earth(lon, lat)
    return round((x + RIGHT) / (2 * RIGHT) * WIDTH), round((TOP - y) / (2 * RIGHT) * WIDTH)


def drawn(rings: list[Ring]) -> list[list[int]]:
    """Rings as flat lists of grid corners, without repeats; what shrinks to nothing is left out."""
    made = []
    for ring in (part for whole in rings for part in cut(whole)):
        flat: list[int] = []
        for point in ring:
            x, y = at(*point)
            if flat[-2:] != [x, y]:
                flat += [x, y]
        if len(flat) >= 8:
            made.append(flat)
    return made


def cut(ring: Ring) -> list[Ring]:
    """Cut a ring that runs over the date line in two, each on its side of the map."""
    unrolled = [ring[0]]
    for lon, lat in ring[1:]:
        turns = round((unrolled[-1][0] - lon) / 360)
        unrolled.append((lon + 360 * turns, lat))
    parts = []
    for shift in (-360, 0, 360):
        moved = [(lon + shift, lat) for lon, lat in unrolled]
        kept = clipped(clipped(moved, 180.0, -1), -180.0, 1)
        if len(kept) > 2:
            parts.append(kept)
    return parts


def clipped(ring: Ring, edge: float, side: int) -> Ring:
    """The part of a ring on one side of a meridian."""
    kept: Ring = []
    for (lon, lat), (lon2, lat2) in zip(ring, ring[1:] + ring[:1], strict=True):
        inside, inside2 = side * (lon - edge) >= 0, side * (lon2 - edge) >= 0
        if inside:
            kept.append((lon, lat))
        if inside != inside2:
            kept.append((edge, lat + (lat2 - lat) * (edge - lon) / (lon2 - lon)))
    return kept


def small_states(path: Path) -> list[tuple[str, int, int]]:
    """Middle of the largest ring of each country of the fine file."""
    found = []
    for _, number, rings in read(path):
        country = pycountry.countries.get(numeric=number.zfill(3)) if number else None
        if country is None or not known(country.alpha_3):
            continue
        ring = max(rings, key=len)
        lon, lat = (sum(point[axis] for point in ring) / len(ring) for axis in (0, 1))
        found.append((country.alpha_3, *at(lon, lat)))
    return found


def known(code: str) -> bool:
    """Whether it is a state in the register."""
    from aneroid.states.registry import states

    return code in states()


if __name__ == "__main__":
    main()
