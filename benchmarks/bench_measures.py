"""Speed and memory of the vote measures, beside what peers need on the same votes.

Run by ``make bench``. Times are processor seconds of one thread (and wall seconds); each task runs in a fresh process, so
that its peak memory is its own. emIRT is run in the same session where R and the package are present, else its recorded
time is quoted with its date. The per-pair loop always runs, on every tenth session.
"""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402 # numpy reads the number of threads when it is imported
import pandas as pd  # noqa: E402 # as above
from votes_data import Votes, arguments, load, machine  # noqa: E402 # as above

from aneroid.measures.dyads import dyad_similarity  # noqa: E402 # as above
from aneroid.measures.ideal_points import DEFAULT_DIMS, ideal_points  # noqa: E402 # as above
from aneroid.measures.simulate import simulate_votes  # noqa: E402 # as above

EMIRT_RECORDED = {
    "seconds": 7.5,
    "when": "2026-11",
    "what": "emIRT dynIRT, binary, points only, one core, recorded in an earlier run on two AMD cores",
}
MEASURES = ("s_absolute", "s_squared", "kappa_squared", "pi_absolute", "pi_squared")
FRACTIONS = (0.1, 0.25, 0.5, 0.75, 1.0)


def measured(task: Callable[[], dict[str, float]]) -> dict[str, float]:
    """Run a task in a fresh process; return its result with processor and wall seconds and peak memory."""
    receiver, sender = multiprocessing.Pipe(duplex=False)

    def child() -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        result = task()
        seconds = {"cpu_s": time.process_time() - cpu, "wall_s": time.perf_counter() - wall}
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        sender.send({**result, **seconds, "peak_gb": peak})

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    sender.close()  # so that a failed task ends the wait
    result: dict[str, float] = receiver.recv()
    process.join()
    return result


def fit_task(data: Votes, dims: int) -> dict[str, float]:
    """Whole record: linking texts, points, intervals and 300 joint draws."""
    fit = ideal_points(data.votes, data.rollcalls, dims=dims, draws=300, seed=7)
    return {
        "votes": float(fit.record.n_votes.sum()),
        "rounds": fit.mode.iterations,
        "converged": float(fit.converged),
    }


def similarity_task(data: Votes) -> dict[str, float]:
    """Five measures for all dyads and sessions, from table to table."""
    frame = portfolios(data)
    start = time.process_time()
    dyads = len(dyad_similarity(frame, measures=MEASURES))
    return {"dyads": float(dyads), "own_cpu_s": time.process_time() - start}


def portfolios(data: Votes) -> pd.DataFrame:
    """Votes as ``period, state, item, level``."""
    frame = data.votes.merge(data.rollcalls[["rcid", "session"]], on="rcid")
    return frame.rename(columns={"session": "period", "rcid": "item", "vote": "level"})


def loop_task(data: Votes) -> dict[str, float]:
    """The same five measures pair by pair, on every tenth session."""
    frame = portfolios(data)
    chosen = sorted(frame["period"].unique())[::10]
    ours = dyad_similarity(frame[frame["period"].isin(chosen)], measures=MEASURES)
    ours = ours.set_index(["period", "state_a", "state_b"])[list(MEASURES)].astype(float)
    start, largest, pairs = time.process_time(), 0.0, 0
    found = []
    for period in chosen:
        wide = (
            frame[frame["period"] == period].pivot(index="state", columns="item", values="level").sort_index()
        )
        values = wide.to_numpy(dtype=float)
        for i in range(len(values)):
            for j in range(i + 1, len(values)):
                scores = one_pair(values[i], values[j])
                if scores is not None:
                    found.append(((period, wide.index[i], wide.index[j]), scores))
        pairs = len(found)
    seconds = time.process_time() - start
    stored = ours.to_numpy()
    rows = ours.index.get_indexer([key for key, _ in found])
    largest = float(np.nanmax(np.abs(stored[rows] - np.array([scores for _, scores in found]))))
    return {"pairs": float(pairs), "own_cpu_s": seconds, "largest_difference": largest}


def one_pair(a: np.ndarray, b: np.ndarray) -> list[float] | None:
    """Compute the five measures of one pair by their definition."""
    seen = ~np.isnan(a) & ~np.isnan(b)
    if not seen.any():
        return None
    a, b = a[seen], b[seen]
    d = np.abs(a - b)
    both = np.concatenate([a, b])
    own_squared = ((a[:, None] - b[None]) ** 2).mean()
    share = np.array([(both == level).mean() for level in (1, 2, 3)])
    pooled = np.abs(np.subtract.outer([1, 2, 3], [1, 2, 3]))
    expected_abs, expected_squared = share @ pooled @ share, share @ pooled**2 @ share

    def corrected(seen_distance: float, expected: float) -> float:
        return 1.0 if seen_distance == 0 else 1 - seen_distance / expected

    return [
        1 - d.mean(),
        1 - (d**2).mean() / 2,
        corrected((d**2).mean(), own_squared),
        corrected(d.mean(), expected_abs),
        corrected((d**2).mean(), expected_squared),
    ]


def emirt(data: Votes) -> dict[str, object]:
    """Run emIRT on the same votes where R has it; otherwise return the recorded time."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        return {**EMIRT_RECORDED, "ran": False}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "votes.csv"
        frame = data.votes.merge(data.rollcalls[["rcid", "session"]], on="rcid")
        frame[["state", "rcid", "session", "vote"]].to_csv(path, index=False)
        script = Path(__file__).with_name("emirt.R")
        done = subprocess.run([rscript, str(script), str(path)], capture_output=True, text=True, check=False)
    if done.returncode:
        return {**EMIRT_RECORDED, "ran": False}
    return {
        "seconds": float(done.stdout.split()[-1]),
        "when": f"{dt.date.today():%Y-%m-%d}",
        "what": "emIRT dynIRT, this run",
        "ran": True,
    }


def cost_against_size(data: Votes) -> list[dict[str, float | str]]:
    """Time of a one-dimensional fit with draws, against shares of roll calls and of states, and ten times the record."""
    rows: list[dict[str, float | str]] = []
    rng = np.random.default_rng(7)
    states = np.sort(data.votes["state"].unique())
    for share in FRACTIONS:
        calls = data.rollcalls[rng.random(len(data.rollcalls)) < share]
        some = Votes(data.votes[data.votes["rcid"].isin(calls["rcid"])], calls, None, None)
        rows.append({"what": f"{share:.0%} of roll calls", **measured(lambda some=some: fit_task(some, 1))})
    for share in FRACTIONS[:-1]:
        # The five permanent members stay, so that every sample has the poles.
        chosen = set(states[rng.random(len(states)) < share]) | {"USA", "RUS", "CHN", "GBR", "FRA"}
        some = Votes(data.votes[data.votes["state"].isin(chosen)], data.rollcalls, None, None)
        rows.append({"what": f"{share:.0%} of states", **measured(lambda some=some: fit_task(some, 1))})
    made = simulate_votes(400, 74, 325, absent=0.1, seed=7)
    rows.append(
        {
            "what": "ten times the record (simulated)",
            **measured(lambda: fit_task(Votes(made.votes, made.rollcalls, None, None), 1)),
        }
    )
    return rows


def draw_cost(rows: list[dict[str, float | str]], path: Path) -> None:
    """Draw seconds against votes, both as powers of ten, titled with what ten times the record costs."""
    import vl_convert

    whole = next(row for row in rows if row["what"] == "100% of roll calls")
    ratio = float(rows[-1]["cpu_s"]) / float(whole["cpu_s"])
    kinds = {
        "of roll calls": "share of roll calls",
        "of states": "share of states",
        "simulated": "ten times the record",
    }
    values = [
        {**row, "kind": next(kind for mark, kind in kinds.items() if mark in str(row["what"]))}
        for row in rows
    ]
    shared = {"type": "quantitative", "scale": {"type": "log"}}
    spec = {
        "title": {
            "text": f"Ten times the votes take {ratio:.1f} times as long",
            "subtitle": "One dimension, 300 joint draws, one thread",
            "anchor": "start",
        },
        "width": 520,
        "height": 300,
        "data": {"values": values},
        "mark": {"type": "point", "filled": True, "size": 80},
        "encoding": {
            "x": {"field": "votes", "title": "votes", **shared},
            "y": {"field": "cpu_s", "title": "processor seconds", **shared},
            "shape": {"field": "kind", "title": None},
            "color": {"field": "kind", "title": None, "scale": {"range": ["#005EA5", "#B35900", "#3D3D3D"]}},
        },
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(vl_convert.vegalite_to_svg(spec) + "\n", encoding="utf-8")


def main() -> None:
    """Print the tables; with ``--out`` write them as JSON too."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--out", type=Path, help="write the figures to this JSON file")
    parser.add_argument("--chart", type=Path, help="draw cost against size into this SVG file")
    parser.add_argument("--quick", action="store_true", help="leave out the chart of cost against size")
    options = parser.parse_args()
    data = load(options.data)
    results: dict[str, object] = {"when": f"{dt.date.today():%Y-%m-%d}", "machine": machine()}
    print(f"{results['when']}, {results['machine']}\n")
    rival = emirt(data)
    fits = {dims: measured(lambda dims=dims: fit_task(data, dims)) for dims in (1, DEFAULT_DIMS)}
    print("Ideal points, whole record, ordinal, bridged, with 300 joint draws")
    for dims, row in fits.items():
        print(
            f"  {dims} dimension(s): {row['cpu_s']:.2f} s processor, {row['wall_s']:.2f} s wall, "
            f"{row['peak_gb']:.2f} GB peak, {row['votes']:,.0f} votes, {row['rounds']:.0f} rounds"
        )
    ratio = float(str(rival["seconds"])) / fits[1]["cpu_s"]
    print(f"  {rival['what']} ({rival['when']}): {rival['seconds']} s; ours is {ratio:.1f} times as fast\n")
    fast, slow = measured(lambda: similarity_task(data)), measured(lambda: loop_task(data))
    per_pair = slow["own_cpu_s"] / slow["pairs"]
    print(f"Similarity, five measures, {fast['dyads']:,.0f} dyad-sessions")
    print(f"  matrix products: {fast['own_cpu_s']:.2f} s processor, {fast['peak_gb']:.2f} GB peak")
    print(
        f"  per-pair loop: {1e6 * per_pair:.0f} µs a pair on {slow['pairs']:,.0f} pairs, "
        f"{per_pair * fast['dyads']:.0f} s for all: {per_pair * fast['dyads'] / fast['own_cpu_s']:.0f} times as long; "
        f"largest difference {slow['largest_difference']:.1e}\n"
    )
    results |= {"fits": fits, "emirt": rival, "similarity": fast, "per_pair_loop": slow}
    if not options.quick:
        results["cost_against_size"] = rows = cost_against_size(data)
        print("Cost against size (one dimension, 300 draws)")
        for row in rows:
            print(
                f"  {row['what']:<34} {row['votes']:>11,.0f} votes {row['cpu_s']:>7.2f} s {row['peak_gb']:>6.2f} GB"
            )
        if options.chart:
            draw_cost(rows, options.chart)
    if options.out:
        options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
