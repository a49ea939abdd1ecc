"""A synthetic control of one past episode, behind a gate.

The level of conflict (0, 1, 2) of the host before the cut is approximated by a weighted mean of states
without a cut (weights at least 0, adding up to 1). The gap after the cut is shown only if the fit before is
good and if few untouched states, treated the same way, show as large a gap for their fit. Otherwise the
answer is *not informative*, with the reason.

References
----------
Abadie, Diamond, Hainmueller 2010, doi:10.1198/jasa.2009.ap08746.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aneroid.scenarios.model import Episode, Synthetic
from aneroid.scenarios.outcomes import control_mask
from aneroid.scenarios.world import FIRST, World

BEFORE, AFTER = 15, 5
MAX_ERROR = 0.30  # of a step of conflict, root mean square before the cut
MAX_P = 0.10
MIN_DONORS = 20
FIT_RATIO = 2.0  # placebos whose fit before is worse than this times the host's are not compared


def synthetic(world: World, episode: Episode, found: list[Episode]) -> Synthetic:
    """Try a synthetic control of an episode.

    Parameters
    ----------
    world
        What was on record.
    episode
        The one to explain.
    found
        All episodes; states with one in the window are no donors.

    Returns
    -------
    Synthetic
        ``informative`` false with a reason where the gate stays shut.
    """
    cut = episode.year - FIRST
    first, last = cut - BEFORE + 1, cut + AFTER
    about, row = episode.label, world.row(episode.host)
    if first < 0 or last >= world.level.shape[1]:
        reason = f"the record does not hold {BEFORE} years before and {AFTER} after"
        return Synthetic(about, False, reason, None, None, None)
    window = world.level[:, first : last + 1].astype(float)
    free = control_mask(world, found)[:, cut]
    donors = [d for d in np.flatnonzero(free & (window >= 0).all(axis=1)) if d != row]
    if (window[row] < 0).any() or len(donors) < MIN_DONORS:
        reason = "the host or too many other states did not exist through the window"
        return Synthetic(about, False, reason, None, None, None)
    error, gap, ratio = _gap(window[row], window[donors])
    if error > MAX_ERROR:
        reason = (
            f"no mix of other states follows the host before the cut (error {error:.2f} of a step, at "
            f"most {MAX_ERROR:.2f} allowed)"
        )
        return Synthetic(about, False, reason, error, gap, None)
    placebo = []
    for donor in donors:
        others = [d for d in donors if d != donor]
        other_error, _, other_ratio = _gap(window[donor], window[others])
        if other_error <= FIT_RATIO * max(error, 0.05):
            placebo.append(other_ratio)
    p = (1 + sum(other >= ratio for other in placebo)) / (1 + len(placebo))
    if p > MAX_P:
        reason = f"a gap as large for its fit is seen in {p:.0%} of states that saw no cut".replace("%", " %")
        return Synthetic(about, False, reason, error, gap, p)
    return Synthetic(
        about, True, "the fit before is good and few untouched states show such a gap", error, gap, p
    )


def _gap(treated: NDArray[np.float64], donors: NDArray[np.float64]) -> tuple[float, float, float]:
    """Error before, mean gap after, and the ratio of errors after and before."""
    from scipy.optimize import nnls

    heavy = 1e3  # the row that makes the weights add up to one
    system = np.vstack([donors[:, :BEFORE].T, np.full(len(donors), heavy)])
    weights, _ = nnls(system, np.append(treated[:BEFORE], heavy), maxiter=20 * len(donors))
    difference = treated - weights @ donors
    before = float(np.sqrt((difference[:BEFORE] ** 2).mean()))
    after = float(np.sqrt((difference[BEFORE:] ** 2).mean()))
    return before, float(difference[BEFORE:].mean()), after / max(before, 0.05)
