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
    from aneroid.orientation.fit import OrientationFit

PolesOption = Annotated[
    str,
    typer.Option("--poles", help="Poles, comma-separated, for instance USA,RUS. Default: the setting poles."),
]
FromOption = Annotated[int | None, typer.Option("--from", help="First year.")]
ToOption = Annotated[int | None, typer.Option("--to", help="Last year.")]
WithoutOption = Annotated[
    str,
    typer.Option(
        "--without", help="Families of indicators to leave out, comma-separated, for instance arms,troops."
    ),
]
IndicatorOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--indicator",
        metavar="FILE.yaml",
        help="Declaration of an indicator of your own; may be given again.",
    ),
]
NewsOption = Annotated[
    bool,
    typer.Option("--news", help="Let events reported in the store's articles count, with a small weight."),
]

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
READINGS_SHOWN = 15  # of an opened indicator, in a table
YEARS_SHOWN = 15  # years of a lean table when --from is not given


def orient(
    states: Annotated[
        list[str], typer.Argument(metavar="STATE…", help="Names or codes, for instance IRQ or Turkey.")
    ],
    poles: PolesOption = "",
    first: FromOption = None,
    last: ToOption = None,
    step: Annotated[str, typer.Option("--step", help="year, or month.")] = "year",
    draws: Annotated[
        int,
        typer.Option(
            "--draws", help="Print so many joint draws of closeness, one row a draw, pole and year."
        ),
    ] = 0,
    weights: Annotated[
        Path | None,
        typer.Option("--weights", metavar="FILE.yaml", help="Your own weights; the estimate stands beside."),
    ] = None,
    without: WithoutOption = "",
    indicator: IndicatorOption = None,
    news: NewsOption = False,
    form: FormatOption = Format.TABLE,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Show which way states lean between poles, with intervals, year by year."""
    from aneroid.orientation.desk import orient as lean_table
    from aneroid.record import find_store

    if step not in ("year", "month"):
        raise InputError(f'--step is year or month; "{step}" was given.')
    if draws < 0 or (draws and step == "month"):
        raise InputError("--draws is a number above zero, and goes with --step year alone.")
    chosen = pole_ids(poles)
    folder = find_store(store)
    fitted = fit_as_asked(folder, without, indicator or [], news=news, quiet=quiet)
    shown = YEARS_SHOWN if step == "year" else 2
    ids, start, end = scope(states, first, last, fitted.years, shown=shown)
    if draws:
        emit(drawn_table(fitted, ids, chosen, (start, end), draws), form)
        notes([fitted.scale.sentence], quiet=quiet)
        return
    if weights is not None:
        from aneroid.cli.choices import show_own_weights

        show_own_weights(fitted, ids, chosen, (start, end), weights, form=form, quiet=quiet)
        return
    table = lean_table(
        fitted, ids, poles=chosen, start=start, end=end, step="month" if step == "month" else "year"
    )
    if table.empty:
        raise InputError(
            f"No estimate for {', '.join(states)} between {', '.join(chosen)} in {start}–{end}: "
            "the states did not exist, are these poles themselves, or no indicator covers them then."
        )
    table = table[list(LEAN_HEADINGS)]
    if form is not Format.TABLE:
        emit(table, form)
        return
    # Which sources have ended is the same in every row; it stands below the table.
    remarks = ["; ".join(f for f in flags.split("; ") if " end " not in f) for flags in table["flags"]]
    emit(table.assign(flags=remarks), form, headings=LEAN_HEADINGS)
    notes(reading_notes(folder, fitted), quiet=quiet)


def fit_as_asked(folder: Path, without: str, files: list[Path], *, news: bool, quiet: bool) -> OrientationFit:
    """Load the fit that leaves out and adds what the user asks for."""
    from aneroid.orientation.desk import families, load_fit, own_indicators

    own = own_indicators(folder, files, news=news)
    left_out = families(without, own)
    return load_fit(folder, lambda line: notes([line], quiet=quiet), without=left_out, own=own)


def drawn_table(
    fitted: OrientationFit, ids: list[str], poles: tuple[str, ...], window: tuple[int, int], count: int
) -> pd.DataFrame:
    """Joint draws in long form: ``draw, state, pole, date, closeness``; a draw is one consistent history of a state."""
    import pandas as pd

    frames = []
    for state in ids:
        table = fitted.closeness([state], [pole for pole in poles if pole != state], *window)
        years = sorted(set(table["date"].astype(int)))
        common = [p for p in dict.fromkeys(table["pole"]) if (table["pole"] == p).sum() == len(years)]
        if not common:
            continue
        drawn = fitted.draws(state, common, years[0], years[-1], count)
        index = pd.MultiIndex.from_product(
            [range(1, count + 1), [state], common, [str(year) for year in range(years[0], years[-1] + 1)]],
            names=["draw", "state", "pole", "date"],
        )
        frames.append(pd.DataFrame({"closeness": drawn.reshape(-1)}, index=index).reset_index())
    if not frames:
        raise InputError(f"No estimate of {', '.join(ids)} in {window[0]}–{window[1]} to draw from.")
    return pd.concat(frames, ignore_index=True)


def explain(
    state: Annotated[str, typer.Argument(help="Name or code of one state.")],
    poles: PolesOption = "",
    first: FromOption = None,
    last: ToOption = None,
    rows: Annotated[
        str, typer.Option("--open", help="Open one indicator down to its readings, keys and roll calls.")
    ] = "",
    by_key: Annotated[
        bool, typer.Option("--by-key", help="With --open roll_calls: one line a roll call; they add up.")
    ] = False,
    refit: Annotated[
        bool,
        typer.Option("--refit", help="Beside it, what the movement would be without each indicator in turn."),
    ] = False,
    sensitivity: Annotated[
        bool, typer.Option("--sensitivity", help="Show the movement under every other choice.")
    ] = False,
    issues: Annotated[
        bool, typer.Option("--issues", help="With --sensitivity: also from votes on one block of issues.")
    ] = False,
    chart: Annotated[
        Path | None, typer.Option("--chart", help="With --sensitivity: draw it as FILE.svg or FILE.png.")
    ] = None,
    without: WithoutOption = "",
    indicator: IndicatorOption = None,
    news: NewsOption = False,
    form: FormatOption = Format.TABLE,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Say what moved a state's lean between two years; contributions add up to the movement."""
    from aneroid.orientation.desk import explain as contributions_of
    from aneroid.record import find_store

    chosen = pole_ids(poles)
    folder = find_store(store)
    fitted = fit_as_asked(folder, without, indicator or [], news=news, quiet=quiet)
    (found,), start, end = scope([state], first, last, fitted.years, shown=10)
    pole_a, pole_b = others(found, chosen)
    result = contributions_of(fitted, found, pole_a=pole_a, pole_b=pole_b, start=start, end=end)
    if sensitivity or issues or chart is not None:
        from aneroid.cli.choices import show_sensitivity
        from aneroid.orientation.sensitivity import Headline

        headline = Headline(found, pole_a, pole_b, start, end)
        show_sensitivity(fitted, headline, folder=folder, issues=issues, chart=chart, form=form, quiet=quiet)
    elif refit:
        emit(fitted.left_out(found, pole_a, pole_b, start, end), form, title=_moved(result))
        notes(
            [
                "Each line leaves one indicator of this state out and solves it again, the other parameters as they are; "
                "these movements need not add up.",
            ],
            quiet=quiet,
        )
    elif rows:
        _open(result, rows, folder, form, quiet, by_key=by_key)
    else:
        _print_contributions(result, form, quiet)
        if form is Format.TABLE:
            notes(reading_notes(folder, fitted), quiet=quiet)


def pole_ids(given: str) -> tuple[str, ...]:
    """Resolve the poles given, or those of the settings; a lean needs two."""
    from aneroid.settings import load_settings
    from aneroid.states import parse_poles

    found = parse_poles(given or load_settings().poles)
    if len(found) < 2:
        raise InputError(f"A lean needs two poles; {found[0]} is one. For instance --poles {found[0]},CHN.")
    return found


def others(state: str, poles: tuple[str, ...]) -> tuple[str, str]:
    """The first two poles other than the state itself."""
    left = [pole for pole in poles if pole != state]
    if len(left) < 2:
        raise InputError(
            f"{state} is itself one of the poles {', '.join(poles)}. Give two others with --poles."
        )
    return left[0], left[1]


def state_ids(names: list[str], start: int, end: int) -> list[str]:
    """Resolve names and codes over a period, without repeats."""
    from aneroid.states import resolve

    return list(dict.fromkeys(resolve(name, between=(start, end)).id for name in names))


def scope(
    names: list[str], first: int | None, last: int | None, years: tuple[int, int], *, shown: int
) -> tuple[list[str], int, int]:
    """Resolve states and fill in the years not given: the last ones of those states that still exist or existed last."""
    from aneroid.states import resolve

    if first is None and last is None:
        found = [resolve(name) for name in names]
        end = max(min(state.last.year, years[1]) for state in found)
        start, end = period(None, end, years, shown=shown)
        return list(dict.fromkeys(state.id for state in found)), start, end
    start, end = period(first, last, years, shown=shown)
    return state_ids(names, start, end), start, end


def period(first: int | None, last: int | None, years: tuple[int, int], *, shown: int) -> tuple[int, int]:
    """Fill in the years not given and refuse what cannot be.

    Raises
    ------
    InputError
        The years are reversed or outside the estimates.
    """
    if first is not None and last is not None and first > last:
        raise InputError(f"--from {first} is after --to {last}. Give the earlier year first.")
    end = years[1] if last is None else last
    start = max(years[0], end - shown + 1) if first is None else first
    if end < years[0] or start > years[1]:
        outside = f"{first}" if last is None else f"{last}" if first is None else f"{first}–{last}"
        raise InputError(
            f"There are estimates for {years[0]}–{years[1]}; {outside} lies outside. Choose years within."
        )
    return max(start, years[0]), min(end, years[1])


def reading_notes(folder: Path, fitted: OrientationFit) -> list[str]:
    """Say what one unit means and where each indicator ends: stands under every table of leans."""
    from aneroid.record import Store
    from aneroid.record.readings import last_years

    with Store.open(folder) as opened:
        table = last_years(opened)
    ends = ", ".join(f"{row.indicator} {row.last_year}" for row in table.itertuples())
    return [
        f"{fitted.scale.lean_sentence} Positive is towards the first pole; the range holds 9 in 10.",
        f"Last year of data: {ends}.",
        "`aneroid explain` says what moved a lean; `aneroid cite` prints the sources.",
    ]


def _print_contributions(result: Contributions, form: Format, quiet: bool) -> None:
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
    emit(with_rounding_line(by_tie(result), result.movement), form, headings=headings, title=_moved(result))
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


def _moved(result: Contributions) -> str:
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


def _open(
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
