"""Sanctions: against the measures in force by sender, target and year. A threat is not a measure, and none is recorded."""

from __future__ import annotations

from aneroid.claims.checks.asked import Asked, absent, last_year, outside, public_from
from aneroid.claims.history import Answer
from aneroid.record.readings import reading
from aneroid.text.model import Modality

NAMES = ("sanctions_arms", "sanctions_trade", "sanctions_other")
_FOLLOWED = 2  # years within which a threat is looked at for what came of it


def check(asked: Asked) -> Answer | None:
    """Answer a claim that one state imposes, threatens or lifts sanctions on another."""
    claim, year = asked.claim, asked.year
    if claim.event != "SANCTION" and claim.kind != "sanctions":
        return None
    if not asked.source or not asked.target or year is None:
        return None
    sender, target = asked.source, asked.target
    last = max((last_year(asked.store, name) or 0 for name in NAMES), default=0)
    threatened = claim.modality is not Modality.HAPPENED
    years = (year, year + _FOLLOWED) if threatened else (year, year)
    if year > last:
        return outside(f"the sanctions data end in {last}")
    found = {name: reading(asked.store, name, target, sender, years) for name in NAMES}
    if all(rows.empty for rows in found.values()):
        return outside(f"the sanctions data hold no reading of {sender} towards {target} in {_span(years)}")
    in_force = {name: rows[rows.value > 0].year.tolist() for name, rows in found.items()}
    named = "; ".join(f"{name}: {', '.join(map(str, on))}" for name, on in in_force.items() if on)
    if threatened:
        came = f"in force within {_FOLLOWED} years: {named}" if named else f"none in force in {_span(years)}"
        return outside(f"the record holds measures, not threats or plans; {came} ({sender} against {target})")
    if named:
        return asked.borne_out(
            f"in force in {year}: {named} ({sender} against {target})",
            public_from(asked.store, NAMES[0], year),
        )
    return absent(f"no sanctions of {sender} against {target} in force in {year}")


def _span(years: tuple[int, int]) -> str:
    return str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"
