"""`/forecasts`: what is expected, how earlier forecasts fared, and the ledger of questions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aneroid.charts.words import number, percent, range_text, with_article
from aneroid.digest.blocks import Bullets, Notice
from aneroid.record.ledger import broken, entries, head
from aneroid.states import members
from aneroid.web.blocks import NOTHING, Grid, Item, Link, Section, cell, records
from aneroid.web.page import Page
from aneroid.web.pages.shared import names, pole_links
from aneroid.web.service import NotReady

if TYPE_CHECKING:
    from aneroid.web.ask import Ask

_SHIFT = 0.5
_REGIONS = ("Middle East", "Post-Soviet states", "Southeast Asia", "North Africa")


def forecasts(ask: Ask) -> Page:
    """Make the page."""
    region = ask.text("region", _REGIONS[0])
    board, notes = scoreboard()
    questions = ledger(ask)
    try:
        expected, rows = _expected(ask, region)
    except NotReady as waiting:
        expected, rows = (
            (Notice("Being computed", f"{waiting.work.what}; leans are forecast once that is done."),),
            [],
        )
    context = {
        "kicker": "Forecasts",
        "lead": (
            "A forecast is worth what its record is worth: how past ones did stands below, where they lost too.",
        ),
        "form": ({"label": "Region", "name": "region", "value": region, "size": 26},),
        "sections": (
            Section("expected", f"Where leans may be in a year: {region}", (*expected,)),
            Section("scoreboard", "How past forecasts did", board),
            Section("ledger", "Questions on record", _ledger_blocks(ask, questions)),
        ),
    }
    data = {
        "region": region,
        "outlook": rows,
        "scoreboard": [str(note) for note in notes],
        "ledger": questions,
    }
    return Page("page.html.j2", "What is expected, and how earlier forecasts fared", context, data)


def _expected(ask: Ask, region: str) -> tuple[tuple[Item, ...], list[dict[str, Any]]]:
    from aneroid.forecasts.orientation_outlook import orientation_outlook

    ids = [state.id for state in members(region) if state.id in ask.fit.states and state.id not in ask.pair]
    frame = orientation_outlook(ask.fit, ids, ask.pair, (12,), _SHIFT)
    rows = sorted(records(frame), key=lambda row: -max(row["p_rise"], row["p_fall"]))
    a, b = (with_article(names()[pole]) for pole in ask.pair)
    header = (
        "State",
        "Month",
        "Lean",
        "Likely range (9 in 10)",
        f"Moves {_SHIFT:g} or more to {a}",
        f"to {b}",
    )
    body = tuple(
        (
            Link(names()[row["state"]], ask.link(f"/state/{row['state']}")),
            str(row["date"])[:7],
            number(row["lean"], signed=True),
            range_text(row["lo90"], row["hi90"]),
            percent(row["p_rise"]),
            percent(row["p_fall"]),
        )
        for row in rows
    )
    note = "Those most likely to move stand first. Movement counts from the last December with data."
    return (pole_links(ask), Grid("Outlook", header, body, frozenset({2, 3, 4, 5}), note=note)), rows


def scoreboard() -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """How past forecasts did, as the evaluation last measured it; says so where it has not."""
    try:
        from aneroid.forecasts.scoreboard import read_scoreboard

        found = read_scoreboard()
    except (ImportError, FileNotFoundError):
        return (Notice("Not scored yet", "No scoreboard ships with this release."),), ()
    rows = records(found.table)
    header = tuple(str(name).replace("_", " ").capitalize() for name in found.table.columns)
    body = tuple(tuple(cell(row[name], 3) for name in found.table.columns) for row in rows)
    return (
        Grid("Scores on data the forecasts had not seen", header, body),
        Bullets(found.notes),
    ), found.notes


def ledger(ask: Ask) -> list[dict[str, Any]]:
    """Questions of the ledger with their resolution, newest first."""
    with ask.store() as store:
        rows = records(entries(store))
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        body = json.loads(row["body"])
        entry = found.setdefault(row["question"], {"id": row["question"], "entered": None, "resolved": None})
        if row["kind"] == "register":
            entry |= {"entered": row["entered"], "body": body}
        else:
            entry |= {"resolved": row["entered"], "resolution": body}
    return sorted(found.values(), key=lambda entry: str(entry["entered"]), reverse=True)


def _ledger_blocks(ask: Ask, questions: list[dict[str, Any]]) -> tuple[Item, ...]:
    if not questions:
        return (
            Notice(
                "No question registered",
                "The ledger of this store is empty. Predictions in articles, and questions of scenarios, enter it with "
                "`aneroid claims`.",
            ),
        )
    body = tuple(
        (
            cell(_say(entry.get("body"))),
            cell(_of(entry.get("body"), "probability")),
            cell(_of(entry.get("body"), "deadline")),
            cell(entry["entered"]),
            cell(_of(entry.get("resolution"), "outcome")) if entry["resolved"] else "open",
        )
        for entry in questions
    )
    with ask.store() as store:
        faults, last = broken(store), head(store)
    state = "The chain of hashes is whole" if not faults else " ".join(faults)
    note = f"{state}; its head is {last[:16]}…"
    return (
        Grid("Questions", ("Question", "Probability", "Deadline", "Entered", "Outcome"), body, note=note),
    )


def _say(body: dict[str, Any] | None) -> str:
    return str((body or {}).get("text") or (body or {}).get("question") or NOTHING)


def _of(body: dict[str, Any] | None, name: str) -> object:
    return (body or {}).get(name)
