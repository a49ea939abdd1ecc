"""`aneroid realign` and `aneroid watch` on a small store."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import feedparser
import pytest

from aneroid.record.store import Store


@pytest.fixture(scope="module")
def store(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small store, since turns are kept in it."""
    where = tmp_path_factory.mktemp("turns") / "store"
    shutil.copytree(folder, where)
    return where


def test_realign_lists_turns_with_their_false_alarms(run, store):
    """Each turn has its probability, interval and the alarms chance would raise; the notes say so."""
    code, out, _ = run("realign", "--store", store, "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert rows
    assert {"state", "year", "away_from", "toward", "probability", "expected_false", "lo90", "own"} <= set(
        rows[0]
    )
    chances = [row["probability"] for row in rows]
    assert chances == sorted(chances, reverse=True)
    code, out, err = run("realign", "CUB", "--store", store)
    assert code == 0
    assert "CUB" in out
    assert "chance would raise" in err


@pytest.mark.slow
def test_realign_by_other_settings_keeps_nothing(run, store):
    """Other poles, windows and shifts are answered without touching what is on record."""
    before = run("realign", "--store", store, "--format", "csv", "--quiet")
    options = ("--poles", "USA,RUS", "--min-shift", "1", "--window", "2")
    code, out, _ = run("realign", "CUB", "--store", store, "--format", "json", *options)
    assert code == 0
    assert {row[side] for row in json.loads(out) for side in ("away_from", "toward")} <= {"USA", "RUS", ""}
    assert run("realign", "--store", store, "--format", "csv", "--quiet") == before


@pytest.mark.parametrize(
    "option",
    [
        ("--window", "0"),
        ("--min-shift", "-1"),
        ("--at-least", "2"),
        ("--poles", "XXX"),
        ("--feed", "turns.txt"),
        ("--from", "2000", "--to", "1990"),
    ],
)
def test_realign_refuses_what_it_cannot_use(run, store, option):
    """A sentence and exit code 2 for settings that cannot be."""
    code, out, err = run("realign", "--store", store, *option)
    assert (code, out) == (2, "")
    assert err.startswith("aneroid: ")


@pytest.mark.slow
def test_watch_tells_once_and_writes_the_same_feed(run, store, tmp_path):
    """A second run prints nothing and leaves the feed as it was; a new edition is told, once."""
    feed = tmp_path / "turns.xml"
    arguments = ("watch", "run", "--store", store, "--feed", feed, "--exit-code")
    assert run(*arguments)[0] == 2
    assert run("watch", "add", "Cuba", "IRQ", "--poles", "USA,RUS", "--store", store)[0] == 0
    run(*arguments)
    first = feed.read_bytes()
    code, out, err = run(*arguments)
    assert (code, out) == (0, "")
    assert "Nothing new" in err
    assert feed.read_bytes() == first
    _pretend_an_earlier_edition(store)
    code, out, _ = run(*arguments)
    assert code == 10
    assert "withdrawn" in out
    assert not feedparser.parse(feed.read_text()).bozo
    assert feed.read_bytes() != first
    assert run(*arguments)[:2] == (0, "")


def _pretend_an_earlier_edition(store: Path) -> None:
    """Put a turn on record that the readings do not show, in an edition of other readings."""
    with Store.open(store, write=True) as opened:
        opened.execute(
            "INSERT INTO realignments SELECT * REPLACE ('CUB-2010-CHN-USA' AS turn, 'CUB' AS state, 2010 AS year, "
            "'CHN' AS away_from, 'USA' AS toward) FROM realignments LIMIT 1"
        )
        opened.execute("UPDATE realignments SET mark = 'earlier'")


def test_watch_lists_and_forgets(run, store):
    """What is watched can be listed and removed; what is not cannot be removed."""
    run("watch", "add", "Sweden", "--store", store)
    code, out, _ = run("watch", "list", "--store", store, "--format", "json")
    assert code == 0
    assert "SWE" in {row["state"] for row in json.loads(out)}
    assert run("watch", "remove", "Sweden", "--store", store)[0] == 0
    assert run("watch", "remove", "Sweden", "--store", store)[0] == 2
