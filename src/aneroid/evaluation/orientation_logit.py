"""A compact logit with a ridge, for outcomes between zero and one (shares count as partly yes)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RIDGE = 1.0
"""Penalty on squared coefficients of standardised covariates; one observation's worth."""
FLOOR = 1e-4
ROUNDS = 25


@dataclass(frozen=True)
class Logit:
    """Coefficients on standardised covariates, intercept first."""

    b: Floats
    centre: Floats
    unit: Floats
    log_likelihood: float

    def probability(self, x: Floats) -> Floats:
        """Probability for each row, kept off zero and one."""
        p = expit(self.b[0] + ((x - self.centre) / self.unit) @ self.b[1:])
        return np.asarray(np.clip(p, FLOOR, 1 - FLOOR))


def fit_logit(x: Floats, y: Floats, start: Logit | None = None) -> Logit:
    """Fit by Newton's method.

    Parameters
    ----------
    x
        Rows × covariates, no missing values; a constant column is harmless.
    y
        Between 0 and 1.
    start
        A fit of the same rows on the first of these covariates, to begin from.

    Returns
    -------
    Logit
    """
    centre, unit = x.mean(axis=0), x.std(axis=0)
    unit = np.where(unit > 1e-9, unit, 1.0)
    z = np.column_stack([np.ones(len(x)), (x - centre) / unit])
    penalty = np.full(z.shape[1], RIDGE)
    penalty[0] = 1e-6
    share = np.clip(y.mean(), 1e-4, 1 - 1e-4)
    b = np.zeros(z.shape[1])
    b[0] = np.log(share / (1 - share))
    if start is not None:
        b[: start.b.size] = start.b
    for _ in range(ROUNDS):
        p = expit(z @ b)
        gradient = z.T @ (y - p) - penalty * b
        hessian = (z * (p * (1 - p))[:, None]).T @ z + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        # A rare outcome can throw Newton's first steps far out.
        step *= min(1.0, 3.0 / max(np.abs(step).max(), 1e-12))
        b = b + step
        if np.abs(step).max() < 1e-4:
            break
    p = np.clip(expit(z @ b), 1e-12, 1 - 1e-12)
    return Logit(b, centre, unit, float((y * np.log(p) + (1 - y) * np.log(1 - p)).sum()))


def log_score(p: Floats, y: Floats) -> Floats:
    """Log score of each row, in nats; higher is better."""
    return np.asarray(y * np.log(p) + (1 - y) * np.log(1 - p))
