"""Do the intervals of ideal points hold: on simulated votes, and across disjoint sets of issues?"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aneroid.measures.ideal_points import IdealPoints, ideal_points
from aneroid.measures.issues import calibrate_issue_spread, issue_reach
from aneroid.measures.laplace import joint_posterior
from aneroid.measures.newton import fit_mode
from aneroid.measures.prior import Prior
from aneroid.measures.record import build_record
from aneroid.measures.simulate import simulate_votes
from aneroid.scores import coverage, interval_score

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

_NORMAL_90 = 1.6449
BLOCKS = ("arms", "me", "rest")


def simulated_coverage(
    *, dims: int = 1, repeats: int = 5, n_states: int = 60, n_periods: int = 20, n_items: int = 48
) -> dict[str, float]:
    """Coverage of 90 % intervals on votes drawn from the model (simulation-based calibration of one
    quantile).

    The votes fix neither origin, unit nor rotation: the truth is expressed in the fitted axes first.

    Returns
    -------
    dict
        ``coverage`` and mean ``width`` over all states, periods, axes and repeats (seeds 1, 2, …).
    """
    inside, width = [], []
    for seed in range(1, repeats + 1):
        made = simulate_votes(n_states, n_periods, n_items, dims=dims, seed=seed)
        record, prior = build_record(made.votes, made.rollcalls), Prior.for_dims(dims)
        mode = fit_mode(record, dims, prior, iterations=40, tolerance=0.005)
        posterior = joint_posterior(record, mode, prior, draws=100, seed=seed)
        truth = _in_fitted_axes(made.positions, mode.positions)
        half = _NORMAL_90 * np.sqrt(posterior.variance)
        inside.append(coverage(mode.positions - half, mode.positions + half, truth))
        width.append(2 * half.mean())
    return {"coverage": float(np.mean(inside)), "width": float(np.mean(width))}


def _in_fitted_axes(truth: Floats, fitted: Floats) -> Floats:
    """Express true positions in the fitted axes, by one linear map for all states and periods.

    The votes fix neither origin, unit nor rotation. The map is the inverse of the regression of truth on fit,
    which is unbiased whatever the noise of the fit.
    """
    dims = truth.shape[-1]
    flat = np.concatenate([fitted.reshape(-1, dims), np.ones((fitted[..., 0].size, 1))], axis=1)
    weights = np.linalg.lstsq(flat, truth.reshape(-1, dims), rcond=None)[0]
    return np.asarray((truth - weights[-1]) @ np.linalg.inv(weights[:-1]))


def issue_coverage(
    votes: pd.DataFrame, rollcalls: pd.DataFrame, *, splits: int = 3, seed: int = 7, draws: int = 100
) -> pd.DataFrame:
    """Agreement of one-dimensional positions from disjoint sets of issues, on states not used to set the
    width.

    Arms (nuclear weapons, disarmament), Middle East, and all the rest are fitted apart. For each random half
    of the states, the share of spread over issues, the scale, and the constant of the blow-up are learned on
    one half and scored on the other, both ways.

    Returns
    -------
    pandas.DataFrame
        One row a pair of blocks and one for all: coverage, mean width and interval score of the difference,
        for posterior intervals alone (``laplace``), blown up by one constant (``blown_up``), and with spread
        over issues (``spread``); ``r`` between the two positions and the ``share`` learned.
    """
    import pandas as pd

    fits = {
        name: ideal_points(votes, calls, dims=1, prior=Prior(issue_spread=0.0), draws=draws)
        for name, calls in issue_blocks(rollcalls).items()
    }
    tables = {name: _block_table(fit) for name, fit in fits.items()}
    states = sorted(set(votes["state"]))
    results = []
    for split in range(splits):
        chosen = np.random.default_rng([seed, split]).random(len(states)) < 0.5
        for side in (True, False):
            train = {state for state, inside in zip(states, chosen, strict=True) if inside == side}
            results.append(_score_split(tables, train))
    every = pd.concat(results)
    return every.groupby("pair", sort=False).mean().reset_index()


def issue_blocks(rollcalls: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Split the roll calls into arms, Middle East, and the rest; one with several codes goes to the first
    that fits.
    """
    codes = rollcalls["issues"].fillna("").str.split(",").map(set)
    arms = np.array([bool(found & {"nu", "di"}) for found in codes])
    middle_east = np.array(["me" in found for found in codes]) & ~arms
    return {"arms": rollcalls[arms], "me": rollcalls[middle_east], "rest": rollcalls[~arms & ~middle_east]}


def learned_issue_spread(votes: pd.DataFrame, rollcalls: pd.DataFrame) -> float:
    """Learn the share of spread over issues on all states: where the default of ``Prior.issue_spread`` comes
    from.
    """
    fits = {
        name: ideal_points(votes, calls, dims=1, prior=Prior(issue_spread=0.0), draws=100)
        for name, calls in issue_blocks(rollcalls).items()
    }
    tables = {name: _block_table(fit) for name, fit in fits.items()}
    pooled = _differences(tables, set(votes["state"]))
    return calibrate_issue_spread(*(pooled[name].to_numpy() for name in ("difference", "variance", "reach")))


def _block_table(fit: IdealPoints) -> pd.DataFrame:
    frame = fit.frame()[["state", "period", "point", "sd"]]
    t, i = np.nonzero(fit.record.n_votes > 0)
    return frame.assign(reach=issue_reach(fit.record, fit.mode)[t, i, 0])


def _differences(tables: dict[str, pd.DataFrame], train: set[str]) -> pd.DataFrame:
    """All pairs of blocks on the common scale: mean 0, standard deviation 1 over the training states."""
    import pandas as pd

    scaled = {}
    for name, table in tables.items():
        reference = table.loc[table["state"].isin(train), "point"]
        unit = reference.std()
        scaled[name] = table.assign(
            point=(table["point"] - reference.mean()) / unit,
            sd=table["sd"] / unit,
            reach=table["reach"] / unit,
        )
    pairs = []
    for a, b in combinations(tables, 2):
        both = scaled[a].merge(scaled[b], on=["state", "period"], suffixes=("_a", "_b"))
        pairs.append(
            both.assign(
                pair=f"{a}–{b}",
                difference=both["point_a"] - both["point_b"],
                variance=both["sd_a"] ** 2 + both["sd_b"] ** 2,
                reach=np.hypot(both["reach_a"], both["reach_b"]),
                train=both["state"].isin(train),
            )
        )
    return pd.concat(pairs, ignore_index=True)


def _score_split(tables: dict[str, pd.DataFrame], train: set[str]) -> pd.DataFrame:
    import pandas as pd

    pooled = _differences(tables, train)
    known, unseen = pooled[pooled["train"]], pooled[~pooled["train"]]
    share = calibrate_issue_spread(*(known[name].to_numpy() for name in ("difference", "variance", "reach")))
    # The rival gets a constant of its own for every pair of blocks.
    ratio = (known["difference"].abs() / np.sqrt(known["variance"])).groupby(known["pair"]).quantile(0.9)
    rows = []
    for name, part in [*unseen.groupby("pair", sort=False), ("all", unseen)]:
        plain = np.sqrt(part["variance"].to_numpy())
        constant = part["pair"].map(ratio).to_numpy() / _NORMAL_90
        widths = {
            "laplace": plain,
            "blown_up": constant * plain,
            "spread": np.sqrt(part["variance"] + (share * part["reach"]) ** 2).to_numpy(),
        }
        row: dict[str, object] = {
            "pair": name,
            "n": len(part),
            "r": part["point_a"].corr(part["point_b"]),
            "share": share,
        }
        for kind, sd in widths.items():
            half, truth = _NORMAL_90 * sd, part["difference"].to_numpy()
            row[f"{kind}_coverage"] = coverage(-half, half, truth)
            row[f"{kind}_width"] = float(2 * half.mean())
            row[f"{kind}_score"] = interval_score(-half, half, truth)
        rows.append(row)
    return pd.DataFrame(rows)
