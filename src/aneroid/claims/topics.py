"""Which claims speak of the same event: like acts between the same states within the same days.

Claims about arms are matched by supplier and recipient, whoever is the grammatical subject: "Peru bought", "France sold" and
"Peru received" may tell of one deal. The days are as wide as the text is vague; an undated claim is taken to tell of the
month before its article.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta

from aneroid.actors import weapon_classes
from aneroid.actors.weapons import weapons
from aneroid.record.events import events_about, link_claim, save_event
from aneroid.record.store import Store
from aneroid.text.model import Claim, Modality

SLACK = timedelta(days=3)  # outlets date the same act by its eve, its day, or the day after
UNDATED = timedelta(days=31)
_MUTUAL = {"AGREE", "CONSULT", "COOPERATE"}


def topic(claim: Claim) -> str | None:
    """Name what kind of event between whom a claim is about; None where a side is unknown or it foresees something."""
    if claim.prediction or not claim.event:
        return None
    if claim.kind == "arms_deal" and claim.supplier and claim.recipient:
        conflict = "refused" if claim.quad in (3, 4) and claim.modality is not Modality.DENIED else "arms"
        return f"{conflict}:{claim.supplier}:{claim.recipient}"
    states = [party.state if party else None for party in (claim.source, claim.target)]
    if None in states:
        return None
    if claim.reciprocal or claim.event in _MUTUAL:
        states.sort(key=str)
    return f"{claim.event}:{claim.kind or ''}:{states[0]}:{states[1]}"


def days(claim: Claim, published: date | None) -> tuple[date, date] | None:
    """The days between which a claim's event may lie; None where neither text nor article has a date."""
    if claim.date is None:
        return None if published is None else (published - UNDATED, published + SLACK)
    year, month, day = [*map(int, claim.date.split("-")), 0, 0][:3]
    if day:
        return date(year, month, day) - SLACK, date(year, month, day) + SLACK
    if month:
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - timedelta(days=1)
    return date(year, 1, 1), date(year, 12, 31)


def file_claim(store: Store, claim: Claim, published: date | None) -> str | None:
    """Link a claim to the event it is about, making the event where no kept claim has told of it.

    Returns
    -------
    str or None
        The event; None where the claim names too little to be matched.
    """
    about, when = topic(claim), days(claim, published)
    if about is None or when is None:
        return None
    first, last = when[0].isoformat(), when[1].isoformat()
    named = claim.weapons
    found = [
        row
        for row in events_about(store, about, first, last).to_dict("records")
        if _same_weapons(named, tuple(filter(None, (row["weapons"] or "").split("; "))))
    ]
    if found:
        # The event whose days are fewest says most about when it was.
        row = min(found, key=lambda r: (_length(r["first_day"], r["last_day"]), r["event_id"]))
        event_id = str(row["event_id"])
        first, last = max(first, row["first_day"]), min(last, row["last_day"])
        named = tuple(dict.fromkeys([*filter(None, (row["weapons"] or "").split("; ")), *named]))
    else:
        key = json.dumps([about, first, last, named])
        event_id = hashlib.sha256(key.encode()).hexdigest()[:16]
    save_event(store, event_id, claim, topic=about, weapons="; ".join(named), first_day=first, last_day=last)
    link_claim(store, event_id, claim.claim_id)
    return event_id


def _length(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _same_weapons(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two lists may tell of one deal: one names none, or they share a system or a class."""
    if not one or not other or set(one) & set(other):
        return True
    return bool(weapon_classes(one) & _categories(other) or weapon_classes(other) & _categories(one))


def _categories(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(weapon.category for weapon in weapons() if weapon.name in names)
