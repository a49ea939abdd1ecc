"""`aneroid orient` and `aneroid explain`: where a state leans, and what moved it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aneroid.cli.output import Format, FormatOption, QuietOption, StoreOption, emit, notes
from aneroid.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.orientation.contributions import Contributions

PolesOption = Annotated[
    str, typer.Option("--poles", help="Poles, comma-separated, for instance USA,RUS. Default: the setting poles.")
]
FromOption = Annotated[int | None, typer.Option("--from", help="First year.")]
ToOption = Annotated[int | None, typer.Option("--to", help="Last year.")]

LEAN_HEADINGS = {
    "state": "state",
    "date": "year",
    "pole_a": "towards (+)",
    "pole_b": "towards (−)",
    "lean": "lean",
    "lo90": "likely from",
    "hi90": "to (9 in 10)",
    "n_indicators": "indicators",
    "flags": "remarks",
}
YEARS_SHOWN = 15  # years of a lean table when --from is not given


def orient(
    states: Annotated[list[str], typer.Argument(metavar="STATE…", help="Names or codes, for instance IRQ or Turkey.")],
    poles: PolesOption = "",
    first: FromOption = None,
    last: ToOption = None,
    form: FormatOption = Format.TABLE,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Show which way states lean between poles, with intervals, year by year."""
    from aneroid.orientation import check_poles, orient as lean_table
    from aneroid.orientation.desk import load_fit
    from aneroid.record import find_store

    chosen = check_poles(poles_or_default(poles))
    folder = find_store(store)
    fitted = load_fit(folder, lambda line: notes([line], quiet=quiet))
    start, end = period(first, last, fitted.years, shown=YEARS_SHOWN)
    table = lean_table(fitted, state_ids(states, start, end), poles=chosen, start=start, end=end)
    if table.empty:
        raise InputError(
            f"No estimate for {', '.join(states)} between {', '.join(chosen)} in {start}–{end}: "
            "the states did not exist, are these poles themselves, or no indicator covers them then."
        )
    emit(table, form, headings=LEAN_HEADINGS)
    if form is Format.TABLE:
        notes(reading_notes(folder), quiet=quiet)


def explain(
    state: Annotated[str, typer.Argument(help="Name or code of one state.")],
    poles: PolesOption = "",
    first: FromOption = None,
    last: ToOption = None,
    rows: Annotated[str, typer.Option("--open", help="Open one indicator down to its readings, keys and roll calls.")] = "",
    form: FormatOption = Format.TABLE,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Say what moved a state's lean between two years; contributions add up to the movement."""
    from aneroid.orientation import check_poles, explain as contributions_of
    from aneroid.orientation.desk import load_fit
    from aneroid.record import find_store

    pole_a, pole_b = check_poles(poles_or_default(poles))[:2]
    folder = find_store(store)
    fitted = load_fit(folder, lambda line: notes([line], quiet=quiet))
    start, end = period(first, last, fitted.years, shown=10)
    found = state_ids([state], start, end)[0]
    result = contributions_of(fitted, found, pole_a=pole_a, pole_b=pole_b, start=start, end=end)
    if rows:
        _open(result, rows, folder, form, quiet)
    else:
        _print_contributions(result, found, (pole_a, pole_b), (start, end), form, folder, quiet)


def poles_or_default(given: str) -> list[str]:
    """Split the poles given, or take those of the settings."""
    from aneroid.settings import load_settings

    return (given or load_settings().poles).split(",")


def state_ids(names: list[str], start: int, end: int) -> list[str]:
    """Resolve names and codes over a period, without repeats."""
    from aneroid.states import resolve

    return list(dict.fromkeys(resolve(name, between=(start, end)).id for name in names))


def period(first: int | None, last: int | None, years: tuple[int, int], *, shown: int) -> tuple[int, int]:
    """Fill in the years not given and refuse what cannot be.

    Raises
    ------
    InputError
        The years are reversed or outside the estimates.
    """
    end = years[1] if last is None else last
    start = max(years[0], end - shown + 1) if first is None else first
    if start > end:
        raise InputError(f"--from {start} is after --to {end}. Give the earlier year first.")
    if end < years[0] or start > years[1]:
        raise InputError(f"There are estimates for {years[0]}–{years[1]}; {start}–{end} lies outside. Choose years within.")
    return max(start, years[0]), min(end, years[1])


def reading_notes(folder: Path) -> list[str]:
    """Say what one unit means and where each indicator ends: stands under every table of leans."""
    from aneroid.orientation.scale import UNIT
    from aneroid.record import Store
    from aneroid.record.readings import last_years

    with Store.open(folder) as opened:
        table = last_years(opened)
    ends = ", ".join(f"{row.indicator} {row.last_year}" for row in table.itertuples())
    return [
        f"One unit: {UNIT}. Positive: towards the first pole. The range holds the true lean in 9 of 10 cases.",
        f"Last year of data: {ends}.",
        "`aneroid explain` says what moved a lean; `aneroid cite` prints the sources.",
    ]


def _print_contributions(
    result: Contributions,
    state: str,
    poles: tuple[str, str],
    years: tuple[int, int],
    form: Format,
    folder: Path,
    quiet: bool,
) -> None:
    table = with_rounding_line(result.by_indicator, result.movement)
    title = (
        f"{state}: lean between {poles[0]} (+) and {poles[1]} (−) moved by {result.movement:+.2f}".replace("-", "−")
        + f" from {years[0]} to {years[1]}"
    )
    headings = {
        "label": "what",
        "pole": "tie to",
        "contribution": "contribution",
        "readings": "readings",
        "last_year": "data to",
        "source": "source",
    }
    emit(table if form is Format.TABLE else result.by_indicator, form, headings=headings, title=title)
    if form is Format.TABLE:
        notes(reading_notes(folder), quiet=quiet)
        notes(["Open a line down to its readings and keys with --open INDICATOR, for instance --open votes."], quiet=quiet)


def with_rounding_line(table: pd.DataFrame, movement: float, decimals: int = 2) -> pd.DataFrame:
    """Round contributions, add a line for what rounding left over, and the sum, so that the column adds up by eye."""
    import pandas as pd

    rounded = table.assign(contribution=table.contribution.round(decimals))
    total = round(movement, decimals)
    left = round(total - rounded.contribution.sum(), decimals)
    extra = [{"label": "rounding", "contribution": left}, {"label": "movement", "contribution": total}]
    return pd.concat([rounded, pd.DataFrame(extra)], ignore_index=True)


def _open(result: Contributions, indicator: str, folder: Path, form: Format, quiet: bool) -> None:
    from aneroid.orientation import open_rows
    from aneroid.record import Store

    with Store.open(folder) as opened:
        table, lines = open_rows(opened, result, indicator)
    emit(table, form)
    if form is Format.TABLE:
        notes(lines, quiet=quiet)
