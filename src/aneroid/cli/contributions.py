"""How a movement taken apart is printed: a table that adds up by eye, and one indicator opened to its readings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.cli.output import Format, emit, notes
from aneroid.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.orientation.contributions import Contributions

READINGS_SHOWN = 15  # of an opened indicator, in a table


def print_contributions(result: Contributions, form: Format, quiet: bool) -> None:
    if form is not Format.TABLE:
        emit(result.by_indicator, form)
        return
    headings = {
        "label": "what",
        result.pole_a: f"ties to {result.pole_a}",
        result.pole_b: f"to {result.pole_b}",
        "others": "to others",
        "contribution": "together",
        "last_year": "data to",
        "source": "source",
    }
    emit(
        with_rounding_line(by_tie(result), result.movement),
        form,
        headings=headings,
        title=moved_words(result),
    )
    notes(
        [
            _split(result),
            "Ties to other poles count because they tell something about these two (a vote near China is a vote near Russia).",
            "Open a line down to its readings and keys with --open INDICATOR: "
            + ", ".join(opened(result))
            + ".",
        ],
        quiet=quiet,
    )


def moved_words(result: Contributions) -> str:
    half = 1.645 * result.sd
    low, high = result.movement - half, result.movement + half
    moved = f"moved by {result.movement:+.2f} (likely {low:+.2f} to {high:+.2f})".replace("-", "−")
    return (
        f"{result.state}: lean between {result.pole_a} (+) and {result.pole_b} (−) {moved} "
        f"from {result.start} to {result.end}"
    )


def _split(result: Contributions) -> str:
    parts = result.movers()
    return (
        f"Own movement of {result.state} {parts['own']:+.2f}, of the poles {parts['pole']:+.2f}, of the agenda "
        f"{parts['agenda']:+.2f}, prior {parts['prior']:+.2f}."
    ).replace("-", "−")


def opened(result: Contributions) -> list[str]:
    """Names of the indicators that can be opened, largest contribution first."""
    read = result.by_indicator[result.by_indicator["kind"] == "reading"]
    sizes = read.groupby("indicator")["contribution"].sum().abs().sort_values(ascending=False, kind="stable")
    return [str(name) for name in sizes.index]


def by_tie(result: Contributions) -> pd.DataFrame:
    """One row an indicator, its contribution split by the tie it was read on; shocks and prior in a row each."""
    rows = result.by_indicator.copy()
    rows["tie"] = rows["pole"].where(rows["pole"].isin([result.pole_a, result.pole_b]), "others")
    read = rows["kind"] == "reading"
    rows["label"] = rows["label"].where(
        read, rows["kind"].map({"common shock": "What moved all states at once"})
    )
    rows["label"] = rows["label"].fillna("Prior: pull towards the usual")
    rows["source"] = rows["source"].where(read)
    rows["last_year"] = rows["last_year"].where(read)
    wide = rows.pivot_table(
        index=["label", "source", "last_year"],
        columns="tie",
        values="contribution",
        aggfunc="sum",
        dropna=False,
        observed=True,
    )
    wide = wide.dropna(how="all").reindex(columns=[result.pole_a, result.pole_b, "others"])
    wide["contribution"] = wide.sum(axis=1)
    order = wide["contribution"].abs().sort_values(ascending=False, kind="stable").index
    return wide.loc[order].reset_index()


def with_rounding_line(table: pd.DataFrame, movement: float, decimals: int = 2) -> pd.DataFrame:
    """Round contributions, add a line for what rounding left over, and the sum, so that the column adds up by eye."""
    import pandas as pd

    rounded = table.assign(contribution=table.contribution.round(decimals))
    total = round(movement, decimals)
    left = round(total - rounded.contribution.sum(), decimals)
    extra = [{"label": "rounding", "contribution": left}, {"label": "movement", "contribution": total}]
    return pd.concat([rounded, pd.DataFrame(extra)], ignore_index=True)


def open_indicator(
    result: Contributions, indicator: str, folder: Path, form: Format, quiet: bool, *, by_key: bool
) -> None:
    from aneroid.orientation.keys import by_roll_call
    from aneroid.orientation.opening import open_rows
    from aneroid.orientation.votes import MEASURED
    from aneroid.record import Store

    if by_key and indicator != MEASURED:
        raise InputError(
            f"Only {MEASURED} has lines below its readings; --open {indicator} lists the readings themselves."
        )
    with Store.open(folder) as store:
        table, lines = open_rows(store, result, indicator)
        if by_key:
            table = by_roll_call(store, result)
    if form is not Format.TABLE:
        emit(table, form)
        return
    rest = table.contribution.iloc[READINGS_SHOWN:]
    title = f"{indicator}: readings behind {table.contribution.sum():+.2f} of {result.movement:+.2f}".replace(
        "-", "−"
    )
    emit(table.head(READINGS_SHOWN), form, title=title)
    if len(rest):
        lines = [f"{len(rest)} more readings sum to {rest.sum():+.2f}; --format csv lists all.", *lines]
    notes(lines, quiet=quiet)
