"""The charts that only pages draw: each states a finding and draws it, wide and narrow, without the network."""

from __future__ import annotations

import re
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aneroid.charts.chances import Chance, chances
from aneroid.charts.closeness import closeness_ribbon
from aneroid.charts.fan import Ahead, fan
from aneroid.charts.frames import Estimate
from aneroid.charts.heat import heat
from aneroid.charts.map import Boundaries, boundary_note, world_map
from aneroid.charts.model import Chart, poles
from aneroid.charts.render import to_svg
from aneroid.charts.ridge import ridge
from aneroid.charts.slope import _spread, slope
from aneroid.charts.timeline import Happening, timeline

A, B = poles([("USA", "United States"), ("RUS", "Russia")])


def estimate(year: int, lean: float, sd: float = 0.3) -> Estimate:
    """An estimate with a symmetric range."""
    return Estimate(
        year, lean, lean - 0.67 * sd, lean + 0.67 * sd, lean - 1.645 * sd, lean + 1.645 * sd, 5, ()
    )


def closeness_frame(poles_named: tuple[str, ...]) -> pd.DataFrame:
    """Closeness of one state to poles over three years."""
    rows = [
        {
            "pole": pole,
            "date": str(year),
            "closeness": 0.2 * n,
            "lo50": 0.0,
            "hi50": 0.3,
            "lo90": -0.2,
            "hi90": 0.7,
        }
        for n, pole in enumerate(poles_named)
        for year in (2018, 2019, 2020)
    ]
    return pd.DataFrame(rows)


def every_chart(width: int) -> list[Chart]:
    """Each chart once on small numbers."""
    rows = [estimate(year, 0.1 * (year - 2000)) for year in range(2000, 2011)]
    ahead = [Ahead(m, 1.0, 0.9, 1.1, 0.7, 1.3) for m in range(1, 13)]
    return [
        world_map({"IRQ": estimate(2020, 0.6)}, names={}, pole_a=A, pole_b=B, year=2020, width=width),
        slope({"Iraq": (rows[0], rows[-1])}, pole_a=A, pole_b=B, years=(2000, 2010), width=width),
        timeline([Happening("2003", "fact", "x")], state="Iraq", start=2000, end=2010, width=width),
        chances([Chance("war", 0.2, 0.1, 0.4, 0.3)], name="c", title="T", subtitle="S", width=width),
        closeness_ribbon(closeness_frame(("USA",)), state="Iraq", pole=A, width=width),
        heat(closeness_frame(("USA", "RUS")), state="Iraq", names={}, width=width),
        fan(rows, ahead, state="Iraq", pole_a=A, pole_b=B, width=width),
        ridge(rows, state="Iraq", pole_a=A, pole_b=B, width=width),
    ]


@pytest.mark.parametrize("width", [720, 358])
def test_every_chart_has_a_finding_a_unit_and_words_and_can_be_drawn(width: int) -> None:
    """Title, subtitle and text alternative stand; the picture has ink and asks nobody."""
    for chart in every_chart(width):
        assert chart.title and chart.subtitle
        assert chart.title in chart.alt
        assert chart.data
        picture = to_svg(chart)
        assert len(picture) > 800
        assert not re.search(r'(href|src)="http', picture)
        assert int(re.search(r'width="(\d+)"', picture)[1]) == width  # type: ignore[index]  # every svg states its width


def test_the_map_hatches_what_is_unknown_and_colours_what_is_known() -> None:
    """Without any estimate every state is hatched; with one the hatching is less."""

    def hatching(leans: dict[str, Estimate]) -> int:
        chart = world_map(leans, names={}, pole_a=A, pole_b=B, year=2020)
        marks = chart.spec["marks"]
        assert isinstance(marks, list)
        return len(marks[1]["encode"]["enter"]["path"]["value"])

    assert hatching({}) > hatching({"BRA": estimate(2020, 1.0)}) > 0
    assert "No estimate" in world_map({}, names={}, pole_a=A, pole_b=B, year=2020).title


def test_disputed_areas_take_a_colour_only_when_asked() -> None:
    """Western Sahara has Morocco's colour as administered, and none when hatched."""
    leans = {"MAR": estimate(2020, 2.0)}
    fills = {}
    for kind in Boundaries:
        chart = world_map(leans, names={}, pole_a=A, pole_b=B, year=2020, boundaries=kind)
        data = chart.spec["data"]
        assert isinstance(data, list)
        fills[kind] = [shape["fill"] for shape in data[0]["values"]]
        assert "Western Sahara" in boundary_note(kind)
    moroccan = max(fills[Boundaries.HATCHED], key=fills[Boundaries.HATCHED].count)
    assert moroccan == "#FFFFFF"
    coloured = {kind: sum(fill != "#FFFFFF" for fill in fills[kind]) for kind in Boundaries}
    # Crimea is administered by one of the two poles here and is drawn like it.
    assert coloured[Boundaries.ADMINISTERED] == coloured[Boundaries.HATCHED] + 2


def test_a_movement_is_named_only_where_ranges_part() -> None:
    """Overlapping ranges are no movement beyond doubt."""
    near = slope({"Iraq": (estimate(2000, 0.0), estimate(2010, 0.3))}, pole_a=A, pole_b=B, years=(2000, 2010))
    far = slope({"Iraq": (estimate(2000, 0.0), estimate(2010, 3.0))}, pole_a=A, pole_b=B, years=(2000, 2010))
    assert "No movement" in near.title
    assert "3.0 units towards the United States" in far.title


@given(st.lists(st.floats(0, 300), min_size=1, max_size=18))
@settings(deadline=None)
def test_labels_never_cover_each_other(places: list[float]) -> None:
    """Moved apart, labels keep their order and their distance."""
    made = _spread(places, 0.0, 300.0)
    ordered = sorted(made)
    assert all(b - a >= 15 - 1e-6 for a, b in pairwise(ordered))
    assert [made[i] for i in sorted(range(len(places)), key=places.__getitem__)] == ordered


def test_empty_charts_are_refused() -> None:
    """A chart without data is an error of the caller, never an empty picture."""
    for draw in (
        lambda: slope({}, pole_a=A, pole_b=B, years=(2000, 2010)),
        lambda: chances([], name="c", title="T", subtitle="S"),
        lambda: ridge([], state="Iraq", pole_a=A, pole_b=B),
        lambda: fan([], [], state="Iraq", pole_a=A, pole_b=B),
    ):
        with pytest.raises(ValueError):
            draw()
