"""Charts of guarantors and of past departures."""

from __future__ import annotations

import pytest

from aneroid.charts.episodes import EpisodeRow, episode_strips
from aneroid.charts.guarantor import ShareRow, guarantor_shares
from aneroid.charts.model import Chart
from aneroid.charts.render import to_svg

ROWS = [ShareRow("United States", 0.7, 0.5, 0.85, "troops"), ShareRow("China", 0.0, 0.0, 0.002)]
CASES = [
    EpisodeRow("Iraq 2011", {-2: 2, -1: 1, 0: 1, 1: 1, 2: 2, 3: 2, 4: 2, 5: 2}),
    EpisodeRow("Afghanistan 2021", {-2: 2, -1: 2, 0: 2, 1: 1, 2: 1, 3: None, 4: None, 5: None}),
]


def shares(width: int = 680) -> Chart:
    return guarantor_shares(ROWS, state="Iraq", year=2010, verdict="It is so.", width=width)


def strips(width: int = 680) -> Chart:
    return episode_strips(CASES, guarantor="the United States", host="Iraq", width=width)


@pytest.mark.parametrize("width", [680, 360])
@pytest.mark.parametrize("draw", [shares, strips])
def test_each_chart_says_in_words_what_it_shows(draw: object, width: int) -> None:
    """Title, text alternative and drawing exist at page and phone width."""
    chart = draw(width)  # type: ignore[operator]  # one of the two above
    assert chart.title and chart.alt.startswith(chart.title)
    assert to_svg(chart).startswith("<svg")


def test_a_pole_without_share_is_in_the_data_but_not_drawn() -> None:
    """The table keeps every pole; the picture shows those whose range reaches one in a hundred."""
    chart = shares()
    assert [row["label"] for row in chart.data] == ["United States", "China"]
    assert "China" not in chart.alt


def test_unknown_years_are_no_peace() -> None:
    """A year outside the record is told as unknown, never as none."""
    chart = strips()
    assert "Afghanistan 2021: war, war, war, minor, minor, unknown, unknown, unknown." in chart.alt
    assert chart.title.endswith("war followed in Iraq 2011 within five years")
