"""Forecasts of events between governments on a rolling origin. Run by ``make eval``.

Needs ``--data FOLDER`` with ``tkg/ICEWS18``, whose terms do not allow us to pass it on. Weeks are scored from the 23rd on;
the settings were chosen on the weeks before day 238, so the last weeks stand apart.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402 # numpy reads the number of threads when it is imported
import pandas as pd  # noqa: E402 # as above

from aneroid.evaluation.dyads import RELEARN, RollingForecasts, roll, score_table  # noqa: E402 # as above
from aneroid.forecasts.dyad_events import DyadEvents, read_dyad_events  # noqa: E402 # as above
from aneroid.forecasts.dyad_features import all_features, describe, happened  # noqa: E402 # as above

FIRST, CHOSEN_BEFORE = 22 * 7, 34 * 7
COLUMNS = ["brier_skill", "log_skill", "calibration_error", "gain", "gain_lo90", "gain_hi90"]


def part(rolled: RollingForecasts, later: bool) -> RollingForecasts:
    """Return the forecasts of the weeks that settings were chosen on, or of the later ones."""
    keep = (rolled.day >= CHOSEN_BEFORE) == later
    probability = {model: p[keep] for model, p in rolled.probability.items()}
    return RollingForecasts(rolled.day[keep], rolled.pair[keep], rolled.outcome[keep], probability)


def boosted(events: DyadEvents, last: int) -> tuple[RollingForecasts, dict[str, np.ndarray]]:
    """Gradient boosting on the same features and weeks, alone and pooled with ours: what was tried and left out."""
    from scipy.special import expit, logit
    from sklearn.ensemble import HistGradientBoostingClassifier

    parts: list[tuple[np.ndarray, np.ndarray]] = []
    rolled = roll(events, FIRST, last)
    for i, day in enumerate(range(FIRST, last - 6, 7)):
        if i % RELEARN == 0:
            past = [describe(events, before, 7) for before in range(56, day - 6, 7)]
            numbers = np.concatenate([all_features(state) for state in past])
            outcome = np.concatenate([happened(events, state, 7) for state in past])
            models = [
                HistGradientBoostingClassifier(
                    max_iter=80,
                    learning_rate=0.06,
                    max_leaf_nodes=12,
                    min_samples_leaf=100,
                    l2_regularization=20,
                ).fit(numbers, y)
                for y in outcome.T
            ]
        now = all_features(describe(events, day, 7))
        parts.append(
            (np.full(len(now), day), np.stack([model.predict_proba(now)[:, 1] for model in models], axis=1))
        )
    alone = np.concatenate([part[1] for part in parts])
    pooled = expit((logit(alone) + logit(rolled.probability["full"])) / 2)
    return rolled, {"boosting": alone, "pool with ours": pooled}


def show_boosting(events: DyadEvents, last: int) -> None:
    """Print mean log skills over the classes, all weeks and the two parts."""
    rolled, tried = boosted(events, last)
    later = rolled.day >= CHOSEN_BEFORE
    print("\nMean log skill over the classes: weeks that settings were chosen on, later weeks")
    for name, p in {"ours": rolled.probability["full"], **tried}.items():
        skills = []
        for keep in (~later, later):
            y, base = rolled.outcome[keep], rolled.probability["base rate"][keep]
            loss = -np.where(y, np.log(p[keep]), np.log1p(-p[keep])).mean(axis=0)
            skills.append(float((1 - loss / -np.where(y, np.log(base), np.log1p(-base)).mean(axis=0)).mean()))
        print(f"  {name:16s} {skills[0]:.3f}  {skills[1]:.3f}")


def show(title: str, rolled: RollingForecasts) -> None:
    """Print one table and the means over the classes."""
    table = score_table(rolled)
    print(f"\n{title}: {len(rolled.pair):,} pair-weeks, {len(set(rolled.pair)):,} pairs")
    print(table.round(4).to_string(index=False))
    means = table.groupby("model", sort=False)[COLUMNS[:3]].mean().round(4)
    print("Mean over the classes\n" + means.to_string())


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with tkg/ICEWS18")
    parser.add_argument(
        "--boosting", action="store_true", help="also gradient boosting, which was tried (minutes)"
    )
    given = parser.parse_args()
    folder = given.data / "tkg" / "ICEWS18"
    print(
        "Events between two governments, ICEWS18, at least one within a week, learned again every four weeks"
    )
    if not folder.is_dir():
        print("  needs --data")
        return
    pd.set_option("display.width", 160)
    began = time.process_time()
    events = read_dyad_events(folder)
    last = int(events.day.max()) + 1
    rolled = roll(events, FIRST, last, progress=lambda i, n: print(f"  week {i} of {n}", file=sys.stderr))
    show("Weeks that settings were chosen on", part(rolled, later=False))
    show("Later weeks", part(rolled, later=True))
    print(f"{time.process_time() - began:.0f} s processor")
    if given.boosting:
        show_boosting(events, last)


if __name__ == "__main__":
    main()
