"""`aneroid orient` and `aneroid explain`: where a state leans, and what moved it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aneroid.cli.asking import FromOption, PolesOption, ToOption, others, pole_ids, scope
from aneroid.cli.contributions import moved_words, open_indicator, print_contributions
from aneroid.cli.output import Format, FormatOption, QuietOption, StoreOption, emit, notes
from aneroid.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.orientation.fit import OrientationFit

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
        emit(fitted.left_out(found, pole_a, pole_b, start, end), form, title=moved_words(result))
        notes(
            [
                "Each line leaves one indicator of this state out and solves it again, the other parameters as they are; "
                "these movements need not add up.",
            ],
            quiet=quiet,
        )
    elif rows:
        open_indicator(result, rows, folder, form, quiet, by_key=by_key)
    else:
        print_contributions(result, form, quiet)
        if form is Format.TABLE:
            notes(reading_notes(folder, fitted), quiet=quiet)


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
