"""How good the ideal points are, on votes and states they did not see. Run by ``make eval``.

From the snapshot alone: held-out votes by number of dimensions, recurring texts by our own matching rule, intervals on
simulated votes and across issues. With ``--data`` also agreement with the published series and recurring texts by the
published list of pairs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import tempfile
from pathlib import Path

from votes_data import Votes, arguments, load, machine

from aneroid.evaluation.ideal_points import evaluate
from aneroid.evaluation.interval_studies import issue_coverage, learned_issue_spread, simulated_coverage
from aneroid.evaluation.vote_studies import held_out, recurring
from aneroid.measures.ideal_points import DEFAULT_DIMS
from aneroid.measures.prior import Prior

SESSIONS = (55, 60, 64, 66)
DIMS = (1, 2, 3, 5, 8)
# Nothing about the forecast was decided by looking at these.
UNSEEN_SESSIONS = (48, 50, 51, 54, 56, 57, 59, 61, 62, 63, 65, 67, 68, 70, 71)


def agreement(data: Votes) -> dict[str, float] | None:
    """Agreement of one-dimensional points with the published series."""
    if data.published is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        return evaluate(data.published, Path(folder) / "points.jsonl")


def print_agreement(scores: dict[str, float] | None) -> None:
    """Print the first table."""
    print("Agreement with the published series (one dimension)")
    if scores is None:
        print("  needs --data\n")
        return
    print(
        f"  pooled r {scores['pooled_r']:.3f}; Spearman per session median {scores['spearman_median']:.3f}, "
        f"min {scores['spearman_min']:.3f}; year-on-year change r {scores['change_r']:.3f}; "
        f"{scores['n']} country-sessions, {scores['n_missing']} missing\n"
    )


def run_held_out(data: Votes) -> dict[int, dict[str, float]]:
    """Held-out votes by number of dimensions."""
    print("Held-out votes (10 %, seed 7)")
    print("  dims  log loss  contested  accuracy  calibration error")
    found = {}
    for dims in DIMS:
        found[dims] = scores = held_out(data.votes, data.rollcalls, dims=dims)
        mark = "  (default)" if dims == DEFAULT_DIMS else ""
        print(
            f"  {dims:>4}  {scores['log_loss']:>8.4f}  {scores['log_loss_contested']:>9.4f}  {scores['accuracy']:>8.4f}"
            f"  {scores['calibration_error']:>17.4f}{mark}"
        )
    base = found[1]
    print(
        f"  marginal of the roll call: {base['log_loss_marginal']:.4f}, {base['log_loss_marginal_contested']:.4f}\n"
    )
    return found


def run_recurring(data: Votes) -> dict[str, dict[int, dict[str, float]]]:
    """Next vote on recurring texts."""
    found: dict[str, dict[int, dict[str, float]]] = {}
    kinds = {"our matching rule": None} | ({} if data.pairs is None else {"published pairs": data.pairs})
    for name, pairs in kinds.items():
        print(f"Recurring texts, next session, {DEFAULT_DIMS} dimensions ({name})")
        print("  session       n  last vote   model  forecast  below last vote")
        found[name] = {}
        for session in SESSIONS:
            row = recurring(data.votes, data.rollcalls, session=session, dims=DEFAULT_DIMS, pairs=pairs)
            found[name][session] = row
            print(
                f"  {session:>7}  {row['n']:>6,}  {row['last_vote']:>9.4f}  {row['model']:.4f}  {row['forecast']:>8.4f}"
                f"  {row['gain']:>15.1%}"
            )
        print()
    if data.pairs is not None:
        print_unseen(data)
    return found


def print_unseen(data: Votes) -> None:
    """Print the same for sessions that played no part in choosing the forecast, pooled."""
    rows = [
        recurring(data.votes, data.rollcalls, session=session, dims=DEFAULT_DIMS, pairs=data.pairs)
        for session in UNSEEN_SESSIONS
    ]
    base, ours = (sum(row["n"] * row[name] for row in rows) for name in ("last_vote", "forecast"))
    gains = sorted(row["gain"] for row in rows)
    print(
        f"  {len(rows)} other sessions, published pairs: {1 - ours / base:.1%} below the last vote pooled, "
        f"{gains[0]:.0%} to {gains[-1]:.0%} by session\n"
    )


def run_intervals(data: Votes) -> dict[str, object]:
    """Coverage on simulated votes and across disjoint issues."""
    print("90 % intervals on simulated votes (150 states, 15 sessions, 90 roll calls each)")
    simulated = {}
    for dims in (1, DEFAULT_DIMS):
        size = {"repeats": 4 if dims == 1 else 2, "n_states": 150, "n_periods": 15, "n_items": 90}
        simulated[dims] = scores = simulated_coverage(dims=dims, **size)
        print(f"  {dims} dimension(s): coverage {scores['coverage']:.3f}")
    print("\n90 % intervals across disjoint issues, one dimension, states not used to set the width")
    table = issue_coverage(data.votes, data.rollcalls)
    print("  blocks         r   posterior alone         times a constant        spread over issues")
    print("                     cover  width  score     cover  width  score     cover  width  score")
    for row in table.to_dict("records"):
        parts = "     ".join(
            f"{row[f'{kind}_coverage']:.3f}  {row[f'{kind}_width']:5.2f}  {row[f'{kind}_score']:5.2f}"
            for kind in ("laplace", "blown_up", "spread")
        )
        print(f"  {row['pair']:<11} {row['r']:.2f}  {parts}")
    learned = learned_issue_spread(data.votes, data.rollcalls)
    print(
        f"  share of spread learned on all states: {learned:.3f}; default of Prior.issue_spread: {Prior().issue_spread}"
    )
    return {
        "simulated": simulated,
        "across_issues": table.to_dict("records"),
        "learned_issue_spread": learned,
    }


def main() -> None:
    """Print the tables; with ``--out`` write them as JSON too."""
    parser: argparse.ArgumentParser = arguments(__doc__ or "")
    parser.add_argument("--out", type=Path, help="write the figures to this JSON file")
    options = parser.parse_args()
    data = load(options.data)
    print(f"{dt.date.today():%Y-%m-%d}, {machine()}\n")
    scores = agreement(data)
    print_agreement(scores)
    results = {
        "when": f"{dt.date.today():%Y-%m-%d}",
        "published": scores,
        "held_out": run_held_out(data),
        "recurring": run_recurring(data),
        **run_intervals(data),
    }
    if options.out:
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
