"""`aneroid read`: who is said to have done what to whom, according to whom, and whether the record agrees."""

from __future__ import annotations

import json
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aneroid.cli.output import Format, QuietOption, StoreOption, emit, notes
from aneroid.errors import AneroidError, InputError

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.text.model import Reading

HEADINGS = {
    "date": "when",
    "source": "who",
    "event": "event",
    "target": "to whom",
    "kind": "kind",
    "modality": "modality",
    "attributed_to": "says who",
    "details": "details",
    "answer": "record",
}


class ReadFormat(StrEnum):
    """Forms of output of `read`."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"


def read(
    inputs: Annotated[
        list[str], typer.Argument(metavar="FILE|URL|-", help="HTML, plain text or Markdown; - is stdin.")
    ],
    form: Annotated[
        ReadFormat, typer.Option("--format", help="html is the article with its claims marked.")
    ] = ReadFormat.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here instead of stdout.")
    ] = None,
    outlet: Annotated[str, typer.Option(help="Outlet, where the file does not say.")] = "",
    published: Annotated[
        str, typer.Option(help="Date of the article, YYYY-MM-DD, where the file does not say.")
    ] = "",
    keep: Annotated[
        bool, typer.Option("--keep/--no-keep", help="Keep the article and its claims in the store.")
    ] = True,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Read articles: every claim with its span, its source in the text, and the record's answer."""
    given = _date(published)
    if output is not None and not output.parent.is_dir():
        raise InputError(f"There is no folder {output.parent} to write to. Make it first or choose another.")
    done: list[tuple[Reading, pd.DataFrame]] = []
    rejected: list[str] = []
    for name in inputs:
        try:
            done.append(_read_one(name, outlet, given, keep=keep, store=store, quiet=quiet))
        except AneroidError as error:
            if len(inputs) == 1:
                raise
            rejected.append(f"{name}: {error}")
    if not done:
        raise InputError(f"None of the {len(inputs)} inputs could be read. {rejected[0]}")
    _print(done, form, output)
    notes([f"not read: {line}" for line in rejected])
    if rejected:
        raise typer.Exit(3)


def _read_one(
    name: str, outlet: str, published: date | None, *, keep: bool, store: Path | None, quiet: bool
) -> tuple[Reading, pd.DataFrame]:
    from aneroid.claims import answers, take_in
    from aneroid.record import Store, find_store
    from aneroid.text import load_document, read_article

    document = load_document(name)
    reading = read_article(document, outlet=outlet or None, published=published)
    folder = find_store(store)
    with Store.open(folder, write=keep, progress=lambda line: notes([line], quiet=quiet)) as opened:
        if keep:
            new = take_in(opened, reading, document)
            state = "kept in" if new else "was already in"
            notes([f"Article {reading.article.article_id} {state} the store {folder}."], quiet=quiet)
        table = answers(opened, reading)
    notes(reading.notes, quiet=quiet)
    return reading, table


def _print(done: list[tuple[Reading, pd.DataFrame]], form: ReadFormat, output: Path | None) -> None:
    if form is ReadFormat.TABLE and output is None:
        for reading, table in done:
            title = reading.article.title or reading.article.article_id
            emit(table, Format.TABLE, headings=HEADINGS, title=f"{title}: {len(table)} claims")
        return
    text = _written(done, form)
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8")


def _written(done: list[tuple[Reading, pd.DataFrame]], form: ReadFormat) -> str:
    """The claims as a file: no sentence is given whole, only its first words."""
    import pandas as pd

    from aneroid.text import to_html, to_rows

    if form is ReadFormat.HTML:
        if len(done) > 1:
            raise InputError("--format html shows one article at a time; give one input.")
        reading, table = done[0]
        record = {str(row.claim): f"{row.answer}: {row.evidence}" for row in table.itertuples()}
        return to_html(reading, answers=record)
    rows: list[dict[str, object]] = []
    for reading, table in done:
        found = table.set_index("claim")[["standing", "answer", "evidence"]].to_dict("index")
        rows += [{**row, "record": found[str(row["claim_id"])]} for row in to_rows(reading)]
    if form is ReadFormat.JSON:
        return json.dumps(rows, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    if form is ReadFormat.JSONL:
        return "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)
    frame = pd.concat([table.drop(columns="sentence") for _, table in done], ignore_index=True)
    return frame.to_csv(index=False, lineterminator="\n")


def _date(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(
            f'--published "{text}" is not a date. Write it as YYYY-MM-DD, for instance 2020-02-02.'
        ) from None
