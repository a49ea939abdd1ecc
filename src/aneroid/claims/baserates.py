"""How often things like that happen, from what was public when the question was asked.

The base rate is the share of windows of the same length, over the thirty years before, in which the outcome came about for
members of the reference class: the dyads towards the same pole that were, like this one, active or not in the ten years
before the window; the conflicts of the same intensity; the hosts of at least 500 troops. Our probability draws the dyad's own
record towards that rate, ``(k + m·rate) / (n + m)`` with ``k`` of its ``n`` windows come true and ``m = 4``. It is a plain
forecast, meant as the mark that others have to beat.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from aneroid.claims.opponents import opponents
from aneroid.claims.rules import Rule
from aneroid.record.evidence import all_conflicts, all_troops, coverage, readings_like
from aneroid.record.store import Store

PRIOR = 4.0  # windows' worth of the class
SPAN, ACTIVE = 30, 10  # years looked back over; years before a window that make a dyad active
FEWEST = 8  # windows; below, no base rate is given
MANY_TROOPS = 500


@dataclass(frozen=True, slots=True)
class Rate:
    """A base rate with its number of windows, and the probability we put on the question, with its range of nine in ten."""

    base_rate: float
    windows: int
    probability: float
    low: float
    high: float


def rate(rule: Rule, store: Store, asked_in: int, length: int) -> Rate | None:
    """Estimate the probability of a rule from what was public by the end of the year before it was asked.

    Parameters
    ----------
    rule
        As :mod:`aneroid.claims.rules` describes it.
    store
        The store.
    asked_in
        Year of the question.
    length
        Calendar years that it counts.

    Returns
    -------
    Rate or None
        None where the reference class has fewer than eight windows or the rule names none.
    """
    kind = rule["kind"]
    if kind == "reading":
        windows = _of_readings(rule, store, asked_in, length)
    elif kind == "conflict":
        windows = _of_conflicts(rule, store, asked_in, length)
    elif kind == "troops":
        windows = _of_troops(rule, store, asked_in, length)
    else:
        return None
    return None if windows is None else _shrunk(*windows)


Windows = tuple[list[bool], list[bool]]
"""Outcomes of the class, and of the dyad itself."""


def _shrunk(pool: list[bool], own: list[bool]) -> Rate | None:
    from scipy.special import betaincinv

    if len(pool) < FEWEST:
        return None
    base = sum(pool) / len(pool)
    a = sum(own) + PRIOR * base
    b = len(own) - sum(own) + PRIOR * (1 - base)
    low, high = (float(betaincinv(max(a, 1e-6), max(b, 1e-6), tail)) for tail in (0.05, 0.95))
    return Rate(round(base, 4), len(pool), round(a / (a + b), 4), round(low, 4), round(high, 4))


def _public_to(store: Store, indicator: str, asked_in: int) -> int:
    found = coverage(store, indicator)
    lag = math.ceil(found[2]) if found else 1
    return asked_in - 1 - lag


def _of_readings(rule: Rule, store: Store, asked_in: int, length: int) -> Windows | None:
    """Windows of all dyads towards the pole that are as active as this one."""
    last = min(_public_to(store, name, asked_in) for name in rule["indicators"])
    first = last - SPAN - ACTIVE
    positive: dict[str, dict[int, bool]] = {}
    for name in rule["indicators"]:
        table = readings_like(store, name, pole=rule["pole"], years=(first, last))
        for state, year, value in table.itertuples(index=False):
            years = positive.setdefault(str(state), {})
            years[int(year)] = years.get(int(year), False) or value > 0
    mine = positive.get(rule["state"])
    if mine is None:
        return None
    status = _active(mine, last + 1)
    pool, own = list[bool](), list[bool]()
    for state, years in positive.items():
        for end in range(last, last - SPAN + length - 1, -length):
            start = end - length + 1
            if not all(year in years for year in range(start, end + 1)) or _active(years, start) != status:
                continue
            before = years.get(start - 1, False)
            came = any(years[year] for year in range(start, end + 1)) and not (rule.get("new") and before)
            (own if state == rule["state"] else pool).append(came)
    return pool, own


def _active(years: dict[int, bool], start: int) -> bool:
    return any(years.get(year, False) for year in range(start - ACTIVE, start))


def _of_conflicts(rule: Rule, store: Store, asked_in: int, length: int) -> Windows | None:
    """Windows after each year of a conflict that stood where this one stands."""
    last = asked_in - 2  # the data of a year are published in the year after
    table = all_conflicts(store, (last - SPAN - length, last))
    levels: dict[tuple[str, int], dict[int, int]] = {}
    names: dict[tuple[str, int], str] = {}
    for row in table.to_dict("records"):
        key = (str(row["state"]), int(row["conflict_id"]))
        years = levels.setdefault(key, {})
        years[int(row["year"])] = max(years.get(int(row["year"]), 0), int(row["intensity"]))
        names[key] = f"{names.get(key, '')}, {row['opponent']}"
    mine = {key for key in levels if key[0] == rule["state"] and rule["against"] in opponents(names[key])}
    now = max((levels[key].get(last, 0) for key in mine), default=0)
    if now == 0 or now >= int(rule["at_least"]):
        return None
    pool, own = list[bool](), list[bool]()
    for key, years in levels.items():
        for year, level in years.items():
            if level != now or year + length > last:
                continue
            came = any(
                years.get(after, 0) >= int(rule["at_least"]) for after in range(year + 1, year + length + 1)
            )
            (own if key in mine else pool).append(came)
    return pool, own


def _of_troops(rule: Rule, store: Store, asked_in: int, length: int) -> Windows | None:
    """Windows after each year in which a host had many troops."""
    last = _public_to(store, "troops", asked_in)
    table = all_troops(store, (last - SPAN - length, last)).dropna()
    counts: dict[str, dict[int, int]] = {}
    for host, year, troops in table.itertuples(index=False):
        counts.setdefault(str(host), {})[int(year)] = int(troops)
    pool, own = list[bool](), list[bool]()
    for host, years in counts.items():
        for year in range(last - length, last - SPAN - 1, -length):
            after = [years[y] for y in range(year + 1, year + length + 1) if y in years]
            if years.get(year, 0) < MANY_TROOPS or len(after) < length:
                continue
            came = min(after) <= float(rule["falls_to"]) * years[year]
            (own if host == rule["host"] else pool).append(came)
    return pool, own
