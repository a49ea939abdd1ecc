"""Time and memory of orientation: the full refit, an answer, what grows with what. Run by ``make bench``.

Seconds depend on the machine; ratios within one run do not, so the unit is a fixed piece of linear algebra.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from aneroid.evaluation.orientation_data import SEED, Bench
from aneroid.orientation.fit import OrientationFit, fit
from aneroid.states import poles

QUARTER = 4


def unit() -> float:
    """Seconds for ten inverses of a matrix of 1,000 rows: the measuring rod."""
    matrix = np.random.default_rng(1).standard_normal((1000, 1000)) + 100 * np.eye(1000)
    started = time.perf_counter()
    for _ in range(10):
        np.linalg.inv(matrix)
    return time.perf_counter() - started


def clocked(job: object) -> tuple[object, float, float]:
    """Run something; its result, wall and processor seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = job()  # type: ignore[operator]  # any callable without arguments
    return result, time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="accepted like by all benchmarks; not read")
    parser.add_argument("--quick", action="store_true", help="three poles")
    options = parser.parse_args()
    chosen = poles.DEFAULT if options.quick else poles.ALL
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        bench = Bench.open(cache, chosen, quick=False, say=lambda line: print(f"  … {line}", file=sys.stderr))
        rod = unit()
        readings, wall, cpu = clocked(bench.readings)
        rows = [("measure nearness from all roll calls", wall, cpu)]
        some = readings[readings["state"].map(lambda state: hash_of(state) % QUARTER == 0)]
        _, wall, cpu = clocked(lambda: fit(some, bench.indicators, poles=chosen, seed=SEED))
        rows.append(("fit, a quarter of the states", wall, cpu))
        fitted, wall, cpu = clocked(lambda: fit(readings, bench.indicators, poles=chosen, seed=SEED))
        assert isinstance(fitted, OrientationFit)
        rows.append(("fit, all states", wall, cpu))
        path = cache / "fit"
        _, wall, cpu = clocked(lambda: fitted.save(path))
        rows.append(("save the fit", wall, cpu))
        loaded, wall, cpu = clocked(lambda: OrientationFit.load(path))
        assert isinstance(loaded, OrientationFit)
        rows.append(("load it", wall, cpu))
        _, wall, cpu = clocked(lambda: loaded.contributions("IRQ", "USA", "RUS", 2003, 2018))
        rows.append(("explain Iraq, 2003–2018", wall, cpu))
        _, wall, cpu = clocked(lambda: loaded.draws("EGY", ["USA", "RUS"], 1960, 2018, 1000))
        rows.append(("1,000 joint draws, Egypt", wall, cpu))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"\nOrientation, {len(chosen)} poles, {fitted.years[0]}–{fitted.years[1]}, {len(fitted.states)} states"
    )
    print(f"{'':40}{'wall s':>9}{'cpu s':>9}{'cpu / rod':>11}")
    for name, seconds, processor in rows:
        print(f"{name:40}{seconds:>9.2f}{processor:>9.2f}{processor / rod:>11.2f}")
    print(f"rod: ten inverses of 1,000 rows, {rod:.2f} s; greatest memory {peak:.1f} GiB")


def hash_of(text: str) -> int:
    """A number that is the same in every run."""
    return sum(ord(letter) * 31**n for n, letter in enumerate(text))


if __name__ == "__main__":
    main()
