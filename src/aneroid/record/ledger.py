"""The ledger's entries: written once, each with the hash of the one before, so that any later change shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from aneroid.record.store import Store

if TYPE_CHECKING:
    import pandas as pd

_START = "0" * 64
_HEAD = "ledger_head"  # in table meta: the last hash, so that cutting off the end shows too


def append(store: Store, kind: str, question: str, body: Mapping[str, object]) -> str:
    """Append an entry; call it inside a transaction when several belong together.

    Parameters
    ----------
    store
        Open for writing.
    kind
        ``register`` or ``resolve``.
    question
        Id of the question it is about.
    body
        What is entered; kept as canonical JSON.

    Returns
    -------
    str
        Hash of the entry, which stands for the ledger up to here.
    """
    last = store.frame("SELECT entry, hash FROM ledger ORDER BY entry DESC LIMIT 1")
    number, previous = (1, _START) if last.empty else (int(last.entry[0]) + 1, str(last.hash[0]))
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    entered = datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    digest = entry_hash(number, kind, question, text, entered, previous)
    store.execute(
        "INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?)",
        [number, kind, question, text, entered, previous, digest],
    )
    store.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [_HEAD, f"{number}:{digest}"])
    return digest


def entry_hash(number: int, kind: str, question: str, body: str, entered: str, previous: str) -> str:
    """Hash one entry together with the hash of the entry before it."""
    text = json.dumps([number, kind, question, body, entered, previous], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def entries(store: Store) -> pd.DataFrame:
    """Return all entries in order: ``entry, kind, question, body, entered, previous, hash``."""
    return store.frame("SELECT * FROM ledger ORDER BY entry")


def question_about(store: Store, claim: str) -> tuple[dict[str, Any], dict[str, Any] | None] | None:
    """Return the question that was registered for a claim, and its resolution or None; None where there is no question."""
    rows = store.frame(
        "SELECT question, body FROM ledger WHERE kind = 'register' AND json_extract_string(body, '$.claim') = ? "
        "ORDER BY entry DESC LIMIT 1",
        [claim],
    )
    if rows.empty:
        return None
    question = str(rows.question[0])
    resolved = store.value(
        "SELECT body FROM ledger WHERE kind = 'resolve' AND question = ? ORDER BY entry DESC LIMIT 1",
        [question],
    )
    asked = {**json.loads(rows.body[0]), "question": question}
    return asked, None if resolved is None else json.loads(resolved)


def head(store: Store) -> str:
    """Return the hash of the last entry; noted elsewhere, it proves later that nothing before it was changed."""
    found = store.value("SELECT hash FROM ledger ORDER BY entry DESC LIMIT 1")
    return _START if found is None else str(found)


def broken(store: Store, *, noted: str | None = None) -> list[str]:
    """Follow the chain and say where it is broken.

    Parameters
    ----------
    store
        The store.
    noted
        A head that was noted earlier; it must be the hash of an entry.

    Returns
    -------
    list of str
        One sentence a fault; empty where every entry is as it was written.
    """
    faults: list[str] = []
    previous, number = _START, 0
    hashes = {_START}
    for row in entries(store).to_dict("records"):
        number += 1
        name = f"Entry {row['entry']} ({row['kind']} {row['question']})"
        if row["entry"] != number:
            faults.append(f"{name} should be number {number}: an entry before it is missing.")
            number = int(row["entry"])
        if row["previous"] != previous:
            faults.append(f"{name} does not follow the entry before it.")
        found = entry_hash(
            row["entry"], row["kind"], row["question"], row["body"], row["entered"], row["previous"]
        )
        if found != row["hash"]:
            faults.append(f"{name} was changed after it was written.")
        previous = row["hash"]
        hashes.add(previous)
    kept = store.value("SELECT value FROM meta WHERE key = ?", [_HEAD])
    if kept != (f"{number}:{previous}" if number else None):
        faults.append(
            f"The ledger ends with entry {number}, but {kept or 'nothing'} was its end: entries were removed."
        )
    if noted is not None and noted not in hashes:
        faults.append(f"No entry has the hash {noted} that was noted: the ledger was rewritten.")
    return faults
