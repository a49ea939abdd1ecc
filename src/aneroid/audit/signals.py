"""What is audited: `arms:S-400`, `alliance:defense`, `troops:USA>1000`, turned into dated events.

An event is the onset of a signal between a state and a pole: the reading passes a threshold that it had not passed in
the five years before. Arms of one weapon or category come from the register of notable deals, by the year of the order, all
suppliers alike; deals that were only talked of or were cancelled are no events, and are named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import AneroidError, InputError
from aneroid.states import poles as pole_set
from aneroid.states import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from aneroid.sources.indicators import Indicator

QUIET_YEARS = 5
"""Years without the signal before an onset; of them at least `READ_YEARS` must have been read."""
READ_YEARS = 3
RARE = 0.98
"""A continuous indicator signals where its change over a year, net of all states', exceeds this quantile of its pole."""
CONTINUOUS = frozenset({"votes", "roll_calls", "trade"})
NO_EVENTS_OF = {"visit": "visits by heads of state or ministers", "exercise": "joint exercises"}
"""Signals that users ask for and that no indicator may hold; the answer then says so."""
NAMES = {
    "arms": ("arms_orders", 0.0),
    "alliance": ("alliance", 0.0),
    "alliance:consultation": ("consultation", 1.0),
    "alliance:nonaggression": ("consultation", 0.0),
    "sanctions": ("sanctions_trade", 0.0),
    "sanctions:trade": ("sanctions_trade", 0.0),
    "sanctions:arms": ("sanctions_arms", 0.0),
    "sanctions:other": ("sanctions_other", 0.0),
    "dispute": ("dispute", 0.0),
    "troops": ("troops", 1000.0),
    "vote": ("roll_calls", np.nan),
    "trade": ("trade", np.nan),
    "agreements": ("defence_agreements", 0.0),
}
SPELLINGS = {
    "votes": "vote",
    "alliances": "alliance",
    "disputes": "dispute",
    "sanction": "sanctions",
    "visits": "visit",
    "exercises": "exercise",
    "defense": "",
    "defence": "",
}


@dataclass(frozen=True)
class Signal:
    """A signal and its events."""

    text: str
    label: str
    families: tuple[str, ...]
    """Families that share its evidence; the study leaves them out of the measure of orientation."""
    sign: int
    """+1 where it is taken to announce more closeness, −1 where less."""
    source: str
    events: pd.DataFrame
    """``state, pole, year, dose, what``, an onset each."""
    passed_over: tuple[str, ...] = field(default=())
    """Cases named like it that are no events, with the reason."""


def find_signal(
    text: str, readings: pd.DataFrame, deals: pd.DataFrame, indicators: Sequence[Indicator]
) -> Signal:
    """Read the name of a signal and find its events.

    Parameters
    ----------
    text
        ``arms:S-400``, ``arms:air defence``, ``arms:RUS``, ``alliance:defense``, ``troops:USA>1000``, ``sanctions:trade``,
        ``dispute``, ``vote``, ``trade``, ``agreements``, or the name of any indicator.
    readings
        ``state, pole, indicator, year, value``.
    deals
        The register of notable deals.
    indicators
        What each indicator means.

    Returns
    -------
    Signal
        Perhaps without events; the study then says that it cannot tell.

    Raises
    ------
    InputError
        Nothing goes by that name.
    """
    (head, *rest), threshold = _parts(text)
    by_name = {item.name: item for item in indicators}
    if head == "arms" and rest and rest[0] and _pole(rest[0]) is None:
        return _weapon(text, rest[0], deals, by_name["arms_orders"])
    if head in NO_EVENTS_OF and head not in by_name:
        return _unrecorded(text, head)
    kinds = [part for part in rest if part and _pole(part) is None]
    poles = [found for part in rest if (found := _pole(part))]
    key = ":".join([head, *kinds])
    name, usual = NAMES.get(key, (key, np.nan if key in CONTINUOUS else 0.0))
    if name not in by_name:
        allowed = ", ".join([*NAMES, "arms:<weapon>", *[name for name in by_name if name not in NAMES]])
        raise InputError(f'No signal "{text}". There are {allowed}; each also with a pole, as in arms:RUS.')
    item = by_name[name]
    rows = readings[(readings["indicator"] == name) & readings["pole"].isin(poles or list(item.poles))]
    limit = usual if threshold is None else threshold
    change = bool(np.isnan(limit))
    events = _rises(rows, item.sign) if change else _onsets(rows, limit)
    towards = f" with {', '.join(poles)}" if poles else ""
    above = f" above {limit:g}" if limit > 0 else ""
    label = f"{'A marked rise: ' if change else 'Onset: '}{item.label.lower()}{towards}{above}"
    return Signal(text, label, (item.family,), 1 if change else item.sign, item.source, events)


def _parts(text: str) -> tuple[list[str], float | None]:
    """The words between colons, the first of them in its usual spelling, and the threshold if there is one."""
    found = re.fullmatch(r"\s*([^>]+?)\s*(?:>\s*(\d+(?:\.\d+)?))?\s*", text)
    if found is None:
        raise InputError(f'"{text}" names no signal. Write it as arms:S-400 or troops:USA>1000.')
    first, *rest = (part.strip() for part in found[1].split(":"))
    words = [first.casefold(), *[word.casefold() if word.casefold() in SPELLINGS else word for word in rest]]
    return [SPELLINGS.get(word, word) for word in words], float(found[2]) if found[2] else None


def _pole(text: object) -> str | None:
    """Id of a pole, or None where the text names none."""
    try:
        found = resolve(str(text)).id
    except AneroidError:
        return None
    return found if found in pole_set.ALL else None


def _unrecorded(text: str, head: str) -> Signal:
    import pandas as pd

    empty = pd.DataFrame(columns=["state", "pole", "year", "dose", "what"])
    reason = f"the record holds no readings of {NO_EVENTS_OF[head]}"
    return Signal(text, f"Onset: {NO_EVENTS_OF[head]}", (), 1, "", empty, (reason,))


def _weapon(text: str, wanted: str, deals: pd.DataFrame, orders: Indicator) -> Signal:
    """Events of a weapon, or of a category of weapons, from the register of deals."""
    import pandas as pd

    key = wanted.casefold()
    rows = deals[(deals["weapon"].str.casefold() == key) | (deals["category"].str.casefold() == key)]
    if rows.empty:
        known = ", ".join([*sorted(set(deals["category"])), *sorted(set(deals["weapon"]))])
        raise InputError(f'No deal over "{wanted}" in the register of notable deals. It has {known}.')
    events, passed_over = [], []
    for row in rows.sort_values(["order_year", "recipient", "supplier"]).to_dict("records"):
        what = f"{row['supplier']} to {row['recipient']}, {row['designation']}, {row['order_year']}"
        if row["status"] in {"reported", "cancelled"}:
            passed_over.append(f"{what}: {row['status']}")
        elif row["supplier"] not in pole_set.ALL:
            passed_over.append(f"{what}: the supplier is no pole of the measure")
        else:
            dose = float(row["number"]) if pd.notna(row["number"]) else np.nan
            events.append((row["recipient"], row["supplier"], int(row["order_year"]), dose, what))
    frame = pd.DataFrame(events, columns=["state", "pole", "year", "dose", "what"])
    frame = _first_ones(frame)
    label = f"Orders of {'the ' + rows['weapon'].iloc[0] if key in set(rows['weapon'].str.casefold()) else wanted}"
    return Signal(text, label, (orders.family,), 1, orders.source, frame, tuple(passed_over))


def _first_ones(events: pd.DataFrame) -> pd.DataFrame:
    """Keep events of a dyad that no other precedes within the quiet years."""
    kept = []
    last: dict[tuple[str, str], int] = {}
    for row in events.sort_values("year", kind="stable").reset_index().to_dict("records"):
        dyad = (row["state"], row["pole"])
        if row["year"] - last.get(dyad, -9999) > QUIET_YEARS:
            kept.append(row["index"])
        last[dyad] = row["year"]
    return events.loc[sorted(kept)].reset_index(drop=True)


def _onsets(rows: pd.DataFrame, limit: float) -> pd.DataFrame:
    """Years in which a reading passes the limit after quiet years."""
    import pandas as pd

    found = []
    for (state, pole), part in rows.groupby(["state", "pole"], sort=True):
        value = dict(zip(part["year"].astype(int), part["value"].astype(float), strict=True))
        for year, now in sorted(value.items()):
            before = [value[y] for y in range(year - QUIET_YEARS, year) if y in value]
            if now > limit and len(before) >= READ_YEARS and max(before) <= limit:
                found.append((state, pole, year, now, f"{state} and {pole}, {year}"))
    return pd.DataFrame(found, columns=["state", "pole", "year", "dose", "what"])


def _rises(rows: pd.DataFrame, sign: int) -> pd.DataFrame:
    """Years in which a continuous reading rises more than nearly ever, net of what all states did."""
    ordered = rows.sort_values(["state", "pole", "year"])
    grouped = ordered.groupby(["state", "pole"])
    step = sign * grouped["value"].diff().where(grouped["year"].diff() == 1)
    net = step - step.groupby([ordered["pole"], ordered["year"]]).transform("mean")
    limits = net.groupby(ordered["pole"]).transform(lambda part: part.quantile(RARE))
    moved = ordered.assign(value=(net / limits).where(net.notna())).dropna(subset=["value"])
    return _onsets(moved, 1.0)
