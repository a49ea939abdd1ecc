"""`/claims` and `/claims/<id>`: what was reported, by whom, and what the record answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aneroid.digest.blocks import Notice
from aneroid.digest.evidence import claim_sentence
from aneroid.digest.quotation import short_quotation
from aneroid.errors import InputError
from aneroid.record.standings import Wanted, claims, history
from aneroid.states import resolve
from aneroid.web.answer import NotFound
from aneroid.web.blocks import Grid, Link, Section, cell, records
from aneroid.web.page import Page
from aneroid.web.pages.shared import names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aneroid.web.ask import Ask

STANDINGS = ("reported", "corroborated", "confirmed", "contradicted", "withdrawn", "unresolved")
_MOST = 200


def sentence_of(row: Mapping[str, Any]) -> str:
    """Who is claimed to do what to whom, from a row of the table of claims."""
    sides = {
        side: " ".join(
            part for part in (row[side] or row[f"{side}_phrase"] or "", row[f"{side}_sector"] or "") if part
        )
        for side in ("source", "target")
    }
    parts = []
    if row["supplier"] or row["recipient"]:
        parts.append(f"{row['supplier'] or '?'} → {row['recipient'] or '?'}")
    if row["weapons"]:
        parts.append(str(row["weapons"]))
    if row["amount"] is not None:
        parts.append(f"{row['amount']:,.0f} {row['currency'] or ''}".strip())
    if row["prediction"]:
        parts.append("prediction")
    shown = {**row, **sides, "event": row["event"] or "PREDICTION", "details": "; ".join(parts)}
    return claim_sentence(shown, names())


def claims_list(ask: Ask) -> Page:
    """Make the list."""
    state = resolve(ask.text("state")).id if ask.text("state") else None
    standing = ask.text("standing") or None
    if standing and standing not in STANDINGS:
        raise InputError(f'standing="{standing[:30]}" is not known. Choose one of {", ".join(STANDINGS)}.')
    wanted = Wanted(state=state, standing=standing, outlet=ask.text("outlet") or None)
    with ask.store() as store:
        rows = records(claims(store, wanted, as_of=ask.as_of))
    asked = any((state, standing, ask.text("outlet")))
    if rows:
        block: Grid | Notice = _grid(ask, rows[:_MOST], len(rows))
    elif asked:
        block = Notice(
            "Nothing matches", "No claim in this store fits. Take a filter away, or read another article."
        )
    else:
        block = Notice(
            "No article read yet",
            "Claims come from articles. Read one on the page /read and choose to keep it, or with `aneroid read FILE`.",
        )
    context = {
        "kicker": "Claims",
        "lead": (
            "A claim is what a text says, not what happened. Its standing says how far others bear it out; claims do not "
            "move an estimate.",
        ),
        "form": (
            {"label": "State", "name": "state", "value": ask.text("state"), "list": "states"},
            {"label": "Standing", "name": "standing", "value": standing or "", "hint": "confirmed"},
            {"label": "Outlet", "name": "outlet", "value": ask.text("outlet")},
        ),
        "sections": (Section("claims", f"{len(rows)} claims" if rows else "Claims", (block,)),),
    }
    return Page(
        "page.html.j2", "What was reported, and what the record answers", context, {"claims": public(rows)}
    )


def _grid(ask: Ask, rows: list[dict[str, Any]], total: int) -> Grid:
    body = tuple(
        (
            Link(sentence_of(row), ask.link(f"/claims/{row['claim']}")),
            cell(row["standing"]),
            cell(row["answer"]),
            cell(row["attributed_to"]),
            Link(cell(row["outlet"] or row["title"]), f"/article/{row['article']}"),
        )
        for row in rows
    )
    more = (
        f"The first {len(rows)} of {total}; the rest is in the data of this page."
        if total > len(rows)
        else ""
    )
    header = ("Claim", "Standing", "The record", "According to", "Article")
    return Grid("Claims, by date of what is claimed", header, body, note=more)


PUBLIC = (
    *(
        "claim",
        "article",
        "date",
        "source",
        "target",
        "event",
        "kind",
        "modality",
        "attributed_to",
        "amount",
        "currency",
    ),
    *(
        "weapons",
        "supplier",
        "recipient",
        "prediction",
        "standing",
        "answer",
        "evidence",
        "known_on",
        "outlet",
        "url",
    ),
    *("published", "sentence_start", "sentence_end"),
)
"""Columns that may leave: offsets into a text, never the text."""


def public(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with what may be passed on: no sentence is given whole."""
    return [{name: row.get(name) for name in PUBLIC} for row in rows]


def one_claim(ask: Ask) -> Page:
    """Make the page of one claim: what is said, by whom, where; and how its standing changed."""
    given = ask.names["claim"]
    with ask.store() as store:
        rows = records(claims(store, Wanted(claim=given), as_of=ask.as_of)) if given else []
        if len(rows) != 1:
            raise NotFound(
                f"{len(rows) or 'No'} claim{'s' if len(rows) > 1 else ''} in this store go{'' if len(rows) > 1 else 'es'} "
                f'by "{given[:40]}". The list is under /claims.'
            )
        steps = history(store, str(rows[0]["claim"]))
    row = rows[0]
    quoted, span = short_quotation(str(row["sentence_text"] or ""), int(row["sentence_start"]))
    body = json.loads(row["body"])
    facets = {
        "Standing": row["standing"],
        "The record": row["answer"],
        "Evidence": row["evidence"],
        "Modality": row["modality"],
        "According to": row["attributed_to"] or "the article in its own voice",
        "Date": row["date"],
        "Amount": f"{row['amount']:,.0f} {row['currency'] or ''}" if row["amount"] is not None else None,
        "Weapons": row["weapons"],
        "Supplier and recipient": f"{row['supplier']} → {row['recipient']}" if row["supplier"] else None,
        "Condition": body.get("condition"),
        "Outcome": body.get("outcome"),
        "Supplied by a rule, without words": ", ".join(body.get("inferred") or ()) or None,
        "Coded by": body.get("rule"),
    }
    context = {
        "facets": {key: str(value) for key, value in facets.items() if value},
        "standing": row["standing"] or "reported",
        "quoted": quoted,
        "span": span,
        "row": row,
        "steps": steps,
    }
    data = {
        **public(rows)[0],
        "quotation": quoted,
        "spans": body.get("spans", {}),
        "history": [
            {"known_on": s.known_on, "standing": s.standing, "answer": s.answer, "evidence": s.evidence}
            for s in steps
        ],
    }
    return Page("claim.html.j2", sentence_of(row), context, data)
