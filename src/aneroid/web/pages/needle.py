"""What a read article would do to the needle: claims move no estimate, so each says through which indicator it could."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aneroid.states import poles
from aneroid.web.pages.shared import names

if TYPE_CHECKING:
    from aneroid.text.model import Claim, Reading
    from aneroid.web.ask import Ask

_CARRIERS = {
    "arms_deal": "orders of arms",
    "vote": "roll-call votes",
    "sanctions": "sanctions",
    "troops": "forces present",
    "base": "forces present",
    "treaty": "alliances and defence agreements",
}


def needle_rows(ask: Ask, reading: Reading, rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """One row a claim between a state and a power: which way it points, and what would have to record it first.

    Returns
    -------
    list of dict
        ``number, state, power, way, carrier, counted``. ``counted`` says whether the record holds it already, or what
        it would take.
    """
    found = []
    for place, (claim, row) in enumerate(zip(reading.claims, rows, strict=True), start=1):
        pair = _state_and_power(claim)
        if pair is None:
            continue
        state, power = pair
        found.append(
            {
                "number": str(place),
                "state": names()[state],
                "code": state,
                "power": names()[power],
                "way": "closer" if claim.quad in (1, 2) else "farther",
                "carrier": _CARRIERS.get(claim.kind or "", "sanctions" if claim.event == "SANCTION" else ""),
                "counted": _counted(claim, row),
            }
        )
    return found


def _state_and_power(claim: Claim) -> tuple[str, str] | None:
    if claim.supplier in poles.ALL and claim.recipient and claim.recipient != claim.supplier:
        return claim.recipient, claim.supplier
    source = claim.source.state if claim.source else None
    target = claim.target.state if claim.target else None
    if not claim.quad or source is None or target is None or source == target:
        return None
    for state, power in ((target, source), (source, target)):
        if power in poles.ALL[:3] and state not in poles.ALL[:3]:
            return state, power
    return (source, target) if target in poles.ALL else (target, source) if source in poles.ALL else None


def _counted(claim: Claim, row: dict[str, Any]) -> str:
    if row["standing"] == "confirmed":
        return "on record, so the needle has it"
    if claim.prediction or claim.modality.value != "happened":
        return "nothing yet: words move no reading until a source records the deed"
    return "nothing: no source records it, and a claim alone moves no estimate"
