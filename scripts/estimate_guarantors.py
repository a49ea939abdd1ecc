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
import pandas as pd

from aneroid.evaluation.guarantors import hosts_left_out
from aneroid.guarantors.cases import WINDOW, between, within
from aneroid.guarantors.parameters import FILE, save_weights
from aneroid.guarantors.showing_up import FEATURES, estimate
from aneroid.guarantors.ties import load_ties
from aneroid.record import Store, find_store
from aneroid.sources import mid
from aneroid.sources.checks import Rejections, read_checked
from aneroid.sources.codes import from_cow
from aneroid.states.poles import ALL

COLUMNS = ["dispnum", "ccode1", "ccode2", "year", "sidea1", "orig1", "hostlev1"]
YEARS = (1947, 2014)
DEFAULT = Path(__file__).parents[1] / "src" / "aneroid" / "guarantors" / FILE


def load_disputes(folder: Path) -> pd.DataFrame:
    """Read participants of disputes, as ``aneroid.guarantors.cases.between`` wants them."""
    raw = read_checked(folder / mid.PATH, COLUMNS, source=mid.SOURCE)
    raw = raw[raw["year"].between(*YEARS)].reset_index(drop=True)
    raw["state"] = from_cow(raw, "ccode1", "year", source=mid.SOURCE, rejected=Rejections())
    raw = raw.dropna(subset="state")
    table = pd.DataFrame(
        {
            "dispute": raw["dispnum"].astype(int),
            "year": raw["year"].astype(int),
            "state": raw["state"],
            "initiator": raw["sidea1"] == 1,
            "original": raw["orig1"] == 1,
            "level": raw["hostlev1"],
        }
    )
    return table.drop_duplicates().reset_index(drop=True)


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
