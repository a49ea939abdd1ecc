"""What each step of the forecasts adds, and what it costs. Run by ``make bench``.

Deaths by country and month come with the program. The ranking of actors needs ``--data FOLDER`` with the benchmark's
folders ``tkg/ICEWS14`` and ``tkg/ICEWS18``, whose terms do not allow us to pass them on; validation days are scored.
Each task runs in a fresh process, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402 # numpy reads the number of threads when it is imported

from aneroid.evaluation.fatalities import evaluate_fatalities  # noqa: E402 # as above
from aneroid.evaluation.links import evaluate_links  # noqa: E402 # as above
from aneroid.forecasts.fatality_history import packaged_history  # noqa: E402 # as above
from aneroid.forecasts.link_features import chunks  # noqa: E402 # as above
from aneroid.forecasts.link_graph import LinkGraph  # noqa: E402 # as above
from aneroid.forecasts.link_shortlist import Scores, forecasters, mixture  # noqa: E402 # as above
from aneroid.forecasts.link_training import DayReader, learn_first_pass, move_to  # noqa: E402 # as above
from aneroid.scores.ranking import mean_rank, ranking_scores  # noqa: E402 # as above
from aneroid.tables import read_parquet, write_parquet  # noqa: E402 # as above

Row = dict[str, float]
FATALITY_STEPS = (
    ("own year",),
    ("own year", "own past"),
    ("own year", "own past", "nearest"),
    ("own year", "own past", "nearest", "overdispersed"),
)
FATALITY_COLUMNS = ("ign", "crps_log1p", "crps", "mis", "coverage", "coverage_active", "coverage_randomised")
RANKING_COLUMNS = ("mrr", "hits@1", "hits@3", "hits@10")
PEERS = {
    "ICEWS14": "published, test days: recurrency 37.4/51.5, TLogic 42.5/60.3, RE-GCN 42.1/62.7, TiRGN 44.0/63.8, "
    "CountTRuCoLa 45.0/62.0 (MRR/Hits@10)",
    "ICEWS18": "published, test days: recurrency 28.7/43.6, TLogic 29.6/48.1, TiRGN 33.7/54.2 (MRR/Hits@10)",
}


def measured(task: Callable[[], dict[str, Row]]) -> tuple[dict[str, Row], str]:
    """Run a task in a fresh process; return its rows, and its seconds and peak memory in words."""
    receiver, sender = multiprocessing.Pipe(duplex=False)

    def child() -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        rows = task()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        cost = f"{time.perf_counter() - wall:.0f} s wall, {time.process_time() - cpu:.0f} s processor, {peak:.2f} GB"
        sender.send((rows, cost))

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    sender.close()
    try:
        rows, cost = receiver.recv()
    except EOFError:
        raise SystemExit("A benchmark task failed; its message is above.") from None
    process.join()
    return rows, cost


def fatality_step(use: tuple[str, ...]) -> dict[str, Row]:
    """Score one mixture on the rolling origin: every year, and their mean."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "actuals.parquet"
        write_parquet(packaged_history(), path)
        scores = evaluate_fatalities(path, Path(folder) / "out.jsonl", use=use)
    years, mean = scores["years"], scores["mean"]
    assert isinstance(years, dict) and isinstance(mean, dict)
    return {**years, "mean": mean}


def link_steps(folder: Path, every: int) -> dict[str, Row]:
    """Score the simple designs on every few validation days, all in one pass."""
    train, valid = (
        read_parquet(folder / f"{part}.parquet")[["s", "r", "o", "t"]] for part in ("train", "valid")
    )
    names = read_parquet(folder / "entity_names.parquet").sort_values("id")["name"].tolist()
    n_relations = len(read_parquet(folder / "relation_names.parquet"))
    facts = np.concatenate([train.to_numpy(np.int64), valid.to_numpy(np.int64)])
    cut, last = int(valid["t"].min()), int(valid["t"].max())
    graph, days = LinkGraph(facts, names, n_relations), DayReader(facts, n_relations)
    weights = learn_first_pass(graph, days, cut, np.random.default_rng(0))
    ranks: dict[str, list[float]] = {}
    for day in range(cut, last + 1, every):
        move_to(graph, day)
        questions = days.questions(day)
        for part in chunks(len(questions)):
            s, r = questions.s[part], questions.r[part]
            for design, scores in designs(graph, forecasters(graph, s, r), weights, s, r).items():
                for row, answers in zip(scores, questions.answers[part], strict=True):
                    ranks.setdefault(design, []).extend(mean_rank(row, int(a), answers) for a in answers)
    return {design: ranking_scores(given) for design, given in ranks.items()}


def designs(graph: LinkGraph, scores: Scores, weights: np.ndarray, s: np.ndarray, r: np.ndarray) -> Scores:
    """Return the designs before the ranker, in the order of the steps."""
    return {
        "repeat (decayed counts)": scores["repeat"],
        "+ pair rules": scores["rule 0"] + scores["rule 1"],
        "+ all, learned weights": mixture(graph, scores, weights, s, r),
    }


def whole_run(folder: Path) -> dict[str, Row]:
    """Run the evaluation as users do, on the validation days."""
    with tempfile.TemporaryDirectory() as out:
        scores = evaluate_links(folder, folder / "valid.parquet", Path(out) / "out.jsonl")
    return {"+ ranker (whole run)": scores}


def show(rows: dict[str, Row], columns: tuple[str, ...], cost: str) -> None:
    """Print rows and what they cost."""
    for label, row in rows.items():
        print(f"  {label:30s}" + "".join(f"{row[column]:>{len(column) + 3}.3f}" for column in columns))
    print(f"  {'':30s}   {cost}")


def in_order(
    result: tuple[dict[str, Row], str], columns: tuple[str, ...]
) -> tuple[dict[str, Row], tuple[str, ...], str]:
    """Arrange a result as :func:`show` takes it."""
    return result[0], columns, result[1]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with tkg/ICEWS14 and tkg/ICEWS18")
    given = parser.parse_args()
    print("Deaths by country and month, 2018-2022, 1,000 draws")
    print(" " * 32 + "".join(f"   {column}" for column in FATALITY_COLUMNS))
    for use in FATALITY_STEPS:
        print(f"  {', '.join(use)}")
        show(*in_order(measured(lambda use=use: fatality_step(use)), FATALITY_COLUMNS))
    for name, every in (("ICEWS14", 1), ("ICEWS18", 5)):
        folder = given.data / "tkg" / name if given.data else None
        print(f"\nActor ranking, {name}, validation days (simple designs: every {every}. day)")
        if folder is None or not folder.is_dir():
            print("  needs --data")
            continue
        print(f"  {PEERS[name]}\n" + " " * 32 + "".join(f"   {column}" for column in RANKING_COLUMNS))
        show(
            *in_order(measured(lambda folder=folder, every=every: link_steps(folder, every)), RANKING_COLUMNS)
        )
        show(*in_order(measured(lambda folder=folder: whole_run(folder)), RANKING_COLUMNS))


if __name__ == "__main__":
    main()
