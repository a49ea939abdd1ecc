"""`aneroid ideal-points` and `aneroid similarity`: measures on the packaged roll calls, for use without the rest."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aneroid.cli.output import Format, FormatOption, QuietOption, emit, notes
from aneroid.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

ROWS_SHOWN = 40  # of a long table on a terminal; files and csv have all


class Period(StrEnum):
    """By what votes are grouped."""

    SESSION = "session"
    YEAR = "year"


StatesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[STATE…]", help="Names or codes; all states by default.")
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write all rows to a .csv or .parquet file.")
]
PeriodOption = Annotated[
    Period, typer.Option(help="Group votes by session of the Assembly or by calendar year.")
]


def ideal_points(
    states: StatesArgument = None,
    dims: Annotated[
        int, typer.Option(min=1, max=12, help="Dimensions; 1 is comparable with published series.")
    ] = 5,
    issues: Annotated[
        str, typer.Option(help="Keep votes on these issues: me, nu, di, hr, co, ec, comma-separated.")
    ] = "",
    period: PeriodOption = Period.SESSION,
    draws: Annotated[
        int, typer.Option(min=0, help="Give this many joint posterior draws instead of points.")
    ] = 0,
    compare: Annotated[
        str, typer.Option(help="published: set the fit beside the published yearly series.")
    ] = "",
    seed: Annotated[int, typer.Option(help="Seed of the draws.")] = 0,
    output: OutputOption = None,
    form: FormatOption = Format.TABLE,
    quiet: QuietOption = False,
) -> None:
    """Fit ideal points to the whole voting record of the United Nations, with intervals."""
    from aneroid.measures.verbs import compare_with_published, draws_table, fit_packaged, points_table

    if compare not in {"", "published"}:
        raise InputError(f'--compare "{compare}" is not known. It takes: published.')
    _check(output)
    wanted = [name.strip() for name in issues.split(",") if name.strip()] or None
    yearly = Period.YEAR if compare else period
    notes([f"Fitting {dims} dimension{'s' * (dims > 1)} by {yearly} …"], quiet=quiet)
    fitted = fit_packaged(dims=dims, issues=wanted, period=yearly.value, draws=max(draws, 300), seed=seed)
    chosen = _ids(states)
    if compare:
        _give(_agreement(compare_with_published(fitted).as_dict()), form, output, quiet)
        return
    table = draws_table(fitted, draws, chosen) if draws else points_table(fitted, chosen)
    _give(table, form, output, quiet)
    notes(
        ["Higher on the first dimension is closer to the United States; ranges hold 5 and 9 in 10.", _SOURCE],
        quiet=quiet,
    )


def similarity(
    states: StatesArgument = None,
    measures: Annotated[
        str,
        typer.Option(
            help="Comma-separated: agreement, s_absolute, s_squared, kappa, kappa_absolute, kappa_squared, "
            "pi_absolute, pi_squared, tau_b."
        ),
    ] = "s_absolute,s_squared,kappa_squared,pi_absolute,pi_squared",
    period: PeriodOption = Period.SESSION,
    minimum: Annotated[int, typer.Option(min=1, help="Leave out dyads with fewer votes in common.")] = 1,
    output: OutputOption = None,
    form: FormatOption = Format.TABLE,
    quiet: QuietOption = False,
) -> None:
    """Compare the votes of every two states: S, kappa, pi and more, by session or year."""
    from aneroid.measures.verbs import similarity_table

    _check(output)
    names = [name.strip() for name in measures.split(",") if name.strip()]
    table = similarity_table(measures=names, states=_ids(states), period=period.value, minimum=minimum)
    _give(table, form, output, quiet)
    notes(
        ["1 is alike in every vote both cast; absence is missing, abstention the middle.", _SOURCE],
        quiet=quiet,
    )


_SOURCE = "Votes: United Nations General Assembly Voting Data, 1946–January 2020 (`aneroid cite unga`)."


def _ids(states: list[str] | None) -> list[str] | None:
    from aneroid.states import resolve

    return [resolve(name, between=(1946, 2020)).id for name in states] if states else None


def _agreement(found: dict[str, float]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([found])


def _check(output: Path | None) -> None:
    if output is not None and output.suffix not in {".csv", ".parquet"}:
        raise InputError(f'"{output}" must end in .csv or .parquet.')


def _give(table: pd.DataFrame, form: Format, output: Path | None, quiet: bool) -> None:
    from aneroid.tables import write_parquet

    if output is None:
        emit(table if form is not Format.TABLE else table.head(ROWS_SHOWN), form)
        if form is Format.TABLE and len(table) > ROWS_SHOWN:
            notes([f"{len(table) - ROWS_SHOWN:,} more rows; --format csv or -o FILE gives all."], quiet=quiet)
    elif output.suffix == ".csv":
        table.to_csv(output, index=False, float_format="%.6f", lineterminator="\n")
    else:
        write_parquet(table, output)
    if output is not None:
        notes([f"Wrote {len(table):,} rows to {output}."], quiet=quiet)
