"""`aneroid digest`: the printable report of one state."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from aneroid.cli.orientation import FromOption, PolesOption, ToOption, pole_ids, scope
from aneroid.cli.output import QuietOption, StoreOption, notes
from aneroid.errors import InputError

YEARS_SHOWN = 20


def digest(
    state: Annotated[str, typer.Argument(help="Name or code of one state.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write, ending in .html.")],
    first: FromOption = None,
    last: ToOption = None,
    poles: PolesOption = "",
    made_on: Annotated[
        str, typer.Option("--date", help="Date to print on it, YYYY-MM-DD; today by default.")
    ] = "",
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write the digest of a state: finding, dial, trajectory, what moved it, claims, sources."""
    if output.suffix.lower() not in {".html", ".htm"}:
        raise InputError(
            f'The digest is written as HTML; "{output}" does not end in .html. For instance -o iraq.html.'
        )
    try:
        date.fromisoformat(made_on or "2000-01-01")
    except ValueError:
        raise InputError(f'--date "{made_on}" is not a date. Write it as YYYY-MM-DD.') from None
    from aneroid.digest import build_content, gather, write_digest
    from aneroid.orientation.desk import load_fit
    from aneroid.record import Store, find_store

    folder = find_store(store)
    fitted = load_fit(folder, lambda line: notes([line], quiet=quiet))
    (found,), start, end = scope([state], first, last, fitted.years, shown=YEARS_SHOWN)
    with Store.open(folder) as opened:
        content = gather(
            opened,
            fitted,
            found,
            poles=pole_ids(poles),
            start=start,
            end=end,
            made_on=made_on or date.today().isoformat(),
        )
    write_digest(build_content(content), output)
    notes([f"Wrote {output}. Open it in a browser; it needs no network."], quiet=quiet)
