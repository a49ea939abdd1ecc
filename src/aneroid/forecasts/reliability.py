"""How often forecasts like this one came true: the interval beside a probability.

Forecasts of past periods, each made from what came before it, are put in bins of probability. A bin's share of forecasts
that came true is s of n; its range is that of a Beta(s + ½, n − s + ½) distribution.

References
----------
Brown, Cai and DasGupta 2001, doi:10.1214/ss/1009213286 (the interval); Bröcker and Smith 2007,
doi:10.1175/WAF993.1 (reliability with its uncertainty).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_EDGES = np.array([0.0, 0.001, 0.003, 0.01, 0.03, 0.06, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])


@dataclass(frozen=True)
class Reliability:
    """Past forecasts of one class: by bin, how many there were and how many came true."""

    count: np.ndarray
    true: np.ndarray

    @classmethod
    def of(cls, probability: np.ndarray, outcome: np.ndarray) -> Reliability:
        """Count past forecasts and what became of them."""
        place = _bin(probability)
        size = len(_EDGES)
        return cls(np.bincount(place, minlength=size), np.bincount(place, outcome, minlength=size))

    def range(
        self, probability: np.ndarray, *, level: float = 0.9
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return lower end, upper end and number of past forecasts in the bin of each probability.

        Parameters
        ----------
        probability
            Forecasts.
        level
            Probability that the range holds the rate at which such forecasts come true; a bin without past
            forecasts has nearly the range from 0 to 1.
        """
        from scipy.stats import beta

        place = _bin(probability)
        hits, misses = self.true[place] + 0.5, self.count[place] - self.true[place] + 0.5
        tail = (1 - level) / 2
        return beta.ppf(tail, hits, misses), beta.ppf(1 - tail, hits, misses), self.count[place]


def _bin(probability: np.ndarray) -> np.ndarray:
    return np.asarray(np.searchsorted(_EDGES, probability, side="right") - 1)
