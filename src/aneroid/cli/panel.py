"""`aneroid panel`: a variable for a regression, with intervals, coverage flags and citations."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aneroid.cli.output import QuietOption, StoreOption, notes
from aneroid.errors import InputError


class Unit(StrEnum):
    """What one row is."""

    STATE_YEAR = "state-year"
    DYAD_YEAR = "dyad-year"


class Codes(StrEnum):
    """Code systems."""

    ISO3 = "iso3"
    COW = "cow"
    GW = "gw"


def panel(
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="File to write: .csv, .parquet, .dta (Stata 14 on) or .jsonl."),
    ],
    unit: Annotated[
        Unit, typer.Option(help="One row a state and year, or a state, pole and year (directed).")
    ] = Unit.STATE_YEAR,
    codes: Annotated[Codes, typer.Option(help="Codes of states, resolved with the year.")] = Codes.ISO3,
    years: Annotated[
        str, typer.Option(help="First and last year, for instance 1992:2020; all by default.")
    ] = "",
    poles: Annotated[
        str, typer.Option("--poles", help="Poles, comma-separated. Default: the setting poles.")
    ] = "",
    draws: Annotated[int, typer.Option(min=0, help="Joint posterior draws of closeness, a column each.")] = 0,
    without: Annotated[
        str, typer.Option(help="Families of indicators to leave out of the estimate, comma-separated.")
    ] = "",
    indicators: Annotated[
        bool, typer.Option("--indicators", help="Add the derived indicators with their coverage flags.")
    ] = False,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write closeness and lean of all states as a panel for a regression, with intervals and citations."""
    from aneroid.cli.asking import pole_ids
    from aneroid.orientation.desk import families, load_fit
    from aneroid.panel import PanelSpec, build_panel, write_panel
    from aneroid.panel.files import EXCEL_ROWS, SUFFIXES
    from aneroid.record import Store, find_store
    from aneroid.record.citations import cited
    from aneroid.record.readings import readings
    from aneroid.sources.indicators import load_indicators

    if output.suffix not in SUFFIXES:
        raise InputError(f'"{output}" must end in {", ".join(SUFFIXES)}.')
    chosen, dropped = pole_ids(poles), families(without)
    folder = find_store(store)
    fitted = load_fit(folder, lambda line: notes([line], quiet=quiet), without=dropped)
    spec = PanelSpec(unit.value, codes.value, span(years, fitted.years), chosen, draws, indicators)
    with Store.open(folder) as opened:
        made = build_panel(fitted, spec.checked(), readings(opened), load_indicators())
        citations = cited(opened, made.sources)
    rows = write_panel(made, output, citations)
    lines = [
        f"Wrote {rows:,} rows to {output}, what each column holds to {output.with_suffix('.codebook.csv')} and the "
        f"{len(citations)} sources it rests on to {output.with_name('CITATION.bib')}.",
        made.scale,
    ]
    if output.suffix == ".csv" and rows >= EXCEL_ROWS:
        lines.append(f"Excel reads {EXCEL_ROWS:,} lines at most; ask for fewer --years or --poles.")
    if dropped:
        lines.append(f"Estimated without {', '.join(dropped)}.")
    if made.left_out:
        missing = ", ".join(f"{state} ({count} rows)" for state, count in made.left_out.items())
        lines.append(
            f"Left out for want of a {codes.value} code at the year's end: {missing}; iso3 has them all."
        )
    notes(lines, quiet=quiet)


def span(text: str, years: tuple[int, int]) -> tuple[int, int]:
    """Read ``A:B``; nothing means all years of estimates.

    Raises
    ------
    InputError
        The text is not two years.
    """
    if not text:
        return years
    found = re.fullmatch(r"\s*(\d{4})\s*[:–-]\s*(\d{4})\s*", text)
    if found is None:
        raise InputError(f'--years "{text}" is not two years. Write them as 1992:2020.')
    return int(found[1]), int(found[2])
