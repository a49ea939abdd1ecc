"""A small invented world whose closeness is known, and its fit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from aneroid.orientation.fit import OrientationFit, fit
from aneroid.orientation.model import Priors
from aneroid.sources.indicators import Indicator, Transform, Zero

POLES = ("P1", "P2", "P3")
YEARS = np.arange(1960, 1990)
LOADINGS = {"alliance": 0.6, "arms_orders": 0.5, "troops": 0.55, "dispute": 0.4, "trade": 0.55, "votes": 0.55}
FAMILIES = {
    "alliance": "alliances",
    "arms_orders": "arms",
    "troops": "troops",
    "dispute": "disputes",
    "trade": "trade",
    "votes": "votes",
}
CONSTANT, DRIFT, NOISE, MEMORY, RHO = 0.08, 0.10, 0.15, 0.75, 0.96
GRADES = {
    "alliance": lambda z: (z > 0.4).astype(float),
    "arms_orders": lambda z: np.maximum(z - 0.2, 0.0),
    "dispute": lambda z: -np.searchsorted([0.4, 0.8, 1.4], -z).astype(float),
}
# A small world has few pairs: let its readings speak against the priors.
PRIORS = Priors(weight=5.0, loading_weight=1.0, loading_limits=(0.1, 0.95), floor=0.02, rounds=(0, 40))


@dataclass(frozen=True)
class World:
    """Readings with the closeness (states × poles × years) that made them."""

    readings: pd.DataFrame
    indicators: list[Indicator]
    states: tuple[str, ...]
    closeness: np.ndarray
    unit: dict[str, float]
    """Standard deviation of what lies behind the readings of each indicator."""
    loadings: dict[str, float]
    poles: tuple[str, ...] = POLES


def _indicator(name: str) -> Indicator:
    per_pole = FAMILIES[name] in {"votes", "trade"}
    return Indicator(
        name=name,
        label=f"Invented {name}",
        family=FAMILIES[name],
        source="invented",
        unit="none",
        sign=-1 if name == "dispute" else 1,
        poles=POLES,
        coverage=(1960, 1985 if name == "dispute" else 1989),
        zero=Zero.PER_POLE if per_pole else Zero.ABSOLUTE,
        absence_means_none=True,
        lag_years=1.0,
        transform=Transform.IDENTITY,
        note="",
    )


def _autoregression(shape: tuple[int, ...], rho: float, steps: np.ndarray) -> np.ndarray:
    out = np.empty((*shape, YEARS.size))
    out[..., 0] = steps[..., 0]
    for t in range(1, YEARS.size):
        out[..., t] = rho * out[..., t - 1] + np.sqrt(1 - rho**2) * steps[..., t]
    return out


def simulate(n_states: int, seed: int) -> World:
    """Draw a world: heavy-tailed closeness, six indicators of which votes are correlated between poles.

    A pact is there or not; arms are an amount that is mostly zero; disputes have four levels.
    """
    rng = np.random.default_rng(seed)
    shape = (n_states, len(POLES))
    steps = rng.standard_t(4, (*shape, YEARS.size)) / np.sqrt(2)
    steps[..., 0] = rng.standard_normal(shape)
    closeness = _autoregression(shape, RHO, steps)
    states = tuple(f"S{n:02d}" for n in range(n_states))
    mixing = np.linalg.cholesky(np.array([[1.0, -0.6, 0.0], [-0.6, 1.0, 0.0], [0.0, 0.0, 1.0]]))
    frames, unit = [], {}
    for name, loading in LOADINGS.items():
        normal = rng.standard_normal((3, n_states, len(POLES), YEARS.size))
        if name == "votes":
            normal = np.einsum("pq,csqt->cspt", mixing, normal)
        private = np.sqrt(CONSTANT) * normal[0, :, :, :1] + np.sqrt(DRIFT) * _autoregression(
            shape, MEMORY, normal[1]
        )
        y = loading * closeness + private + np.sqrt(NOISE) * normal[2]
        y += 0.3 * rng.standard_normal((1, len(POLES), YEARS.size))
        unit[name] = float(y.std())
        if name in GRADES:
            y = GRADES[name](y)
        seen = np.broadcast_to((1985 if name == "dispute" else 1989) >= YEARS, y.shape)
        i, p, t = np.nonzero(seen & (rng.random(y.shape) > 0.1))
        frames.append(
            pd.DataFrame(
                {
                    "state": np.array(states)[i],
                    "pole": np.array(POLES)[p],
                    "indicator": name,
                    "year": YEARS[t],
                    "value": (-1 if name == "dispute" else 1) * y[i, p, t],
                    "sd": np.nan,
                }
            )
        )
    return World(
        pd.concat(frames, ignore_index=True),
        [_indicator(k) for k in LOADINGS],
        states,
        closeness,
        unit,
        LOADINGS,
    )


def fit_world(world: World, readings: pd.DataFrame | None = None) -> OrientationFit:
    """Fit a world, or a changed copy of its readings."""
    chosen = world.readings if readings is None else readings
    return fit(chosen, world.indicators, poles=POLES, seed=1, priors=PRIORS)


@pytest.fixture(scope="session")
def world() -> World:
    """Twenty-five states, three poles, thirty years."""
    return simulate(25, seed=3)


@pytest.fixture(scope="session")
def fitted(world: World) -> OrientationFit:
    """Its fit."""
    return fit_world(world)


@pytest.fixture(scope="session")
def refit(world: World):  # type: ignore[no-untyped-def]  # a factory; its type would only repeat fit_world's
    """Fit the world on changed readings."""
    return lambda readings: fit_world(world, readings)
