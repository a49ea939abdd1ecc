"""Intervals of shares.

References
----------
Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. doi:10.1080/01621459.1927.10502953
"""

from __future__ import annotations

import math

Z90 = 1.6448536269514722


def wilson(hits: int, n: int, *, z: float = Z90) -> tuple[float, float]:
    """Wilson's score interval of a share, nine in ten by default.

    Returns
    -------
    tuple of float
        From 0 to 1 where there are no cases.
    """
    if n == 0:
        return 0.0, 1.0
    share = hits / n
    centre = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    below, above = (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)
    return max(0.0, below), min(1.0, above)
