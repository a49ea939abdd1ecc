"""The verbs ``ideal-points`` and ``similarity`` on the packaged votes: tables out, ready to print or export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.measures.dyads import dyad_similarity
from aneroid.measures.ideal_points import DEFAULT_DIMS, IdealPoints, ideal_points
from aneroid.measures.published import Agreement, compare_series
from aneroid.sources.snapshot import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

PERIODS = ("session", "year")
DEFAULT_MEASURES = ("s_absolute", "s_squared", "kappa_squared", "pi_absolute", "pi_squared")
# Session 19 has one roll call and Zanzibar two votes: neither can be placed.
_WITHOUT_SESSION, _WITHOUT_STATE = 19, "EAZ"


def packaged_votes() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Votes and roll calls of the snapshot, without session 19 (one roll call) and Zanzibar (two votes)."""
    votes, calls = table("votes"), table("rollcalls")
    calls = calls[calls["session"] != _WITHOUT_SESSION]
    votes = votes[votes["rcid"].isin(calls["rcid"]) & (votes["state"] != _WITHOUT_STATE)]
    return votes.reset_index(drop=True), calls.reset_index(drop=True)


def fit_packaged(
    *,
    dims: int = DEFAULT_DIMS,
    issues: Sequence[str] | None = None,
    period: str = "session",
    draws: int = 300,
    seed: int = 0,
) -> IdealPoints:
    """Fit ideal points on the packaged votes; see :func:`aneroid.measures.ideal_points.ideal_points`.

    Raises
    ------
    InputError
        ``period`` is neither session nor year, or an issue is unknown.
    """
    votes, calls = packaged_votes()
    return ideal_points(
        votes, calls, dims=dims, issues=issues, period=_known(period), draws=max(draws, 2), seed=seed
    )


def points_table(fit: IdealPoints, states: Sequence[str] | None = None) -> pd.DataFrame:
    """Tidy table of positions (``state, period, dim, point, sd, lo50 … hi90, n_votes``), of some states or of
    all.
    """
    frame = fit.frame()
    return frame if states is None else frame[frame["state"].isin(list(states))].reset_index(drop=True)


def draws_table(fit: IdealPoints, count: int, states: Sequence[str] | None = None) -> pd.DataFrame:
    """Joint posterior draws as a table.

    Returns
    -------
    pandas.DataFrame
        ``draw, state, period, dim, value``. Rows of one draw belong together: run the regression once a draw
        and pool.

    Raises
    ------
    InputError
        More draws are asked for than the fit holds.
    """
    import pandas as pd

    if not 1 <= count <= len(fit.draws):
        raise InputError(
            f"{count} draws were asked for; the fit holds {len(fit.draws)}, so give 1 to that many."
        )
    wanted = (
        np.isin(fit.record.states.astype(str), list(states))
        if states
        else np.ones(len(fit.record.states), bool)
    )
    t, i = np.nonzero((fit.record.n_votes > 0) & wanted)
    dims = fit.positions.shape[-1]
    values = fit.draws[:count, t, i]
    return pd.DataFrame(
        {
            "draw": np.repeat(np.arange(1, count + 1), len(t) * dims),
            "state": np.tile(np.repeat(fit.record.states[i], dims), count),
            "period": np.tile(np.repeat(fit.record.periods[t], dims), count),
            "dim": np.tile(np.arange(1, dims + 1), count * len(t)),
            "value": values.ravel(),
        }
    )


def compare_with_published(fit: IdealPoints) -> Agreement:
    """Compare the first axis of a yearly fit with the published series in the snapshot (final-passage votes).

    Raises
    ------
    InputError
        The fit is by session: the published series in the snapshot is by year.
    """
    if fit.record.periods.max() < 1000:
        raise InputError(
            "The published series is by calendar year and the fit by session; fit with period year."
        )
    ours = fit.frame()
    theirs = table("ideal_points").rename(columns={"year": "period", "point": "published"})
    joined = ours[ours["dim"] == 1].merge(theirs[["state", "period", "published"]], on=["state", "period"])
    return compare_series(joined)


def similarity_table(
    *,
    measures: Sequence[str] = DEFAULT_MEASURES,
    states: Sequence[str] | None = None,
    period: str = "session",
    minimum: int = 1,
) -> pd.DataFrame:
    """Similarity of votes for all dyads, or for the dyads among some states.

    Returns
    -------
    pandas.DataFrame
        ``period, state_a, state_b, n_items`` and one column a measure, as
        :func:`aneroid.measures.similarity.dyad_similarity` gives them.

    Raises
    ------
    InputError
        Unknown measure, or ``period`` is neither session nor year.
    """
    votes, calls = packaged_votes()
    if states is not None:
        votes = votes[votes["state"].isin(list(states))]
    portfolios = votes.merge(calls[["rcid", _known(period)]], on="rcid")
    portfolios = portfolios.rename(columns={_known(period): "period", "rcid": "item", "vote": "level"})
    return dyad_similarity(portfolios, measures=measures, minimum=minimum)


def _known(period: str) -> str:
    if period not in PERIODS:
        raise InputError(f"Positions are by session or by year; {period!r} is neither.")
    return period
