"""How good the measure of orientation is on what it did not see. Run by ``make eval``.

Everything comes from the snapshot; with ``--data`` defence agreements are also read from 1980. Fits are kept in a folder
(``--cache``), so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.evaluation.orientation_backtest import FIRST_TEST, back_test, summary, tally
from aneroid.evaluation.orientation_data import Bench
from aneroid.evaluation.orientation_halves import compare_halves, compare_issues, compare_mixed
from aneroid.evaluation.orientation_leave_out import factors, leave_out
from aneroid.evaluation.orientation_outcomes import Grid, outcomes
from aneroid.evaluation.orientation_scores import scores_at
from aneroid.states import poles

if TYPE_CHECKING:
    import pandas as pd

FIRST_ORIGIN, LAST_ORIGIN = 1961, 2015
"""Origins before the first that is tested only teach."""
SECTIONS = ("prediction", "halves", "leave-out", "factors")


def say(line: str) -> None:
    """Report progress, beside the tables."""
    print(f"  … {line}", file=sys.stderr, flush=True)


def show(title: str, table: pd.DataFrame, digits: int = 3) -> None:
    """Print a table under its title."""
    print(f"\n{title}\n")
    print(table.round(digits).to_string(index=False), flush=True)


def prediction(bench: Bench, options: argparse.Namespace) -> None:
    """Print what every score adds to the history of the dyad."""
    origins = range(FIRST_ORIGIN, LAST_ORIGIN + 1, options.step)
    grid = Grid.of(bench.poles)
    known = outcomes(bench, grid, options.data)
    scores = {}
    for origin in origins:
        scores[origin] = scores_at(bench, origin)
    say("logits")
    table = summary(back_test(grid, known, scores))
    title = f"What each score adds to dyad history, origins {FIRST_TEST}–{LAST_ORIGIN}, every {options.step} year(s)"
    show(f"{title} (10⁻³ nats per dyad and origin; * = 95 % interval above zero)", table, 2)
    show("Count of outcomes by horizon", tally(table))


def halves(bench: Bench, options: argparse.Namespace) -> None:
    """Print coverage across disjoint halves."""
    found = compare_halves(bench, splits=3 if options.quick else 8)
    show("Coverage of 90 % intervals across halves of the families (target .87–.93)", found)
    mixed = compare_mixed(bench, splits=3 if options.quick else 6)
    show("The same, each half with votes on issues of its own", mixed)
    issues = compare_issues(bench)
    show("Closeness from votes alone across issues, beside one-dimensional intervals", issues)


def left_out(bench: Bench, options: argparse.Namespace) -> None:
    """Print how well each indicator is predicted from the others."""
    show(
        "Each indicator from all others, on states that taught no loading (gain in nats per reading)",
        leave_out(bench),
    )


def one_or_three(bench: Bench, options: argparse.Namespace) -> None:
    """Print one factor against three."""
    show("One factor against security, economic and diplomatic ones (gain over the marginal)", factors(bench))


def main() -> None:
    """Print the tables asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of source files")
    parser.add_argument("--quick", action="store_true", help="three poles, fewer rounds, fewer origins")
    parser.add_argument("--only", choices=SECTIONS, action="append", help="sections to run; all by default")
    parser.add_argument(
        "--cache", type=Path, default=Path(tempfile.gettempdir()) / "aneroid-fits", help="folder of kept fits"
    )
    parser.add_argument("--step", type=int, default=2, help="every how many years an origin stands")
    options = parser.parse_args()
    bench = Bench.open(
        options.cache, poles.DEFAULT if options.quick else poles.ALL, quick=options.quick, say=say
    )
    sections = {"prediction": prediction, "halves": halves, "leave-out": left_out, "factors": one_or_three}
    for name in options.only or SECTIONS:
        sections[name](bench, options)


if __name__ == "__main__":
    main()
