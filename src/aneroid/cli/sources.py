"""`aneroid sources` and `aneroid cite`: where data come from, how fresh they are, how to cite what was used."""

from __future__ import annotations

from typing import Annotated

import typer

from aneroid.cli.output import Format, FormatOption, QuietOption, StoreOption, emit, notes

app = typer.Typer(help="Sources: what there is, on which terms, how fresh.", no_args_is_help=True)


@app.command("list")
def list_sources(form: FormatOption = Format.TABLE) -> None:
    """List every source with its terms."""
    from aneroid.sources.registry import as_frame

    emit(
        as_frame(),
        form,
        headings={
            "source": "source",
            "title": "title",
            "licence": "licence",
            "redistribute": "pass on",
            "commercial": "commercial use",
            "needs": "needs",
        },
    )


@app.command("status")
def status(form: FormatOption = Format.TABLE, store: StoreOption = None, quiet: QuietOption = False) -> None:
    """Show for each indicator which years the store holds, from which vintage."""
    from aneroid.record import Store, find_store
    from aneroid.record.status import status as freshness

    with Store.open(find_store(store), progress=lambda line: notes([line], quiet=quiet)) as opened:
        emit(
            freshness(opened),
            form,
            headings={
                "indicator": "indicator",
                "source": "source",
                "first_year": "from",
                "last_year": "to",
                "rows": "rows",
                "version": "version",
                "retrieved": "retrieved",
            },
        )


def cite(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Source ids; all that the store uses by default.")
    ] = None,
    bibtex: Annotated[bool, typer.Option("--bibtex", help="Print BibTeX instead of sentences.")] = False,
    form: FormatOption = Format.TABLE,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Print the citations and licences of what the store's estimates rest on."""
    from aneroid.record import Store, find_store
    from aneroid.record.citations import bibliography, cited

    with Store.open(find_store(store), progress=lambda line: notes([line], quiet=quiet)) as opened:
        frame = cited(opened, sources)
        snapshot = opened.value("SELECT value FROM meta WHERE key = 'snapshot'")
    if bibtex:
        typer.echo(bibliography(frame))
    elif form is Format.TABLE:
        for row in frame.to_dict("records"):
            typer.echo(f"{row['source']}: {row['citation']} Licence: {row['licence']}.")
    else:
        emit(frame, form)
    notes([f"Snapshot {snapshot}."], quiet=quiet)
