"""How well turns are found, beside a search on published ideal points. Run by ``make eval``; needs ``--data``.

Prints recall against alarms with and without regard to direction, the paired bootstrap against the peer, the score with the one
constant chosen leaving states out, what each kind of ties is worth, alarms in quiet state-years, and every documented case.
With ``--closeness`` also a second design: the same search on fitted closeness alone (a minute or two more).
"""

from __future__ import annotations

import argparse
import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from aneroid.evaluation.realignments import (
    COLUMNS,
    QUIET,
    Scored,
    compare,
    packaged_readings,
    peer_alarms,
    quiet_alarms,
    read_list,
    recall_area,
    score,
    state_years,
)
from aneroid.realignment.detect import HEADLINE, rank
from aneroid.realignment.evidence import Evidence, gather_evidence, movement
from aneroid.realignment.turns import DISCOUNT, strongest
from aneroid.sources.indicators import load_indicators
from aneroid.states import poles as pole_set

if TYPE_CHECKING:
    from numpy.typing import NDArray

DISCOUNTS = (0.08, 0.1, 0.12, 0.15, 0.18, 0.22, 0.3)
PER_100 = (1, 2, 3, 4, 5, 6)


def print_row(label: str, scored: Scored, n: int) -> None:
    """Print one line of the first table."""
    areas = "  ".join(
        f"{recall_area(found, n):.3f}" for found in (scored.directed, scored.exact, scored.found)
    )
    recall = " ".join(f"{int((scored.directed <= rate * n / 100).sum()):>3}" for rate in PER_100)
    print(f"  {label:<34} {areas}   {recall}")


def closeness_alarms(readings: pd.DataFrame) -> pd.DataFrame:
    """Search for steps of fitted closeness: three-year means, net of all states' median, in their usual size."""
    from aneroid.orientation.desk import SEED
    from aneroid.orientation.fit import fit
    from aneroid.orientation.votes import without_doubles

    fitted = fit(without_doubles(readings), load_indicators(), poles=pole_set.ALL, seed=SEED)
    moved = movement(fitted.mean - np.nanmedian(fitted.mean, axis=0), 3)
    size = np.nan_to_num(moved / np.nanstd(moved, axis=(0, 2), keepdims=True))
    away, toward = size.argmin(axis=1), size.argmax(axis=1)
    step = np.maximum(size.max(axis=1), 0) + np.maximum(-size.min(axis=1), 0)
    rows, years = strongest(np.where(step > 0, step, -np.inf))
    names = np.array(fitted.poles, dtype=object)
    return pd.DataFrame(
        {
            "state": np.array(fitted.states, dtype=object)[rows],
            "year": fitted.years[0] + years,
            "away_from": names[away[rows, years]],
            "toward": names[toward[rows, years]],
        }
    )


def chosen_elsewhere(tables: dict[float, Scored], labelled: pd.DataFrame, n: int) -> Scored:
    """For the cases of each state the constant that does best on the cases of all other states."""
    found = [np.empty(len(labelled)) for _ in range(3)]
    for state in labelled["state"].unique():
        mine = (labelled["state"] == state).to_numpy()
        best = max(tables, key=lambda c: recall_area(tables[c].directed[~mine], n))
        for out, name in zip(found, ("found", "directed", "exact"), strict=True):
            out[mine] = getattr(tables[best], name)[mine]
    return Scored(*found)


def print_bootstrap(
    name: str, ours: NDArray[np.float64], peer: NDArray[np.float64], states: list[str], n: int
) -> None:
    """Print the ratio of areas with its interval."""
    ratios = compare(ours, peer, states, n)
    low, high = np.quantile(ratios, [0.05, 0.95])
    ratio = recall_area(ours, n) / recall_area(peer, n)
    print(
        f"  {name:<34} {ratio:.2f} ({low:.2f} to {high:.2f}); above 1 in {np.mean(ratios > 1):.1%}, "
        f"at least 1.4 in {np.mean(ratios >= 1.4):.0%} of resamples"
    )


def print_families(evidence: Evidence, labelled: pd.DataFrame, n: int) -> None:
    """What each kind of ties is worth: without it."""
    print("\nWithout one kind of ties")
    for place, family in enumerate(evidence.families):
        left = replace(
            evidence,
            surprise=np.delete(evidence.surprise, place, axis=0),
            families=tuple(f for f in evidence.families if f != family),
        )
        print_row(family, score(rank(left), labelled), n)


def print_quiet(ranked: pd.DataFrame, quiet: pd.DataFrame) -> None:
    """Alarms and their cost at several thresholds."""
    print("\nprobability ≥   alarms   expected false   per 100 quiet state-years")
    for level in (0.9, 0.8, 0.6, HEADLINE, 0.4, 0.2):
        kept = ranked[ranked["probability"] >= level]
        mark = "  (headline)" if level == HEADLINE else ""
        print(
            f"  {level:>11.1f}   {len(kept):>6}   {kept['expected_false'].max():>14.1f}   "
            f"{quiet_alarms(kept, quiet):>10.2f}{mark}"
        )


def print_cases(ranked: pd.DataFrame, labelled: pd.DataFrame, scored: Scored, peer: Scored) -> None:
    """Each documented case: at which alarm it was found."""
    print("\ncase                          found as                 probability   alarm   peer's alarm")
    for place, case in enumerate(labelled.itertuples()):
        near = ranked[(ranked["state"] == case.state) & ((ranked["year"] - case.year).abs() <= 2)].head(1)
        said = [f"{r.year} {r.away_from or '–'} → {r.toward or '–'}" for r in near.itertuples()]
        level = [f"{p:.2f}" for p in near["probability"]]
        numbers = [
            f"{x:.0f}" if np.isfinite(x) else "–" for x in (scored.directed[place], peer.directed[place])
        ]
        label = f"{case.state} {case.year} {case.away_from or '–'} → {case.toward or '–'}"
        print(
            f"  {label:<27} {(said or ['–'])[0]:<24} {(level or [''])[0]:>10}   {numbers[0]:>7}   {numbers[1]:>10}"
        )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of source files (its realignments/ is read)")
    parser.add_argument("--closeness", action="store_true", help="also the search on fitted closeness alone")
    options = parser.parse_args()
    folder = options.data and options.data / "realignments"
    if folder is None or not folder.is_dir():
        print("Turns: needs --data with realignments/labelled.csv and quiet.csv")
        return
    labelled, quiet = (
        read_list(folder / "labelled.csv", COLUMNS),
        read_list(folder / QUIET, ("state", "from", "to")),
    )
    readings, n = packaged_readings(), state_years()
    evidence = gather_evidence(readings, load_indicators(), pole_set.ALL)
    ranked = rank(evidence)
    ours, peer = score(ranked, labelled), score(peer_alarms(), labelled)
    tables = {c: score(rank(evidence, discount=c), labelled) for c in DISCOUNTS}
    elsewhere = chosen_elsewhere(tables, labelled, n)
    states = labelled["state"].tolist()
    print(
        f"{dt.date.today():%Y-%m-%d}; {len(labelled)} documented turns, {n} state-years; alarms per 100 state-years"
    )
    print(
        f"  {'area, 1 to 6 alarms per 100':<34} right  exact  any     found at {' '.join(f'{r:>3}' for r in PER_100)}"
    )
    print_row("turns of all ties", ours, n)
    print_row("… constant chosen on other states", elsewhere, n)
    print_row("published ideal points", peer, n)
    if options.closeness:
        print_row("fitted closeness alone", score(closeness_alarms(readings), labelled), n)
    print("\nRatio of areas to the search on published ideal points (9 in 10), states resampled")
    for name in ("directed", "exact", "found"):
        print_bootstrap(
            {"directed": "direction right", "exact": "direction exact", "found": "any direction"}[name],
            getattr(elsewhere, name),
            getattr(peer, name),
            states,
            n,
        )
    print(f"\nBy the constant c (default {DISCOUNT})")
    for c, scored in tables.items():
        print_row(f"c = {c}", scored, n)
    print_families(evidence, labelled, n)
    print_quiet(ranked, quiet)
    print_cases(ranked, labelled, ours, peer)


if __name__ == "__main__":
    main()
