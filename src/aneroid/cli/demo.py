"""`aneroid demo`, what `make run` calls: the whole chain once, on the packaged data, told about one state; then the pages."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aneroid.cli.output import Format, QuietOption, StoreOption, emit, notes

if TYPE_CHECKING:
    from aneroid.orientation.fit import OrientationFit

STATE = "IRQ"  # the state the sample articles tell of; every command takes any other
POLES = ("USA", "RUS")
TOLD = (2003, 2020)
MOVED = (2003, 2019)


def demo(
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve the pages afterwards, until stopped.")
    ] = True,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve the pages on.")] = 8000,
    reset: Annotated[bool, typer.Option("--reset", help="Delete the store first and start afresh.")] = False,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Build the store, read two articles, fit all states, and show where Iraq and its neighbours lean."""
    from aneroid.orientation.desk import load_fit
    from aneroid.record import find_store
    from aneroid.record.store import remove

    folder = find_store(store)
    if reset:
        remove(folder)

    def tell(line: str) -> None:
        notes([line], quiet=quiet)

    fitted = load_fit(folder, tell)
    _read_samples(folder, tell)
    _show_neighbourhood(fitted)
    print(_what_moved(fitted))
    print(f"\nDigest of {STATE} {TOLD[0]}–{TOLD[1]}: {_write_digest(folder, fitted)}")
    notes(_next_steps(), quiet=quiet)
    if serve:
        from aneroid.cli.serve import serve as serve_pages

        serve_pages(port=port, store=store, quiet=quiet)


def _read_samples(folder: Path, tell: Callable[[str], None]) -> None:
    """Read the packaged articles unless this release has read them before."""
    from aneroid.claims import READER, take_in
    from aneroid.record import Store
    from aneroid.record.articles import articles
    from aneroid.text import load_document, read_article, samples

    with Store.open(folder) as opened:
        known = articles(opened)
    for path in samples():
        document = load_document(path)
        if ((known.sha256 == document.sha256) & (known.reader == READER)).any():
            continue
        tell(f"Reading the sample article {path.name} …")
        reading = read_article(document)
        with Store.open(folder, write=True) as opened:
            take_in(opened, reading, document)
        tell(
            f"  {len(reading.claims)} claims, each held against the record; `aneroid read {path}` shows them"
        )


def _show_neighbourhood(fitted: OrientationFit) -> None:
    from aneroid.states import neighbours, resolve

    year = fitted.years[1]
    states = [STATE, *(state.id for state in neighbours(STATE, on=year))]
    table = fitted.lean(states, *POLES, year, year).sort_values("lean", ascending=False)
    named = table.assign(state=[resolve(state).name for state in table.state])
    headings = {
        "state": "state",
        "lean": "lean",
        "lo90": "likely from",
        "hi90": "to (9 in 10)",
        "n_indicators": "indicators",
    }
    emit(
        named,
        Format.TABLE,
        headings=headings,
        title=f"Lean towards {POLES[0]} (+) or {POLES[1]} (−) in {year}",
    )
    print(fitted.scale.lean_sentence + "\n")


def _what_moved(fitted: OrientationFit) -> str:
    """The finding of the waterfall of contributions, and the movement as a whole."""
    from aneroid.charts.model import poles
    from aneroid.charts.waterfall import waterfall
    from aneroid.charts.words import estimate_text, number
    from aneroid.states import pole_name, resolve

    result = fitted.contributions(STATE, *POLES, *MOVED)
    lean = fitted.lean([STATE], *POLES, *MOVED).set_index("date")["lean"]
    first, last = MOVED
    ends = [(year, float(lean[str(year)])) for year in MOVED]
    pole_a, pole_b = poles([(pole, pole_name(pole)) for pole in POLES])
    name = resolve(STATE).name
    chart = waterfall(
        result.by_indicator, state=name, pole_a=pole_a, pole_b=pole_b, start=ends[0], end=ends[1]
    )
    half = 1.645 * result.sd
    whole = estimate_text(result.movement, result.movement - half, result.movement + half)
    if abs(result.movement) < half:
        whole += ", which may be no movement at all"
    moved = f"from {number(ends[0][1])} in {first} to {number(ends[1][1])} in {last}: {whole}"
    return f"{chart.title}. All in all the lean moved {moved}."


def _write_digest(folder: Path, fitted: OrientationFit) -> Path:
    from aneroid.digest import build_content, gather, write_digest
    from aneroid.record import Store

    path = folder / "digests" / f"{STATE}-{TOLD[0]}-{TOLD[1]}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    with Store.open(folder) as opened:
        given = gather(
            opened,
            fitted,
            STATE,
            poles=(*POLES, "CHN"),
            start=TOLD[0],
            end=TOLD[1],
            made_on=date.today().isoformat(),
        )
    write_digest(build_content(given), path)
    return path.resolve()


def _next_steps() -> list[str]:
    program = Path(sys.argv[0])
    try:
        program = program.resolve().relative_to(Path.cwd())
    except ValueError:
        program = Path(program.name)
    return [
        "",
        f"The program is {program}. Try next:",
        f"  {program} orient Turkey --poles USA,RUS --from 1990",
        f"  {program} explain IRQ --from 2009 --to 2019",
        f"  {program} digest Egypt --from 1970 --to 1990 -o egypt.html",
        f"  {program} read ARTICLE.html",
        f"  {program} --help",
    ]
