"""Working values: what makes the model Gaussian, given which the rest is exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aneroid.orientation.indicators import Design
    from aneroid.orientation.model import Array, Parameters


@dataclass(frozen=True)
class Working:
    """What makes the model Gaussian, given which the rest is exact."""

    steps: Array
    """Working weights of the steps, states × poles × years: far below one where closeness jumped."""
    response: Array
    """What a reading counts as, on the axes of the design: itself, or the working response of a level."""
    noise: Array
    """Its noise."""


def start(design: Design, parameters: Parameters) -> Working:
    """Begin where no step is a jump and every level counts as its mean."""
    noise = parameters.r2[:, None, None, None] + design.error**2
    noise = np.where(np.isfinite(design.y), noise, np.nan)
    return Working(np.ones(design.y.shape[1:]), design.y.copy(), noise)
