"""Print, as Markdown, what any scholar expects of the leans and with what probability it holds, from a store.

python -m aneroid.evaluation [--store DIR]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.errors import AneroidError
from aneroid.evaluation.orderings import SOVIET, neither, orderings
from aneroid.orientation.desk import load_fit
from aneroid.record import Store, find_store

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.orientation.fit import OrientationFit

EXPLAINED = ("CHN", 1957, 1965)


def main() -> int:
    """Print the tables; the exit code is that of the error, if any."""
    parser = argparse.ArgumentParser(description="What is expected of leans, and what comes out.")
    parser.add_argument("--store", type=Path, help="folder of the store")
    given = parser.parse_args()
    try:
        folder = find_store(given.store)
        fitted = load_fit(folder, lambda line: print(line, file=sys.stderr))
        with Store.open(folder) as store:
            snapshot = store.value("SELECT value FROM meta WHERE key = 'snapshot'")
    except AneroidError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print("\n".join(_page(fitted, str(snapshot))))
    return 0


def _page(fitted: OrientationFit, snapshot: str) -> Iterable[str]:
    yield "# What is expected of leans, and what comes out\n"
    yield f"Printed by `python -m aneroid.evaluation` from snapshot {snapshot}. Lean: United States against Russia.\n"
    yield fitted.scale.sentence + "\n"
    yield "## Orderings\n"
    yield from _table(orderings(fitted))
    yield "\n## Close to neither\n"
    yield f"`p_not_soviet`: probability that closeness to Russia is below {SOVIET} units, half a defence pact's worth.\n"
    yield from _table(neither(fitted))
    state, start, end = EXPLAINED
    told = fitted.contributions(state, "USA", "RUS", start, end)
    yield f"\n## What moved {state} between {start} and {end}: {told.movement:+.2f} (sd {told.sd:.2f})\n"
    rows = told.by_indicator[told.by_indicator["contribution"].abs() >= 0.05]
    yield from _table(rows[["label", "pole", "contribution", "source"]])


def _table(frame: pd.DataFrame) -> Iterable[str]:
    yield "| " + " | ".join(str(name) for name in frame.columns) + " |"
    yield "|" + " --- |" * len(frame.columns)
    for row in frame.itertuples(index=False):
        yield (
            "| " + " | ".join(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row) + " |"
        )


if __name__ == "__main__":
    raise SystemExit(main())
