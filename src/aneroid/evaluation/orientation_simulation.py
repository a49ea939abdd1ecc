"""Worlds whose closeness is known: drawn from the equation of `aneroid.orientation.model`, to see whether it comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aneroid.orientation.fit import OrientationFit, fit
from aneroid.orientation.model import Priors
from aneroid.scores import coverage
from aneroid.sources.indicators import Indicator, Transform, load_indicators

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

HALF_LIFE = 15.0
TAIL = 4.0
LOADINGS = (0.3, 0.52)
PRIVATE = (0.2, 0.25, 0.3)
"""Variances of constant, AR(1) and noise."""
MEMORY, SHARED = 0.8, 0.4
"""φ and κ of all families."""
SHOCK = 0.02
RIVALRY = -0.5
"""Correlation of vote readings between the first two poles."""
NORMAL_90 = 1.6448536269514722


@dataclass(frozen=True)
class World:
    """Readings with the closeness (states × poles × years, standard deviation one) that made them."""

    readings: pd.DataFrame
    indicators: tuple[Indicator, ...]
    states: tuple[str, ...]
    poles: tuple[str, ...]
    years: NDArray[np.int64]
    closeness: Floats
    loadings: dict[str, float]
    """Share of each reading's standard deviation."""


def simulate_world(
    *,
    n_states: int,
    poles: Sequence[str] = ("USA", "RUS", "CHN"),
    first: int = 1955,
    last: int = 2014,
    names: Sequence[str] | None = None,
    missing: float = 0.1,
    private: tuple[float, float, float] | None = None,
    seed: int = 0,
) -> World:
    """Draw a world with the indicators of the snapshot, each within its coverage.

    Parameters
    ----------
    n_states
        States; poles are not among them.
    poles, first, last
        Grid.
    names
        Indicators; all of the snapshot by default but the published points, which double the roll calls.
    missing
        Share of readings that are missing at random.
    private
        Variances of the constant, the AR(1) and the noise of every reading.
    seed
        Of everything.

    Returns
    -------
    World
    """
    generator = np.random.default_rng(seed)
    wanted = names or [item.name for item in load_indicators() if item.name != "votes"]
    chosen = [
        replace(item, transform=Transform.IDENTITY, poles=tuple(poles))
        for item in load_indicators()
        if item.name in wanted
    ]
    years = np.arange(first, last + 1)
    shape = (n_states, len(poles), years.size)
    rho = 0.5 ** (1 / HALF_LIFE)
    steps = generator.standard_t(TAIL, shape) * np.sqrt((TAIL - 2) / TAIL)
    steps[..., 0] = generator.standard_normal(shape[:2])
    closeness = _autoregression(rho, steps)
    states = tuple(f"S{n:03d}" for n in range(n_states))
    between = np.eye(len(poles))
    between[:2, :2] += RIVALRY * (1 - np.eye(2))
    parts = {family: _private(shape, between, family == "votes", generator) for family in _families(chosen)}
    frames, loadings = [], {}
    for item in chosen:
        loading = float(generator.uniform(*LOADINGS))
        y = _reading(closeness, loading, parts[item.family], between, item, private or PRIVATE, generator)
        loadings[item.name] = loading / float(y.std())
        covered = (years >= item.coverage[0]) & (years <= item.coverage[1])
        frames.append(_rows(item, y, covered & (generator.random(shape) > missing), states, poles, years))
    import pandas as pd

    return World(
        pd.concat(frames, ignore_index=True), tuple(chosen), states, tuple(poles), years, closeness, loadings
    )


def recovery(world: World, fitted: OrientationFit) -> dict[str, float]:
    """Compare a fit with the world it was fitted to.

    Parameters
    ----------
    world, fitted
        What was drawn, and its fit.

    Returns
    -------
    dict
        ``closeness_r`` over states, poles and years; ``r_expected``, what the stated variances say it should be;
        ``loading_r``; ``coverage`` of 90 % intervals of closeness, and ``lean_coverage``.
    """
    found = fitted.closeness(None, None, int(world.years[0]), int(world.years[-1]))
    mean, sd = (_grid(world, found, column) * fitted.scale.size for column in ("closeness", "sd"))
    mean = mean + fitted.scale.zero
    seen = np.isfinite(mean)
    truth = world.closeness
    half = NORMAL_90 * sd
    gap = (truth - mean)[seen]
    lean = fitted.lean(None, world.poles[0], world.poles[1], int(world.years[0]), int(world.years[-1]))
    lean_mean, lean_sd = (_grid(world, lean, column)[:, 0] * fitted.scale.size for column in ("lean", "sd"))
    both = np.isfinite(lean_mean)
    lean_gap = ((truth[:, 0] - truth[:, 1]) - lean_mean)[both]
    lean_half = NORMAL_90 * lean_sd[both]
    estimated = dict(zip(fitted.design.names, fitted.parameters.lam, strict=True))
    names = list(estimated)
    return {
        "closeness_r": float(np.corrcoef(truth[seen], mean[seen])[0, 1]),
        "r_expected": float(np.sqrt(max(1 - (sd[seen] ** 2).mean(), 0))),
        "loading_r": float(
            np.corrcoef([world.loadings[n] for n in names], [estimated[n] for n in names])[0, 1]
        ),
        "coverage": coverage(-half[seen], half[seen], gap),
        "lean_coverage": coverage(-lean_half, lean_half, lean_gap),
    }


def fit_world(world: World, priors: Priors | None = None) -> OrientationFit:
    """Fit a world."""
    return fit(world.readings, world.indicators, poles=world.poles, seed=1, priors=priors)


def _grid(world: World, frame: pd.DataFrame, column: str) -> Floats:
    out = np.full(world.closeness.shape, np.nan)
    state = frame["state"].map({name: n for n, name in enumerate(world.states)}).to_numpy()
    names = frame["pole"] if "pole" in frame else frame["pole_a"]
    pole = names.map({name: n for n, name in enumerate(world.poles)}).to_numpy()
    out[state, pole, frame["date"].str[:4].astype(int).to_numpy() - world.years[0]] = frame[column]
    return out


def _families(chosen: Sequence[Indicator]) -> list[str]:
    return list(dict.fromkeys(item.family for item in chosen))


def _autoregression(rho: float, steps: Floats) -> Floats:
    out = np.empty_like(steps)
    out[..., 0] = steps[..., 0]
    for t in range(1, steps.shape[-1]):
        out[..., t] = rho * out[..., t - 1] + np.sqrt(1 - rho**2) * steps[..., t]
    return out


def _private(
    shape: tuple[int, int, int], between: Floats, rival: bool, generator: np.random.Generator
) -> tuple[Floats, Floats]:
    """Constant and AR(1) that the indicators of a family share."""
    normal = generator.standard_normal((2, *shape))
    if rival:
        normal = np.einsum("pq,csqt->cspt", np.linalg.cholesky(between), normal)
    return normal[0, :, :, :1], _autoregression(MEMORY, normal[1])


def _reading(
    closeness: Floats,
    loading: float,
    shared: tuple[Floats, Floats],
    between: Floats,
    item: Indicator,
    private: tuple[float, float, float],
    generator: np.random.Generator,
) -> Floats:
    shape = (closeness.shape[0], closeness.shape[1], closeness.shape[2])
    rival = item.family == "votes"
    own = _private(shape, between, rival, generator)
    constant, drift = (
        np.sqrt(SHARED) * s + np.sqrt(1 - SHARED) * o for s, o in zip(shared, own, strict=True)
    )
    noise = generator.standard_normal(shape)
    if rival:
        noise = np.einsum("pq,sqt->spt", np.linalg.cholesky(between), noise)
    y = loading * closeness + np.sqrt(private[0]) * constant + np.sqrt(private[1]) * drift
    y += np.sqrt(private[2]) * noise
    return np.asarray(y + np.sqrt(SHOCK) * generator.standard_normal((1, *shape[1:])))


def _rows(
    item: Indicator,
    y: Floats,
    seen: NDArray[np.bool_],
    states: Sequence[str],
    poles: Sequence[str],
    years: NDArray[np.int64],
) -> pd.DataFrame:
    import pandas as pd

    i, p, t = np.nonzero(seen)
    return pd.DataFrame(
        {
            "state": np.array(states)[i],
            "pole": np.array(poles)[p],
            "indicator": item.name,
            "year": years[t],
            "value": item.sign * y[i, p, t],
            "sd": np.nan,
        }
    )
