"""`/realignments`: changes of orientation that the model is sure of, each with its evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aneroid.digest.blocks import Notice, Section
from aneroid.web.page import Page

if TYPE_CHECKING:
    from aneroid.web.ask import Ask
    from aneroid.web.blocks import Grid

NONE_YET = Notice(
    "No turns to show",
    "The store holds no detected realignment. `aneroid realign` finds them; this page and the feed list them from then on.",
)


@dataclass(frozen=True, slots=True)
class TurnEntry:
    """A turn as the feed tells it."""

    key: str
    title: str
    summary: str
    path: str
    updated: dt.datetime


def feed_entries(ask: Ask, count: int) -> list[TurnEntry]:
    """The latest turns for the feed, newest first."""
    return []


def latest_turns(ask: Ask, count: int) -> Grid | Notice:
    """The latest turns, or why there are none to show."""
    return NONE_YET


def realignments(ask: Ask) -> Page:
    """Make the page."""
    context = {
        "kicker": "Realignments",
        "lead": (
            "A realignment is a change of orientation that the model is sure of. Losing a source is not one.",
        ),
        "form": (),
        "sections": (Section("turns", "Turns", (NONE_YET,)),),
    }
    return Page(
        "page.html.j2", "Which governments turned, when, and on what evidence", context, {"realignments": []}
    )
