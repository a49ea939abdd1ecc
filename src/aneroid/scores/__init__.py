"""Proper scoring rules, calibration and interval scores: pure functions on arrays."""

from __future__ import annotations

from aneroid.scores.intervals import coverage, interval_score
from aneroid.scores.probabilities import accuracy, brier, calibration_error, log_loss

__all__ = ["accuracy", "brier", "calibration_error", "coverage", "interval_score", "log_loss"]
