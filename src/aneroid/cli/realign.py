"""`aneroid realign`: which governments turned, from which pole to which, and how sure that is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aneroid.cli.asking import FromOption, ToOption, period, state_ids
from aneroid.cli.output import Format, FormatOption, QuietOption, StoreOption, emit, notes
from aneroid.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.realignment.desk import Search

FeedOption = Annotated[
    Path | None, typer.Option("--feed", help="Also write a feed: .xml or .atom (Atom), .json (JSON Feed).")
]

HEADINGS = {
    "state": "state",
    "when": "year (likely)",
    "away_from": "away from",
    "toward": "towards",
    "chance": "turned",
    "expected_false": "by chance",
    "moved": "shift (9 in 10)",
    "p_moved": "enough",
    "own": "own",
    "shared": "shared",
    "why": "what moved most",
}
NAMED = 3  # kinds of ties that a table names


def realign(
    states: Annotated[
        list[str] | None, typer.Argument(metavar="[STATE…]", help="Names or codes; all states if none.")
    ] = None,
    first: FromOption = None,
    last: ToOption = None,
    poles: Annotated[
        str,
        typer.Option("--poles", help="Poles, comma-separated, for instance USA,RUS; all nine by default."),
    ] = "",
    min_shift: Annotated[float, typer.Option(help="What counts as a shift, in units of closeness.")] = 0.25,
    window: Annotated[int, typer.Option(help="Years on either side of a turn that are compared.")] = 3,
    at_least: Annotated[float, typer.Option(help="Least probability of a turn to show.")] = 0.5,
    feed: FeedOption = None,
    form: FormatOption = Format.TABLE,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Show which governments turned, from which pole to which, with the false alarms chance would raise."""
    from aneroid.realignment.desk import Search
    from aneroid.realignment.feed import check_feed, entries, write_feed
    from aneroid.record import Store, find_store
    from aneroid.record.realignments import years_read

    search = Search(_poles(poles), _positive(min_shift), _years(window), _share(at_least))
    if feed is not None:
        check_feed(feed)
    folder = find_store(store)
    with Store.open(folder) as opened:
        years = years_read(opened)
    start, end = period(first if first is not None else years[0], last, years, shown=0)
    chosen = state_ids(list(states), start, end) if states else None
    table = _turns(folder, search, chosen, (start, end), quiet)
    if feed is not None:
        write_feed(entries(table), feed)
    if form is not Format.TABLE:
        emit(table.drop(columns=["mark", "recorded", "edition"], errors="ignore"), form)
        return
    if table.empty:
        notes([_none_found(states or [], (start, end), search)], quiet=quiet)
        return
    emit(for_reading(table), form, headings=HEADINGS)
    notes(_reading_notes(table, search), quiet=quiet)


def _turns(
    folder: Path, search: Search, states: list[str] | None, years: tuple[int, int], quiet: bool
) -> pd.DataFrame:
    """Turns with the columns of the store: those on record for the usual search, else found for this one."""
    from aneroid.realignment.desk import Search, current_turns, find_turns
    from aneroid.realignment.history import Status

    def tell(line: str) -> None:
        notes([line], quiet=quiet)

    if search != Search(at_least=max(search.at_least, Search().at_least)):
        return find_turns(folder, search, states=states, years=years, progress=tell)
    kept = current_turns(folder, tell)
    chosen = kept[
        (kept["status"] != Status.WITHDRAWN.value)
        & (kept["probability"] >= search.at_least)
        & kept["year"].between(*years)
    ]
    if states is not None:
        chosen = chosen[chosen["state"].isin(states)]
    return chosen.sort_values(["probability", "expected_false"], ascending=[False, True], kind="stable")


def _poles(given: str) -> tuple[str, ...]:
    """Poles to look towards: those given, else all that have readings, not the few of the settings."""
    from aneroid.states import parse_poles
    from aneroid.states.poles import ALL

    return parse_poles(given) if given else ALL


def _positive(min_shift: float) -> float:
    if not 0 <= min_shift < float("inf"):
        raise InputError(f"--min-shift {min_shift} is not a size; give 0 or more, in units of closeness.")
    return min_shift


def _years(window: int) -> int:
    if not 1 <= window <= 10:
        raise InputError(f"--window {window} does not do; give 1 to 10 years.")
    return window


def _share(at_least: float) -> float:
    if not 0 <= at_least <= 1:
        raise InputError(f"--at-least {at_least} is not a probability; give a number from 0 to 1.")
    return at_least


def for_reading(table: pd.DataFrame) -> pd.DataFrame:
    """Columns for the eye: words beside probabilities, ranges beside estimates."""
    from aneroid.charts.words import percent, probability_word

    def signed(value: float) -> str:
        return "" if value != value else f"{value:+.2f}".replace("-", "−")

    low, high = table["year_lo90"], table["year_hi90"]
    years = [
        str(year) if first == last else f"{year} ({first}–{last})"
        for year, first, last in zip(table["year"], low, high, strict=True)
    ]
    moved = [
        f"{signed(shift)} ({signed(lo)} to {signed(hi)})" if shift == shift else ""
        for shift, lo, hi in zip(table["shift"], table["lo90"], table["hi90"], strict=True)
    ]
    return table.assign(
        when=years,
        chance=[f"{percent(p)} {probability_word(p)}" for p in table["probability"]],
        moved=moved,
        why=[
            ", ".join(part.split(" (")[0] for part in text.split("; ")[:NAMED]) for text in table["because"]
        ],
        p_moved=["" if p != p else percent(p) for p in table["p_shift"]],
        own=[signed(value) for value in table["own"]],
        shared=[signed(value) for value in table["shared"]],
    )


def _none_found(states: list[str], years: tuple[int, int], search: Search) -> str:
    who = ", ".join(states) if states else "any state"
    return (
        f"No turn of {who} in {years[0]}–{years[1]} with a probability of {search.at_least:.0%} or more. "
        "That is not evidence that none took place; --at-least 0.1 shows weaker signs."
    )


def _reading_notes(table: pd.DataFrame, search: Search) -> list[str]:
    worst = table["expected_false"].max()
    return [
        f"{len(table)} turns. Among all states and years chance would raise about {worst:.0f} alarms as strong as the "
        "weakest shown; `by chance` gives that number for each.",
        f"Shift: mean lean of the {search.window} years from the turn on, less that of the {search.window} before, in "
        "units; 1 unit is the usual gap in closeness between states with and without a defence pact.",
        f"Enough: probability that it exceeds {search.min_shift:g}. Own: what the state's own readings moved; "
        "shared: what moved all states at once (the pole or the agenda).",
        "Rests on recorded ties alone, never on a claim. `aneroid explain STATE` opens a shift; `aneroid cite` prints "
        "the sources.",
    ]
