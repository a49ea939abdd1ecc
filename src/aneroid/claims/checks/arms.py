"""Arms: against the notable deals and the new orders of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.actors import weapon_classes
from aneroid.claims.checks.asked import TALK, Asked, absent, last_year, outside, public_from
from aneroid.claims.history import Answer, Standing
from aneroid.record.readings import deals, reading

if TYPE_CHECKING:
    import pandas as pd

# An order may be entered in the register a year before or two years after the report of its signature.
_BEFORE, _AFTER = 1, 2


def check(asked: Asked) -> Answer | None:
    """Answer a claim about arms between two known states."""
    claim, store = asked.claim, asked.store
    if claim.kind != "arms_deal" or not claim.supplier or not claim.recipient or asked.year is None:
        return None
    last = last_year(store, "arms_orders")
    first, until = asked.window(_BEFORE, _AFTER)
    if last is None or first > last:
        return outside(f"the arms register ends in {last}")
    if claim.modality in TALK:
        until = last  # what was planned may be ordered in any later year
    named = _deals(asked, first, until)
    done = named[named.status != "reported"]
    if len(done):
        rows = "; ".join(f"{d.weapon}, ordered {d.order_year} ({d.citation})" for d in done.itertuples())
        return asked.borne_out(rows, public_from(store, "arms_orders", int(done.order_year.max())))
    return _orders(asked, (first, until), last, talked_of=named)


def _orders(asked: Asked, years: tuple[int, int], last: int, *, talked_of: pd.DataFrame) -> Answer:
    claim = asked.claim
    assert claim.supplier is not None and claim.recipient is not None
    what = ", ".join(claim.weapons) or "arms"
    searched = f"register searched for orders of {years[0]}–{min(years[1], last)}"
    orders = reading(asked.store, "arms_orders", claim.recipient, claim.supplier, years)
    covered = len(orders) > 0
    orders = orders[orders.value > 0]
    if len(orders):
        rows = "; ".join(f"{o.year}: {o.detail!s}" for o in orders.itertuples())
        evidence = f"new orders from {claim.supplier} by {claim.recipient}: {rows}; {searched}"
        if not claim.weapons and talked_of.empty:
            return asked.borne_out(evidence, public_from(asked.store, "arms_orders", int(orders.year.min())))
        return Answer(Standing.REPORTED, "orders on record, none named as this system", evidence)
    if talked_of.empty and not covered:
        return outside(
            f"the register's readings do not cover {claim.recipient} and {claim.supplier}; {searched}"
        )
    reported = "".join(f"; {row.citation}" for row in talked_of.itertuples())
    return absent(
        f"reported by media, no order of {what} from {claim.supplier} by {claim.recipient} on record through {last}, the "
        f"register's last year ({searched}{reported})"
    )


def _deals(asked: Asked, first: int, until: int) -> pd.DataFrame:
    """Deals of the dyad over the systems named, ordered within these years or under delivery in the year told of."""
    import pandas as pd

    table = deals(asked.store, recipient=asked.claim.recipient, supplier=asked.claim.supplier)
    spans = [_delivered(text) for text in table.delivered.fillna("")]
    year = asked.year or 0
    during = pd.Series([start <= year <= end for start, end in spans], index=table.index, dtype=bool)
    table = table[table.order_year.between(first, until) | during]
    names = asked.claim.weapons
    if not names:
        return table
    return table[table.weapon.isin(names) | table.category.isin(weapon_classes(names))]


def _delivered(span: str) -> tuple[int, int]:
    """First and last year of a delivery such as "2014–2018"; years that no claim has where there is none."""
    years = [int(part) for part in span.split("–") if part.isdigit()]
    return (years[0], years[-1]) if years else (9999, 0)
