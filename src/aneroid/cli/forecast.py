"""`aneroid forecast`: events between governments, who acts on whom, orientation, deaths; and how past forecasts did."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aneroid.cli.output import Format, FormatOption, QuietOption, StoreOption, emit, notes
from aneroid.errors import InputError

app = typer.Typer(
    help="Forecast events, actors, orientation and deaths, with ranges; or show how past forecasts did.",
    no_args_is_help=True,
)


class Horizon(StrEnum):
    """Length of the period that is forecast."""

    WEEK = "week"
    MONTH = "month"


_DAYS = {Horizon.WEEK: 7, Horizon.MONTH: 30}
TopOption = Annotated[int, typer.Option("--top", min=1, help="How many rows, likeliest first.")]


@app.callback(invoke_without_command=True)
def forecast(
    context: typer.Context,
    scoreboard: Annotated[
        bool, typer.Option("--scoreboard", help="How past forecasts did, beside what they have to beat.")
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Forecast events, actors, orientation and deaths; --scoreboard publishes past performance, bad results too."""
    if scoreboard:
        from aneroid.forecasts.scoreboard import read_scoreboard

        board = read_scoreboard()
        emit(board.table, form, decimals=3)
        notes(board.notes, quiet=form is not Format.TABLE)
    elif context.invoked_subcommand is None:
        raise InputError(
            "Say what to forecast: events, links, orientation or fatalities; or ask for --scoreboard."
        )


@app.command()
def events(
    path: Annotated[
        Path,
        typer.Argument(
            help="Table with date, source, target, event (CSV or Parquet), or a folder of a temporal knowledge graph."
        ),
    ],
    source: Annotated[str, typer.Option("--source", help="Only what this state does.")] = "",
    target: Annotated[str, typer.Option("--target", help="Only what is done to this state.")] = "",
    event: Annotated[str, typer.Option("--event", help="Only this class, for instance sanctions.")] = "",
    horizon: Annotated[Horizon, typer.Option("--horizon", help="Length of the period.")] = Horizon.WEEK,
    on: Annotated[
        str,
        typer.Option(
            "--on", help="First day of the period; nothing later is looked at. Default: after the data."
        ),
    ] = "",
    top: TopOption = 20,
    form: FormatOption = Format.TABLE,
    quiet: QuietOption = False,
) -> None:
    """Probability of at least one reported event between two governments in the next week or month, by class."""
    from aneroid.forecasts.dyad_events import event_classes, read_dyad_events
    from aneroid.forecasts.dyad_outlook import day_number, outlook

    names = [one.name for one in event_classes()]
    if event and event not in names:
        raise InputError(f"There is no class of events called {event!r}; choose from {', '.join(names)}.")
    read = read_dyad_events(path)
    if not quiet:
        left_out = "; ".join(f"{count:,} with {reason}" for reason, count in read.rejected.items() if count)
        notes(
            [f"{len(read.day):,} events between {len(read.states)} states; left out: {left_out or 'none'}."]
        )
    day = day_number(read, on) if on else None
    table = outlook(read, day=day, horizon=_DAYS[horizon], progress=lambda line: notes([line], quiet=quiet))
    wanted = {"source": _state(source), "target": _state(target), "class": event}
    for column, value in wanted.items():
        if value:
            table = table[table[column] == value]
    if table.empty:
        raise InputError(
            "No such pair has an event on record before that day, so nothing was learned about it; choose another."
        )
    headings = {
        "source": "source",
        "target": "target",
        "label": "event",
        "start": "from",
        "end": "to",
        "probability": "probability",
        "lo90": "likely from",
        "hi90": "to (9 in 10)",
        "n_past": "past forecasts alike",
        "climatology": "what is usual",
    }
    emit(table.head(top) if form is Format.TABLE else table, form, headings=headings)
    notes(
        [
            "Probability that the source reports at least one such event in the period. The range: the rate at which "
            "past forecasts like this one came true.",
            "A coded event is what a report says, not a fact. `aneroid forecast --scoreboard` shows past performance.",
        ],
        quiet=quiet or form is not Format.TABLE,
    )


@app.command()
def orientation(
    states: Annotated[
        list[str], typer.Argument(metavar="STATE…", help="Names or codes, for instance IRQ or Turkey.")
    ],
    poles: Annotated[
        str, typer.Option("--poles", help="Poles, comma-separated. Default: the setting poles.")
    ] = "",
    months: Annotated[str, typer.Option("--months", help="Months ahead, comma-separated.")] = "1,3,6,12",
    shift: Annotated[
        float, typer.Option("--shift", min=0.0, help="Movement, in units, to give a probability for.")
    ] = 0.5,
    form: FormatOption = Format.TABLE,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Where the lean of governments may be in the coming months, and the probability of a shift."""
    from aneroid.cli.asking import pole_ids
    from aneroid.forecasts.orientation_outlook import orientation_outlook
    from aneroid.orientation.desk import load_fit
    from aneroid.record import find_store

    fitted = load_fit(find_store(store), lambda line: notes([line], quiet=quiet))
    table = orientation_outlook(
        fitted, [_state(name) for name in states], pole_ids(poles), _months(months), shift
    )
    headings = {
        "state": "state",
        "date": "month",
        "pole_a": "towards (+)",
        "pole_b": "towards (−)",
        "lean": "lean",
        "lo90": "likely from",
        "hi90": "to (9 in 10)",
        "p_rise": f"P(up ≥ {shift:g})",
        "p_fall": f"P(down ≥ {shift:g})",
    }
    emit(table, form, headings=headings)
    notes(
        [
            fitted.scale.sentence,
            "Movement counts from the last December with data; the ranges widen with every month.",
        ],
        quiet=quiet or form is not Format.TABLE,
    )


@app.command()
def links(
    folder: Annotated[Path, typer.Argument(help="Folder of a temporal knowledge graph, such as ICEWS14.")],
    relation: Annotated[str, typer.Option("--relation", help="Kind of event as the folder spells it.")],
    source: Annotated[str, typer.Option("--source", help="Who acts; whom it acts on is asked for.")] = "",
    target: Annotated[str, typer.Option("--target", help="Who is acted on; who acts is asked for.")] = "",
    top: TopOption = 10,
    form: FormatOption = Format.TABLE,
    quiet: QuietOption = False,
) -> None:
    """Rank who will be reported to act on whom on the day after the last fact."""
    from aneroid.forecasts.link_outlook import link_outlook

    table = link_outlook(
        folder,
        relation,
        source=source,
        target=target,
        count=top,
        progress=lambda done, total: notes([f"  learning: day {done} of {total}"], quiet=quiet),
    )
    emit(table, form)
    notes(
        [
            "A rank is no probability; `aneroid forecast --scoreboard` says how often the answer is among the first ten."
        ],
        quiet=quiet or form is not Format.TABLE,
    )


@app.command()
def fatalities(
    states: Annotated[
        list[str] | None, typer.Argument(metavar="[STATE…]", help="Names or codes; default all.")
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", help="Year to forecast; default the one after the last data.")
    ] = None,
    history: Annotated[
        Path | None,
        typer.Option("--history", help="Parquet with country_id, month_id, fatalities; default packaged."),
    ] = None,
    top: TopOption = 24,
    form: FormatOption = Format.TABLE,
    quiet: QuietOption = False,
) -> None:
    """Deaths in state-based conflict by country and month of a year, from what was known the October before."""
    from aneroid.forecasts.fatality_history import packaged_history, with_earlier_months
    from aneroid.forecasts.fatality_outlook import fatality_outlook
    from aneroid.tables import read_parquet

    if history is not None and not history.is_file():
        raise InputError(
            f"There is no file {history}; give Parquet with country_id, month_id and fatalities."
        )
    known = packaged_history() if history is None else with_earlier_months(read_parquet(history))
    target = year or 1980 + int(known["month_id"].max()) // 12
    table = fatality_outlook(known, [_state(state) for state in states or []], target)
    if form is Format.TABLE and not states:
        table = table.sort_values("mean", ascending=False)
    headings = {
        "state": "state",
        "month": "month",
        "mean": "mean deaths",
        "q50": "median",
        "lo90": "likely from",
        "hi90": "to (9 in 10)",
        "p_any": "P(any)",
        "p_25": "P(25 or more)",
    }
    emit(table.head(top) if form is Format.TABLE else table, form, headings=headings)
    notes(
        [
            f"Deaths in state-based conflict, best estimates; forecast from data up to October {target - 1}, 1,000 draws.",
            "Source: UCDP Georeferenced Event Dataset, CC BY 4.0 (doi:10.1177/0022343313484347). "
            "Past performance: `aneroid forecast --scoreboard`.",
        ],
        quiet=quiet or form is not Format.TABLE,
    )


def _months(given: str) -> list[int]:
    try:
        months = sorted({int(part) for part in given.split(",")})
    except ValueError:
        months = []
    if not months or months[0] < 1 or months[-1] > 60:
        raise InputError(
            f"--months {given} cannot be used; give whole months from 1 to 60, such as 1,3,6,12."
        )
    return months


def _state(name: str) -> str:
    from aneroid.states import resolve

    return resolve(name).id if name else ""
