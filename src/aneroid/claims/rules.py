"""Outcome rules: what row of which source would make a question come true. A rule is plain data, kept with the question.

Kinds of rules
--------------
``reading``
    ``indicators, state, pole``: a positive reading of any of these indicators in the years asked about (a new order, a
    measure in force). With ``new`` true only in a state that had none in the year before.
``conflict``
    ``state, against, at_least``: a conflict-year against this side of at least this intensity (1 minor, 2 war).
``troops``
    ``host, falls_to``: United States troops at the end of a year at or below this share of the last count before.
``given``
    Resolved by whoever asked, through :func:`aneroid.claims.ledger.resolve` with the answer and its evidence.

Records are yearly. A question asked in the first half of a year counts that year whole; one asked later begins with the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from aneroid.claims.opponents import opponents
from aneroid.record.evidence import conflicts_of, coverage, last_conflict_year, troops_of
from aneroid.record.readings import reading
from aneroid.record.store import Store

Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the record says of a rule: came true, did not, or cannot be told; with the rows and the year it came true."""

    outcome: bool | None
    rows: tuple[str, ...]
    year: int | None = None


def years_of(asked_on: date, deadline: date) -> tuple[int, int]:
    """The calendar years that a question asked on a day counts, up to its deadline."""
    first = asked_on.year if asked_on.month <= 6 else asked_on.year + 1
    return min(first, deadline.year), deadline.year


def judge(rule: Rule, store: Store, years: tuple[int, int]) -> Verdict:
    """Hold a rule against the record.

    Parameters
    ----------
    rule
        One of the kinds above.
    store
        The store.
    years
        From :func:`years_of`.

    Returns
    -------
    Verdict
        ``outcome`` is None as long as the source does not reach the last year and nothing has come true before.
    """
    return {"reading": _reading, "conflict": _conflict, "troops": _troops}.get(rule["kind"], _given)(
        rule, store, years
    )


def source_of(rule: Rule) -> str:
    """Name the source that resolves a rule, as the registry calls it."""
    if rule["kind"] == "reading":
        known = {"arms_orders": "sipri", "arms_deliveries": "sipri", "alliance": "atop", "dispute": "mid"}
        name = str(rule["indicators"][0])
        return known.get(name, "gsdb" if name.startswith("sanctions") else name)
    return {"conflict": "ucdp", "troops": "troops"}.get(rule["kind"], str(rule.get("source", "given")))


def _reading(rule: Rule, store: Store, years: tuple[int, int]) -> Verdict:
    rows, last = list[str](), 9999
    came_true: int | None = None
    for name in rule["indicators"]:
        found = reading(store, name, rule["state"], rule["pole"], (years[0] - 1, years[1]))
        values = {int(row["year"]): row for row in found.to_dict("records")}
        last = min(last, max(values, default=0))
        for year in range(years[0], years[1] + 1):
            if year not in values:
                continue
            value, detail = float(values[year]["value"]), values[year]["detail"]
            before = float(values[year - 1]["value"]) if year - 1 in values else 0.0
            rows.append(f"{name} {rule['state']}–{rule['pole']} {year}: {_words(value, detail)}")
            if value > 0 and not (rule.get("new") and before > 0):
                came_true = min(came_true or year, year)
    if came_true is not None:
        return Verdict(True, tuple(rows), came_true)
    return Verdict(False if last >= years[1] else None, tuple(rows) or ("no row of these years",))


def _words(value: float, detail: object) -> str:
    if isinstance(detail, str):
        return detail
    return "none" if value == 0 else f"{value:g}"


def _conflict(rule: Rule, store: Store, years: tuple[int, int]) -> Verdict:
    table = conflicts_of(store, rule["state"], years)
    words = {1: "minor conflict", 2: "war"}
    rows: list[str] = []
    for year in range(years[0], years[1] + 1):
        mine = [
            r
            for r in table[table.year == year].to_dict("records")
            if rule["against"] in opponents(str(r["opponent"]))
        ]
        level = max((int(r["intensity"]) for r in mine), default=0)
        rows.append(f"UCDP {rule['state']}–{rule['against']} {year}: {words.get(level, 'none')}")
        if level >= int(rule["at_least"]):
            return Verdict(True, tuple(rows), year)
    last = last_conflict_year(store) or 0
    return Verdict(False if last >= years[1] else None, tuple(rows))


def troops_before(store: Store, host: str, year: int) -> tuple[int, int] | None:
    """The last count of United States troops before a year: ``(year, count)``."""
    table = troops_of(store, host, (year - 3, year - 1)).dropna()
    return None if table.empty else (int(table.year.iloc[-1]), int(table.troops.iloc[-1]))


def _troops(rule: Rule, store: Store, years: tuple[int, int]) -> Verdict:
    base = troops_before(store, rule["host"], years[0])
    if base is None or base[1] == 0:
        return Verdict(None, (f"no count of United States troops in {rule['host']} before {years[0]}",))
    table = troops_of(store, rule["host"], years)
    counts: dict[int, int | None] = {
        int(r["year"]): None if r["troops"] != r["troops"] or r["troops"] is None else int(r["troops"])
        for r in table.astype({"troops": "Float64"})
        .astype(object)
        .where(table.notna(), None)
        .to_dict("records")
    }
    rows = [f"United States troops in {rule['host']} at the end of {base[0]}: {base[1]:,}"]
    for year in range(years[0], years[1] + 1):
        count = counts.get(year)
        rows.append(f"{year}: {'not reported' if count is None else f'{count:,}'}")
        if count is not None and count <= float(rule["falls_to"]) * base[1]:
            return Verdict(True, tuple(rows), year)
    complete = all(counts.get(year) is not None for year in range(years[0], years[1] + 1))
    found = coverage(store, "troops")
    reached = found is not None and found[1] >= years[1]
    return Verdict(False if complete and reached else None, tuple(rows))


def _given(rule: Rule, store: Store, years: tuple[int, int]) -> Verdict:
    return Verdict(None, ("resolved by whoever asked",))
