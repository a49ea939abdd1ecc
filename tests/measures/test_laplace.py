"""The Laplace posterior against sampling from the exact one, and its algebra against a dense inverse."""

from __future__ import annotations

import numpy as np
import pytest

from aneroid.measures.laplace import joint_posterior
from aneroid.measures.newton import Mode, fit_mode, path_precision
from aneroid.measures.ordinal import cutpoints, each_period, item_sums, probabilities, state_sums
from aneroid.measures.prior import Prior
from aneroid.measures.record import VoteRecord, build_record
from aneroid.measures.simulate import simulate_votes
from aneroid.measures.smoother import smooth

# Almost normal steps, so that the sampler and the fit have the same prior.
PRIOR = Prior(tails=1e6)


@pytest.fixture(scope="module")
def small() -> tuple[VoteRecord, Mode]:
    """Eighty states, three sessions, sixty roll calls each."""
    made = simulate_votes(80, 3, 60, seed=11, prior=PRIOR)
    record = build_record(made.votes, made.rollcalls)
    return record, fit_mode(record, 1, PRIOR, iterations=300, tolerance=1e-5)


def test_smoother_solves_the_dense_system() -> None:
    """Block elimination gives the solution, variances and lag covariances of the full matrix."""
    rng = np.random.default_rng(2)
    for dims in (1, 3):
        root = rng.normal(size=(5, 2, dims, dims))
        diagonal = root @ root.swapaxes(-1, -2) + 4 * np.eye(dims)
        link, right = rng.uniform(0.2, 1, (4, 2)), rng.normal(size=(5, 2, dims))
        found = smooth(diagonal, link, right)
        for state in range(2):
            full = np.zeros((5 * dims, 5 * dims))
            for t in range(5):
                here = slice(t * dims, (t + 1) * dims)
                full[here, here] = diagonal[t, state]
                if t:
                    before = slice((t - 1) * dims, t * dims)
                    full[here, before] = full[before, here] = -link[t - 1, state] * np.eye(dims)
            inverse = np.linalg.inv(full)
            np.testing.assert_allclose(
                found.solution[:, state].ravel(), inverse @ right[:, state].ravel(), atol=1e-9
            )
            np.testing.assert_allclose(
                found.covariance[2, state], inverse[2 * dims : 3 * dims, 2 * dims : 3 * dims], atol=1e-9
            )
            np.testing.assert_allclose(
                found.lagged[2, state], inverse[2 * dims : 3 * dims, 3 * dims : 4 * dims], atol=1e-9
            )


def _log_likelihood(record: VoteRecord, positions: np.ndarray, items: np.ndarray) -> float:
    total = 0.0
    for t in range(len(record.periods)):
        rows = record.rows(t)
        at_least, yes = (p.astype(float) for p in probabilities(positions[t], items[rows]))
        vote = record.category()[rows]
        chosen = np.select([vote == 0, vote == 1, vote == 2], [1 - at_least, at_least - yes, yes], 1.0)
        total += float(np.log(chosen).sum())
    return total


def test_scores_are_the_slopes_of_the_likelihood(small: tuple[VoteRecord, Mode]) -> None:
    """Analytic derivatives equal finite differences, for a position and for all three parameters of an item."""
    record, mode = small
    score = state_sums(record, mode.positions, mode.items)[0]
    step = 1e-2
    moved = [mode.positions.copy(), mode.positions.copy()]
    moved[0][2, 5] += step
    moved[1][2, 5] -= step
    slope = (
        _log_likelihood(record, moved[0], mode.items) - _log_likelihood(record, moved[1], mode.items)
    ) / (2 * step)
    assert slope == pytest.approx(score[2, 5, 0], abs=0.02)
    item_score = item_sums(record, mode.positions, mode.items)[0]
    for parameter in range(3):
        changed = [mode.items.copy(), mode.items.copy()]
        changed[0][7, parameter] += step
        changed[1][7, parameter] -= step
        high, low = (_log_likelihood(record, mode.positions, items) for items in changed)
        assert (high - low) / (2 * step) == pytest.approx(item_score[7, parameter], abs=0.02)


def test_joint_variance_is_that_of_the_full_inverse(small: tuple[VoteRecord, Mode]) -> None:
    """The block factorisation equals inverting the whole precision with the items integrated out."""
    record, mode = small
    shape = mode.positions.shape[:2]
    size = shape[0] * shape[1]
    index = np.arange(size).reshape(shape)
    diagonal, link = path_precision(record, mode, PRIOR)
    full = np.diag((diagonal + state_sums(record, mode.positions, mode.items)[1][..., 0, 0]).ravel())
    for t in range(shape[0] - 1):
        full[index[t], index[t + 1]] = full[index[t + 1], index[t]] = -link[t]
    half = np.exp(mode.items[:, -1]) / 2
    for t, rows, cells in each_period(record, mode.positions, mode.items):
        total, tilt = (
            cells.information_low + cells.information_high,
            cells.information_low - cells.information_high,
        )
        for j, row in enumerate(range(rows.start, rows.stop)):
            cross = mode.items[row, 0] * np.stack(
                [total[j] * mode.positions[t, :, 0], -total[j], tilt[j] * half[row]], axis=1
            )
            full[np.ix_(index[t], index[t])] -= cross @ np.linalg.inv(mode.item_precision[row]) @ cross.T
    exact = np.diag(np.linalg.inv(full)).reshape(shape)
    found = joint_posterior(record, mode, PRIOR, draws=4000, seed=1).variance[..., 0]
    np.testing.assert_allclose(found, exact, rtol=0.06)


def test_cutpoints_are_in_order(small: tuple[VoteRecord, Mode]) -> None:
    """Abstention always lies between no and yes."""
    low, high = cutpoints(small[1].items)
    assert (low < high).all()


@pytest.mark.slow
def test_laplace_agrees_with_hamiltonian_sampling(small: tuple[VoteRecord, Mode]) -> None:
    """On a short window means and standard deviations are those of the exact posterior, hyperparameters held
    fixed.
    """
    record, mode = small
    prior = mode.item_prior
    diagonal, link = path_precision(record, mode, PRIOR)
    shape = mode.positions.shape
    n_positions = mode.positions.size

    def split(z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return z[:n_positions].reshape(shape), z[n_positions:].reshape(mode.items.shape)

    def log_density(z: np.ndarray) -> tuple[float, np.ndarray]:
        x, items = split(z)
        x_score, item_score = state_sums(record, x, items)[0], item_sums(record, x, items)[0]
        pull = diagonal[..., None] * x
        pull[1:] -= link[..., None] * x[:-1]
        pull[:-1] -= link[..., None] * x[1:]
        away = items - prior.mean
        value = (
            _log_likelihood(record, x, items) - 0.5 * (x * pull).sum() - 0.5 * (away**2 / prior.between).sum()
        )
        return value, np.concatenate([(x_score - pull).ravel(), (item_score - away / prior.between).ravel()])

    posterior = joint_posterior(record, mode, PRIOR, draws=2000, seed=1)
    laplace_sd = np.sqrt(posterior.variance).ravel()
    item_sd = np.sqrt(np.diagonal(np.linalg.inv(mode.item_precision), axis1=1, axis2=2)).ravel()
    scale = np.concatenate([laplace_sd, item_sd])
    z, rng = np.concatenate([mode.positions.ravel(), mode.items.ravel()]), np.random.default_rng(4)
    value, slope = log_density(z)
    kept, accepted = [], 0
    for round_ in range(700):
        momentum, proposal, gradient = rng.normal(size=len(z)), z.copy(), slope
        start = value - 0.5 * momentum @ momentum
        size = 0.11 * rng.uniform(0.8, 1.2)
        for _ in range(12):
            momentum = momentum + 0.5 * size * scale * gradient
            proposal = proposal + size * scale * momentum
            proposed, gradient = log_density(proposal)
            momentum = momentum + 0.5 * size * scale * gradient
        if np.log(rng.random()) < proposed - 0.5 * momentum @ momentum - start:
            z, value, slope, accepted = proposal, proposed, gradient, accepted + 1
        if round_ >= 150:
            kept.append(split(z)[0].ravel())
    sample = np.array(kept)
    assert accepted > 0.5 * 700
    ratio = sample.std(axis=0) / laplace_sd
    # The unit of the space is a convention, and mode and mean differ in it: compare positions up to one factor.
    mean, at_mode = sample.mean(axis=0), mode.positions.ravel()
    unit = (mean @ at_mode) / (at_mode @ at_mode)
    assert 0.9 < np.median(ratio / unit) < 1.15
    assert np.abs(mean / unit - at_mode).mean() < 0.25 * laplace_sd.mean()
    assert np.corrcoef(mean, at_mode)[0, 1] > 0.99
