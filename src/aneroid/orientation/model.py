"""The measurement model of orientation: its equation, its priors, its parameters.

For indicator k of family f, state i, pole p and year t

    y[k,i,p,t] = α[k,p] + δ[k,p,t] + λ[k]·a[i,p,t] + u[k,i,p,t] + ε[k,i,p,t]

- ``y`` a reading, transformed and divided by one constant per indicator, larger = closer. Of an indicator whose zero is
  absolute only the level is read: it says between which two thresholds y lies (`levels`), and the parts of y have a
  variance of one;
- ``a`` **closeness**, what all indicators share: ``a[i,p,t] = μ[p] + ã[i,p,t]``, where ã is an
  AR(1) with coefficient ρ and variance one in every year, so that the scale cannot drift. Its
  steps have the heavy tails of Student's t with ν degrees of freedom and scale ``√(1−ρ²)`` (a coup is a jump, not
  a slope), are correlated Ω between the poles of one state and independent between states. It is what lasts: its
  half-life lies between that of the private parts and a generation;
- ``λ`` **loading**, one per indicator, the same for all states and poles;
- ``u`` **private part**, what an indicator says about a pair and other families do not repeat: a constant of the pair
  with variance τ² plus an AR(1) with variance s² and coefficient φ[f] (half-life of eight years at most), so
  that an old base, gravity in trade or eighty votes a year are not orientation. Within a family private parts
  are correlated κ[f], so that three kinds of sanctions are not three witnesses;
- ``ε`` **noise** with variance r² plus the known error of the reading where its source states one;
- u and ε are correlated R[f] between the poles of one state (nearness in votes to one power is distance
  from its rival);
- ``α`` **zero**, common to all poles where zero is absolute (no pact, no troops, no delivery), else one per pole;
- ``δ`` **common shock** of an indicator and pole in a year, shared by all states, with variance d²: movement of
  the pole or of the agenda. Where zero is absolute δ averages to zero over the years of each pole.

A t step is a Gaussian step with a variance of its own, ``(1−ρ²) / w[i,p,t]``, whose working weight w the fit estimates.
Given w everything is Gaussian, and u and ε integrate out: the readings of a family have covariance
``Σ[f] = R[f] ⊗ (κ[f] between indicators) ⊗ (τ² 11ᵀ + s² φ^|t−s|) + R[f] ⊗ diag(r² + error²)``, and closeness has
precision ``Q(ρ, w, Ω) + Σ_f λᵀ Σ[f]⁻¹ λ``. A level counts as a working response with a noise of its own, large where the
level was to be expected anyway. Means, intervals, draws and contributions need nothing else.

References
----------
Lange, Little, Taylor (1989), doi:10.1080/01621459.1989.10478852, on t errors by weights;
Liu, Rubin, Wu (1998), doi:10.1093/biomet/85.4.755, on parameter expansion;
Fariss (2014), doi:10.1017/S0003055414000070, on latent variables from readings of changing meaning.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Priors:
    """Every setting that is chosen rather than estimated; the same for all states, poles and indicators."""

    loading: float = 0.4
    """Expected loading of a reading of full resolution."""
    loading_log_sd: float = 0.35
    loading_weight: float = 10.0
    """How often the prior on a loading counts: little beside the readings, but against collapse onto one indicator."""
    loading_limits: tuple[float, float] = (0.1, 0.9)
    """Least and greatest loading, as a share of the resolution; a guard that is not reached."""
    private_share: tuple[float, float, float] = (0.25, 0.25, 0.25)
    """Expected τ², s² and r² of a standardised reading."""
    private_log_sd: float = 0.7
    weight: float = 100.0
    """How often the priors on the variances of private parts count, out of about 1,800 pairs."""
    floor: float = 0.15
    """Least s² and r²: with less, one indicator that jumps would be closeness itself."""
    private_half_life: float = 8.0
    """Greatest half-life of the private AR(1), years."""
    closeness_half_life: tuple[float, float] = (8.0, 40.0)
    """Range of the half-life of closeness, years: longer than that of the private parts, which would otherwise take
    its movements, and not so long that nobody ever turns."""
    tail: float = 4.0
    """ν, degrees of freedom of the steps of closeness."""
    mean_sd: float = 0.5
    """Spread of μ between poles."""
    shock_share: float = 0.02
    """Expected d²."""
    correlation_floor: float = 0.25
    """A family whose readings are correlated less than this between poles, on average, is taken as independent."""
    by_levels: bool = True
    """Whether indicators with an absolute zero are read by their levels (`levels`) or by their amounts."""
    rounds: tuple[int, int] = (30, 12)
    """Rounds of EM at most, with a quarter of the states and with all."""
    tolerance: float = 0.005
    """Loadings that move less have come to rest."""
    unit_years: tuple[int, int] = (1955, 1989)
    few_indicators: int = 3
    """With fewer active indicators an estimate is flagged."""


@dataclass(frozen=True)
class Parameters:
    """What the readings of all states decide together; letters as in the equation above."""

    lam: Array
    alpha: Array
    delta: Array
    mu: Array
    rho: float
    tau2: Array
    s2: Array
    r2: Array
    phi: Array
    kappa: Array
    d2: Array
    reading_corr: Array
    closeness_corr: Array

    def as_arrays(self) -> dict[str, Array]:
        """Name every parameter as an array, for storage."""
        return {name: np.asarray(value) for name, value in asdict(self).items()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> Parameters:
        """Rebuild parameters stored by `as_arrays`."""
        values = {field.name: arrays[field.name] for field in fields(cls) if field.name != "rho"}
        return cls(rho=float(arrays["rho"]), **values)


def lags(n_years: int) -> Array:
    """Absolute distance in years between every two years of the grid."""
    years = np.arange(n_years, dtype=float)
    return np.abs(years[:, None] - years[None, :])


def step_precision(rho: float, weight: Array) -> Array:
    """Precision of an AR(1) whose steps have precision ``weight`` (the first: its level); tridiagonal, dense form.

    Parameters
    ----------
    rho
        Coefficient.
    weight
        Over … × years.

    Returns
    -------
    array
        … × years × years.
    """
    n_years = weight.shape[-1]
    out = np.zeros((*weight.shape, n_years))
    here, before = np.arange(1, n_years), np.arange(n_years - 1)
    out[..., here, here] = weight[..., 1:]
    out[..., 0, 0] = weight[..., 0]
    out[..., before, before] += rho**2 * weight[..., 1:]
    out[..., here, before] = out[..., before, here] = -rho * weight[..., 1:]
    return out


def step_weight(rho: float, w: Array) -> Array:
    """Precision of each step from its working weight; the level in the first year has variance one."""
    weight = w / (1 - rho**2)
    weight[..., 0] = 1.0
    return weight


def working_weight(rho: float, tail: float, mean: Array, variance: Array, lagged: Array) -> Array:
    """Expected working weight of each step: small where closeness jumped.

    Parameters
    ----------
    rho, tail
        Of the steps.
    mean, variance
        Of ã, over … × years.
    lagged
        Covariance of each year with the one before, … × (years − 1).

    Returns
    -------
    array
        … × years; 1 for an ordinary step (and for the first year, which has none).
    """
    square = (mean[..., 1:] - rho * mean[..., :-1]) ** 2
    square = square + variance[..., 1:] + rho**2 * variance[..., :-1] - 2 * rho * lagged
    w = np.ones_like(mean)
    w[..., 1:] = (tail + 1) / (tail + square / (1 - rho**2))
    return w


def private_covariance(parameters: Parameters, family: int, members: slice, n_years: int) -> Array:
    """Covariance of the private parts of one pair and family, over indicators × years."""
    tau, s = np.sqrt(parameters.tau2[members]), np.sqrt(parameters.s2[members])
    between = np.full((tau.size, tau.size), parameters.kappa[family])
    np.fill_diagonal(between, 1.0)
    memory = parameters.phi[family] ** lags(n_years)
    constant = np.kron(between * np.outer(tau, tau), np.ones_like(memory))
    return np.asarray(constant + np.kron(between * np.outer(s, s), memory))
