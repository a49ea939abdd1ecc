"""Dependence: whose deliveries, trade, troops or treaties a state relies on, and how concentrated they are.

Descriptive shares over a window of years. A supplier that is not known stays in the denominator: leaving it
out would inflate everybody else's share. A window in which nothing was delivered has no shares; that is not a
share of zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

_COLUMNS = ("state", "partner", "year", "value")


def dependence(
    flows: pd.DataFrame,
    *,
    window: int = 5,
    years: tuple[int, int] | None = None,
    unknown: Collection[str] = ("unknown", "Unknown supplier(s)", "Unknown country"),
) -> pd.DataFrame:
    """Compute each partner's share of what a state received over a moving window of years.

    Parameters
    ----------
    flows
        ``state, partner, year, value``: amounts (deliveries, trade, troops, treaties in force), at least
        zero. A missing partner, or one named in ``unknown``, is an unknown one.
    window
        Number of years up to and including the year of the row.
    years
        First and last year that the source covers; by default those of ``flows``. Windows that reach back
        before the first are left out: they would mix what is not covered with what was not delivered.
    unknown
        Names that stand for a partner that is not known.

    Returns
    -------
    pandas.DataFrame
        ``state, partner, year, amount, total, share``, one row a state, known partner and year with
        ``amount`` above zero. ``share`` is of all deliveries, those of unknown partners included; the shares
        of a state and year add up to one minus its share from unknown partners.

    Raises
    ------
    InputError
        A column is missing, an amount is negative or missing, or the window is shorter than a year.
    """
    sums = _window_sums(flows, window, years, unknown)
    known = sums[sums["partner"].notna() & (sums["amount"] > 0)]
    return known.assign(share=known["amount"] / known["total"]).reset_index(drop=True)


def concentration(
    flows: pd.DataFrame,
    *,
    window: int = 5,
    years: tuple[int, int] | None = None,
    unknown: Collection[str] = ("unknown", "Unknown supplier(s)", "Unknown country"),
) -> pd.DataFrame:
    """Compute how concentrated a state's partners are.

    Parameters
    ----------
    flows, window, years, unknown
        As in :func:`dependence`.

    Returns
    -------
    pandas.DataFrame
        ``state, year, total, unknown_share, herfindahl_low, herfindahl_high, partners``. The Herfindahl index
        (sum of squared shares) runs from near 0, many partners, to 1, a single one. Its bounds are for
        unknown partners being many small ones (low) or the largest known one, or all the same (high); without
        unknown ones they are equal.

    References
    ----------
    Hirschman 1964, American Economic Review 54(5), 761.
    """
    sums = _window_sums(flows, window, years, unknown)
    sums = sums[sums["amount"] > 0].assign(share=lambda frame: frame["amount"] / frame["total"])
    is_known = sums["partner"].notna()
    keys = ["state", "year"]
    table = sums.groupby(keys)["total"].first().to_frame()
    known = sums[is_known].assign(square=lambda frame: frame["share"] ** 2).groupby(keys)
    missing = sums[~is_known].groupby(keys)["share"].sum()
    table["unknown_share"] = missing.reindex(table.index).fillna(0.0)
    largest = known["share"].max().reindex(table.index).fillna(0.0)
    table["herfindahl_low"] = known["square"].sum().reindex(table.index).fillna(0.0)
    rest = table["herfindahl_low"] - largest**2
    table["herfindahl_high"] = rest + (largest + table["unknown_share"]) ** 2
    table["partners"] = known.size().reindex(table.index).fillna(0).astype(int)
    return table.reset_index()


def _window_sums(
    flows: pd.DataFrame, window: int, years: tuple[int, int] | None, unknown: Collection[str]
) -> pd.DataFrame:
    """Amount by state, partner (null: unknown) and window, with the total of state and window."""
    import pandas as pd

    missing = [name for name in _COLUMNS if name not in flows]
    if missing:
        raise InputError(f"The table of flows lacks {', '.join(missing)}; it needs {', '.join(_COLUMNS)}.")
    if window < 1:
        raise InputError(f"A window of {window} years was asked for; give at least 1.")
    if flows["value"].isna().any() or (flows["value"] < 0).any():
        raise InputError(
            "An amount is missing or negative; drop rows without an amount, which are not zeros."
        )
    first, last = years or (int(flows["year"].min()), int(flows["year"].max()))
    partner = flows["partner"].where(~flows["partner"].isin(list(unknown)))
    # Every year counts in its own window and in those of the years that follow.
    shifts = np.arange(window)
    long = pd.DataFrame(
        {
            "state": np.repeat(flows["state"].to_numpy(dtype=object), window),
            "partner": np.repeat(partner.to_numpy(dtype=object), window),
            "year": (flows["year"].to_numpy()[:, None] + shifts).ravel(),
            "amount": np.repeat(flows["value"].to_numpy(dtype=float), window),
        }
    )
    long = long[(long["year"] >= first + window - 1) & (long["year"] <= last)]
    sums = long.groupby(["state", "partner", "year"], dropna=False)["amount"].sum().reset_index()
    sums["total"] = sums.groupby(["state", "year"])["amount"].transform("sum")
    return sums[sums["total"] > 0]
