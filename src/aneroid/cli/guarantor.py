"""`aneroid guarantor`: what each pole provides for a state's security, and what would leave with it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aneroid.cli.output import Format, FormatOption, QuietOption, StoreOption, emit, notes

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.guarantors.model import Assessment, Provision

HEADINGS = {
    "pole": "pole",
    "share": "share of protection",
    "range": "likely range",
    "shows": "takes its side in",
    "shows_range": "likely range",
    "item": "on record",
}
THREAT_HEADINGS = {"kind": "from", "text": "what is on record", "source": "source"}
KINDS = {
    "within": "within",
    "another state": "another state",
    "power": "a pole",
    "next door": "next door",
}
SHOWN = 0.005  # share under which a pole without a tie is left out of the table


def guarantor(
    state: Annotated[str, typer.Argument(metavar="STATE", help="Name or code, for instance IRQ.")],
    on: Annotated[
        str,
        typer.Option("--on", help="Year, month or day (2010, 2020-01); the last year on record by default."),
    ] = "",
    poles: Annotated[
        str, typer.Option("--poles", help="Poles to show, comma-separated; all nine by default.")
    ] = "",
    weights: Annotated[
        bool, typer.Option("--weights", help="Also print the weights with their ranges.")
    ] = False,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Also draw the shares into this SVG file.")
    ] = None,
    form: FormatOption = Format.TABLE,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Show who protects a state, with what, how surely, and what would leave with whom."""
    from dataclasses import asdict

    from aneroid.guarantors import assess
    from aneroid.record import Store, find_store
    from aneroid.states import parse_poles

    wanted = parse_poles(poles) if poles else None
    with Store.open(find_store(store), progress=lambda line: notes([line], quiet=quiet)) as opened:
        found = assess(opened, state, on=on or None, poles=wanted)
    if picture:
        _draw(found, picture)
    if form is Format.CSV:
        emit(found.frame(), form)
    elif form is Format.JSON:
        sys.stdout.write(json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n")
    else:
        _report(found, weights)
    notes([f"Gap: {gap}" for gap in found.gaps], quiet=quiet)
    notes(
        ["`aneroid cite` prints the sources: ATOP, DCAD, GSDB, MID, SIPRI, UCDP, US Department of Defense."],
        quiet=quiet,
    )


def _draw(found: Assessment, picture: Path) -> None:
    from aneroid.charts.chances import Chance, chances
    from aneroid.charts.render import save_svg

    rows = [Chance(p.name, p.share.mid, p.share.low, p.share.high) for p in found.provisions]
    subtitle = f"Share of the protection that ties add, {found.on}; what is missing to 100 % is nobody's"
    chart = chances(rows, name="guarantors", title=found.verdict.removesuffix("."), subtitle=subtitle)
    save_svg(chart, picture)


def _report(found: Assessment, weights: bool) -> None:
    from aneroid.charts.words import percent

    say = typer.echo
    say(f"Guarantors of {found.name}, {found.on}\n\n{found.verdict}")
    say(
        f"Chance that no pole takes its side in an episode: {percent(found.alone.mid)} "
        f"(likely range {100 * found.alone.low:.0f}–{100 * found.alone.high:.0f} %)."
    )
    emit(_provisions(found), Format.TABLE, headings=HEADINGS, title="What each pole provides")
    bare = [each.name for each in found.provisions if not _shown(each)]
    if bare:
        say(f"No tie on record that adds to protection: {', '.join(bare)}.\n")
    leaving = [each for each in found.provisions if each.leaves]
    if leaving:
        say("What would leave with whom")
        for each in leaving:
            say(f"  {each.name}: {'; '.join(each.leaves)}.")
    for line in found.dependence:
        spread = f", concentration {line.concentration:.2f}" if line.concentration is not None else ""
        say(f"  Most {line.good}: {line.pole} {percent(line.share)}{spread} ({line.note}).")
    if found.threats:
        emit(
            _threats(found), Format.TABLE, headings=THREAT_HEADINGS, title="What it may need protection from"
        )
    else:
        say(
            "\nNo armed conflict, dispute with a pole or conflict next door is on record for the years looked at."
        )
    say(found.basis)
    for range_text in found.sensitivity:
        say(f"  If set by convention to either end: {range_text}.")
    if weights:
        emit(_weights(found), Format.TABLE, title="Weights (log-odds a unit, likely range 9 in 10)")


def _shown(each: Provision) -> bool:
    return each.share.mid >= SHOWN or bool(each.leaves)


def _provisions(found: Assessment) -> pd.DataFrame:
    import pandas as pd

    from aneroid.charts.words import percent

    rows = []
    for each in filter(_shown, found.provisions):
        numbers = {
            "pole": each.name,
            "share": percent(each.share.mid),
            "range": f"{100 * each.share.low:.0f}–{100 * each.share.high:.0f} %",
            "shows": f"{percent(each.shows_up.mid)} of episodes",
            "shows_range": f"{100 * each.shows_up.low:.0f}–{100 * each.shows_up.high:.0f} %",
        }
        for item in filter(lambda one: one.known, each.items):
            rows.append(
                {**numbers, "item": f"{item.text} [{item.source}]" if item.known else f"({item.text})"}
            )
            numbers = dict.fromkeys(numbers, "")
    return pd.DataFrame(rows, columns=list(HEADINGS))


def _threats(found: Assessment) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        [{"kind": KINDS[each.kind], "text": each.text, "source": each.source} for each in found.threats]
    )


def _weights(found: Assessment) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "weight": each.label,
                "value": each.value,
                "from": each.low,
                "to": each.high,
                "basis": each.basis,
            }
            for each in found.weights
        ]
    )
