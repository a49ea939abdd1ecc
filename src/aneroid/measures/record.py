"""Roll-call votes as dense arrays: the form in which all vote measures work.

``R`` roll calls (sorted by period) by ``C`` states. Absence is missing: such a cell is False in both masks
and adds nothing to any sum. With yes above abstain above no, a vote is two binary answers, each seen only
where it is informative: ``low`` marks cells that answer "at least abstain?" (no, abstain), ``high`` those
that answer "yes?" (abstain, yes).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aneroid.errors import InputError
from aneroid.measures.repeats import link_repeated

if TYPE_CHECKING:
    import pandas as pd

YES, ABSTAIN, NO = 1, 2, 3

# A state silent for longer starts anew: after 1949–1971 the China seat, after 1974–1994 South Africa, were
# other governments.
_LONGEST_SILENCE = 10


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """Votes of all states on all contested roll calls, sorted by period."""

    states: NDArray[np.object_]
    periods: NDArray[np.int64]
    items: NDArray[np.int64]
    bounds: NDArray[np.int64]
    """Rows ``bounds[t] : bounds[t + 1]`` are the roll calls of period ``t``."""
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    middle: NDArray[np.float32]
    before: NDArray[np.int64]
    """Row of the previous vote on the same text, −1 where there is none."""
    text: NDArray[np.int64]
    """Code of the text; roll calls on the same text share one."""
    issue: NDArray[np.int64]
    """Code of the issue into ``issue_names``."""
    issue_names: tuple[str, ...]
    n_votes: NDArray[np.int64]
    """Votes cast, periods by states."""

    @property
    def active(self) -> NDArray[np.bool_]:
        """Periods by states: between two votes of a state, unless it was silent for longer than ten periods."""
        voted = self.n_votes > 0
        when = self.periods[:, None].astype(np.float64)
        last = np.maximum.accumulate(np.where(voted, when, -np.inf), axis=0)
        following = np.minimum.accumulate(np.where(voted, when, np.inf)[::-1], axis=0)[::-1]
        return np.asarray(following - last <= _LONGEST_SILENCE + 1)

    @property
    def period_of(self) -> NDArray[np.int64]:
        """Index of the period of each roll call."""
        return np.repeat(np.arange(len(self.periods)), np.diff(self.bounds))

    def rows(self, t: int) -> slice:
        """Return the roll calls of period ``t``."""
        return slice(int(self.bounds[t]), int(self.bounds[t + 1]))

    def category(self) -> NDArray[np.int8]:
        """Return the votes as 0 no, 1 abstain, 2 yes, −1 missing."""
        seen = (self.low + self.high) > 0
        return np.where(seen, self.high + (self.high > self.middle), -1).astype(np.int8)


def issue_cluster(issues: str) -> str:
    """Reduce the issue codes of a roll call to one cluster.

    Nuclear weapons and disarmament overlap in most of their votes and count as one (``arms``); otherwise the
    first of Middle East, human rights, colonialism, economic development; ``other`` where no code is given.
    """
    codes = set(issues.split(","))
    if codes & {"nu", "di"}:
        return "arms"
    return next((code for code in ("me", "hr", "co", "ec") if code in codes), "other")


def build_record(votes: pd.DataFrame, rollcalls: pd.DataFrame, *, period: str = "session") -> VoteRecord:
    """Arrange votes and roll calls as dense arrays.

    Parameters
    ----------
    votes
        ``state, rcid, vote`` (1 yes, 2 abstain, 3 no); absence is no row. A second vote of a state on a roll
        call is an error.
    rollcalls
        ``rcid`` and the period column; ``title`` (to find repeated texts) and ``issues`` (comma list) where
        known.
    period
        Column of ``rollcalls`` that says when: ``session`` or ``year``.

    Returns
    -------
    VoteRecord
        Unanimous roll calls are left out: they say nothing about differences.

    Raises
    ------
    InputError
        A column is missing, a vote is none of 1, 2, 3, or nothing contested is left.
    """
    _require(votes, ("state", "rcid", "vote"), "votes")
    _require(rollcalls, ("rcid", period), "roll calls")
    import pandas as pd

    calls = (
        rollcalls.drop_duplicates("rcid").sort_values([period, "rcid"], kind="stable").reset_index(drop=True)
    )
    row = pd.Index(calls["rcid"].to_numpy()).get_indexer(pd.Index(votes["rcid"].to_numpy()))
    column, states = pd.factorize(votes["state"], sort=True)
    vote = votes["vote"].to_numpy()
    if not np.isin(vote, (YES, ABSTAIN, NO)).all():
        raise InputError(
            "A vote is none of 1 (yes), 2 (abstain), 3 (no); leave absences out and recode the rest."
        )
    keep = row >= 0
    row, column, vote = row[keep], column[keep], vote[keep]
    tally = np.bincount(row * 4 + vote, minlength=4 * len(calls)).reshape(-1, 4)
    contested = (tally > 0).sum(axis=1) > 1
    if not contested.any():
        raise InputError(
            "No roll call has votes of more than one kind; give contested votes of at least one period."
        )
    number = np.cumsum(contested) - 1
    keep = contested[row]
    row, column, vote = number[row[keep]], column[keep], vote[keep]
    calls = calls[contested].reset_index(drop=True)
    return _arrange(calls, period, np.asarray(states, dtype=object), row, column, vote)


def _arrange(
    calls: pd.DataFrame,
    period: str,
    states: NDArray[np.object_],
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    vote: NDArray[np.int64],
) -> VoteRecord:
    cells = np.zeros((len(calls), len(states)), dtype=np.int8)
    flat = row * len(states) + column
    cells.ravel()[flat] = vote
    if np.count_nonzero(cells) != len(flat):
        raise InputError("A state votes twice on one roll call; keep one row for each state and rcid.")
    when = calls[period].to_numpy(dtype=np.int64)
    periods, starts = np.unique(when, return_index=True)
    bounds = np.append(starts, len(calls))
    here = np.flatnonzero((cells > 0).any(axis=0))
    cells = np.ascontiguousarray(cells[:, here])
    before = _previous(calls, when)
    names = (
        calls["issues"].fillna("").map(issue_cluster).to_numpy(dtype=object) if "issues" in calls else None
    )
    clusters, issue = np.unique(
        names if names is not None else np.full(len(calls), "other"), return_inverse=True
    )
    return VoteRecord(
        states=states[here],
        periods=periods,
        items=calls["rcid"].to_numpy(dtype=np.int64),
        bounds=bounds,
        low=(cells >= ABSTAIN).astype(np.float32),
        high=((cells == YES) | (cells == ABSTAIN)).astype(np.float32),
        middle=(cells == ABSTAIN).astype(np.float32),
        before=before,
        text=_chains(before),
        issue=issue,
        issue_names=tuple(str(name) for name in clusters),
        n_votes=np.add.reduceat((cells > 0).astype(np.int64), bounds[:-1], axis=0),
    )


def _previous(calls: pd.DataFrame, when: NDArray[np.int64]) -> NDArray[np.int64]:
    """Row of the previous vote on the same text: from a ``text`` column where given, else from the titles."""
    if "text" in calls:
        import pandas as pd

        rows = pd.Series(np.arange(len(calls)))
        return rows.groupby(calls["text"].to_numpy()).shift(fill_value=-1).to_numpy(dtype=np.int64)
    if "title" in calls:
        return link_repeated(calls["title"].fillna("").tolist(), when.tolist())
    return np.full(len(calls), -1, dtype=np.int64)


def _chains(before: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the texts: every roll call takes the number of the first vote on its text."""
    root = np.arange(len(before))
    for row in np.flatnonzero(
        before >= 0
    ):  # rows are sorted by period, so the earlier one is already settled
        root[row] = root[before[row]]
    return np.asarray(np.unique(root, return_inverse=True)[1], dtype=np.int64)


def _require(frame: pd.DataFrame, columns: tuple[str, ...], what: str) -> None:
    missing = [name for name in columns if name not in frame]
    if missing:
        raise InputError(f"The table of {what} lacks {', '.join(missing)}; it needs {', '.join(columns)}.")
