"""An invented world in which one state turns, and everybody else drifts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from aneroid.orientation.fit import OrientationFit, fit
from aneroid.orientation.model import Priors
from aneroid.sources.indicators import Indicator, Transform, Zero

POLES = ("USA", "RUS", "CHN")
YEARS = np.arange(1960, 2000)
FAMILIES = {"alliance": "alliances", "arms_orders": "arms", "dispute": "disputes", "trade": "trade"}
TURNED, YEAR = "S05", 1980


@dataclass(frozen=True)
class World:
    """Readings in which `TURNED` leaves USA for RUS in `YEAR`."""

    readings: pd.DataFrame
    indicators: tuple[Indicator, ...]


def indicator(name: str, family: str) -> Indicator:
    """An invented indicator that reads every pole in every year."""
    return Indicator(
        name=name,
        label=f"Invented {name}",
        family=family,
        source="invented",
        unit="none",
        sign=-1 if name == "dispute" else 1,
        poles=POLES,
        coverage=(int(YEARS[0]), int(YEARS[-1])),
        zero=Zero.PER_POLE if name == "trade" else Zero.ABSOLUTE,
        absence_means_none=True,
        lag_years=1.0,
        transform=Transform.IDENTITY,
        note="",
    )


def make_world(n_states: int = 20, step: float = 2.5, seed: int = 4) -> World:
    """Slow drift and noise; one state steps by ``step`` in every indicator."""
    rng = np.random.default_rng(seed)
    states = [f"S{n:02d}" for n in range(n_states)]
    frames = []
    for name in FAMILIES:
        shape = (n_states, len(POLES), YEARS.size)
        drift = np.cumsum(0.08 * rng.standard_normal(shape), axis=2)
        y = rng.standard_normal((*shape[:2], 1)) + drift + 0.4 * rng.standard_normal(shape)
        turned = YEARS >= YEAR
        y[states.index(TURNED), POLES.index("USA"), turned] -= step
        y[states.index(TURNED), POLES.index("RUS"), turned] += step
        i, p, t = np.indices(shape).reshape(3, -1)
        frames.append(
            pd.DataFrame(
                {
                    "state": np.array(states)[i],
                    "pole": np.array(POLES)[p],
                    "indicator": name,
                    "year": YEARS[t],
                    "value": (-1 if name == "dispute" else 1) * y.ravel(),
                    "sd": np.nan,
                }
            )
        )
    made = tuple(indicator(name, family) for name, family in FAMILIES.items())
    return World(pd.concat(frames, ignore_index=True), made)


@pytest.fixture(scope="session")
def world() -> World:
    """Twenty states, three poles, forty years, four kinds of ties."""
    return make_world()


@pytest.fixture(scope="session")
def fitted() -> OrientationFit:
    """Orientation in such a world with a smaller step: with a larger one, a state alone would decide the parameters."""
    readings = make_world(step=1.0).readings
    pact = readings["indicator"] == "alliance"
    readings["value"] = readings["value"].where(~pact, (readings["value"] > 0.5).astype(float))
    indicators = [indicator(name, family) for name, family in FAMILIES.items()]
    priors = Priors(weight=5.0, loading_weight=1.0, loading_limits=(0.1, 0.95), floor=0.02, rounds=(0, 10))
    return fit(readings, indicators, poles=POLES, seed=1, priors=priors)
