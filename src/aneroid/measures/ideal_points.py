"""Ideal points: where states stand, from how they vote.

Dynamic ordinal logit over the whole record (:mod:`aneroid.measures.ordinal`): state *i* in period *t* has a
position ``x[i, t]`` in ``dims`` dimensions that moves by heavy-tailed steps; abstention lies between no and
yes; absence is missing; votes on repeated texts share what they have in common. The mode is found by
alternating Newton steps with an exact smoother, the joint posterior is its Laplace approximation with
uncertain items.

Scale. At the reference periods positions have mean zero and the first axis has standard deviation one; axes
are the principal axes there. Nobody is held fixed, neither at other times nor at the reference: poles move
like all others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aneroid.errors import InputError
from aneroid.measures.issues import issue_deviations, issue_reach
from aneroid.measures.laplace import joint_posterior
from aneroid.measures.newton import Mode, fit_mode
from aneroid.measures.prior import Prior
from aneroid.measures.record import VoteRecord, build_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

Floats = NDArray[np.float64]

DEFAULT_DIMS = 5
_REFERENCE_LENGTH = 10
_NORMAL_50, _NORMAL_90 = 0.6745, 1.6449


@dataclass(frozen=True, slots=True)
class IdealPoints:
    """Positions of all states in all periods, with their joint posterior."""

    record: VoteRecord
    mode: Mode
    prior: Prior
    sd: Floats
    """Standard deviation of every position, ``[period, state, axis]``, spread over issues included."""
    draws: NDArray[np.float32]
    """Joint posterior draws ``[draw, period, state, axis]``; usable as they are in a regression with
    uncertain positions.
    """
    reference: tuple[int, int]
    converged: bool

    @property
    def positions(self) -> Floats:
        """Posterior mode ``[period, state, axis]``; zero where a state is not active."""
        return self.mode.positions

    def frame(self, *, gaps: bool = False) -> pd.DataFrame:
        """Tidy table of positions.

        Parameters
        ----------
        gaps
            Also give periods without a vote between a state's first and last; their intervals are wide.

        Returns
        -------
        pandas.DataFrame
            ``state, period, dim, point, sd, lo50, hi50, lo90, hi90, n_votes``. A state without any vote has
            no row. The interval speaks of the general position (see ``Prior.issue_spread``).
        """
        import pandas as pd

        shown = self.record.active if gaps else self.record.n_votes > 0
        t, i = np.nonzero(shown)
        dims = self.positions.shape[-1]
        point, sd = self.positions[t, i].ravel(), self.sd[t, i].ravel()
        return pd.DataFrame(
            {
                "state": np.repeat(self.record.states[i], dims),
                "period": np.repeat(self.record.periods[t], dims),
                "dim": np.tile(np.arange(1, dims + 1), len(t)),
                "point": point,
                "sd": sd,
                "lo50": point - _NORMAL_50 * sd,
                "hi50": point + _NORMAL_50 * sd,
                "lo90": point - _NORMAL_90 * sd,
                "hi90": point + _NORMAL_90 * sd,
                "n_votes": np.repeat(self.record.n_votes[t, i], dims),
            }
        )

    def items(self) -> pd.DataFrame:
        """Table of the roll calls: ``rcid, period, text, issue, slope_1 …, cut_low, cut_high``."""
        import pandas as pd

        dims = self.positions.shape[-1]
        half = np.exp(self.mode.items[:, -1]) / 2
        columns = {f"slope_{k + 1}": self.mode.items[:, k] for k in range(dims)}
        return pd.DataFrame(
            {
                "rcid": self.record.items,
                "period": self.record.periods[self.record.period_of],
                "text": self.record.text,
                "issue": np.asarray(self.record.issue_names, dtype=object)[self.record.issue],
                **columns,
                "cut_low": self.mode.items[:, -2] - half,
                "cut_high": self.mode.items[:, -2] + half,
            }
        )

    def nearness(self, pole: str) -> pd.DataFrame:
        """Nearness of every state to a pole: minus their distance over all axes, the pole moving too.

        Returns
        -------
        pandas.DataFrame
            ``state, period, nearness, sd``: mean and standard deviation over joint draws, so that what is
            shared by the state and the pole cancels. Only periods in which both voted.

        Raises
        ------
        InputError
            The pole casts no vote in this record.
        """
        import pandas as pd

        where = np.flatnonzero(self.record.states == pole)
        if not len(where):
            raise InputError(f"{pole!r} casts no vote in this record; choose one of its states as pole.")
        column = int(where[0])
        voted = self.record.n_votes > 0
        t, i = np.nonzero(voted & voted[:, [column]])
        t, i = t[i != column], i[i != column]
        distance = np.sqrt(
            ((self.draws[:, t, i] - self.draws[:, t, column]) ** 2).sum(axis=-1, dtype=np.float64)
        )
        columns = {"nearness": -distance.mean(axis=0), "sd": distance.std(axis=0, ddof=1)}
        return pd.DataFrame({"state": self.record.states[i], "period": self.record.periods[t], **columns})


def ideal_points(
    votes: pd.DataFrame,
    rollcalls: pd.DataFrame,
    *,
    dims: int = DEFAULT_DIMS,
    issues: Sequence[str] | None = None,
    prior: Prior | None = None,
    period: str = "session",
    reference: tuple[int, int] | None = None,
    towards: str = "USA",
    draws: int = 300,
    seed: int = 0,
    iterations: int = 40,
    tolerance: float = 0.008,
) -> IdealPoints:
    """Estimate ideal points from roll-call votes.

    Parameters
    ----------
    votes
        ``state, rcid, vote`` (1 yes, 2 abstain, 3 no). Absence is no row.
    rollcalls
        ``rcid`` and the period column; ``title`` or ``text`` to find repeated texts; ``issues`` (comma list
        of codes).
    dims
        Number of dimensions. One is comparable with the published series; five predicts held-out votes best
        for its cost.
    issues
        Only roll calls with one of these issue codes (``me nu di hr co ec``); all by default.
    prior
        Prior; by default :meth:`Prior.for_dims`.
    period
        ``session`` or ``year``, a column of ``rollcalls``.
    reference
        First and last period at which the scale is fixed; by default the ten consecutive periods with most
        votes.
    towards
        State that has a positive mean position on the first axis; without votes of it the first axis points
        to yes.
    draws
        Joint posterior draws, at least 2.
    seed
        Same votes and seed, same result.
    iterations, tolerance
        Stop when positions move by less than this share of their spread (root mean square), or after so many
        rounds.

    Returns
    -------
    IdealPoints
        ``frame()`` is the tidy table; on the first axis higher means nearer to where ``towards`` stands.

    Raises
    ------
    InputError
        Columns or values that cannot be used, no contested roll call, or a reference without votes.

    References
    ----------
    Bailey, Strezhnev and Voeten 2017, doi:10.1177/0022002715595700. Martin and Quinn 2002,
    doi:10.1093/pan/10.2.134. Imai, Lo and Olmsted 2016, doi:10.1017/S000305541600037X.
    """
    if dims < 1 or draws < 2:
        raise InputError(f"{dims} dimensions and {draws} draws were asked for; give at least 1 and 2.")
    if issues is not None:
        rollcalls = _of_issues(rollcalls, issues)
    chosen = prior or Prior.for_dims(dims)
    record = build_record(votes, rollcalls, period=period)
    mode = fit_mode(record, dims, chosen, iterations=iterations, tolerance=tolerance)
    posterior = joint_posterior(record, mode, chosen, draws=draws, seed=seed)
    span = reference or _densest(record)
    mode, rotation = _anchor(record, mode, span, towards)
    variance = np.einsum("tik,kl->til", posterior.variance, rotation**2)
    deviations = posterior.deviations @ rotation.astype(np.float32)
    all_draws = deviations + mode.positions.astype(np.float32)
    if chosen.issue_spread > 0:
        all_draws += issue_deviations(record, mode, chosen.issue_spread, draws=draws, seed=seed)
        variance += (chosen.issue_spread * issue_reach(record, mode)) ** 2
    return IdealPoints(record, mode, chosen, np.sqrt(variance), all_draws, span, mode.change < tolerance)


def _of_issues(rollcalls: pd.DataFrame, issues: Sequence[str]) -> pd.DataFrame:
    if "issues" not in rollcalls:
        raise InputError("The table of roll calls has no column issues; leave issues out or add the codes.")
    wanted = set(issues)
    kept = rollcalls[[bool(wanted & set(str(codes).split(","))) for codes in rollcalls["issues"].fillna("")]]
    if kept.empty:
        raise InputError(
            f"No roll call has one of the issues {sorted(wanted)}; known are me, nu, di, hr, co, ec."
        )
    return kept


def _densest(record: VoteRecord) -> tuple[int, int]:
    """Return the ten consecutive periods with most votes; all periods if there are fewer."""
    per_period = record.n_votes.sum(axis=1)
    length = min(_REFERENCE_LENGTH, len(per_period))
    sums = np.convolve(per_period, np.ones(length), mode="valid")
    first = int(sums.argmax())
    return int(record.periods[first]), int(record.periods[first + length - 1])


def _anchor(record: VoteRecord, mode: Mode, span: tuple[int, int], towards: str) -> tuple[Mode, Floats]:
    """Express the mode in the axes and unit of the reference periods; return the map ``x' = (x - mean) @
    map`` too.
    """
    inside = (record.periods >= span[0]) & (record.periods <= span[1])
    seen = (record.n_votes > 0) & inside[:, None]
    if seen.sum() <= mode.positions.shape[-1]:
        raise InputError(
            f"Hardly any vote lies in the reference {span[0]}–{span[1]}; choose a period with votes."
        )
    there = mode.positions[seen]
    mean = there.mean(axis=0)
    values, axes = np.linalg.eigh(np.atleast_2d(np.cov(there.T)))
    axes = axes[:, ::-1]
    turned = (mode.positions - mean) @ axes
    voted = record.n_votes > 0
    sign = np.where(axes[np.abs(axes).argmax(axis=0), range(len(mean))] < 0, -1.0, 1.0)
    pole = np.flatnonzero(record.states == towards)
    if len(pole):
        sign[0] = -1.0 if turned[voted[:, pole[0]], pole[0], 0].mean() < 0 else 1.0
    else:
        sign[0] = -1.0 if (mode.items[:, :-2] @ axes[:, 0]).sum() < 0 else 1.0
    unit = np.sqrt(values[-1])
    forward = axes * sign / unit
    items = mode.items.copy()
    items[:, :-2] = mode.items[:, :-2] @ (axes * sign * unit)
    items[:, -2] -= mode.items[:, :-2] @ mean
    positions = (turned * sign / unit) * record.active[..., None]
    covariance = forward.T @ mode.covariance @ forward
    return replace(mode, positions=positions, items=items, covariance=covariance), forward
