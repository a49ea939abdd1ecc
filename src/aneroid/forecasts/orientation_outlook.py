"""Where leans may be in the coming months."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from aneroid.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from aneroid.orientation.fit import OrientationFit


def orientation_outlook(
    fitted: OrientationFit, states: Sequence[str], poles: Sequence[str], months: Sequence[int], shift: float
) -> pd.DataFrame:
    """Forecast the lean of states between every two poles.

    Parameters
    ----------
    fitted
        From the store.
    states
        Ids of states.
    poles
        At least two poles; a state is left out where it is one of the two.
    months
        Months ahead of the last December of the fit.
    shift
        Movement in units of the fit's scale that probabilities are given for.

    Returns
    -------
    pandas.DataFrame
        As `OrientationFit.forecast_lean`, the months asked for alone.

    Raises
    ------
    InputError
        Fewer than two poles, or no state with an estimate.
    """
    import pandas as pd

    pairs = list(combinations(poles, 2))
    if not pairs:
        raise InputError("A lean lies between two poles; give at least two, for instance --poles USA,RUS.")
    tables = []
    for pole_a, pole_b in pairs:
        others = [state for state in states if state not in (pole_a, pole_b)]
        if others:
            table = fitted.forecast_lean(others, pole_a, pole_b, max(months), shift=shift)
            tables.append(table[table["months_ahead"].isin(months)])
    if not tables or not sum(map(len, tables)):
        raise InputError(
            f"There is no estimate to continue for {', '.join(states)}; the state is a pole or has ended."
        )
    return pd.concat(tables, ignore_index=True)
