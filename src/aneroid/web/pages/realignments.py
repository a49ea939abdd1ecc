"""`/realignments`: flagged changes of orientation, each with its probability and evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aneroid.charts.words import count, number, percent, probability_word, range_text
from aneroid.digest.blocks import Notice
from aneroid.realignment.feed import direction
from aneroid.record.realignments import standing_turns, turn_history
from aneroid.states import resolve
from aneroid.web.blocks import NOTHING, Grid, Link, Section, cell, records
from aneroid.web.page import Page
from aneroid.web.pages.shared import names

if TYPE_CHECKING:
    from aneroid.web.ask import Ask

NONE_YET = Notice(
    "No turns to show",
    "The store holds no detected realignment yet: they are looked for once estimates stand. This page and the feed list them "
    "from then on; `aneroid realign` does the same.",
)
_NONE_SO = Notice(
    "Nothing matches", "No turn on record fits. Take a filter away, or begin with an earlier year."
)
_HEADER = ("State", "Year", "Direction", "Probability", "Shift", "Why", "Status")
_SINCE = 1991


@dataclass(frozen=True, slots=True)
class TurnEntry:
    """A turn as the feed tells it."""

    key: str
    title: str
    summary: str
    path: str
    updated: dt.datetime


def turns(ask: Ask) -> list[dict[str, Any]]:
    """Every turn as it stands, latest year first; with ``as_of``, none that was recorded later than that."""

    def make() -> list[dict[str, Any]]:
        with ask.store() as store:
            rows = records(standing_turns(store))
        return sorted(rows, key=lambda row: (-row["year"], -row["probability"], row["state"]))

    return ask.service.remember("turns", make)


def feed_entries(ask: Ask, most: int) -> list[TurnEntry]:
    """The turns recorded last, newest first."""
    rows = sorted(
        turns(ask), key=lambda row: (row["recorded"], row["year"], row["probability"]), reverse=True
    )
    return [
        TurnEntry(
            key=f"{row['turn']}:{row['edition']}",
            title=f"{names()[row['state']]} {row['year']}: {_direction(row)} ({row['status']})",
            summary=f"Probability {percent(row['probability'])}. {row['because']}",
            path=f"/state/{row['state']}",
            updated=row["recorded"].to_pydatetime().replace(tzinfo=dt.UTC),
        )
        for row in rows[:most]
    ]


def latest_turns(ask: Ask, most: int) -> Grid | Notice:
    """The latest turns that stand, or why there are none to show."""
    rows = [row for row in turns(ask) if row["status"] != "withdrawn"]
    return turns_grid(ask, rows[:most], "The latest turns that stand") if rows else NONE_YET


def turns_grid(ask: Ask, rows: list[dict[str, Any]], caption: str) -> Grid:
    """Turns as a table that leads to their states."""
    body = tuple(
        (
            Link(names()[row["state"]], ask.link(f"/state/{row['state']}", from_=row["year"] - 8, to=None)),
            _when(row),
            _direction(row),
            f"{percent(row['probability'])}, {probability_word(row['probability'])}",
            NOTHING
            if row["shift"] is None
            else f"{number(row['shift'], signed=True)} ({range_text(row['lo90'], row['hi90'])})",
            cell(row["because"]),
            str(row["status"]),
        )
        for row in rows
    )
    note = (
        "Shift in units of lean, with the likely range (9 in 10); an estimate of the turn, not of its cause."
    )
    return Grid(caption, _HEADER, body, note=note)


def _when(row: dict[str, Any]) -> str:
    first, last = row["year_lo90"], row["year_hi90"]
    return f"{row['year']} ({first:g}–{last:g})" if first is not None and first != last else str(row["year"])


def _direction(row: dict[str, Any]) -> str:
    return direction(str(row["away_from"] or ""), str(row["toward"] or ""))


def realignments(ask: Ask) -> Page:
    """Make the page."""
    state = resolve(ask.text("state")).id if ask.text("state") else None
    since = ask.whole("since", _SINCE, 1800, 2200)
    status = ask.choice("status", ("standing", "withdrawn", "all"))
    rows = [
        row
        for row in turns(ask)
        if row["year"] >= since
        and (state is None or row["state"] == state)
        and (status == "all" or (row["status"] == "withdrawn") == (status == "withdrawn"))
    ]
    blocks: list[Grid | Notice] = (
        [turns_grid(ask, rows, f"{count(len(rows), 'turn')} since {since}")] if rows else []
    )
    if not rows:
        blocks = [_NONE_SO if turns(ask) else NONE_YET]
    history = _history(ask, state) if state else []
    context = {
        "kicker": "Realignments",
        "lead": (
            "A turn is flagged where several kinds of ties move at once, more than chance would make them. Each carries its "
            "probability, and stays on record if later data take it back. Losing a source is not a turn.",
        ),
        "form": (
            {"label": "State", "name": "state", "value": ask.text("state")},
            {"label": "Since", "name": "since", "value": since, "type": "number"},
        ),
        "sections": (
            Section("turns", "Turns", tuple(blocks)),
            *([Section("history", "How they were recorded", tuple(history))] if history else []),
        ),
    }
    title = "Which governments turned, when, and on what evidence"
    if rows:
        real = sum(row["probability"] for row in rows)
        many = count(len(rows), "turn")
        title = f"{many} flagged since {since}, of which about {real:.0f} are real by their own probabilities"
    return Page("page.html.j2", title, context, {"since": since, "realignments": rows})


def _history(ask: Ask, state: str) -> list[Grid]:
    with ask.store() as store:
        rows = records(turn_history(store, [state]))
    if not rows:
        return []
    body = tuple(
        (
            str(row["recorded"])[:10],
            str(row["year"]),
            _direction(row),
            percent(row["probability"]),
            str(row["status"]),
        )
        for row in rows
    )
    return [
        Grid(
            "Every record of this state’s turns",
            ("Recorded", "Year", "Direction", "Probability", "Status"),
            body,
        )
    ]
