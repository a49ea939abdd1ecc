"""Estimates as columns: closeness and lean with their intervals, joint draws, and what stands behind each.

Every estimate has a column of its own that says how it came about: ``estimated``, ``weak`` (fewer than three
indicators), ``bridged`` (nothing read that year), ``no_coverage`` (no estimate: the cells are blank), ``self`` (a pole
towards itself).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from aneroid.orientation.fit import OrientationFit

DECIMALS = 6
PARTS = ("", "_sd", "_lo90", "_hi90", "_n")
HOW = ("estimated", "weak", "bridged", "no_coverage", "self")
Labels = dict[str, str]


def yearly(frame: pd.DataFrame) -> pd.DataFrame:
    """Add ``year``; of several estimates within a year the last stands for it."""
    out = frame.assign(year=frame["date"].str[:4].astype(int)).sort_values(["state", "date"], kind="stable")
    keys = [name for name in ("state", "pole", "year") if name in out]
    return out.drop_duplicates(keys, keep="last").reset_index(drop=True)


def closeness_of(
    fitted: OrientationFit, states: Sequence[str], poles: Sequence[str], years: tuple[int, int]
) -> pd.DataFrame:
    """Closeness by state, pole and year, without rows that do not exist."""
    known = [state for state in states if state in fitted.states]
    return yearly(fitted.closeness(known, list(poles), *_within(fitted, years)))


def lean_of(
    fitted: OrientationFit, states: Sequence[str], pair: tuple[str, str], years: tuple[int, int]
) -> pd.DataFrame:
    """Lean by state and year between two poles; the poles themselves have no row."""
    known = [state for state in states if state in fitted.states and state not in pair]
    return yearly(fitted.lean(known, *pair, *_within(fitted, years)))


def _within(fitted: OrientationFit, years: tuple[int, int]) -> tuple[int, int]:
    first, last = fitted.years
    return max(years[0], first), min(years[1], last)


def place(
    keys: pd.MultiIndex, frame: pd.DataFrame, on: list[str], value: str, stem: str, selves: np.ndarray
) -> dict[str, object]:
    """Lay an estimate out on the rows of a panel.

    Parameters
    ----------
    keys
        Rows of the panel.
    frame
        Rows of `closeness_of` or `lean_of`.
    on
        Columns of ``frame`` that make the key.
    value
        ``closeness`` or ``lean``.
    stem
        First part of the column names.
    selves
        Where a pole would be measured against itself.

    Returns
    -------
    dict
        Columns ``stem``, ``_sd``, ``_lo90``, ``_hi90``, ``_n`` and ``_how``.
    """
    import pandas as pd

    found = frame.set_index(on)[[value, "sd", "lo90", "hi90", "n_indicators", "flags"]].reindex(keys)
    columns: dict[str, object] = {}
    for part, name in zip(PARTS, (value, "sd", "lo90", "hi90", "n_indicators"), strict=True):
        columns[stem + part] = found[name].to_numpy(float).round(DECIMALS)
    columns[f"{stem}_n"] = found["n_indicators"].astype("Int64").array
    flags = found["flags"].fillna("").astype(str)
    how = np.where(flags.str.contains("weakly identified"), "weak", "estimated")
    how = np.where(flags.str.contains("no data this year"), "bridged", how)
    how = np.where(found[value].isna(), "no_coverage", how)
    columns[stem + "_how"] = pd.Categorical(np.where(selves, "self", how), categories=list(HOW))
    return columns


def labels_of(stem: str, what: str) -> Labels:
    """What each column of an estimate holds, for the label of a variable."""
    return {
        stem: what,
        f"{stem}_sd": f"{what}: standard deviation",
        f"{stem}_lo90": f"{what}: likely from (9 in 10)",
        f"{stem}_hi90": f"{what}: to (9 in 10)",
        f"{stem}_n": f"{what}: indicators read that year",
        f"{stem}_how": f"{what}: how the estimate came about",
    }


def draws_of(
    fitted: OrientationFit, closeness: pd.DataFrame, count: int
) -> dict[tuple[str, str], tuple[np.ndarray, np.ndarray]]:
    """Draw closeness jointly over poles and years of each state.

    Parameters
    ----------
    fitted
        The fit.
    closeness
        Which state, pole and year exist, as `closeness_of` returns.
    count
        Draws.

    Returns
    -------
    dict
        State and pole → years, and draws × years. Draw 7 of one pole and draw 7 of another belong together: a lean
        is their difference.
    """
    found: dict[tuple[str, str], tuple[np.ndarray, np.ndarray]] = {}
    for state, rows in closeness.groupby("state", sort=False):
        alone = replace(fitted, _solutions={})  # a solved state is large: it goes with this turn of the loop
        for pole, part in rows.groupby("pole", sort=False):
            years = part["year"].to_numpy(int)
            drawn = alone.draws(str(state), [str(pole)], int(years.min()), int(years.max()), count)
            kept = drawn[:, 0, years - years.min()].round(DECIMALS)
            found[str(state), str(pole)] = (years, kept)
    return found


def place_draws(
    states: np.ndarray,
    poles: np.ndarray,
    years: np.ndarray,
    drawn: dict[tuple[str, str], tuple[np.ndarray, np.ndarray]],
    stem: str,
    count: int,
) -> dict[str, object]:
    """Lay draws out on the rows of a panel: ``close_d0001`` and so on, blank where there is no estimate."""
    out = np.full((len(states), count), np.nan)
    rows: dict[tuple[str, str], list[int]] = {}
    for row, key in enumerate(zip(states.tolist(), poles.tolist(), strict=True)):
        rows.setdefault(key, []).append(row)
    for key, at in rows.items():
        if key in drawn:
            known, values = drawn[key]
            column = {int(year): n for n, year in enumerate(known)}
            for n in at:
                if int(years[n]) in column:
                    out[n] = values[:, column[int(years[n])]]
    return {f"{stem}_d{n + 1:04d}": out[:, n] for n in range(count)}
