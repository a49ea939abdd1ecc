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

import pandas as pd  # noqa: E402 # numpy reads the number of threads when it is imported

from aneroid.evaluation.dyads import RollingForecasts, roll, score_table  # noqa: E402 # as above
from aneroid.forecasts.dyad_events import read_dyad_events  # noqa: E402 # as above

FIRST, CHOSEN_BEFORE = 22 * 7, 34 * 7
COLUMNS = ["brier_skill", "log_skill", "calibration_error", "gain", "gain_lo90", "gain_hi90"]


def part(rolled: RollingForecasts, later: bool) -> RollingForecasts:
    """Return the forecasts of the weeks that settings were chosen on, or of the later ones."""
    keep = (rolled.day >= CHOSEN_BEFORE) == later
    probability = {model: p[keep] for model, p in rolled.probability.items()}
    return RollingForecasts(rolled.day[keep], rolled.pair[keep], rolled.outcome[keep], probability)


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
    folder = parser.parse_args().data / "tkg" / "ICEWS18"
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


if __name__ == "__main__":
    main()
