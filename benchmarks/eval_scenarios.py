"""Withdrawal scenarios and guarantors: scores on countries left out.

Usage: ``python benchmarks/eval_scenarios.py [--data FOLDER]``. The packaged record is enough, but for
disputes between states, which may not be packaged: those are scored where FOLDER holds them.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from aneroid.evaluation.guarantors import hosts_left_out, load_disputes
from aneroid.evaluation.withdrawals import leave_one_country_out
from aneroid.guarantors.cases import WINDOW, between, within
from aneroid.guarantors.ties import load_ties
from aneroid.record import Store
from aneroid.record.security import conflicts, troops
from aneroid.scenarios.world import World, build_world
from aneroid.sources import mid

TARGETS = {"any armed conflict": 0.118, "war": 0.078}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=Path("../shared/data"), help="Source files, for disputes."
    )
    given = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
        withdrawals(build_world(conflicts(store), troops(store)))
        ties = load_ties(store)
    last = int(ties.conflicts["year"].max()) - WINDOW + 1
    print("\nDoes a pole show up? Each host predicted from the others")
    print(f"wars within (packaged): {hosts_left_out(within(ties, last=last))}")
    if (given.data / mid.PATH).is_file():
        disputes = load_disputes(given.data)
        print(f"attacks and threats by states (MID 5.0): {hosts_left_out(between(ties, disputes))}")
    print(f"{time.monotonic() - started:.1f} s")


def withdrawals(world: World) -> None:
    """Print the scores of withdrawal rates."""
    print("Withdrawal, leave-one-country-out Brier score within 5 years (lower is better)")
    print("class | outcome | cuts, hosts, events | one rate | stratum | no cut | pooled (ours) | target")
    for guarantor in ("USA", "RUS", "FRA", "GBR"):
        for before in (False, True):
            when = "known the year before" if before else "known in the year of the cut"
            for score in leave_one_country_out(world, guarantor=guarantor, before=before):
                target = f"{TARGETS[score.outcome]:.3f}" if guarantor == "USA" and not before else "-"
                counts = f"{score.n}, {score.hosts}, {score.events}"
                briers = (score.constant, score.by_stratum, score.without_cut, score.pooled)
                numbers = " | ".join(f"{each:.3f}" for each in briers)
                print(f"{guarantor}, {when} | {score.outcome} | {counts} | {numbers} | {target}")


if __name__ == "__main__":
    main()
