"""What every chart promises, and what each one shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aneroid.charts.coverage import CoverageRow, coverage
from aneroid.charts.dial import dial
from aneroid.charts.frames import Estimate, estimates
from aneroid.charts.lean_strip import StripRow, lean_strip
from aneroid.charts.model import Chart, mixed, poles
from aneroid.charts.render import save_svg, to_png, to_svg
from aneroid.charts.trajectory import trajectory
from aneroid.charts.waterfall import steps_of, waterfall

A, B, C = poles([("USA", "United States"), ("RUS", "Russia"), ("CHN", "China")])


def row(year: int, mean: float, sd: float = 0.4, flags: str = "") -> dict[str, object]:
    """One row of a lean frame."""
    z = {"lo50": -0.67, "hi50": 0.67, "lo90": -1.64, "hi90": 1.64}
    ends = {name: mean + score * sd for name, score in z.items()}
    return {"date": str(year), "lean": mean, **ends, "n_indicators": 5, "flags": flags}


LEAN = pd.DataFrame(
    [row(2003, -2.0), row(2004, -1.5, 0.9, "no data this year"), row(2005, -0.9), row(2006, -0.2)]
)
NOW = estimates(LEAN)[-1]
PARTS = pd.DataFrame(
    {
        "label": ["arms deliveries", "arms deliveries", "UN votes", "prior"],
        "pole": ["USA", "RUS", "USA", "USA"],
        "contribution": [1.5, -0.3, -0.4, 1.0],
        "kind": ["reading", "reading", "reading", "prior"],
    }
)


def strip(width: int = 680) -> Chart:
    rows = [StripRow("Iraq", A, B, NOW, -0.4, strong=True), StripRow("Somalia", A, B, None)]
    return lean_strip(rows, year=2006, width=width)


def fall(width: int = 680) -> Chart:
    start, end = (2003, -2.0), (2006, -0.2)
    return waterfall(PARTS, state="Iraq", pole_a=A, pole_b=B, start=start, end=end, width=width)


def path(width: int = 680, p: float | None = 0.97) -> Chart:
    return trajectory(LEAN, state="Iraq", pole_a=A, pole_b=B, p_towards_a=p, width=width)


def cover(width: int = 680) -> Chart:
    rows = [
        CoverageRow("UN votes", 1946, 2024, frozenset(range(2003, 2007)), frozenset(range(2003, 2007))),
        CoverageRow("Disputes", 1946, 2004, frozenset(), frozenset()),
    ]
    return coverage(rows, state="Iraq", pole_a=A, pole_b=B, start=2003, end=2006, width=width)


def face() -> Chart:
    return dial(LEAN, state="Iraq", pole_a=A, pole_b=B, year=2006, since=2003, p_towards_a=0.31)


CHARTS = [face(), strip(), strip(340), path(), path(340), fall(), fall(340), cover(), cover(340)]


def words_in(svg: str) -> str:
    """All text drawn in a picture."""
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_every_chart_has_a_finding_a_unit_and_an_alternative_that_says_it(chart: Chart) -> None:
    """Title, unit and alternative exist, data go into JSON, and the alternative says what the title says."""
    assert chart.title
    assert "unit" in chart.subtitle or "Years" in chart.subtitle
    assert chart.title in chart.alt
    assert json.loads(json.dumps(chart.data))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_every_picture_draws_its_text_and_is_one_labelled_image(chart: Chart) -> None:
    """Letters are in the picture, no address is, and drawing twice gives the same characters."""
    svg = to_svg(chart)
    assert len(words_in(svg)) > 10
    assert svg == to_svg(chart)
    assert 'role="img"' in svg
    assert svg.count("aria-") == 1
    assert "NaN" not in svg
    assert not re.findall(r'(?:href|src)="', svg)


def test_a_picture_is_as_wide_as_it_was_asked_to_be() -> None:
    """Type keeps its size on a page because pictures keep their width."""
    assert 'width="340"' in to_svg(strip(340))
    assert 'width="680"' in to_svg(path())


def test_a_png_has_ink_for_its_letters() -> None:
    """Letters are drawn, not dropped for want of a font: without them the picture is another one."""
    import vl_convert

    svg = to_svg(face(), titled=True)
    mute = re.sub(r"<text.*?</text>", "", svg)
    letters = len(to_png(face(), 1.0)) - len(vl_convert.svg_to_png(mute, scale=1.0))
    assert letters > 2000
    assert to_png(face(), 1.0) == to_png(face(), 1.0)


def test_a_picture_that_travels_alone_carries_its_title(tmp_path: Path) -> None:
    """Title and unit are drawn into a file for export, and left out where the page prints them."""
    assert face().title in words_in(to_svg(face(), titled=True))
    assert face().title not in words_in(to_svg(face()))
    save_svg(face(), tmp_path / "images" / "dial.svg")
    assert face().title in (tmp_path / "images" / "dial.svg").read_text(encoding="utf-8")


def test_the_dial_names_both_poles_the_range_and_the_set_hand() -> None:
    """Nobody has to know the colours to read the dial."""
    text = words_in(to_svg(face()))
    for part in ("United States", "Russia", "likely range", "thin hand: 2003", "even"):
        assert part in text


def test_the_dial_states_no_direction_where_the_odds_are_even() -> None:
    """At 52 to 48 the title takes no side."""
    chart = dial(LEAN, state="Iraq", pole_a=A, pole_b=B, year=2006, p_towards_a=0.48)
    assert "as likely on one side as on the other" in chart.title
    unknown = dial(LEAN, state="Iraq", pole_a=A, pole_b=B, year=2006)
    assert "includes even" in unknown.title


def test_a_dial_without_an_estimate_is_refused() -> None:
    """No hand is drawn where nothing is known."""
    with pytest.raises(ValueError, match="no estimate"):
        dial(LEAN, state="Iraq", pole_a=A, pole_b=B, year=1990)


def test_the_trajectory_marks_years_without_readings() -> None:
    """A year without readings stands in a grey column, has no dot, and its line is dashed."""
    svg = to_svg(path())
    assert svg.count('stroke-dasharray="3,4"') == 2
    assert "No indicator was read in 1 year." in path().alt
    quiet = trajectory(LEAN.assign(flags=""), state="Iraq", pole_a=A, pole_b=B)
    assert 'stroke-dasharray="3,4"' not in to_svg(quiet)


def test_the_trajectory_claims_a_movement_only_when_it_is_sure() -> None:
    """Under 80 % the title says that there is no clear movement."""
    assert path(p=0.97).title.startswith("Iraq almost certainly (97 %) moved 1.8 units")
    assert path(p=0.7).title.startswith("No clear movement")
    assert "moved" in path(p=None).title


def test_the_two_colours_of_the_ribbon_meet_at_zero() -> None:
    """The gradient has its hard stop where the scale is zero."""
    only_above = trajectory(pd.DataFrame([row(2000, 3.0), row(2001, 3.2)]), state="X", pole_a=A, pole_b=B)
    svg = to_svg(only_above)
    assert mixed(A.colour, 0.25).lower() in svg.lower()
    assert '<stop offset="1" stop-color="' in svg


def test_a_row_without_an_estimate_says_so() -> None:
    """Missing is not zero: no dot is drawn, and the words say that there is no estimate."""
    assert "no estimate" in words_in(to_svg(strip()))
    assert "Somalia: no estimate." in strip().alt


def test_pole_pairs_name_the_nearer_pole_only_where_the_range_is_clear() -> None:
    """A comparison whose range holds zero stays open."""
    clear = Estimate(2006, -2.0, -2.3, -1.7, -2.6, -1.4, 5, ())
    rows = [StripRow("", A, B, NOW), StripRow("", A, C, clear), StripRow("", B, C, None)]
    chart = lean_strip(rows, year=2006, pairs_of="Iraq")
    assert chart.title == "Iraq in 2006: nearer to China than to the United States; 2 comparisons stay open"


def test_waterfall_steps_add_up_to_the_movement() -> None:
    """Summing by indicator and folding the small ones together keep the total."""
    for most in (None, 1, 2):
        total = sum(step.amount for step in steps_of(PARTS, most=most))
        assert total == pytest.approx(1.8, abs=1e-12)


def test_a_waterfall_that_does_not_add_up_is_refused() -> None:
    """A picture of contributions that miss the movement is never drawn."""
    with pytest.raises(ValueError, match="add up"):
        waterfall(PARTS, state="Iraq", pole_a=A, pole_b=B, start=(2003, -2.0), end=(2006, 0.5))


def test_what_no_reading_stands_behind_is_never_named_the_mover() -> None:
    """The prior may contribute most; the title names the largest that was read from a source."""
    larger = PARTS.assign(contribution=[0.5, 0.1, -0.4, 1.6])
    chart = waterfall(larger, state="Iraq", pole_a=A, pole_b=B, start=(2003, -2.0), end=(2006, -0.2))
    assert chart.title.startswith("Arms deliveries moved Iraq most")


def test_coverage_counts_the_indicators_that_reach_the_last_year() -> None:
    """An old source does not count as known today."""
    assert cover().title == "1 of 2 indicators for Iraq reaches 2006 (UN votes)"


def test_poles_differ_by_more_than_colour() -> None:
    """Each of the first three poles has a marker and a dash of its own."""
    assert len({pole.marker for pole in (A, B, C)}) == 3
    assert len({pole.dash for pole in (A, B, C)}) == 3


@settings(max_examples=12, deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_any_name_can_be_drawn_and_comes_out_as_text(name: str) -> None:
    """Markup and control characters in a name stay letters in the picture."""
    svg = to_svg(lean_strip([StripRow(name, A, B, NOW)], year=2006))
    assert not set("\x00\x08\x1b") & set(svg)
    assert svg.count("<script") == 0
