"""Similarity of all dyads in all periods, from a table of votes or of alliance ties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aneroid.measures.similarity import Floats, joint_counts, measure_named

if TYPE_CHECKING:
    import pandas as pd


def dyad_similarity(
    portfolios: pd.DataFrame,
    *,
    measures: Iterable[str] = ("s_absolute", "s_squared", "kappa_squared", "pi_absolute", "pi_squared"),
    levels: Sequence[float] = (1, 2, 3),
    minimum: int = 1,
) -> pd.DataFrame:
    """Compute similarity measures for all dyads of all periods.

    Parameters
    ----------
    portfolios
        Columns ``period`` (session or year), ``state``, ``item`` (roll call or partner) and ``level``; a
        missing value is a missing row.
    measures
        Names as in :func:`similarity`.
    levels
        The ordered levels that ``level`` may take; for votes 1, 2, 3.
    minimum
        Dyads with fewer items in common are left out.

    Returns
    -------
    pandas.DataFrame
        ``period, state_a, state_b, n_items`` and one column a measure; each unordered pair once, ``state_a``
        first in order of code.
    """
    import pandas as pd

    chosen = {name: measure_named(name) for name in measures}
    states = pd.Index(portfolios["state"].unique()).sort_values()
    code = states.get_indexer(portfolios["state"]).astype(np.int32)
    order = np.argsort(portfolios["period"].to_numpy(), kind="stable")
    code, period = code[order], portfolios["period"].to_numpy()[order]
    item, level = portfolios["item"].to_numpy()[order], portfolios["level"].to_numpy(dtype=np.float32)[order]
    starts = np.flatnonzero(np.r_[True, period[1:] != period[:-1]])
    columns: dict[str, list[NDArray[np.generic]]] = {name: [] for name in ("a", "b", "n", "period", *chosen)}
    for start, stop in zip(starts, [*starts[1:], len(period)], strict=True):
        rows, matrix = _wide(code[start:stop], item[start:stop], level[start:stop])
        first, second = np.triu_indices(len(rows), 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            counts = joint_counts(matrix, levels)
            keep = (n := counts.joint[first, second]) >= minimum
            first, second = first[keep], second[keep]
            for name, compute in chosen.items():
                columns[name].append(compute(counts)[first, second])
        columns["a"].append(rows[first])
        columns["b"].append(rows[second])
        columns["n"].append(n[keep].astype(np.int32))
        columns["period"].append(np.full(len(first), period[start]))
    joined = {name: np.concatenate(parts) for name, parts in columns.items()}
    named = [pd.Categorical.from_codes(joined[x], categories=states) for x in ("a", "b")]
    return pd.DataFrame(
        {"period": joined["period"], "state_a": named[0], "state_b": named[1], "n_items": joined["n"]}
        | {name: joined[name] for name in chosen}
    )


def _wide(
    code: NDArray[np.int32], item: NDArray[np.generic], level: Floats
) -> tuple[NDArray[np.int32], Floats]:
    """One period as a matrix of states by items, NaN where there is no row."""
    rows, row = np.unique(code, return_inverse=True)
    _, column = np.unique(item, return_inverse=True)
    matrix = np.full((len(rows), int(column.max()) + 1), np.nan, dtype=np.float32)
    matrix[row, column] = level
    return rows, matrix


def alliance_portfolios(ties: pd.DataFrame, states: pd.DataFrame, *, own_level: float = 3.0) -> pd.DataFrame:
    """Turn alliance ties into complete portfolios, in which no tie with a member of the system is level 0.

    Parameters
    ----------
    ties
        ``period, state, partner, level``; directed rows, the highest obligation counts (defence 3, neutrality
        or non-aggression 2, entente or consultation 1).
    states
        ``period, state``: the members of the system in each period. Only they have portfolios, and only they
        are partners, so that "no tie" is known and not guessed.
    own_level
        Level of a state with itself; the usual convention is a defence pact.

    Returns
    -------
    pandas.DataFrame
        ``period, state, item, level`` for :func:`dyad_similarity` with ``levels=(0, 1, 2, 3)``.
    """
    import pandas as pd

    members = states[["period", "state"]].drop_duplicates()
    grid = members.merge(members.rename(columns={"state": "item"}), on="period")
    best = ties.groupby(["period", "state", "partner"])["level"].max().reset_index()
    best.columns = pd.Index(["period", "state", "item", "level"])
    grid = grid.merge(
        best,
        on=["period", "state", "item"],
        how="left",
    )
    grid["level"] = grid["level"].fillna(0.0)
    grid.loc[grid["state"] == grid["item"], "level"] = own_level
    return grid
