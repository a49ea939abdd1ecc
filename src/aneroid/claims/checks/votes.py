"""Votes: against the roll calls of the General Assembly. Votes of parliaments are not in them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from aneroid.claims.checks.asked import Asked, contradicted, outside
from aneroid.claims.history import Answer, Standing
from aneroid.record.evidence import last_vote_day, votes_of

_ASSEMBLY = re.compile(r"\bGeneral Assembly\b|\bUN(?:GA)? resolution\b|\bU\.N\. resolution\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b(\d{1,2}|ES-\d{1,2})/(\d{1,3}[A-Z]?)\b")
_SAID = (
    ("abstain", re.compile(r"\babstain|\babstention", re.IGNORECASE)),
    (
        "no",
        re.compile(r"\b(?:voted?|votes|voting|were?|was) against\b|\bopposed\b|\brejected\b", re.IGNORECASE),
    ),
    (
        "yes",
        re.compile(r"\bin favou?r\b|\bvot\w+ for\b|\bbacked\b|\bsupported\b|\bapproved\b", re.IGNORECASE),
    ),
)
_SHOWN = 5


def check(asked: Asked) -> Answer | None:
    """Answer a claim that a state voted in the General Assembly."""
    claim = asked.claim
    if claim.kind != "vote" or not asked.source or not _ASSEMBLY.search(asked.sentence):
        return None
    if not asked.dated:
        return outside("the text gives no date to look for the roll call")
    first, last = _days(str(claim.date))
    end = last_vote_day(asked.store)
    if end is None or first.isoformat() > end:
        return outside(f"the roll calls on record end on {end}")
    table = votes_of(asked.store, asked.source, first.isoformat(), last.isoformat())
    number = _NUMBER.search(asked.sentence)
    if number is not None:
        table = table[table.symbol.str.endswith(f"/{number[1]}/{number[2]}")]
    if table.empty:
        return Answer(Standing.REPORTED, "not on record", f"no such roll call between {first} and {last}")
    return _compare(asked, [(str(r.symbol), str(r.date), r.vote) for r in table.itertuples()])


def _compare(asked: Asked, found: list[tuple[str, str, object]]) -> Answer:
    rows = "; ".join(f"{symbol} ({day}): {vote or 'absent'}" for symbol, day, vote in found[:_SHOWN])
    evidence = (
        f"votes of {asked.source}: {rows}{f'; {len(found) - _SHOWN} more' if len(found) > _SHOWN else ''}"
    )
    said = next((word for word, pattern in _SAID if pattern.search(asked.sentence)), None)
    votes = {vote for _, _, vote in found}
    if said is None or (len(found) > 1 and len(votes) > 1):
        return Answer(
            Standing.REPORTED, "outside coverage", f"the text does not say which roll call; {evidence}"
        )
    if votes == {said}:
        return asked.borne_out(evidence, found[0][1])
    return contradicted(f"the text says {said}; {evidence}", found[0][1])


def _days(text: str) -> tuple[date, date]:
    """The days that a date of a claim covers; the record's day may be one off by time zone."""
    year, month, day = [*map(int, text.split("-")), 0, 0][:3]
    if day:
        return date(year, month, day) - timedelta(days=1), date(year, month, day) + timedelta(days=1)
    if month:
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date(year, 1, 1), date(year, 12, 31)
