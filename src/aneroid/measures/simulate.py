"""Votes drawn from the model itself: to test that what was put in comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aneroid.measures.prior import Prior
from aneroid.measures.record import ABSTAIN, NO, YES

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

_ISSUES = ("nu", "me", "hr", "co", "ec", "")


@dataclass(frozen=True, slots=True)
class Simulated:
    """Votes, roll calls, and the positions they were drawn from (``[period, state, axis]``)."""

    votes: pd.DataFrame
    rollcalls: pd.DataFrame
    positions: Floats


def simulate_votes(
    n_states: int,
    n_periods: int,
    n_items: int,
    *,
    dims: int = 1,
    prior: Prior | None = None,
    absent: float = 0.1,
    issue_spread: float = 0.0,
    seed: int = 0,
) -> Simulated:
    """Draw votes from the dynamic ordinal model.

    Parameters
    ----------
    n_states, n_periods, n_items
        States, periods, and roll calls a period.
    dims
        Number of dimensions.
    prior
        Whose steps and slopes are drawn; :meth:`Prior.for_dims` by default.
    absent
        Share of votes that are missing at random.
    issue_spread
        Standard deviation of a state's distance on an issue, as a share of its general distance from the
        centre.
    seed
        Same seed, same votes.

    Returns
    -------
    Simulated
        States are named ``S000 …``, periods 1, 2, …; roll calls carry issue codes in turn and no titles.
    """
    import pandas as pd

    chosen, rng = prior or Prior.for_dims(dims), np.random.default_rng(seed)
    positions = _paths(n_periods, n_states, dims, chosen, rng)
    by_issue = 1 + issue_spread * rng.standard_normal((len(_ISSUES), n_states, 1))
    issue = np.tile(np.arange(n_items) % len(_ISSUES), (n_periods, 1))
    slopes = rng.normal(0, chosen.discrimination, (n_periods, n_items, dims))
    middle = rng.normal(-1.0, 1.0, (n_periods, n_items, 1))
    half = np.exp(rng.normal(0.2, 0.4, (n_periods, n_items, 1))) / 2
    seen_at = positions[:, None] * by_issue[issue]
    latent = np.einsum("tjik,tjk->tji", seen_at, slopes) + rng.logistic(size=(n_periods, n_items, n_states))
    vote = np.where(latent < middle - half, NO, np.where(latent < middle + half, ABSTAIN, YES))
    t, j, i = np.nonzero(rng.random(vote.shape) >= absent)
    names = np.asarray([f"S{k:03d}" for k in range(n_states)], dtype=object)
    rcid = np.arange(1, n_periods * n_items + 1)
    return Simulated(
        votes=pd.DataFrame({"state": names[i], "rcid": rcid[t * n_items + j], "vote": vote[t, j, i]}),
        rollcalls=pd.DataFrame(
            {
                "rcid": rcid,
                "session": np.repeat(np.arange(1, n_periods + 1), n_items),
                "issues": [_ISSUES[m] for m in issue.ravel()],
            }
        ),
        positions=positions,
    )


def _paths(n_periods: int, n_states: int, dims: int, prior: Prior, rng: np.random.Generator) -> Floats:
    """Lasting paths with the prior's heavy-tailed steps: a state's place among others is kept for decades, as
    in the Assembly, which the prior's weak pull alone would not ensure.
    """
    keep = np.sqrt(1 - (prior.step / prior.pull) ** 2)
    paths = np.empty((n_periods, n_states, dims))
    paths[0] = rng.normal(0, prior.pull, (n_states, dims))
    # One heavy tail a step, shared by the axes: a jump is a jump of the state. Variance is that of the step's
    # core.
    stretch = np.sqrt(prior.tails / rng.chisquare(prior.tails, (n_periods, n_states, 1)))
    for t in range(1, n_periods):
        paths[t] = keep * paths[t - 1] + prior.step * stretch[t] * rng.normal(size=(n_states, dims))
    return paths
