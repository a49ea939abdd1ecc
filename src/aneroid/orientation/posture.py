"""Autonomy and hedging, read off closeness to a set of poles.

- **Autonomy** is minus the largest closeness: 0 when even the nearest pole is no closer than the median pair without a
  defence pact, −1 when one is as close as the median ally, positive when all are farther than that.
- **Hedging** is the second largest closeness: high when two poles are close at once. It speaks of rivals only if the
  poles asked for are rivals.

Both are computed draw by draw from the joint posterior over poles, since a maximum of means is not the mean of a maximum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from aneroid.orientation.model import Array

DRAWS = 250
CHUNK = 1000


def posture_of(mean: Array, cov: Array, poles: Sequence[str], seed: int) -> pd.DataFrame:
    """Summarise posture of state-years.

    Parameters
    ----------
    mean
        Closeness in units, rows × poles; ``nan`` for a pole that the state has no closeness to (itself).
    cov
        Its covariance, rows × poles × poles.
    poles
        Names.
    seed
        Every row uses the same standard draws, so that rows do not depend on which others are asked for.

    Returns
    -------
    pandas.DataFrame
        ``autonomy`` and ``hedging``, each posterior mean with ``_lo90`` and ``_hi90``; ``nearest`` pole and
        ``p_nearest``, the probability that it is the nearest.
    """
    import pandas as pd

    if len(poles) < 2:
        raise InputError("Posture needs two poles or more; name a second one.")
    normal = np.random.default_rng(seed).standard_normal((DRAWS, len(poles)))
    normal = np.concatenate([normal, -normal])
    pieces = [
        _summary(mean[n : n + CHUNK], cov[n : n + CHUNK], poles, normal) for n in range(0, len(mean), CHUNK)
    ]
    return pd.concat(pieces, ignore_index=True) if pieces else _summary(mean, cov, poles, normal)


def _summary(mean: Array, cov: Array, poles: Sequence[str], normal: Array) -> pd.DataFrame:
    import pandas as pd

    there = np.isfinite(mean)
    both = there[:, :, None] & there[:, None, :]
    factor = np.linalg.cholesky(np.where(both, cov, 0.0) + 1e-12 * np.eye(len(poles)))
    drawn = np.where(there, mean, 0.0)[:, None, :] + normal @ np.swapaxes(factor, 1, 2)
    drawn = np.where(there[:, None, :], drawn, -np.inf)
    top = np.partition(drawn, -2, axis=2)[:, :, -2:]
    nearest = drawn.argmax(axis=2)
    share = np.stack([(nearest == p).mean(axis=1) for p in range(len(poles))], axis=1)
    columns: dict[str, object] = {}
    for name, values in (("autonomy", -top[:, :, 1]), ("hedging", top[:, :, 0])):
        low, high = np.quantile(values, [0.05, 0.95], axis=1)
        columns |= {name: values.mean(axis=1), f"{name}_lo90": low, f"{name}_hi90": high}
    columns["nearest"] = np.array(poles)[share.argmax(axis=1)]
    columns["p_nearest"] = share.max(axis=1)
    return pd.DataFrame(columns)
