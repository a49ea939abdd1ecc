"""`aneroid scenario withdrawal`: what tended to follow when a guarantor left."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aneroid.cli.output import Format, FormatOption, QuietOption, StoreOption, emit, notes
from aneroid.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.scenarios.model import Analog, Withdrawal

app = typer.Typer(no_args_is_help=True, help="What tended to follow in past cases like one that may come.")

RATE_HEADINGS = {
    "before": "before the cut",
    "what": "what followed",
    "within": "within",
    "seen": "seen",
    "rate": "rate",
    "range": "likely range (9 in 10)",
    "without": "without a cut",
    "where": "where",
}
MEMBER_HEADINGS = {
    "case": "case",
    "cut": "cut",
    "basis": "from",
    "conflict": "conflict within 1, 2, 5 years",
    "war": "war within 1, 2, 5 years",
}
NAMES_SHOWN = 6


@app.callback()
def scenario() -> None:
    """What tended to follow in past cases like one that may come: association, not effect."""


@app.command("withdrawal")
def withdrawal(
    host: Annotated[str, typer.Option("--host", help="State that loses forces, by name or code.")],
    guarantor: Annotated[
        str, typer.Option("--guarantor", help="Power that withdraws them: USA, RUS, FRA or GBR.")
    ],
    share: Annotated[
        float, typer.Option("--share", help="Smallest share of the force that leaves, up to 1.")
    ] = 0.5,
    on: Annotated[
        str, typer.Option("--on", help="As known on this date (2020-01); the whole record by default.")
    ] = "",
    horizon: Annotated[str, typer.Option("--horizon", help="1y, 2y or 5y.")] = "5y",
    turns: Annotated[
        bool, typer.Option("--turns/--no-turns", help="Also say how often hosts turned away (needs the fit).")
    ] = True,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Also draw the nearest cases into this SVG file.")
    ] = None,
    form: FormatOption = Format.TABLE,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Describe past cuts of forces like the one asked about, and what followed them."""
    from aneroid.orientation.desk import load_fit
    from aneroid.record import Store, find_store
    from aneroid.scenarios import withdrawal as answer

    folder = find_store(store)
    fitted = load_fit(folder, lambda line: notes([line], quiet=quiet)) if turns else None
    with Store.open(folder) as opened:
        found = answer(
            opened, host, guarantor, share=share, on=on or None, horizon=_years(horizon), fitted=fitted
        )
    if picture:
        from aneroid.charts.episodes import episode_rows, episode_strips
        from aneroid.charts.render import save_svg
        from aneroid.charts.words import with_article

        whose = with_article(found.guarantor_name.removeprefix("the "))
        save_svg(episode_strips(episode_rows(found), guarantor=whose, host=found.host_name), picture)
    if form is Format.CSV:
        emit(found.frame(), form)
    elif form is Format.JSON:
        from dataclasses import asdict

        sys.stdout.write(json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n")
    else:
        _report(found)
    if form is not Format.TABLE:
        notes([found.cautions[0]], quiet=quiet)
    notes(
        [
            "",
            "Cite: "
            + "; ".join(found.citations[:2])
            + "; hand-listed departures carry their own (--format json).",
        ],
        quiet=quiet,
    )


def _years(text: str) -> int:
    number = text.strip().lower().removesuffix("y")
    if not number.isdigit():
        raise InputError(f'"{text}" is not a horizon; give 1y, 2y or 5y.')
    return int(number)


def _report(found: Withdrawal) -> None:
    say = typer.echo
    title = (
        f"Withdrawal of {found.guarantor_name} from {found.host_name}, as known at the end of {found.year}"
    )
    say(f"{title}\n\n{found.situation}\n{found.headline}\n")
    say(
        f"{found.cautions[0]} Class: {found.n} cases with a known outcome in {found.hosts} hosts, "
        f"{found.n_stratum} of them like this one.\n"
    )
    emit(_rates(found), Format.TABLE, headings=RATE_HEADINGS, title="How often it followed")
    emit(_members(found), Format.TABLE, headings=MEMBER_HEADINGS, title=f"Cases {_phrase(found)}")
    say("Nearest cases")
    for each in found.analogs:
        say(f"  {each.member.episode.label} (distance {each.distance:.1f}): {'; '.join(each.why)}.")
        say(f"    {_timeline(each)}")
    say("")
    for line in _comparisons(found):
        say(line)
    say("\nLikely direction of selection\n  " + found.selection)
    say("\nWhat cannot be said")
    for caution in found.cautions[1:]:
        say(f"  - {caution}")
    if found.questions:
        say("\nQuestions that the record can settle later")
        for question in found.questions:
            say(f"  - {question}")


def _phrase(found: Withdrawal) -> str:
    from aneroid.scenarios.model import Stratum

    return "at war" if found.stratum is Stratum.WAR else f"with {found.stratum}"


def _rates(found: Withdrawal) -> pd.DataFrame:
    import pandas as pd

    from aneroid.charts.words import percent

    rows = []
    for rate in found.rates:
        own = rate.stratum is found.stratum
        if rate.years != found.horizon and not own:
            continue  # other strata at the horizon asked for alone
        names = rate.members[:NAMES_SHOWN] if rate.years == found.horizon else ()
        more = len(rate.members) - len(names) if names else 0
        rows.append(
            {
                "own": not own,
                "before": f"{rate.stratum}{' (this case)' if own else ''}",
                "what": rate.wording,
                "within": f"{rate.years}y",
                "seen": f"{rate.events} of {rate.n}",
                "rate": percent(rate.rate),
                "range": f"{100 * rate.low:.0f}–{100 * rate.high:.0f} %",
                "without": percent(rate.control_rate),
                "where": ", ".join(names) + (f" and {more} more" if more > 0 else ""),
            }
        )
    return pd.DataFrame(rows).sort_values("own", kind="stable")


def _members(found: Withdrawal) -> pd.DataFrame:
    import pandas as pd

    from aneroid.scenarios.sentences import cut

    marks = {True: "yes", False: "no", None: "?"}
    rows = [
        {
            "case": each.episode.label,
            "cut": cut(each.episode) + (" (brief)" if each.episode.brief else ""),
            "basis": each.episode.basis,
            "conflict": ", ".join(marks[seen] for seen in each.conflict),
            "war": ", ".join(marks[seen] for seen in each.war),
        }
        for each in found.members
        if each.stratum is found.stratum
    ]
    return pd.DataFrame(rows, columns=list(MEMBER_HEADINGS))


def _timeline(analog: Analog) -> str:
    from aneroid.charts.words import fixed

    words = {0: "none", 1: "minor", 2: "WAR", None: "?"}
    counted = analog.member.episode.basis == "troop table"
    parts = []
    for step in analog.timeline:
        strength = "?" if step.troops is None else f"{step.troops:,}"
        troops = f", {strength} troops" if counted else ""
        lean = "" if step.lean is None else f", lean {fixed(step.lean, 1, signed=True)}"
        parts.append(f"{step.year} {words[step.conflict]}{troops}{lean}")
    return " | ".join(parts)


def _comparisons(found: Withdrawal) -> list[str]:
    from aneroid.charts.words import percent

    lines = ["Against like hosts without a cut (matched on stratum, time, recent conflict and strength)"]
    for each in found.matched:
        low, high = 100 * each.low, 100 * each.high
        text = (
            f"  {each.outcome} within {found.horizon}y: {100 * each.difference:+.0f} points ({low:+.0f} "
            f"to {high:+.0f}), {each.n} cases in {each.hosts} hosts"
        )
        verdict = (
            "no clear difference"
            if each.low <= 0 <= each.high
            else "a difference, of cases not chosen at random"
        )
        lines.append(f"{text}: {verdict}.".replace("-", "−"))
    wider = found.all_powers
    if wider is not None:
        text = f"  Departures of all powers on record: {wider.wording} within {wider.years}y in {wider.events} of {wider.n}"
        lines.append(
            f"{text}; pooled {percent(wider.rate)} ({100 * wider.low:.0f}–{100 * wider.high:.0f} %)."
        )
    if not found.matched:
        lines.append("  Too few cases have a match.")
    synthetic = found.synthetic
    state = "informative" if synthetic.informative else "not informative"
    lines.append(f"Synthetic control of {synthetic.about}: {state}; {synthetic.reason}.")
    if synthetic.informative and synthetic.gap is not None and synthetic.placebo_p is not None:
        lines.append(
            f"  Gap after the cut {synthetic.gap:+.1f} steps of conflict, placebo p {synthetic.placebo_p:.2f}.".replace(
                "-", "−"
            )
        )
    return lines
