"""One state solved for all poles and years: what an answer about it can ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aneroid.orientation.filter import Posterior
    from aneroid.orientation.indicators import Design
    from aneroid.orientation.model import Array, Parameters
    from aneroid.orientation.poles import Source
    from aneroid.orientation.scale import Scale


@dataclass(frozen=True)
class Solution:
    """Posterior of one state over poles × years, and where its readings come from."""

    index: int
    posterior: Posterior
    sources: Sequence[Source]
    poles: NDArray[np.intp]
    span: slice
    """Years solved for, as positions on the grid."""
    design: Design
    parameters: Parameters
    scale: Scale
    response: Array
    """What the readings of the state count as: indicators × poles × years."""

    def coordinate(self, pole: str, year: int) -> int:
        """Position of closeness to a pole in a year among the coordinates of the posterior."""
        p, t = self.design.poles.index(pole), self.design.year_index(year)
        if not 0 <= t < self.design.years.size or not self.design.exists[self.index, p, t]:
            state = self.design.states[self.index]
            raise InputError(
                f"No estimate for {state} towards {pole} in {year}; `closeness` lists the years there are."
            )
        size: int = self.span.stop - self.span.start
        return int(np.searchsorted(self.poles, p)) * size + t - int(self.span.start)

    def lean(self, year: int, pole_a: str, pole_b: str) -> Array:
        """Lean of a year, as a functional of the coordinates, in units."""
        functional = np.zeros(self.posterior.mean.size)
        functional[self.coordinate(pole_a, year)] += 1 / self.scale.size
        functional[self.coordinate(pole_b, year)] -= 1 / self.scale.size
        return functional

    def prior_mean(self, functional: Array) -> float:
        """What a functional would be without any reading."""
        return float(functional @ np.repeat(self.parameters.mu[self.poles], self.span.stop - self.span.start))

    def moments(self, functional: Array) -> tuple[float, float]:
        """Mean and variance of a functional."""
        mean = float(functional @ self.posterior.mean) + self.prior_mean(functional)
        return mean, float(functional @ self.posterior.times_covariance(functional))
