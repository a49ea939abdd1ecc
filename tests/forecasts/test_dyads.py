"""Forecasts of events between two governments."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aneroid.errors import InputError
from aneroid.evaluation.dyads import roll, score_table
from aneroid.forecasts.dyad_events import DyadEvents, event_classes, read_dyad_events
from aneroid.forecasts.dyad_features import describe, happened
from aneroid.forecasts.dyad_outlook import day_number, outlook
from aneroid.forecasts.dyads import DyadForecaster
from aneroid.forecasts.reliability import Reliability

STATES = ("CHN", "IRN", "IRQ", "RUS", "TUR", "USA")
DAYS = 150


def simulated(seed: int = 0, days: int = DAYS) -> DyadEvents:
    """Pairs with rates of their own, over two orders of magnitude."""
    rng = np.random.default_rng(seed)
    n, kinds = len(STATES), len(event_classes()) + 1
    rate = np.exp(rng.normal(-4.5, 1.5, (n, n, kinds)))
    rate[np.arange(n), np.arange(n)] = 0
    count = rng.poisson(rate, (days, n, n, kinds))
    day, source, target, kind = np.nonzero(count)
    return DyadEvents(STATES, source, target, kind, day, "2018-01-01", {})


def shuffled_after(events: DyadEvents, cut: int) -> DyadEvents:
    """The same past, another future."""
    rng, later = np.random.default_rng(1), events.day >= cut
    kind = events.kind.copy()
    kind[later] = rng.permutation(kind[later])
    source, target = events.source.copy(), events.target.copy()
    source[later], target[later] = events.target[later], events.source[later]
    return DyadEvents(events.states, source, target, kind, events.day, events.first_day, {})


@pytest.fixture(scope="module")
def events() -> DyadEvents:
    return simulated()


def test_shuffling_the_future_changes_no_forecast(events: DyadEvents) -> None:
    """What happens from the first day of the period on is not looked at, nor is it when it is cut off."""
    cut = 140
    given = [events, shuffled_after(events, cut), events.before(cut)]
    tables = [outlook(one, day=cut) for one in given]
    assert tables[0].to_csv() == tables[1].to_csv() == tables[2].to_csv()


def test_forecasts_beat_the_base_rate_where_pairs_differ(events: DyadEvents) -> None:
    """Every model is better than one rate for all pairs, for the classes together."""
    scores = score_table(roll(events, 112, DAYS))
    assert (scores.groupby("model")["log_skill"].mean() > 0.02).all()
    assert (scores["gain_lo90"] <= scores["gain"]).all() and (scores["gain"] <= scores["gain_hi90"]).all()


def test_a_pair_that_has_not_met_gets_no_forecast() -> None:
    """Nothing was learned about it, so nothing is said."""
    events = simulated()
    never = (events.source == 0) & (events.target == 1)
    kept = DyadEvents(
        STATES,
        *(a[~never] for a in (events.source, events.target, events.kind, events.day)),
        events.first_day,
        {},
    )
    table = outlook(kept)
    assert not ((table["source"] == "CHN") & (table["target"] == "IRN")).any()
    assert len(table) == 29 * len(event_classes())


def test_an_outlook_has_dates_ranges_and_what_is_usual(events: DyadEvents) -> None:
    """The week after the last day, in order of probability."""
    table = outlook(events)
    assert table["probability"].is_monotonic_decreasing
    assert set(table["start"]) == {"2018-05-31"} and set(table["end"]) == {"2018-06-06"}
    assert (table["lo90"] < table["hi90"]).all() and table["climatology"].between(0, 1).all()


def test_too_short_a_history_is_refused(events: DyadEvents) -> None:
    """The message says how many days are needed."""
    with pytest.raises(InputError, match="at least 70 to learn"):
        DyadForecaster(events, 60)
    with pytest.raises(InputError, match="126 are needed"):
        outlook(events, day=100)


def test_days_are_read_as_the_source_counts_them(events: DyadEvents) -> None:
    """A date where there are dates, and a sentence where it is none."""
    assert day_number(events, "2018-02-01") == 31
    with pytest.raises(InputError, match="2018-09-01"):
        day_number(events, "soon")


def test_a_description_counts_what_both_did(events: DyadEvents) -> None:
    """What A did to B is what B's description calls done back."""
    state = describe(events, 100, 7)
    a = np.flatnonzero((state.source == 2) & (state.target == 5))
    b = np.flatnonzero((state.source == 5) & (state.target == 2))
    np.testing.assert_allclose(state.own[a], state.back[b])
    soon = (events.day >= 100) & (events.day < 107) & (events.source == 2) & (events.target == 5)
    expected = set(events.kind[soon]) - {len(event_classes())}
    assert set(np.flatnonzero(happened(events, state, 7)[a[0]])) == expected


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=200))
def test_a_range_narrows_with_the_number_of_past_forecasts(past: list[tuple[float, bool]]) -> None:
    """Ten times the same past gives a narrower range around the same share."""
    p, y = np.array([row[0] for row in past]), np.array([row[1] for row in past])
    few, many = Reliability.of(p, y), Reliability.of(np.tile(p, 10), np.tile(y, 10))
    low, high, _ = few.range(p)
    low10, high10, n = many.range(p)
    assert (high10 - low10 < high - low).all() and (n >= 10).all()


def test_a_table_is_read_by_names_codes_and_classes(tmp_path: Path) -> None:
    """Rows that tell of no two states are counted, not lost silently."""
    file = tmp_path / "events.csv"
    file.write_text(
        "date,source,target,event\n2018-03-01,Turkey,RUS,visit\n2018-03-02,Police (India),Pakistan,190\n"
        "2018-03-02,IRQ,Iraq,visit\n2018-03-03,UNICEF,Iraq,visit\n2018-03-04,USA,CHN,Make statement\n",
        encoding="utf-8",
    )
    events = read_dyad_events(file)
    names = [one.name for one in event_classes()]
    assert [
        (events.states[s], events.states[t]) for s, t in zip(events.source, events.target, strict=True)
    ] == [
        ("TUR", "RUS"),
        ("IND", "PAK"),
        ("USA", "CHN"),
    ]
    assert events.kind.tolist() == [names.index("visit"), names.index("armed_force"), len(names)]
    assert events.day.tolist() == [0, 1, 3] and events.first_day == "2018-03-01"
    assert sum(events.rejected.values()) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [("date,source\n", "target"), ("date,source,target,event\nsoon,USA,RUS,visit\n", "2018-03-31")],
)
def test_a_table_that_cannot_be_used_is_refused(tmp_path: Path, content: str, message: str) -> None:
    """The sentence names what is missing or how to write it."""
    file = tmp_path / "events.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_dyad_events(file)
