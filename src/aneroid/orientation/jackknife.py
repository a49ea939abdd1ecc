"""What the parameters leave open: the fit again without a fifth of the states, five times.

States are put into groups; each group is left out in turn and EM goes on from where it rested. With ``a_g`` the closeness
of all pairs under the parameters so found, in the unit so found, the variance of closeness gains

    (G − 1)/G · Σ_g (a_g − ā)²

and the covariances between poles and between neighbouring years likewise. Given the parameters, closeness has the variance that
the solver gives; both are independent, and added.

References
----------
Efron, Stein (1981), doi:10.1214/aos/1176345462, on the jackknife estimate of variance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.orientation.estimate import Estimator
from aneroid.orientation.scale import Scale, pact_scale

if TYPE_CHECKING:
    from collections.abc import Callable

    from aneroid.orientation.indicators import Design
    from aneroid.orientation.model import Array, Parameters, Priors

GROUPS = 5
ROUNDS = 3


def without_groups(
    design: Design,
    priors: Priors,
    parameters: Parameters,
    scale: Scale,
    progress: Callable[[str, float], None],
) -> Array:
    """Give closeness of every pair under the parameters that each group of states does without.

    Parameters
    ----------
    design, priors, parameters, scale
        The fit.
    progress
        Called with the group and the share that is done.

    Returns
    -------
    array
        Deviations from their mean over groups, in latent terms of the fit: groups × states × poles × years, zero where
        a pair does not exist; times √((G − 1)/G), so that sums of products are variances.
    """
    pairs = design.pairs
    every = Estimator(design, priors, pairs)
    every.settle(parameters)
    found = np.full((GROUPS, *design.y.shape[1:]), np.nan)
    for g in range(GROUPS):
        progress(f"what the parameters leave open, group {g + 1} of {GROUPS}", g / GROUPS)
        kept = pairs[:, 0] % GROUPS != g
        rest = every.subset(kept)
        moved = rest.run(parameters, ROUNDS, lambda text, share: None)
        mean = np.full(design.y.shape[1:], np.nan)
        mean[pairs[:, 0], pairs[:, 1]] = every.closeness(moved)
        mean = np.where(design.exists, mean, np.nan)
        own = _scale(design, mean, priors, scale)
        found[g] = (mean - own.zero) / own.size * scale.size
    spread = found - found.mean(axis=0)
    return np.asarray(np.nan_to_num(spread) * np.sqrt((GROUPS - 1) / GROUPS))


def covariances(spread: Array) -> tuple[Array, Array]:
    """Covariance between poles of a year, and of the year before (rows) with the year: states × years × poles × poles."""
    now = np.einsum("gipt,giqt->itpq", spread, spread)
    across = np.zeros_like(now)
    across[:, 1:] = np.einsum("gipt,giqt->itpq", spread[..., :-1], spread[..., 1:])
    return now, across


def _scale(design: Design, closeness: Array, priors: Priors, otherwise: Scale) -> Scale:
    """The unit of a group; that of the fit where so few pacts are left that there is none."""
    try:
        return pact_scale(design, closeness, priors.unit_years)
    except InputError:
        return otherwise
