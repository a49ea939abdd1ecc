"""Votes for benchmarks: the packaged snapshot; with ``--data`` also full descriptions and published series."""

from __future__ import annotations

import argparse
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.measures.verbs import packaged_votes
from aneroid.tables import read_parquet

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Votes:
    """Votes, roll calls, and where the source folder was given, published points and pairs of repeated texts."""

    votes: pd.DataFrame
    rollcalls: pd.DataFrame
    published: Path | None
    pairs: pd.DataFrame | None


def arguments(description: str) -> argparse.ArgumentParser:
    """Return a parser with the option that all scripts share."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "--data", type=Path, help="folder of source files (its unga/ is read); without it, the snapshot alone"
    )
    return parser


def load(data: Path | None) -> Votes:
    """Read the votes; session 19 (one roll call) and Zanzibar (two votes) are left out."""
    import pandas as pd

    votes, calls = packaged_votes()
    if data is None:
        return Votes(votes, calls, None, None)
    folder = data / "unga"
    raw = read_parquet(folder / "unvotes_un_roll_calls.parquet", ["rcid", "descr", "short"]).set_index("rcid")
    text = raw["descr"].fillna(raw["short"])
    return Votes(
        votes,
        calls.assign(title=calls["rcid"].map(text)),
        folder / "idealpoints_all_session_apr2020.parquet",
        pd.read_csv(folder / "bsv_matches.csv"),
    )


def machine() -> str:
    """Name the machine: processor as the system reports it, and the Python release."""
    info = Path("/proc/cpuinfo")
    names = (
        [
            line.split(":")[1].strip()
            for line in info.read_text().splitlines()
            if line.startswith("model name")
        ]
        if info.exists()
        else []
    )
    return f"{names[0] if names else platform.processor()}, Python {platform.python_version()}, one thread"
