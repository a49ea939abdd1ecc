"""Logistic regression with a ridge penalty and an offset, by L-BFGS."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def fit_logit(numbers: Floats, outcome: NDArray[np.bool_], offset: Floats, *, penalty: float) -> Floats:
    """Return intercept and slopes that maximise the penalised likelihood.

    Parameters
    ----------
    numbers
        Rows × features, each feature of mean 0 and scale 1, so that one penalty is fair to all.
    outcome
        What happened, one a row.
    offset
        Log odds before the features speak, one a row.
    penalty
        λ of λ/2·|slopes|²; the intercept is free.

    Returns
    -------
    numpy.ndarray
        Intercept, then one slope a feature, in log odds.
    """
    from scipy.optimize import minimize
    from scipy.special import expit

    happened = outcome.astype(np.float64)

    def loss(values: Floats) -> tuple[float, Floats]:
        slopes = values[1:].astype(numbers.dtype)  # mixed types would copy the whole matrix each time
        z = offset + values[0] + numbers @ slopes
        residual = expit(z) - happened
        cost = np.logaddexp(0, z).sum() - happened @ z + penalty / 2 * (values[1:] ** 2).sum()
        slope = residual.astype(numbers.dtype) @ numbers
        return float(cost), np.append(residual.sum(), slope + penalty * values[1:])

    start = np.zeros(numbers.shape[1] + 1)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 150}).x)
