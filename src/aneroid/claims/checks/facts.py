"""Dated facts of the same time between the same states: shown, but not taken for the same event."""

from __future__ import annotations

from aneroid.claims.checks.asked import Asked
from aneroid.claims.history import Answer, Standing
from aneroid.record.readings import facts


def check(asked: Asked) -> Answer | None:
    """Answer with the facts of the claim's month."""
    day = asked.claim.date
    states = {state for state in (asked.source, asked.target) if state}
    if len(states) < 2 or not day or len(day) < 7:
        return None
    year = int(day[:4])
    near = facts(asked.store, state=min(states), years=(year, year))
    near = near[near.date.str.startswith(day[:7])]
    same = near[[states <= set(listed.split(",")) for listed in near.states]]
    if same.empty:
        return None
    rows = "; ".join(f"{fact.date}: {fact.text} ({fact.citation})" for fact in same.itertuples())
    return Answer(Standing.REPORTED, "a dated fact of that time", rows, str(same.date.max()))
