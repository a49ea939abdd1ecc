"""Events: what claims of several articles are about, one row an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.record.store import Store
from aneroid.text.model import Claim

if TYPE_CHECKING:
    import pandas as pd


def events_about(store: Store, topic: str, first_day: str, last_day: str) -> pd.DataFrame:
    """Return the events of a topic that may have happened within these days: all columns of table ``events``."""
    return store.frame(
        "SELECT * FROM events WHERE topic = ? AND first_day <= ? AND last_day >= ? ORDER BY first_day, event_id",
        [topic, last_day, first_day],
    )


def save_event(
    store: Store, event_id: str, claim: Claim, *, topic: str, weapons: str, first_day: str, last_day: str
) -> None:
    """Make an event, or narrow its days and name its weapons by what another claim adds."""
    states = [None if party is None else party.state for party in (claim.source, claim.target)]
    store.execute(
        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
        "date = coalesce(excluded.date, date), date_precision = excluded.date_precision, weapons = excluded.weapons, "
        "first_day = excluded.first_day, last_day = excluded.last_day",
        [
            event_id,
            *states,
            claim.event,
            claim.cameo_root,
            claim.quad,
            claim.date,
            claim.date_precision.value,
            topic,
            weapons,
            first_day,
            last_day,
        ],
    )


def link_claim(store: Store, event_id: str, claim_id: str) -> None:
    """Say that a claim is about an event."""
    store.execute("INSERT OR IGNORE INTO event_claims VALUES (?, ?)", [event_id, claim_id])


def told_alike(store: Store, claim_ids: list[str]) -> pd.DataFrame:
    """Return all claims about the events of the claims named, themselves included.

    Returns
    -------
    pandas.DataFrame
        ``event_id, claim, article, modality, attribution, body, outlet, url, published, known_on, cluster``; ``cluster`` is the
        article that this one nearly repeats, or itself; ``known_on`` the day of the article, or of its retrieval.
    """
    return store.frame(
        "SELECT e.event_id, c.claim, c.article, c.modality, c.body, a.outlet, a.url, a.title, a.published, "
        "coalesce(a.published, strftime(a.retrieved, '%Y-%m-%d')) AS known_on, coalesce(a.copy_of, a.article) AS cluster "
        "FROM event_claims e JOIN claims c USING (claim) JOIN articles a USING (article) "
        "WHERE e.event_id IN (SELECT event_id FROM event_claims WHERE list_contains(?, claim)) "
        "ORDER BY e.event_id, known_on, c.article, c.sentence, c.claim",
        [claim_ids],
    )
