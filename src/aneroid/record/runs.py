"""Runs: what was computed, from which inputs, with which settings; the same question is not computed twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from aneroid.record.store import Store


def run_id(
    kind: str,
    inputs: Mapping[str, object],
    settings: Mapping[str, object],
    versions: Mapping[str, str],
    seed: int,
) -> str:
    """Name a run by what determines its result: the first 16 hex digits of a SHA-256."""
    body = json.dumps([kind, inputs, settings, versions, seed], sort_keys=True, default=str)
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def run_folder(store: Store) -> Path:
    """Folder of the results that are kept beside the database."""
    return store.folder / "fits"


def has_run(store: Store, run: str) -> bool:
    """Tell whether a run finished."""
    return store.value("SELECT 1 FROM runs WHERE run = ?", [run]) is not None


def save_run(
    store: Store,
    run: str,
    kind: str,
    *,
    inputs: Mapping[str, object],
    settings: Mapping[str, object],
    versions: Mapping[str, str],
    seed: int,
    seconds: float,
    path: Path | None,
) -> None:
    """Record the manifest of a finished run; ``path`` is inside the store's folder."""
    store.execute(
        "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            run,
            kind,
            json.dumps(inputs, sort_keys=True, default=str),
            json.dumps(settings, sort_keys=True, default=str),
            json.dumps(versions, sort_keys=True),
            seed,
            datetime.now(UTC).replace(tzinfo=None),
            seconds,
            None if path is None else path.relative_to(store.folder).as_posix(),
        ],
    )
