"""What became of a turn is kept, and told once."""

from __future__ import annotations

import datetime as dt
import json

import feedparser
import pandas as pd
import pytest

from aneroid.errors import InputError
from aneroid.realignment.feed import atom, entries, json_feed, write_feed
from aneroid.realignment.history import alerts, compare


def found(*turns):
    """Turns as the detector gives them: state, year, probability."""
    return pd.DataFrame(
        [
            {
                "state": state,
                "year": year,
                "away_from": "USA",
                "toward": "RUS",
                "score": probability,
                "probability": probability,
                "expected_false": 1.0,
                "because": "arms (RUS +) & <votes>",
            }
            for state, year, probability in turns
        ],
        columns=["state", "year", "away_from", "toward", "score", "probability", "expected_false", "because"],
    )


NOTHING = compare(pd.DataFrame(columns=["turn", "status", "state", "year", "away_from", "toward"]), found())


def statuses(rows):
    """Status by name of the turn."""
    return dict(zip(rows["turn"], rows["status"], strict=True))


def test_a_turn_is_new_then_holds_though_its_year_moves():
    """Found again a year off, it is the same turn under the same name."""
    first = compare(NOTHING, found(("IRQ", 1958, 0.9), ("CUB", 1960, 0.2)))
    assert statuses(first) == {"IRQ-1958-USA-RUS": "new"}
    second = compare(first, found(("IRQ", 1959, 0.6)))
    assert statuses(second) == {"IRQ-1958-USA-RUS": "holding"}
    assert second["year"].tolist() == [1959]


def test_a_turn_is_withdrawn_only_well_below_the_line_and_may_return():
    """Near the line it holds; gone it is withdrawn once; strong again it is new again."""
    first = compare(NOTHING, found(("IRQ", 1958, 0.6)))
    held = compare(first, found(("IRQ", 1958, 0.4)))
    assert statuses(held) == {"IRQ-1958-USA-RUS": "holding"}
    gone = compare(held, found())
    assert statuses(gone) == {"IRQ-1958-USA-RUS": "withdrawn"}
    assert compare(gone, found(("IRQ", 1958, 0.4))).empty
    assert statuses(compare(gone, found(("IRQ", 1958, 0.7)))) == {"IRQ-1958-USA-RUS": "new"}


def test_two_turns_of_a_state_keep_two_names():
    """A later turn of the same kind does not take the earlier one's place."""
    first = compare(NOTHING, found(("IRQ", 1958, 0.9)))
    second = compare(first, found(("IRQ", 1972, 0.9), ("IRQ", 1958, 0.8)))
    assert statuses(second) == {"IRQ-1958-USA-RUS": "holding", "IRQ-1972-USA-RUS": "new"}


def history():
    """Two editions: an old turn and a recent one, then a late discovery and a withdrawal."""
    rows = [
        ("IRQ-1958-USA-RUS", 1, "new", "IRQ", 1958),
        ("TUR-2019-USA-RUS", 1, "new", "TUR", 2019),
        ("TUR-2019-USA-RUS", 2, "withdrawn", "TUR", 2019),
        ("IRQ-2012-USA-RUS", 2, "new", "IRQ", 2012),
        ("IRQ-1958-USA-RUS", 2, "holding", "IRQ", 1958),
    ]
    table = pd.DataFrame(rows, columns=["turn", "edition", "status", "state", "year"])
    return table.assign(
        away_from="USA",
        toward="RUS",
        probability=0.7,
        because="arms (RUS +) & <votes>",
        shift=1.2,
        lo90=0.5,
        hi90=1.9,
        recorded=[dt.datetime(2024, edition, 1) for edition in table["edition"]],
        mark="abc",
    )


def test_alerts_are_news_of_watched_states_and_poles():
    """Old turns of the first edition and states nobody watches are no news; each alert is unseen until told."""
    watched = pd.DataFrame({"state": ["IRQ", "TUR"], "poles": ["", "USA"], "told": [0, 1]})
    news = alerts(history(), watched, last_year=2022)
    assert news[["turn", "status", "unseen"]].values.tolist() == [
        ["TUR-2019-USA-RUS", "new", False],
        ["TUR-2019-USA-RUS", "withdrawn", True],
        ["IRQ-2012-USA-RUS", "new", True],
    ]
    assert alerts(history(), watched.assign(poles="CHN"), last_year=2022).empty
    assert not alerts(history(), watched.assign(told=2), last_year=2022)["unseen"].any()


def test_a_feed_is_valid_and_the_same_twice(tmp_path):
    """Atom parses without complaint, ids differ and stay, and the same turns make the same bytes."""
    items = entries(history())
    text = atom(items)
    parsed = feedparser.parse(text)
    assert not parsed.bozo
    assert len(parsed.entries) == len(items) == len({entry.id for entry in parsed.entries})
    assert "<votes>" in parsed.entries[0].summary or "&lt;votes&gt;" in parsed.entries[0].summary
    assert parsed.feed.updated == "2024-02-01T00:00:00Z"
    assert atom(entries(history().iloc[::-1])) == text
    body = json.loads(json_feed(items))
    assert body["items"][0]["_aneroid"]["probability"] == 0.7
    write_feed(items, tmp_path / "turns.json")
    assert json.loads((tmp_path / "turns.json").read_text()) == body


def test_a_feed_of_another_kind_is_refused(tmp_path):
    """The ending says which kind of feed to write."""
    with pytest.raises(InputError, match=r"\.xml"):
        write_feed([], tmp_path / "turns.txt")
