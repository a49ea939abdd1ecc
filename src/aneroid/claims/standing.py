"""Hold a claim against the record: on record, contradicted, not on record, not yet resolvable, or outside coverage.

A claim that the record bears out is *confirmed* only if it says that something happened; a threat or a plan that was really
made stays *reported*, for the record holds deeds, not words. No claim becomes *contradicted* because a source is silent,
unless that source says that absence means none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from aneroid.record.readings import deals, facts, last_years, reading
from aneroid.record.store import Store
from aneroid.text.model import Claim, Modality

if TYPE_CHECKING:
    import pandas as pd

# An order may be entered in the register a year before or two years after the report of its signature.
_YEARS_BEFORE, _YEARS_AFTER = 1, 2


class Standing(StrEnum):
    """How far others bear a claim out."""

    REPORTED = "reported"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    WITHDRAWN = "withdrawn"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Answer:
    """The record's answer to one claim: its standing, a phrase, and the rows that say so."""

    standing: Standing
    phrase: str
    evidence: str


def hold_against_record(claim: Claim, store: Store) -> Answer:
    """Look for the rows that confirm or contradict a claim.

    Parameters
    ----------
    claim
        A claim from the reader.
    store
        The store.

    Returns
    -------
    Answer
        ``phrase`` is one of *on record*, *not on record*, *outside coverage*, *not yet resolvable*, *not checked*; ``evidence``
        names the rows, or says up to which year the source was searched.
    """
    if claim.prediction:
        return Answer(
            Standing.UNRESOLVED, "not yet resolvable", "a prediction; it needs a deadline and an outcome rule"
        )
    if claim.kind == "arms_deal" and claim.supplier and claim.recipient:
        return _arms(claim, store)
    if (
        claim.event == "SANCTION"
        and claim.source
        and claim.target
        and claim.source.state
        and claim.target.state
    ):
        return _sanctions(claim, claim.source.state, claim.target.state, store)
    if (fact := _fact(claim, store)) is not None:
        return fact
    return Answer(Standing.REPORTED, "not checked", "no source or dated fact in this store speaks of it")


def _arms(claim: Claim, store: Store) -> Answer:
    import pandas as pd

    year = _year(claim)
    if year is None:
        return Answer(Standing.REPORTED, "not checked", "the text gives no year to look under")
    assert claim.supplier is not None and claim.recipient is not None
    last = _last_year(store, "arms_orders")
    if last is None or year - _YEARS_BEFORE > last:
        return Answer(Standing.REPORTED, "outside coverage", f"the arms register ends in {last}")
    window = (year - _YEARS_BEFORE, year + _YEARS_AFTER)
    named = deals(store, recipient=claim.recipient, supplier=claim.supplier)
    spans = [_delivered(text) for text in named.delivered.fillna("")]
    during = pd.Series([first <= year <= last for first, last in spans], index=named.index, dtype=bool)
    named = named[(named.order_year.between(*window) | during) & (named.status != "reported")]
    if claim.weapons:
        named = _named(named, claim.weapons)
    if len(named):
        rows = "; ".join(f"{d.weapon}, ordered {d.order_year} ({d.citation})" for d in named.itertuples())
        return Answer(_confirmed(claim), "on record", rows)
    orders = reading(store, "arms_orders", claim.recipient, claim.supplier, window)
    orders = orders[orders.value > 0]
    searched = f"register searched for orders of {window[0]}–{min(window[1], last)}"
    if len(orders):
        rows = "; ".join(f"{o.year}: {o.detail!s}" for o in orders.itertuples())
        phrase = "orders on record, none named as this system" if claim.weapons else "on record"
        standing = Standing.REPORTED if claim.weapons else _confirmed(claim)
        return Answer(
            standing, phrase, f"new orders from {claim.supplier} by {claim.recipient}: {rows}; {searched}"
        )
    return Answer(
        Standing.REPORTED,
        "not on record",
        f"no order from {claim.supplier} by {claim.recipient}; {searched}, which ends in {last}",
    )


def _sanctions(claim: Claim, sender: str, target: str, store: Store) -> Answer:
    year = _year(claim)
    names = ("sanctions_arms", "sanctions_trade", "sanctions_other")
    last = max((_last_year(store, name) or 0 for name in names), default=0)
    if year is None:
        return Answer(Standing.REPORTED, "not checked", "the text gives no year to look under")
    if year > last:
        return Answer(Standing.REPORTED, "outside coverage", f"the sanctions data end in {last}")
    found = [name for name in names if (reading(store, name, target, sender, (year, year)).value > 0).any()]
    if found:
        return Answer(
            _confirmed(claim),
            "on record",
            f"in force in {year}: {', '.join(found)} ({sender} against {target})",
        )
    return Answer(
        Standing.REPORTED, "not on record", f"no sanctions of {sender} against {target} in force in {year}"
    )


def _delivered(span: str) -> tuple[int, int]:
    """First and last year of a delivery such as "2014–2018"; years that no claim has where there is none."""
    years = [int(part) for part in span.split("–") if part.isdigit()]
    return (years[0], years[-1]) if years else (9999, 0)


def _fact(claim: Claim, store: Store) -> Answer | None:
    """A dated fact of the same month between the same states: shown, but not taken for the same event."""
    states = {party.state for party in (claim.source, claim.target) if party and party.state}
    if len(states) < 2 or not claim.date or len(claim.date) < 7:
        return None
    near = facts(store, state=min(states), years=(int(claim.date[:4]), int(claim.date[:4])))
    near = near[near.date.str.startswith(claim.date[:7])]
    same = near[[states <= set(listed.split(",")) for listed in near.states]]
    if same.empty:
        return None
    rows = "; ".join(f"{fact.date}: {fact.text} ({fact.citation})" for fact in same.itertuples())
    return Answer(Standing.REPORTED, "a dated fact of that time", rows)


def _confirmed(claim: Claim) -> Standing:
    return Standing.CONFIRMED if claim.modality is Modality.HAPPENED else Standing.REPORTED


def _year(claim: Claim) -> int | None:
    return int(claim.date[:4]) if claim.date else None


def _last_year(store: Store, indicator: str) -> int | None:
    table = last_years(store)
    rows = table.last_year[table.indicator == indicator]
    return int(rows.iloc[0]) if len(rows) else None


def _named(table: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """Deals over one of the systems named, or of the class named where the text names only a class."""
    from aneroid.actors import weapon_classes

    return table[table.weapon.isin(names) | table.category.isin(weapon_classes(names))]
