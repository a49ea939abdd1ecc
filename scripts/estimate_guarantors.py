"""Estimate which ties bring a pole in, and write the packaged weights.

Usage: ``python scripts/estimate_guarantors.py --data FOLDER [--store FOLDER] [--out FILE]``. FOLDER holds
MID 5.0 as ``peacesciencer/cow_mid_dirdisps.parquet``; its rows are used and not passed on, only the weights
are. Internal conflicts come from the packaged record. Prints the weights and the log loss on hosts left
out.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from aneroid.evaluation.guarantors import hosts_left_out, load_disputes
from aneroid.guarantors.cases import WINDOW, between, within
from aneroid.guarantors.parameters import FILE, save_weights
from aneroid.guarantors.showing_up import FEATURES, estimate
from aneroid.guarantors.ties import load_ties
from aneroid.record import Store, find_store
from aneroid.states.poles import ALL

DEFAULT = Path(__file__).parents[1] / "src" / "aneroid" / "guarantors" / FILE


def main() -> None:
    """Estimate, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--out", type=Path, default=DEFAULT)
    given = parser.parse_args()
    with Store.open(find_store(given.store)) as store:
        ties = load_ties(store)
    last = int(ties.conflicts["year"].max()) - WINDOW + 1
    cases = {"between": between(ties, load_disputes(given.data)), "within": within(ties, last=last)}
    weights = {kind: estimate(each) for kind, each in cases.items()}
    for kind, found in weights.items():
        spread = np.sqrt(np.diag(found.covariance))
        print(
            f"{kind}: {found.episodes} episodes, {found.n} pairs with a pole, {found.events} in which it came"
        )
        for name, value, sd in zip([*FEATURES, "start", *ALL], found.mode, spread, strict=True):
            print(f"  {name:14s} {value:+.2f} ± {sd:.2f}")
        print(f"  {hosts_left_out(cases[kind])}")
    save_weights(weights, given.out)


if __name__ == "__main__":
    main()
