"""The unit of closeness: a defence pact, as it was between 1955 and 1989.

One unit is the median closeness of pairs with a defence pact minus that of pairs without any, all poles pooled;
zero is the median of pairs without. Both are taken once from the years of the Cold War and hold for all years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError

if TYPE_CHECKING:
    from aneroid.orientation.indicators import Design
    from aneroid.orientation.model import Array


@dataclass(frozen=True)
class Scale:
    """Closeness in units is ``(a − zero) / size``."""

    zero: float
    size: float
    years: tuple[int, int]

    @property
    def sentence(self) -> str:
        """What one unit means, to stand under every table and chart."""
        return (
            "One unit is the distance between the median pair with a defence pact and the median pair without one, "
            f"all poles, {self.years[0]}–{self.years[1]}; zero is the median pair without one."
        )

    @property
    def lean_sentence(self) -> str:
        """The same for a lean, whose zero is another."""
        return self.sentence.split("; ")[0] + "; at zero a state is equally close to both poles."


def pact_scale(design: Design, closeness: Array, years: tuple[int, int]) -> Scale:
    """Measure the unit on closeness in latent terms.

    Parameters
    ----------
    design
        Says which pairs have a pact in which year.
    closeness
        States × poles × years, ``nan`` where there is none.
    years
        First and last year that count.

    Returns
    -------
    Scale
        How to turn latent closeness into units.

    Raises
    ------
    InputError
        If no pair has a pact in those years, or pairs with one are not closer than the others.
    """
    within = (design.years >= years[0]) & (design.years <= years[1])
    a, pact = closeness[:, :, within], design.pact[:, :, within]
    known = np.isfinite(a) & np.isfinite(pact)
    allied, others = a[known & (pact > 0)], a[known & (pact == 0)]
    if not allied.size or not others.size:
        raise InputError(
            f"The unit of closeness needs readings of defence pacts in {years[0]}–{years[1]}; there are none. "
            "Keep the indicator alliance in the readings, also where the model does without it."
        )
    size = float(np.median(allied) - np.median(others))
    if size <= 0:
        raise InputError(
            "Pairs with a defence pact come out no closer than pairs without: the readings cannot carry a scale. "
            "Check the signs of the indicators."
        )
    return Scale(float(np.median(others)), size, years)
