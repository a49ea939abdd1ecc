"""Build a store from the packaged snapshot: under another name first, renamed when complete."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.record.store import DATABASE, create

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.sources.snapshot import SnapshotFile

Progress = Callable[[str], None]
_DEAL_COLUMNS = [
    *("deal", "supplier", "recipient", "weapon", "designation", "category", "order_year", "status", "number"),
    *("delivered", "value_usd", "value_source", "note", "citation"),
]
TABLES = ("rollcalls", "votes", "ideal_points", "conflict_years", "troops")


def build_store(folder: Path, progress: Progress) -> None:
    """Fill a new store in ``folder`` from the snapshot.

    Parameters
    ----------
    folder
        Made if absent. A store that a killed run left unfinished is begun anew.
    progress
        Called with one line a step.

    Raises
    ------
    EnvironmentProblem
        The folder cannot be written.
    """
    from aneroid.sources import snapshot

    version = snapshot.verify().version
    progress(f"Building the store {folder} from the packaged snapshot {version} …")
    part = f"{DATABASE}.{os.getpid()}.part"
    fill(folder, part, version, progress)
    if (folder / DATABASE).exists():  # another process was faster: its store is as good
        (folder / part).unlink()
    else:
        (folder / part).replace(folder / DATABASE)


def snapshot_hash() -> str:
    """A hash of the packaged snapshot: of the manifest, which holds the hash of every file."""
    from aneroid.sources import snapshot

    return snapshot.sha256_of(snapshot.folder() / snapshot.MANIFEST)


def fill(folder: Path, part: str, version: str, progress: Progress) -> None:
    """Make the file ``part`` in ``folder`` and fill it from the snapshot of this version."""
    from aneroid.sources import snapshot
    from aneroid.sources.registry import as_frame

    with create(folder, part) as store:
        with store.transaction():
            store.insert("sources", as_frame())
            store.insert("vintages", _vintages(version))
            store.insert("indicators", _indicators())
            for table in TABLES:
                rows = snapshot.table(table)
                progress(f"  {table.replace('_', ' ')}: {len(rows):,} rows")
                store.insert(table, rows)
            rows = snapshot.table("readings")
            progress(f"  readings: {len(rows):,} rows, {rows.indicator.nunique()} indicators")
            store.insert("readings", rows.merge(_vintage_of_indicator(version), on="indicator"))
            store.insert("deals", _deals())
            store.insert("facts", _facts())
            store.execute(
                "INSERT INTO meta VALUES ('snapshot', ?), ('snapshot_hash', ?)", [version, snapshot_hash()]
            )
        store.execute("CHECKPOINT")


def _indicators() -> pd.DataFrame:
    import pandas as pd

    from aneroid.sources.indicators import load_indicators

    return pd.DataFrame(
        [
            {
                "indicator": i.name,
                "label": i.label,
                "family": i.family,
                "source": i.source,
                "unit": i.unit,
                "sign": i.sign,
                "first_year": i.coverage[0],
                "last_year": i.coverage[1],
                "absence_means_none": i.absence_means_none,
                "lag_years": i.lag_years,
                "note": i.note,
            }
            for i in load_indicators()
        ]
    )


def _vintages(version: str) -> pd.DataFrame:
    """One vintage for each source: what the snapshot of this version took from it."""
    import pandas as pd

    from aneroid.sources import snapshot

    of_readings = snapshot.table("readings").merge(_indicators()[["indicator", "source"]], on="indicator")
    counts = of_readings["source"].value_counts().to_dict()
    files: dict[str, SnapshotFile] = {}
    for file in snapshot.read_manifest().files:
        for source in file.sources:
            files.setdefault(source, file)
    rows = [
        {
            "vintage": f"{source}@{version}",
            "source": source,
            "version": version,
            "sha256": file.sha256,
            "row_count": int(counts.get(source, file.rows)),
            "retrieved": datetime.fromisoformat(version),
        }
        for source, file in sorted(files.items())
    ]
    return pd.DataFrame(rows)


def _vintage_of_indicator(version: str) -> pd.DataFrame:
    table = _indicators()[["indicator", "source"]]
    return table.assign(vintage=table.source + "@" + version)[["indicator", "vintage"]]


def _deals() -> pd.DataFrame:
    import pandas as pd

    from aneroid.sources import snapshot

    frame = pd.DataFrame(snapshot.entries("deals"))
    frame["delivered"] = [
        "–".join(str(year or "…") for year in years or []) for years in frame.delivered.fillna("")
    ]
    return frame[[name for name in _DEAL_COLUMNS if name in frame]]


def _facts() -> pd.DataFrame:
    import pandas as pd

    from aneroid.sources import snapshot

    frame = pd.DataFrame(snapshot.entries("facts"))
    frame["states"] = [",".join(states) for states in frame.states]
    frame["fact"] = [f"{f.date}-{number}" for number, f in enumerate(frame.itertuples())]
    return frame.reindex(columns=["fact", "date", "states", "kind", "text", "citation"])
