"""Several questions at once: adjusted p values.

References
----------
Benjamini, Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjust p values so that the share of false findings among those under 5 % is 5 % at most.

    Parameters
    ----------
    p_values
        Missing ones stay missing and do not count.

    Returns
    -------
    list of float
        In the same order.
    """
    p = np.array(p_values, dtype=float)
    known = np.flatnonzero(np.isfinite(p))
    order = known[np.argsort(p[known], kind="stable")]
    adjusted = p.copy()
    running = 1.0
    for rank, at in reversed(list(enumerate(order.tolist(), start=1))):
        running = min(running, p[at] * order.size / rank)
        adjusted[at] = running
    return [float(value) for value in adjusted]
