"""The packaged snapshot: what it holds, and whether its files are what the manifest says."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from aneroid.errors import AneroidError, InputError
from aneroid.tables import read_parquet

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """One file of the snapshot, as the manifest lists it."""

    name: str
    sha256: str
    bytes: int
    rows: int
    years: tuple[int, int] | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the snapshot was built from and what it holds."""

    version: str
    built_with: dict[str, str]
    inputs: tuple[dict[str, object], ...]
    files: tuple[SnapshotFile, ...]


def folder() -> Path:
    """Return the folder of the packaged snapshot."""
    return Path(str(files("aneroid.snapshot")))


def read_manifest(where: Path | None = None) -> Manifest:
    """Read the manifest.

    Parameters
    ----------
    where
        Folder of a snapshot; the packaged one by default.
    """
    raw = json.loads(((where or folder()) / MANIFEST).read_text(encoding="utf-8"))
    listed = tuple(
        SnapshotFile(
            entry["name"],
            entry["sha256"],
            entry["bytes"],
            entry["rows"],
            (entry["years"][0], entry["years"][1]) if entry["years"] else None,
            tuple(entry["sources"]),
        )
        for entry in raw["files"]
    )
    return Manifest(raw["version"], raw["built_with"], tuple(raw["inputs"]), listed)


def table(name: str, where: Path | None = None) -> pd.DataFrame:
    """Read one table of the snapshot.

    Parameters
    ----------
    name
        ``readings``, ``votes``, ``rollcalls``, ``ideal_points``, ``conflict_years`` or ``troops``.
    where
        Folder of a snapshot; the packaged one by default.

    Returns
    -------
    pandas.DataFrame
        Columns as docs/architecture.md lists them.

    Raises
    ------
    InputError
        Where the snapshot has no such table.
    """
    known = [Path(file.name).stem for file in read_manifest(where).files if file.name.endswith(".parquet")]
    if name not in known:
        raise InputError(f'The snapshot has no table "{name}". It has {", ".join(known)}.')
    return read_parquet((where or folder()) / f"{name}.parquet")


def entries(name: str, where: Path | None = None) -> list[dict[str, object]]:
    """Read one list of the snapshot: ``deals`` or ``facts``.

    Parameters
    ----------
    name
        Name of the YAML file without its ending.
    where
        Folder of a snapshot; the packaged one by default.
    """
    loaded = yaml.safe_load(((where or folder()) / f"{name}.yaml").read_text(encoding="utf-8"))
    return [dict(entry) for entry in loaded]


def verify(where: Path | None = None) -> Manifest:
    """Compare every file of a snapshot with the manifest.

    Parameters
    ----------
    where
        Folder of a snapshot; the packaged one by default.

    Returns
    -------
    Manifest
        The manifest, when every file is as it says.

    Raises
    ------
    AneroidError
        A file is missing or its bytes differ.
    """
    where = where or folder()
    manifest = read_manifest(where)
    for file in manifest.files:
        path = where / file.name
        if not path.is_file() or sha256_of(path) != file.sha256:
            raise AneroidError(
                f"{file.name} of the snapshot is missing or changed. Install the package again."
            )
    return manifest


def sha256_of(path: Path) -> str:
    """Hash a file.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    str
        SHA-256 in hexadecimal.
    """
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
