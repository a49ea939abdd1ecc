"""The evaluation task ``links``: who acts on whom next, in a temporal knowledge graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.errors import InputError
from aneroid.forecasts.links import COLUMNS, rank_links
from aneroid.scores.ranking import ranking_scores
from aneroid.tables import read_parquet

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.forecasts.link_training import Progress


def evaluate_links(
    folder: Path, test_file: Path, predictions_path: Path, *, seed: int = 0, progress: Progress | None = None
) -> dict[str, float | int]:
    """Rank the true actors of every fact of a file and write the ranks down.

    Parameters
    ----------
    folder
        Holds ``train.parquet``, ``entity_names.parquet``, ``relation_names.parquet`` and, where there is one,
        ``valid.parquet``: history as far as it lies before the first test day.
    test_file
        Parquet with ``s, r, o, t``. Facts of earlier test days are history of later ones.
    predictions_path
        Written: a JSON object a line for every fact of the test file in its order, duplicates kept:
        ``s, r, o, t, rank_tail, rank_head``.
    seed
        Of the samples and the networks.
    progress
        Called with days done and days in all.

    Returns
    -------
    dict
        ``n``, ``mrr``, ``hits@1``, ``hits@3``, ``hits@10`` over both directions, and ``mrr_tail``, ``mrr_head``.
        Time-aware filter, mean rank on ties.

    Raises
    ------
    InputError
        A file is missing, lacks a column or has ids without a name.
    """
    history = _facts(folder / "train.parquet")
    if (folder / "valid.parquet").is_file():
        history = _joined(history, _facts(folder / "valid.parquet"))
    names = _names(folder / "entity_names.parquet")
    relations = _names(folder / "relation_names.parquet")
    ranks = rank_links(history, _facts(test_file), names, len(relations), seed=seed, progress=progress)
    with predictions_path.open("w", encoding="utf-8") as out:
        for record in ranks.to_dict(orient="records"):
            out.write(json.dumps(record) + "\n")
    tail, head = ranks["rank_tail"].to_numpy(), ranks["rank_head"].to_numpy()
    return {
        "n": len(ranks),
        **ranking_scores([*tail, *head]),
        "mrr_tail": ranking_scores(tail)["mrr"],
        "mrr_head": ranking_scores(head)["mrr"],
    }


def _joined(*parts: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    return pd.concat(parts, ignore_index=True)


def _table(path: Path, columns: list[str]) -> pd.DataFrame:
    if not path.is_file():
        raise InputError(
            f"There is no file {path}; give a folder and a test file in the layout of train.parquet."
        )
    frame = read_parquet(path)
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise InputError(f"{path.name} lacks the column {', '.join(missing)}; it needs {', '.join(columns)}.")
    if frame[columns].isna().to_numpy().any():
        raise InputError(f"{path.name} has empty cells in {', '.join(columns)}; remove those rows.")
    return frame[columns]


def _facts(path: Path) -> pd.DataFrame:
    return _table(path, COLUMNS)


def _names(path: Path) -> list[str]:
    table = _table(path, ["id", "name"]).sort_values("id")
    if table["id"].tolist() != list(range(len(table))):
        raise InputError(f"The ids in {path.name} do not run from 0 without a gap; number the names so.")
    return [str(name) for name in table["name"]]
