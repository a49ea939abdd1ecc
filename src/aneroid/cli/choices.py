"""What `orient --weights` and `explain --sensitivity` print: an estimate beside what other choices would have made of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.cli.output import Format, emit, notes
from aneroid.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.orientation.fit import OrientationFit
    from aneroid.orientation.sensitivity import Headline

OWN_HEADINGS = {
    "state": "state",
    "date": "year",
    "pole_a": "towards (+)",
    "pole_b": "towards (−)",
    "lean": "lean",
    "lo90": "likely from",
    "hi90": "to (9 in 10)",
    "own_lean": "own weights",
    "own_lo90": "likely from",
    "own_hi90": "to (9 in 10)",
}
CHOICE_HEADINGS = {
    "kind": "kind",
    "choice": "choice",
    "lean_start": "lean at start",
    "lean_end": "at end",
    "movement": "movement",
    "lo90": "likely from",
    "hi90": "to (9 in 10)",
}


def show_own_weights(
    fitted: OrientationFit,
    states: list[str],
    poles: tuple[str, ...],
    years: tuple[int, int],
    path: Path,
    *,
    form: Format,
    quiet: bool,
) -> None:
    """Print leans under the user's weights beside the estimate, for every pair of poles."""
    import pandas as pd

    from aneroid.orientation.desk import pairs
    from aneroid.orientation.sensitivity import weighted_lean
    from aneroid.orientation.weights import load_weights

    own = load_weights(path, known=[*fitted.design.families, *fitted.design.names])
    tables = [
        weighted_lean(fitted, [state for state in states if state not in pair], pair, years, own)
        for pair in pairs(poles)
        if set(states) - set(pair)
    ]
    emit(pd.concat(tables, ignore_index=True), form, headings=OWN_HEADINGS)
    if form is Format.TABLE:
        changed = ", ".join(f"{name} {value:g}" for name, value in own.changed.items()) or "none: all are one"
        notes(
            [
                f"Weights that are not one: {changed}.",
                f"{fitted.scale.lean_sentence} Parameters stay as fitted.",
            ],
            quiet=quiet,
        )


def show_sensitivity(
    fitted: OrientationFit,
    headline: Headline,
    *,
    folder: Path,
    issues: bool,
    chart: Path | None,
    form: Format,
    quiet: bool,
) -> None:
    """Print a movement under every choice, and draw it if asked to."""
    from aneroid.orientation.sensitivity import sensitivity, votes_by_issue

    if chart is not None and chart.suffix not in {".svg", ".png"}:
        raise InputError(f'The chart is written as .svg or .png; "{chart}" is neither.')
    votes = votes_by_issue(folder) if issues else None
    table = sensitivity(fitted, headline, votes=votes)
    if chart is not None:
        _draw(table, headline, chart)
        notes([f"Wrote {chart}."], quiet=quiet)
    title = (
        f"{headline.state}: lean between {headline.pole_a} (+) and {headline.pole_b} (−), "
        f"{headline.start} to {headline.end}, under every choice"
    )
    emit(table, form, headings=CHOICE_HEADINGS, title=title)
    if form is Format.TABLE:
        lines = ["Each line solves the state anew; parameters stay as fitted, and lines need not add up."]
        notes([*lines, fitted.scale.lean_sentence], quiet=quiet)


def _draw(table: pd.DataFrame, headline: Headline, path: Path) -> None:
    from aneroid.charts.render import save_svg, to_png
    from aneroid.charts.specification_curve import specification_curve
    from aneroid.states import pole_name

    drawn = specification_curve(
        table,
        state=pole_name(headline.state),
        pole_a=pole_name(headline.pole_a),
        pole_b=pole_name(headline.pole_b),
        years=(headline.start, headline.end),
    )
    if path.suffix == ".svg":
        save_svg(drawn, path)
    else:
        path.write_bytes(to_png(drawn))
