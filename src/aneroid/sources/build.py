"""Build the snapshot from a directory of source files: read, derive, write, and list all in the manifest.

Same inputs and same releases of DuckDB and NumPy give the same bytes: no clock, no random numbers, one
thread, sorted rows.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from aneroid.errors import AneroidError, InputError
from aneroid.sources import atop, dcad, gsdb, ideal_points, mid, sipri, trade, troops, ucdp, unga
from aneroid.sources.checks import Rejections
from aneroid.sources.indicators import load_indicators
from aneroid.sources.registry import load_registry
from aneroid.sources.snapshot import MANIFEST, folder, sha256_of
from aneroid.tables import write_parquet

if TYPE_CHECKING:
    import pandas as pd

# The day on which the inputs were taken; raised by hand when they change.
SNAPSHOT_VERSION = "2026-11-22"
LISTS = ("indicators.yaml", "deals.yaml", "facts.yaml")
INPUTS = (
    unga.VOTES, unga.ROLLCALLS, unga.ISSUES, ideal_points.PATH, ucdp.PATH, troops.PATH, atop.PATH,
    sipri.REGISTER, sipri.DELIVERIES, dcad.PATH, gsdb.PATH, mid.PATH, trade.FLOWS, trade.ECONOMY,
    trade.DISTANCE,
)  # fmt: skip
Progress = Callable[[str], None]


@dataclass
class Build:
    """What a build wrote and what it turned away."""

    files: list[dict[str, object]] = field(default_factory=list)
    rejected: Rejections = field(default_factory=Rejections)


def build_snapshot(data: Path, out: Path, progress: Progress, link: unga.LinkRepeated) -> Build:
    """Build every file of the snapshot.

    Parameters
    ----------
    data
        Directory with the source files, laid out as ``INPUTS`` says.
    out
        Directory to write to; the YAML lists are copied there from the package if it is another one.
    progress
        Called with one line for each step.
    link
        The rule that says which roll calls repeat a text. It is handed in because it lives among the measures,
        which this layer does not know.

    Returns
    -------
    Build
        Files with their rows, and the rejected rows.

    Raises
    ------
    InputError
        A source file is missing or its header has changed.
    """
    missing = [name for name in INPUTS if not (data / name).is_file()]
    if missing:
        raise InputError(
            f"Missing in {data}: {', '.join(missing)}. Give the directory of the source files with --data."
        )
    out.mkdir(parents=True, exist_ok=True)
    build = Build()
    _write_votes(data, out, build, progress, link)
    points, hosts = _write_tables(data, out, build, progress)
    readings = _readings(data, points, hosts, build.rejected, progress)
    _write(readings, out, "readings", _reading_sources(readings), build)
    for name in LISTS:
        if out.resolve() != folder().resolve():
            shutil.copyfile(folder() / name, out / name)
        _list_file(out / name, build)
    _write_manifest(data, out, build)
    return build


def _write_votes(data: Path, out: Path, build: Build, progress: Progress, link: unga.LinkRepeated) -> None:
    progress("Roll calls and votes of the General Assembly")
    rollcalls = unga.load_rollcalls(data / unga.ROLLCALLS, data / unga.ISSUES)
    votes = unga.load_votes(data / unga.VOTES, rollcalls, build.rejected)
    counted = unga.count_answers(rollcalls, votes)
    numbered = unga.number_texts(counted, data / unga.ROLLCALLS, link)
    _write(numbered, out, "rollcalls", [unga.SOURCE], build)
    years = rollcalls.set_index("rcid")["year"]
    _write(votes, out, "votes", [unga.SOURCE], build, years=(int(years.min()), int(years.max())))


def _write_tables(
    data: Path, out: Path, build: Build, progress: Progress
) -> tuple[pd.DataFrame, pd.DataFrame]:
    progress("Ideal points, armed conflicts, troops")
    points = ideal_points.load(data / ideal_points.PATH, build.rejected)
    _write(points, out, "ideal_points", [ideal_points.SOURCE], build)
    _write(ucdp.load(data / ucdp.PATH, build.rejected), out, "conflict_years", [ucdp.SOURCE], build)
    hosts = troops.load(data / troops.PATH, build.rejected)
    _write(hosts, out, "troops", [troops.SOURCE], build)
    return points, hosts


def _readings(
    data: Path, points: pd.DataFrame, hosts: pd.DataFrame, rejected: Rejections, progress: Progress
) -> pd.DataFrame:
    """Derive every indicator and put the readings in one order."""
    import pandas as pd

    parts = [ideal_points.derive(points, rejected), troops.derive(hosts, rejected)]
    progress("Alliances, agreements, disputes")
    parts.append(atop.derive(atop.load(data / atop.PATH, rejected), rejected))
    parts.append(dcad.derive(dcad.load(data / dcad.PATH, rejected), rejected))
    parts.append(mid.derive(mid.load(data / mid.PATH, rejected), rejected))
    progress("Arms transfers")
    parts.append(sipri.derive(sipri.load(data / sipri.REGISTER, data / sipri.DELIVERIES, rejected), rejected))
    progress("Sanctions")
    parts.append(gsdb.derive(gsdb.load(data / gsdb.PATH, rejected), rejected))
    progress("Trade")
    flows = trade.load(data / trade.FLOWS, data / trade.ECONOMY, data / trade.DISTANCE, rejected)
    parts.append(trade.derive(flows, rejected))
    readings = pd.concat(parts, ignore_index=True).astype({"year": "int16"})
    declared = {indicator.name: indicator.coverage for indicator in load_indicators()}
    for name, years in readings.groupby("indicator")["year"]:
        found = (int(years.min()), int(years.max()))
        if declared.get(str(name)) != found:
            raise AneroidError(
                f"Readings {name} run {found}, indicators.yaml says {declared.get(str(name))}."
            )
    return readings.sort_values(["indicator", "pole", "state", "year"], ignore_index=True)


def _reading_sources(readings: pd.DataFrame) -> list[str]:
    used = set(readings["indicator"])
    return sorted({indicator.source for indicator in load_indicators() if indicator.name in used})


def _write(
    frame: pd.DataFrame,
    out: Path,
    name: str,
    sources: list[str],
    build: Build,
    *,
    years: tuple[int, int] | None = None,
) -> None:
    path = out / f"{name}.parquet"
    write_parquet(frame, path)
    span = years or (int(frame["year"].min()), int(frame["year"].max()))
    build.files.append(_entry(path, len(frame), span, sources))


def _list_file(path: Path, build: Build) -> None:
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    sources = sorted({entry.get("source", "register") for entry in entries})
    build.files.append(_entry(path, len(entries), None, sources))


def _entry(path: Path, rows: int, years: tuple[int, int] | None, sources: list[str]) -> dict[str, object]:
    unknown = set(sources) - set(load_registry())
    if unknown:
        raise AneroidError(
            f"{path.name} names sources without an entry in registry.yaml: {', '.join(sorted(unknown))}."
        )
    return {
        "name": path.name,
        "sha256": sha256_of(path),
        "bytes": path.stat().st_size,
        "rows": rows,
        "years": list(years) if years else None,
        "sources": sources,
    }


def _write_manifest(data: Path, out: Path, build: Build) -> None:
    inputs = [
        {"path": name, "sha256": sha256_of(data / name), "bytes": (data / name).stat().st_size}
        for name in sorted(INPUTS)
    ]
    manifest = {
        "version": SNAPSHOT_VERSION,
        "built_with": {name: version(name) for name in ("duckdb", "numpy", "pandas")},
        "inputs": inputs,
        "files": build.files,
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (out / MANIFEST).write_text(text, encoding="utf-8")
