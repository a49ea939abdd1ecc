"""The chart of past departures."""

from __future__ import annotations

import pytest

from aneroid.charts.episodes import EpisodeRow, episode_strips
from aneroid.charts.model import Chart
from aneroid.charts.render import to_svg

CASES = [
    EpisodeRow("Iraq 2011", {-2: 2, -1: 1, 0: 1, 1: 1, 2: 2, 3: 2, 4: 2, 5: 2}),
    EpisodeRow("Afghanistan 2021", {-2: 2, -1: 2, 0: 2, 1: 1, 2: 1, 3: None, 4: None, 5: None}),
]


def strips(width: int = 680) -> Chart:
    return episode_strips(CASES, guarantor="the United States", host="Iraq", width=width)


@pytest.mark.parametrize("width", [680, 360])
def test_it_says_in_words_what_it_shows(width: int) -> None:
    """Title, text alternative and drawing exist at page and phone width."""
    chart = strips(width)
    assert chart.title and chart.alt.startswith(chart.title)
    assert to_svg(chart).startswith("<svg")


def test_unknown_years_are_no_peace() -> None:
    """A year outside the record is told as unknown, never as none."""
    chart = strips()
    assert "Afghanistan 2021: war, war, war, minor, minor, unknown, unknown, unknown." in chart.alt
    assert chart.title.endswith("war followed in Iraq 2011 within five years")
