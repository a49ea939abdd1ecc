"""Fighting: against the armed conflicts of UCDP by year, and militarised disputes with a pole."""

from __future__ import annotations

from aneroid.claims.checks.asked import Asked, absent, last_year, outside, public_from
from aneroid.claims.history import Answer, Standing
from aneroid.claims.opponents import opponents
from aneroid.record.evidence import conflicts_of, last_conflict_year
from aneroid.record.readings import reading
from aneroid.text.model import DatePrecision, Party

_FIGHTING = {"ASSAULT", "COERCE", "MOBILIZE"}
_LAG = 1  # years from the end of a year to its publication


def check(asked: Asked) -> Answer | None:
    """Answer a claim that one side used or readied force against another."""
    claim, year = asked.claim, asked.year
    if claim.event not in _FIGHTING or claim.kind in ("sanctions", "arms_deal") or year is None:
        return None
    one, other = side(claim.source), side(claim.target)
    states = [state for state in (asked.source, asked.target) if state]
    last = last_conflict_year(asked.store)
    if one is None or other is None or not states or last is None:
        return None
    if year > last:
        return outside(f"the conflict data end in {last}")
    years = (year, year) if asked.dated else asked.window(0, 0)
    for state in states:
        against = other if state == asked.source else one
        rows = fought(asked, state, against, years)
        if rows:
            return _of_that_year(asked, rows, f"{years[1] + _LAG}-12-31")
    return _dispute(asked, years, last)


def _of_that_year(asked: Asked, rows: list[str], known_on: str) -> Answer:
    """A year of conflict confirms that the sides fought in it, not a single act of a day, nor an act without a date."""
    evidence = "; ".join(rows)
    single = asked.claim.date_precision is DatePrecision.DAY or not asked.dated or "(supporting" in evidence
    if single:
        words = f"{evidence}; a year of conflict is on record, not this act"
        return Answer(Standing.REPORTED, "on record", words, known_on)
    return asked.borne_out(evidence, known_on)


def fought(asked: Asked, state: str, against: str, years: tuple[int, int]) -> list[str]:
    """The conflict-years of a state in which the other side is named, in words."""
    table = conflicts_of(asked.store, state, years)
    found = [row for row in table.to_dict("records") if against in opponents(str(row["opponent"]))]
    words = {1: "minor conflict", 2: "war"}
    return [
        f"UCDP {r['year']}: {words[int(r['intensity'])]} of {state} with {r['opponent']}" for r in found[:4]
    ]


def side(party: Party | None) -> str | None:
    """The state or group that a party fights for."""
    return None if party is None else party.state or party.actor


def _dispute(asked: Asked, years: tuple[int, int], last: int) -> Answer:
    if not asked.source or not asked.target:
        return absent(
            f"no such conflict of {years[0]}–{years[1]}; fighting below 25 deaths a year is not recorded"
        )
    for state, pole in ((asked.source, asked.target), (asked.target, asked.source)):
        rows = reading(asked.store, "dispute", state, pole, years)
        rows = rows[rows.value > 0]
        if len(rows):
            found = ", ".join(map(str, rows.year))
            return asked.borne_out(
                f"militarised dispute of {state} and {pole} in {found} (to {last_year(asked.store, 'dispute')})",
                public_from(asked.store, "dispute", int(rows.year.max())),
            )
    return absent(_silent(asked, years, last))


def _silent(asked: Asked, years: tuple[int, int], last: int) -> str:
    span = str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"
    return (
        f"no armed conflict between {asked.source} and {asked.target} in {span} (data to {last}); single strikes and "
        "fighting below 25 deaths a year are not recorded"
    )
