"""Treaties: against defence, consultation and non-aggression obligations, and agreements on defence cooperation."""

from __future__ import annotations

import re

from aneroid.claims.checks.asked import Asked, absent, last_year, outside, public_from
from aneroid.claims.history import Answer
from aneroid.record.readings import reading

_BOND = re.compile(
    r"\balli(?:ance|ed|es)\b|\bpacts?\b|\btreat(?:y|ies)\b|\bdefen[cs]e (?:cooperation )?agreement",
    re.IGNORECASE,
)
_NAMES = ("alliance", "consultation", "defence_agreements")


def check(asked: Asked) -> Answer | None:
    """Answer a claim that two states are bound, or bind themselves, by a treaty on security."""
    claim, year = asked.claim, asked.year
    if claim.quad not in (1, 2) or not asked.source or not asked.target or year is None:
        return None
    if claim.kind != "treaty" and not (_BOND.search(asked.sentence) and claim.kind is None):
        return None
    years = asked.window(0, 1)
    found: list[str] = []
    covered: list[str] = []
    known = ""
    for name in _NAMES:
        for state, pole in ((asked.source, asked.target), (asked.target, asked.source)):
            rows = reading(asked.store, name, state, pole, years)
            covered += [name] if len(rows) else []
            rows = rows[rows.value > 0]
            if len(rows):
                listed = ", ".join(
                    f"{r['year']} ({r['detail'] or r['value']})" for r in rows.to_dict("records")
                )
                found.append(f"{name} {state}–{pole}: {listed}")
                known = max(known, public_from(asked.store, name, int(rows.year.min())))
                break
    if found:
        return asked.borne_out("; ".join(found), known)
    ends = ", ".join(f"{name} to {last_year(asked.store, name)}" for name in _NAMES)
    if not covered:
        return outside(f"no reading of these two states in {years[0]}–{years[1]} ({ends})")
    return absent(
        f"no obligation between {asked.source} and {asked.target} in {years[0]}–{years[1]} ({ends})"
    )
