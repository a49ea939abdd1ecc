"""Leans at the moments that scholars know, with what moved them: face validity to accept or to dispute.

python -m aneroid.evaluation.cases [--store DIR]

The list is a reading list, not a test: nothing is fitted to it. Drivers are what moved the lean most in the direction it
went, net of what moved all states. The last table holds movements that look wrong, with what in the readings makes them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.errors import AneroidError
from aneroid.orientation.desk import load_fit
from aneroid.record import find_store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aneroid.orientation.fit import OrientationFit

POLES = ("USA", "RUS")
CASES: dict[str, tuple[int, ...]] = {
    "IRQ": (1957, 1960, 1989, 1991, 2002, 2005, 2012, 2020),
    "EGY": (1954, 1958, 1970, 1980, 2015),
    "TUR": (1950, 1965, 1980, 2003, 2020),
    "IND": (1955, 1972, 1990, 2010, 2022),
    "CUB": (1957, 1963, 1985, 2000),
    "SAU": (1960, 1985, 2000, 2022),
    "UKR": (1993, 2009, 2013, 2018, 2022),
    "SRB": (2007, 2014, 2022),
    "PHL": (1960, 1985, 1995, 2018),
    "MNG": (1970, 1988, 2000, 2018),
}
DOUBTFUL = (("CHN", 1957, 1965), ("GBR", 1955, 1985), ("FIN", 1950, 1960))


def page(fitted: OrientationFit) -> Iterable[str]:
    """Write the tables as Markdown."""
    yield "# Leans at moments that scholars know\n"
    yield "Printed by `python -m aneroid.evaluation.cases`. Lean: United States (+) against Russia (−); range of nine in ten.\n"
    yield fitted.scale.lean_sentence + "\n"
    for state, years in CASES.items():
        yield f"## {state}\n\n| year | lean | from | to | indicators | what moved it most since the row above |"
        yield "| --- | --- | --- | --- | --- | --- |"
        before = None
        for year in years:
            row = fitted.lean([state], *POLES, year, year)
            if row.empty:
                continue
            told = "" if before is None else _drivers(fitted, state, before, year)
            lean, low, high = (float(row[name].iloc[0]) for name in ("lean", "lo90", "hi90"))
            yield f"| {year} | {lean:+.1f} | {low:+.1f} | {high:+.1f} | {row['n_indicators'].iloc[0]} | {told} |"
            before = year
        yield ""
    yield "## Where the measure is doubtful\n\n| case | movement of lean | its parts |\n| --- | --- | --- |"
    for state, start, end in DOUBTFUL:
        result = fitted.contributions(state, *POLES, start, end)
        rows = result.by_indicator[result.by_indicator["kind"] == "reading"].head(4)
        parts = "; ".join(f"{r.label}, {r.pole} {r.contribution:+.1f}" for r in rows.itertuples())
        yield f"| {state} {start}–{end} | {result.movement:+.1f} | {parts} |"


def _drivers(fitted: OrientationFit, state: str, start: int, end: int) -> str:
    rows = fitted.contributions(state, *POLES, start, end).drivers(3)
    return "; ".join(f"{row.label} {row.contribution:+.1f}" for row in rows.itertuples())


def main() -> int:
    """Print the page; the exit code is that of the error, if any."""
    parser = argparse.ArgumentParser(description="Leans at moments that scholars know.")
    parser.add_argument("--store", type=Path, help="folder of the store")
    try:
        folder = find_store(parser.parse_args().store)
        fitted = load_fit(folder, lambda line: print(line, file=sys.stderr))
    except AneroidError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print("\n".join(page(fitted)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
