"""Withdrawal scenarios: Brier scores on countries left out, beside one rate for all; and what showing up is estimated from.

Usage: ``python benchmarks/eval_scenarios.py [--data FOLDER]``; it reads the packaged record alone.
"""

from __future__ import annotations

import argparse
import time

from aneroid.evaluation.withdrawals import leave_one_country_out
from aneroid.scenarios.world import build_world
from aneroid.sources import snapshot

TARGETS = {"any armed conflict": 0.118, "war": 0.078}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", help="Accepted for uniformity; the packaged snapshot is enough.")
    parser.parse_args()
    started = time.monotonic()
    conflicts = snapshot.table("conflict_years")
    supporting = conflicts["opponent"].str.contains("(supporting ", regex=False)
    own = conflicts[~supporting & (conflicts["type"] != 1)]
    world = build_world(own, snapshot.table("troops"))
    print("Withdrawal, leave-one-country-out Brier score within 5 years (lower is better)")
    print("class | outcome | cuts, hosts, events | one rate | stratum | no cut | pooled (ours) | target")
    for guarantor in ("USA", "RUS", "FRA", "GBR"):
        for before in (False, True):
            when = "known the year before" if before else "known in the year of the cut"
            for score in leave_one_country_out(world, guarantor=guarantor, before=before):
                target = f"{TARGETS[score.outcome]:.3f}" if guarantor == "USA" and not before else "-"
                print(
                    f"{guarantor}, {when} | {score.outcome} | {score.n}, {score.hosts}, "
                    f"{score.events} | {score.constant:.3f} | "
                    f"{score.by_stratum:.3f} | {score.without_cut:.3f} | {score.pooled:.3f} | {target}"
                )
    print(f"{time.monotonic() - started:.1f} s")


if __name__ == "__main__":
    main()
