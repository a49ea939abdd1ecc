"""The evaluation task ``ideal-points``: our one-dimensional positions beside a given series."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.measures.published import compare_series
from aneroid.measures.verbs import fit_packaged
from aneroid.states import ids_for_cow

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

COLUMNS = ("ccode", "session", "point")
# Session 1 met in 1946, and each one since opens in the following year's autumn.
_SESSION_TO_YEAR = 1945
_SEAT_OF_CHINA = {"TWN": "CHN"}


def evaluate(path: Path, predictions: Path, *, seed: int = 0) -> dict[str, float]:
    """Set our positions beside a given series and write them down.

    Parameters
    ----------
    path
        CSV or Parquet with ``ccode`` (Correlates of War), ``session`` and ``point``. Points serve for scoring
        alone.
    predictions
        Written: one JSON object a line for every input row in order, ``ccode, session, point, lo90, hi90``
        (null where the state casts no vote in that session). Positions have mean 0 and standard deviation 1
        over the whole record; higher is closer to the United States.
    seed
        Seed of the posterior draws.

    Returns
    -------
    dict
        ``n``, ``n_missing``, ``pooled_r``, ``spearman_median``, ``spearman_min``, ``change_r``.

    Raises
    ------
    InputError
        The file cannot be read or lacks a column.
    """
    given = _read(path)
    fitted = fit_packaged(dims=1, seed=seed).frame()
    scale, centre = fitted["point"].std(), fitted["point"].mean()
    for column in ("point", "lo90", "hi90"):
        fitted[column] = (fitted[column] - centre) / scale
    keys = _keys(given, fitted)
    joined = keys.merge(fitted, left_on=["state", "session"], right_on=["state", "period"], how="left")
    _write(joined, predictions)
    joined["period"] = joined["session"]
    # A code, not a series, is the unit of the given table: changes are taken within it.
    joined["state"] = joined["ccode"]
    agreement = compare_series(joined, theirs="given")
    return {**agreement.as_dict(), "n_missing": int(joined["point"].isna().sum())}


def _read(path: Path) -> pd.DataFrame:
    import duckdb
    import pandas as pd

    if not path.is_file():
        raise InputError(f"There is no file {path}; give a CSV or Parquet table with {', '.join(COLUMNS)}.")
    try:
        frame = (
            pd.read_csv(path)
            if path.suffix.lower() in {".csv", ".txt"}
            else duckdb.read_parquet(str(path)).df()
        )
    except (duckdb.Error, ValueError) as problem:
        raise InputError(
            f"{path} is neither CSV nor Parquet ({problem}); give a table of either kind."
        ) from problem
    # Published files write IdealPoint; the task asks for point.
    frame = frame.rename(columns={"IdealPoint": "point"})
    missing = [name for name in COLUMNS if name not in frame]
    if missing:
        raise InputError(f"{path} lacks the column {', '.join(missing)}; it needs {', '.join(COLUMNS)}.")
    return frame[list(COLUMNS)]


def _keys(given: pd.DataFrame, fitted: pd.DataFrame) -> pd.DataFrame:
    """Input rows with the state id under which we hold their votes."""
    keys = given.rename(columns={"point": "given"}).reset_index(drop=True)
    years = keys["session"].to_numpy() + _SESSION_TO_YEAR
    ids = np.asarray(ids_for_cow(keys["ccode"].to_numpy(), years), dtype=object)
    later = np.asarray(ids_for_cow(keys["ccode"].to_numpy(), years + 1), dtype=object)
    held = set(zip(fitted["state"], fitted["period"], strict=True))
    sessions = keys["session"].tolist()
    keys["state"] = [
        next((s for s in (a, b, _SEAT_OF_CHINA.get(str(a))) if (s, session) in held), a)
        for a, b, session in zip(ids, later, sessions, strict=True)
    ]
    return keys


def _write(joined: pd.DataFrame, predictions: Path) -> None:
    numbers = joined[["point", "lo90", "hi90"]].round(6).astype(object).where(joined["point"].notna(), None)
    rows = zip(joined["ccode"].tolist(), joined["session"].tolist(), numbers.to_dict("records"), strict=True)
    lines = [json.dumps({"ccode": int(code), "session": int(session), **row}) for code, session, row in rows]
    predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
