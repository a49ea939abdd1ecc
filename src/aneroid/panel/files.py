"""Write a panel as CSV, Parquet, Stata or JSON Lines, its codebook, and the citations of what it used.

All four hold the same numbers, rounded to six decimals. Text is ASCII, so that no program has to be told an
encoding: a byte-order mark would help one and become part of the first column's name in another. The same panel gives the
same bytes; the date inside a Stata file is that of the newest source.
"""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.errors import EnvironmentProblem, InputError
from aneroid.licences import Redistribute, Terms, check_export

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.panel.build import Panel

SUFFIXES = (".csv", ".parquet", ".dta", ".jsonl")
LONGEST_NAME = 32  # of a variable in Stata
LONGEST_LABEL = 80
EXCEL_ROWS = 1_048_576


def write_panel(panel: Panel, path: Path, citations: pd.DataFrame) -> int:
    """Write a panel, ``<name>.codebook.csv`` and ``CITATION.bib`` beside it.

    Parameters
    ----------
    panel
        What to write.
    path
        Ends in .csv, .parquet, .dta or .jsonl. CSV and JSON Lines are written block by block; the other two need the
        whole panel in memory.
    citations
        The sources it used, as :func:`aneroid.record.citations.cited` gives them.

    Returns
    -------
    int
        Rows written.

    Raises
    ------
    InputError
        The ending is none of these, or the terms of a source forbid it.
    EnvironmentProblem
        The folder cannot be written.
    """
    if path.suffix not in SUFFIXES:
        raise InputError(f'"{path}" must end in {", ".join(SUFFIXES)}.')
    for row in citations.to_dict("records"):
        terms = Terms(
            str(row["source"]),
            str(row["licence"]),
            Redistribute(str(row["redistribute"])),
            str(row["commercial"]),
            str(row["citation"]),
        )
        check_export(terms, raw_rows=False)
    part = path.with_name(path.name + ".part")
    try:
        rows = _write(panel, part, path.suffix, citations)
        part.replace(path)
        _codebook(panel, path.with_suffix(".codebook.csv"))
        _citations(citations, path.with_name("CITATION.bib"))
    except OSError as problem:
        part.unlink(missing_ok=True)
        raise EnvironmentProblem(
            f"Cannot write {path}: {problem.strerror}. Choose a folder that exists and that you may write to."
        ) from problem
    return rows


def _write(panel: Panel, part: Path, suffix: str, citations: pd.DataFrame) -> int:
    if suffix == ".csv":
        return _stream(
            panel, part, lambda block, first: block.to_csv(index=False, header=first, lineterminator="\n")
        )
    if suffix == ".jsonl":
        return _stream(
            panel, part, lambda block, first: block.to_json(orient="records", lines=True, double_precision=10)
        )
    frame = panel.frame()
    if suffix == ".parquet":
        from aneroid.tables import write_parquet

        write_parquet(frame, part)
    else:
        _stata(panel, frame, part, citations)
    return len(frame)


def _stream(panel: Panel, part: Path, render) -> int:  # type: ignore[no-untyped-def]  # a local callable
    rows = 0
    with part.open("w", encoding="ascii", newline="") as stream:
        for block in panel.blocks():
            stream.write(render(block, rows == 0))
            rows += len(block)
    return rows


def _stata(panel: Panel, frame: pd.DataFrame, part: Path, citations: pd.DataFrame) -> None:
    long = [name for name in frame if len(str(name)) > LONGEST_NAME]
    if long:
        raise InputError(f"Stata allows {LONGEST_NAME} letters in a name; {long[0]} has more. Write Parquet.")
    labels = {str(name): _ascii(panel.labels[str(name)])[:LONGEST_LABEL] for name in frame}
    newest = max(str(date) for date in citations["retrieved"]) if len(citations) else "2000-01-01"
    frame.to_stata(
        part,
        write_index=False,
        version=118,
        variable_labels=labels,
        data_label=f"Aneroid panel, {panel.spec.unit}",
        time_stamp=datetime.fromisoformat(newest),
    )


def _codebook(panel: Panel, path: Path) -> None:
    """One row a variable; what the values of a flag mean stands in the page on panels."""
    with path.open("w", encoding="ascii", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["variable", "label"])
        writer.writerows([name, _ascii(label)] for name, label in panel.labels.items())
        writer.writerow(["(unit)", _ascii(panel.scale)])


def _citations(citations: pd.DataFrame, path: Path) -> None:
    from aneroid.record.citations import bibliography

    path.write_text(bibliography(citations) + "\n", encoding="utf-8", newline="\n")


def _ascii(text: str) -> str:
    from aneroid.panel.units import plain

    return plain(text.replace("–", "-").replace("−", "-").replace("’", "'"))
