"""Claims with their standing and its history, and as either was on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from aneroid.record.store import Store

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a claim's history: what it stood at from a day on, and why."""

    known_on: str  # ISO date from which the evidence was public
    standing: str
    answer: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims to list; empty fields do not select."""

    state: str | None = None
    years: tuple[int, int] | None = None
    kind: str | None = None
    standing: str | None = None
    outlet: str | None = None
    since: date | None = None
    article: str | None = None
    claim: str | None = None  # an id or its first digits
    predictions: bool = False


def save_history(store: Store, claim_id: str, steps: Sequence[Step]) -> bool:
    """Append a claim's history unless it is what the store holds already.

    Returns
    -------
    bool
        Whether anything was written. An earlier evaluation stays in the table; the latest is the one in force.
    """
    if history(store, claim_id) == list(steps):
        return False
    now = datetime.now(UTC).replace(tzinfo=None)
    for number, step in enumerate(steps):
        store.execute(
            "INSERT INTO claim_status VALUES (?, ?, ?, ?, ?, ?, ?)",
            [claim_id, step.standing, step.answer, step.evidence, now, number, step.known_on],
        )
    return True


def history(store: Store, claim_id: str) -> list[Step]:
    """Return the history of a claim in force, oldest step first."""
    table = store.frame(
        "SELECT known_on, standing, answer, evidence FROM claim_status WHERE claim = ? "
        "AND since = (SELECT max(since) FROM claim_status WHERE claim = ?) ORDER BY step",
        [claim_id, claim_id],
    )
    return [Step(*row) for row in table.itertuples(index=False)]


def claims(store: Store, wanted: Wanted | None = None, *, as_of: date | None = None) -> pd.DataFrame:
    """List claims with their standing.

    Parameters
    ----------
    store
        The store.
    wanted
        Which claims; ``state`` keeps those in which it acts, is acted on, supplies or receives; ``years`` those about dated
        events; ``since`` those in articles of that day or later.
    as_of
        As things stood on this day: claims of articles published by then, with the standing that what was public by then
        supports.

    Returns
    -------
    pandas.DataFrame
        One row a claim: the columns of table ``claims`` plus ``title, outlet, url, published, language, sentence_text,
        standing, answer, evidence, known_on``. ``standing`` says how far others bear
        the claim out; it is never a fact by itself.
    """
    conditions, parameters = _conditions(wanted or Wanted())
    day = None if as_of is None else as_of.isoformat()
    if day is not None:
        conditions.append("coalesce(a.published, strftime(a.retrieved, '%Y-%m-%d')) <= ?")
        parameters.append(day)
    return store.frame(
        "SELECT c.*, a.title, a.outlet, a.url, a.published, a.language, "
        "substring(a.text, c.sentence_start + 1, c.sentence_end - c.sentence_start) AS sentence_text, "
        "s.standing, s.answer, s.evidence, s.known_on "
        "FROM claims c JOIN articles a USING (article) LEFT JOIN (SELECT * FROM claim_status "
        "WHERE (? IS NULL OR known_on <= ?) AND since = "
        "(SELECT max(since) FROM claim_status newest WHERE newest.claim = claim_status.claim) "
        "QUALIFY row_number() OVER (PARTITION BY claim ORDER BY step DESC) = 1) s "
        f"USING (claim) WHERE {' AND '.join(conditions)} ORDER BY c.date NULLS LAST, c.article, c.sentence, c.claim",
        [day, day, *parameters],
    )


def _conditions(wanted: Wanted) -> tuple[list[str], list[object]]:
    """The conditions of a list of claims in SQL, with their parameters in order."""
    conditions, parameters = ["true"], list[object]()
    first, last = wanted.years or (None, None)
    tests: list[tuple[str, tuple[object | None, ...]]] = [
        ("? IN (c.source, c.target, c.supplier, c.recipient)", (wanted.state,)),
        ("CAST(left(c.date, 4) AS INTEGER) BETWEEN ? AND ?", (first, last)),
        ("(c.kind = ? OR lower(c.event) = lower(?))", (wanted.kind, wanted.kind)),
        ("s.standing = ?", (wanted.standing,)),
        ("contains(lower(a.outlet), lower(?))", (wanted.outlet,)),
        ("a.published >= ?", (wanted.since.isoformat() if wanted.since else None,)),
        ("c.article = ?", (wanted.article,)),
        ("starts_with(c.claim, ?)", (wanted.claim,)),
        ("c.prediction = ?", (True if wanted.predictions else None,)),
    ]
    for test, values in tests:
        if values[0] is not None:
            conditions.append(test)
            parameters.extend(values)
    return conditions, parameters
