"""The measurement model of orientation: its equation, its priors, its parameters.

For indicator k of family f, state i, pole p and year t

    y[k,i,p,t] = α[k,p] + δ[k,p,t] + λ[k]·a[i,p,t] + u[k,i,p,t] + ε[k,i,p,t]

- ``y`` a reading, transformed and divided by one constant per indicator, larger = closer;
- ``a`` **closeness**, what all indicators share: ``a[i,p,t] = μ[p] + ã[i,p,t]``, where ã is a lasting
  level of the pair (share ω of its variance) plus a stationary AR(1) with coefficient ρ; its variance is one in every year, so
  that the scale cannot drift; it is correlated Ω between the poles of one state and independent between states;
- ``λ`` **loading**, one per indicator, the same for all states and poles. A reading that is nearly always zero
  can follow a normal quantity only so far (its *resolution*, below one), and its loading is limited accordingly;
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

Everything is Gaussian, so u and ε integrate out: the readings of a family have covariance
``Σ[f] = R[f] ⊗ (κ[f] between indicators) ⊗ (τ² 11ᵀ + s² φ^|t−s|) + diag(r² + error²)``, and closeness given all readings has
precision ``Q + Σ_f λᵀ Σ[f]⁻¹ λ``, with Q⁻¹ = Ω ⊗ (ω 11ᵀ + (1−ω) ρ^|t−s|). Means, intervals, draws and contributions need nothing else.

References
----------
Gelman, Meng (2004), parameter-expanded EM, in *Applied Bayesian Modeling and Causal Inference*;
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
    loading_limits: tuple[float, float] = (0.1, 0.7)
    """Least and greatest loading, as a share of the resolution."""
    private_share: tuple[float, float, float] = (0.25, 0.25, 0.25)
    """Expected τ², s² and r² of a standardised reading."""
    private_log_sd: float = 0.7
    weight: float = 100.0
    """How many pairs the priors on loadings and variances count for, out of about 1,800."""
    floor: float = 0.05
    """Least s² and r² (a noise of zero would let one indicator be closeness itself)."""
    private_half_life: float = 8.0
    """Greatest half-life of the private AR(1), years."""
    closeness_half_life: tuple[float, float] = (4.0, 40.0)
    lasting_share: tuple[float, float] = (0.0, 0.7)
    """Range of ω."""
    mean_sd: float = 0.5
    """Spread of μ between poles."""
    shock_share: float = 0.02
    """Expected d²."""
    correlation_floor: float = 0.25
    """A family whose readings are correlated less than this between poles, on average, is taken as independent."""
    rounds: tuple[int, int] = (30, 8)
    """Rounds of EM at most, with a quarter of the states and with all."""
    tolerance: float = 0.003
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
    omega: float
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
        values = {
            field.name: arrays[field.name] for field in fields(cls) if field.name not in {"omega", "rho"}
        }
        return cls(omega=float(arrays["omega"]), rho=float(arrays["rho"]), **values)


def lags(n_years: int) -> Array:
    """Absolute distance in years between every two years of the grid."""
    years = np.arange(n_years, dtype=float)
    return np.abs(years[:, None] - years[None, :])


def closeness_covariance(omega: float, rho: float, n_years: int) -> Array:
    """Covariance over years of ã for one pair: a lasting level and an AR(1), variance one."""
    return np.asarray(omega + (1 - omega) * rho ** lags(n_years))


def private_covariance(parameters: Parameters, family: int, members: slice, n_years: int) -> Array:
    """Covariance of the private parts of one pair and family, over indicators × years."""
    tau, s = np.sqrt(parameters.tau2[members]), np.sqrt(parameters.s2[members])
    between = np.full((tau.size, tau.size), parameters.kappa[family])
    np.fill_diagonal(between, 1.0)
    memory = parameters.phi[family] ** lags(n_years)
    constant = np.kron(between * np.outer(tau, tau), np.ones_like(memory))
    return np.asarray(constant + np.kron(between * np.outer(s, s), memory))
