"""Did the pole show up? Weights estimated from episodes in which a state was attacked, threatened, or at war within.

Two kinds of episodes, fitted apart:

between states
    For every militarized dispute of MID 5.0 (1947–2014) in which another state threatened, displayed or
    used force against state *i*, and every pole *p* not on the other side, *y* = 1 if *p* took part on the
    side of *i*.
within
    For every internal conflict of UCDP/PRIO that begins (a first year, or one after two calm years), *y* =
    1 if *p* sends troops in support of the government within five years.

With *x* the ties of *i* and *p* at the end of the year before,

    P(y = 1) = logistic(x · b + b0 + u[p]),   b ~ N(0, 1), u[p] ~ N(0, 0.5²), b0 flat up to a spread of 5,

is fitted at its mode; the normal approximation there, with rows of one episode taken as dependent (a
sandwich), gives draws. Poles and ties share one fit: a pole that seldom goes abroad keeps a low u[p].
Features are shares, logs and zero-or-one, so that one unit of each is a large step and one prior fits all.

Pacts deter: an attack on a protected state is seldom seen, so the episodes speak of what happened where
deterrence had failed.

References
----------
Gelman et al. 2008, doi:10.1214/08-AOAS191, on weakly informative priors for logistic regression. Leeds 2003,
doi:10.1017/S0020818303574057, on alliance reliability and who is attacked. Palmer et al. 2022,
doi:10.1177/0738894221995743.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aneroid.guarantors.forces import presences
from aneroid.guarantors.ties import ARMS_WINDOW, FIRST, SANCTIONS, Ties, borders
from aneroid.states.poles import ALL

Floats = NDArray[np.float64]
FEATURES = {
    "pact": "Defence pact in force",
    "consult": "Duty to consult, no defence pact",
    "forces": "Forces present (log of strength; 1 = 50,000)",
    "arms": "Share of arms deliveries of ten years",
    "sanctions": "Sanctions in force",
    "helped_before": "Sent troops for this host before",
    "helped_region": "Sent troops for others of the region in twenty years (log)",
    "border": "Land border",
}
REGION_YEARS = 20
CONSULT = 2  # reading of a duty to consult; 1 is non-aggression alone, which promises no help
SMALLEST = 50.0  # attachés and guards
LISTED_SIZE = 0.5  # of a force listed by hand, whose strength is not known: that of 1,600
SPREAD, POLE_SPREAD, START_SPREAD = 1.0, 0.5, 5.0


@dataclass(frozen=True)
class Cases:
    """One row a conflict and pole."""

    episode: NDArray[np.intp]  # dispute or conflict; its rows are not independent
    host: NDArray[np.str_]
    pole: NDArray[np.intp]
    year: NDArray[np.intp]
    x: Floats
    y: Floats

    def where(self, keep: NDArray[np.bool_]) -> Cases:
        """Some of the rows."""
        return Cases(
            self.episode[keep], self.host[keep], self.pole[keep], self.year[keep], self.x[keep], self.y[keep]
        )


@dataclass(frozen=True)
class Weights:
    """Mode and covariance of (b, b0, u)."""

    mode: Floats
    covariance: Floats
    episodes: int
    n: int  # episodes times poles
    events: int

    def probability(self, x: Floats, pole: NDArray[np.intp]) -> Floats:
        """Chance of showing up at the mode."""
        return logistic(_design(x, pole) @ self.mode)

    def draws(self, count: int, seed: int) -> Floats:
        """Draws of (b, b0, u), one a row."""
        rng = np.random.default_rng(seed)
        root = np.linalg.cholesky(self.covariance)
        return np.asarray(self.mode + rng.standard_normal((count, len(self.mode))) @ root.T)


def features(ties: Ties, row: int, year: int) -> Floats:
    """Ties of a state with each pole at the end of a year: poles × features, in the order of ``FEATURES``.

    Parameters
    ----------
    ties
        From :func:`aneroid.guarantors.ties.load_ties`.
    row
        Row of the state.
    year
        The last year looked at.

    Returns
    -------
    numpy.ndarray
        A tie that no source covers counts as none here; the assessment names the gaps.
    """
    state = ties.states[row]
    delivered = ties.deliveries(row, year, ARMS_WINDOW).sum(axis=1)
    total = delivered.sum()
    adjacent = borders(state, year)
    table = np.zeros((len(ALL), len(FEATURES)))
    for number, pole in enumerate(ALL):
        pact = _value(ties, "alliance", row, number, year)
        consult = _value(ties, "consultation", row, number, year)
        sanctioned = max(_value(ties, name, row, number, year) for name in SANCTIONS)
        table[number] = (
            pact,
            float(consult == CONSULT and not pact),
            force(ties, row, number, year),
            delivered[number] / total if total > 0 else 0.0,
            sanctioned,
            *_record(ties, row, number, year),
            float(pole in adjacent),
        )
    return table


def force(ties: Ties, row: int, pole: int, year: int) -> float:
    """Size a pole's forces in a state: 0 at 50 persons, 1 at 50,000, on a log scale; a listed presence has a conventional size.

    The last report of three years counts. Forces against the declared will of the host's government count
    as none.
    """
    place = year - FIRST
    if ALL[pole] != "USA":
        return LISTED_SIZE if ties.presence[row, pole, place] else 0.0
    recent = ties.troops[row, max(place - 2, 0) : place + 1]
    seen = recent[~np.isnan(recent)]
    if not len(seen) or unwelcome(ties.states[row], ALL[pole], year):
        return 0.0
    return float(max(np.log10(max(seen[-1], 1.0) / SMALLEST) / 3, 0.0))


def unwelcome(state: str, pole: str, year: int) -> bool:
    """Tell whether a pole's forces are there against the declared will of the host's government."""
    return any(
        each.host == state and each.guarantor == pole and not each.consent and each.present(year)
        for each in presences()
    )


def _value(ties: Ties, name: str, row: int, pole: int, year: int) -> float:
    found = ties.latest(name, row, pole, year)
    return 0.0 if found is None else found[0]


def _record(ties: Ties, row: int, pole: int, year: int) -> tuple[float, float]:
    end = year - FIRST + 1
    before = float(ties.helped[row, pole, :end].any())
    recent = ties.helped[:, pole, max(end - REGION_YEARS, 0) : end].any(axis=1) & (
        ties.region == ties.region[row]
    )
    recent[row] = False
    return before, float(np.log1p(recent.sum()))


def log_odds(weights: Floats, x: Floats) -> Floats:
    """Log-odds of showing up: draws of weights (rows) by poles (columns), for the features of all poles."""
    return np.asarray(weights @ _design(x, np.arange(len(ALL))).T)


def estimate(cases: Cases) -> Weights:
    """Fit the weights at their mode.

    Parameters
    ----------
    cases
        Of one kind.

    Returns
    -------
    Weights
        ``mode`` holds one weight a feature, the start, then one a pole; in log-odds.
    """
    design = _design(cases.x, cases.pole)
    spread = np.concatenate([np.full(len(FEATURES), SPREAD), [START_SPREAD], np.full(len(ALL), POLE_SPREAD)])
    precision = np.diag(spread**-2.0)
    mode = np.zeros(design.shape[1])
    hessian = precision
    for _ in range(50):
        p = logistic(design @ mode)
        gradient = design.T @ (cases.y - p) - precision @ mode
        hessian = (design * (p * (1 - p))[:, None]).T @ design + precision
        step = np.linalg.solve(hessian, gradient)
        mode = mode + step
        if np.abs(step).max() < 1e-9:
            break
    score = design * (cases.y - logistic(design @ mode))[:, None]
    _, place = np.unique(cases.episode, return_inverse=True)
    by_episode = np.zeros((int(place.max()) + 1, score.shape[1]))
    np.add.at(by_episode, place, score)
    bread = np.linalg.inv(hessian)
    covariance = bread @ (by_episode.T @ by_episode + precision) @ bread
    episodes = len(set(zip(cases.episode.tolist(), cases.host.tolist(), cases.year.tolist(), strict=True)))
    return Weights(mode, covariance, episodes, len(cases.y), int(cases.y.sum()))


def _design(x: Floats, pole: NDArray[np.intp]) -> Floats:
    return np.hstack([x, np.ones((len(x), 1)), np.eye(len(ALL))[pole]])


def logistic(z: Floats) -> Floats:
    """Turn log-odds into probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp(-z)))
