"""Episodes to estimate from: who was attacked, threatened or at war within, and which poles came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from aneroid.guarantors.showing_up import Cases, features
from aneroid.guarantors.ties import FIRST, Ties
from aneroid.states.poles import ALL

if TYPE_CHECKING:
    import pandas as pd

CALM_YEARS = 2
WINDOW = 5  # years in which support for a government counts
LEAST_HOSTILE = 2  # MID level: 2 threat, 3 display, 4 use of force, 5 war
Row = tuple[int, str, int, frozenset[str], frozenset[str]]
"""Episode, host, year, who came, who was on the other side."""


def within(ties: Ties, *, last: int) -> Cases:
    """List internal conflicts that began, with the poles that supported the government.

    Parameters
    ----------
    ties
        From :func:`aneroid.guarantors.ties.load_ties`.
    last
        Last year in which one may have begun, so that there was time to come.
    """
    return _cases(ties, _begun(ties, last))


def between(ties: Ties, disputes: pd.DataFrame) -> Cases:
    """List disputes in which a state was threatened or attacked, with the poles that took its side.

    Parameters
    ----------
    ties
        From :func:`aneroid.guarantors.ties.load_ties`.
    disputes
        ``dispute, year, state, initiator`` (on the side that began), ``original`` (there from the first
        day), ``level`` (hostility of the state itself), one row a participant and year.
    """
    return _cases(ties, _attacked(disputes))


def _begun(ties: Ties, last: int) -> Iterator[Row]:
    table = ties.conflicts[ties.conflicts["type"] >= 3].sort_values(["state", "conflict_id", "year"])
    gap = table.groupby(["state", "conflict_id"])["year"].diff()
    starts = table[(gap.isna() | (gap > CALM_YEARS)) & table["year"].between(FIRST + 1, last)]
    sent = ties.supporters
    columns = (starts[name].tolist() for name in ("state", "year", "conflict_id"))
    for state, year, conflict in zip(*columns, strict=True):
        same = sent[(sent["conflict_id"] == conflict) & sent["year"].between(year, year + WINDOW - 1)]
        came = frozenset(same.loc[same["state"] == state, "supporter"])
        against = frozenset(same.loc[same["state"] != state, "supporter"]) - came
        yield conflict, state, year, came, against


def _attacked(disputes: pd.DataFrame) -> Iterator[Row]:
    for number, rows in disputes.groupby("dispute", sort=True):
        began = rows[rows["initiator"]]
        if began.empty or began["level"].max() < LEAST_HOSTILE:
            continue
        year = int(rows["year"].min())
        theirs, ours = frozenset(began["state"]), frozenset(rows.loc[~rows["initiator"], "state"])
        hosts = rows[~rows["initiator"] & rows["original"]]
        for host in sorted(set(hosts["state"])):
            yield int(str(number)), host, year, ours - {host}, theirs


def _cases(ties: Ties, episodes: Iterator[Row]) -> Cases:
    rows: list[tuple[int, str, int, int, float]] = []
    x = []
    for episode, host, year, came, against in episodes:
        if host not in ties.states:
            continue
        before = features(ties, ties.row(host), year - 1)
        for number, pole in enumerate(ALL):
            if pole != host and pole not in against:
                rows.append((episode, host, number, year, float(pole in came)))
                x.append(before[number])
    episode_ids, hosts, poles, years, y = (np.array(column) for column in zip(*rows, strict=True))
    return Cases(episode_ids, hosts, poles, years, np.array(x), y)
