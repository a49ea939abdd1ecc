"""`aneroid watch`: be told when a watched government turns."""

from __future__ import annotations

from typing import Annotated

import typer

from aneroid.cli.output import Format, FormatOption, QuietOption, StoreOption, emit, notes
from aneroid.cli.realign import HEADINGS, FeedOption, for_reading
from aneroid.errors import InputError

app = typer.Typer(no_args_is_help=True)
NEW_ALERTS = 10  # exit code of `watch run --exit-code` where there is something new


@app.callback()
def watch() -> None:
    """Be told when a watched government turns; made for cron: `watch run` prints nothing where nothing is new."""


@app.command("add")
def add(
    states: Annotated[list[str], typer.Argument(metavar="STATE…", help="Names or codes.")],
    poles: Annotated[
        str, typer.Option("--poles", help="Only turns that involve one of these poles; all by default.")
    ] = "",
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Watch states."""
    from datetime import UTC, datetime

    from aneroid.record import Store, find_store
    from aneroid.record.realignments import save_watch
    from aneroid.states import parse_poles, resolve

    ids = list(dict.fromkeys(resolve(name).id for name in states))
    wanted = list(parse_poles(poles)) if poles else []
    with Store.open(find_store(store), write=True) as opened:
        for state in ids:
            save_watch(opened, state, wanted, datetime.now(UTC).replace(tzinfo=None, microsecond=0))
    notes([f"Watching {', '.join(ids)}. `aneroid watch run` tells what is new."], quiet=quiet)


@app.command("remove")
def remove(
    states: Annotated[list[str], typer.Argument(metavar="STATE…", help="Names or codes.")],
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Watch states no longer."""
    from aneroid.record import Store, find_store
    from aneroid.record.realignments import remove_watch, watches
    from aneroid.states import resolve

    ids = list(dict.fromkeys(resolve(name).id for name in states))
    with Store.open(find_store(store), write=True) as opened:
        watched = set(watches(opened)["state"])
        for state in ids:
            if state not in watched:
                raise InputError(f"{state} is not watched. `aneroid watch list` shows what is.")
        for state in ids:
            remove_watch(opened, state)
    notes([f"No longer watching {', '.join(ids)}."], quiet=quiet)


@app.command("list")
def listing(form: FormatOption = Format.TABLE, store: StoreOption = None, quiet: QuietOption = False) -> None:
    """Show which states are watched."""
    from aneroid.record import Store, find_store
    from aneroid.record.realignments import watches

    with Store.open(find_store(store)) as opened:
        table = watches(opened).drop(columns="told")
    if table.empty and form is Format.TABLE:
        notes(["No state is watched. `aneroid watch add STATE` begins."], quiet=quiet)
        return
    emit(table, form, headings={"state": "state", "poles": "poles (blank: all)", "since": "since"})


@app.command("run")
def run(
    feed: FeedOption = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=f"Leave with {NEW_ALERTS} where something is new.")
    ] = False,
    form: FormatOption = Format.TABLE,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Look for turns if the data changed, and print what is new; run again, it prints nothing."""
    from aneroid.realignment.desk import current_turns
    from aneroid.realignment.feed import check_feed, entries, write_feed
    from aneroid.realignment.history import alerts
    from aneroid.record import Store, find_store
    from aneroid.record.realignments import latest_edition, mark_told, turn_history, watches, years_read

    if feed is not None:
        check_feed(feed)
    folder = find_store(store)
    with Store.open(folder) as opened:
        watched = watches(opened)
    if watched.empty:
        raise InputError("No state is watched; `aneroid watch add STATE` begins.")
    current_turns(folder, lambda line: notes([line], quiet=quiet))
    with Store.open(folder) as opened:
        history, last_year = turn_history(opened), years_read(opened)[1]
        edition = latest_edition(opened)[0]
    found = alerts(history, watched, last_year=last_year)
    if feed is not None:
        write_feed(entries(found), feed)
    new = found[found["unseen"]].drop(columns=["unseen", "mark"])
    if form is not Format.TABLE:
        emit(new.assign(recorded=new["recorded"].astype(str)), form)
    elif not new.empty:
        emit(for_reading(new), form, headings={"status": "status", **HEADINGS})
    notes([f"{len(new)} new of {len(watched)} watched.".replace("0 new", "Nothing new")], quiet=quiet)
    if (watched["told"] < edition).any():
        with Store.open(folder, write=True) as opened:  # last: a run that failed to tell tells again
            mark_told(opened, edition)
    if exit_code and not new.empty:
        raise typer.Exit(NEW_ALERTS)
