"""What is assumed before any vote is seen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prior:
    """Prior of the dynamic ordinal model; every number stands here and nowhere else.

    Positions start anew for every state (successor states are states of their own) with standard deviation
    ``start``, move by Student-t steps of scale ``step`` a period and ``tails`` degrees of freedom, and are
    pulled weakly towards zero (``pull``): without the pull, a few extreme states stretch the scale. The scale
    of the latent space is fixed by ``discrimination``, the standard deviation of item slopes.

    ``issue_spread`` says how much further the position of a state on one issue lies from, or nearer to, the
    centre than its general position, as a share of its distance from the centre (standard deviation). It
    widens intervals so that they speak of the general position and not only of the agenda that happened to be
    voted on.
    """

    pull: float = 1.5
    start: float = 3.0
    step: float = 0.45
    tails: float = 4.0
    discrimination: float = 0.67
    issue_spread: float = 0.51

    @classmethod
    def for_dims(cls, dims: int) -> Prior:
        """Return the default for a number of dimensions.

        One dimension is kept comparable with the published series, which move freely from session to session.
        With more, steps and slopes are those that predict held-out votes best, and the issues have dimensions
        of their own, so that nothing is added for them.
        """
        return cls() if dims == 1 else cls(step=0.2, discrimination=2.0, issue_spread=0.0)
