"""`aneroid read`: who is said to have done what to whom, according to whom, and whether the record agrees."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aneroid.cli.asking import day
from aneroid.cli.output import Format, QuietOption, StoreOption, emit, notes
from aneroid.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.claims.batch import Given, Outcome
    from aneroid.text.collect import Item
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
    "standing": "standing",
    "answer": "record",
}
FEW = 3  # articles that are shown claim by claim; more are shown one line each
SHOWN = 20  # reasons of rejection that are printed


class ReadFormat(StrEnum):
    """Forms of output of `read`."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"


def read(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|FOLDER|URL|-",
            help="HTML, text, Markdown, PDF, mail (EML), a feed (RSS, Atom), a table with one article a row (Parquet, JSONL, "
            "CSV), a folder of these, an address; - is stdin.",
        ),
    ],
    form: Annotated[
        ReadFormat, typer.Option("--format", help="html is the article with its claims marked.")
    ] = ReadFormat.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here instead of stdout.")
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write a page of the article here; a folder for several articles."),
    ] = None,
    full: Annotated[
        bool,
        typer.Option(
            "--full",
            help="Show the text with its claims marked, the record's answer, and why each actor was matched.",
        ),
    ] = False,
    outlet: Annotated[str, typer.Option(help="Outlet, where the file does not say.")] = "",
    published: Annotated[
        str, typer.Option(help="Date of the article, YYYY-MM-DD, where the file does not say.")
    ] = "",
    since: Annotated[str, typer.Option(help="Leave out articles before this day, YYYY-MM-DD.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="Read so many articles at most.")] = 1_000_000,
    follow: Annotated[
        bool, typer.Option("--follow", help="Fetch the page each item of a feed links to.")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep/--no-keep", help="Keep the article and its claims in the store.")
    ] = True,
    quiet: QuietOption = False,
    store: StoreOption = None,
) -> None:
    """Read articles: claims with actors, modality and attribution, spans in the text, and the record's answer."""
    from aneroid.claims.batch import Given
    from aneroid.record import find_store

    given = Given(outlet or None, day(published, "--published"), day(since, "--since"), keep)
    if output is not None and not output.parent.is_dir():
        raise InputError(f"There is no folder {output.parent} to write to. Make it first or choose another.")
    items, unusable = _items(inputs, limit, follow=follow)
    if form is ReadFormat.HTML and len(items) > 1:
        raise InputError(
            "--format html shows one article at a time; give one input, or --html FOLDER for all."
        )
    if html is not None and len(items) > 1 and html.is_file():
        raise InputError(f"{html} is a file; {len(items)} articles need a folder.")
    outcomes = [*unusable, *_run(items, find_store(store), given, quiet=quiet)]
    usable = [outcome for outcome in outcomes if outcome.article]
    rejected = [outcome for outcome in outcomes if outcome.state == "rejected"]
    if not usable and rejected:
        if len(outcomes) == 1 and rejected[0].error is not None:
            raise rejected[0].error
        raise InputError(f"None of the {len(outcomes)} inputs could be read. {rejected[0].reason}")
    shown = _Shown(usable, find_store(store))
    shown.explain(quiet=quiet)
    if html is not None:
        shown.write_pages(html, quiet=quiet)
    if full:
        shown.print_full()
    elif html is None or form is not ReadFormat.TABLE or output is not None:
        shown.print(form, output, outcomes)
    notes([f"not read: {_line(each)}" for each in rejected[:SHOWN]])
    if len(rejected) > SHOWN:
        notes(
            [
                f"… and {len(rejected) - SHOWN} more; --format csv of the run lists the articles that were read."
            ]
        )
    if rejected:
        raise typer.Exit(3)


def _line(outcome: Outcome) -> str:
    return outcome.reason if outcome.name in outcome.reason else f"{outcome.name}: {outcome.reason}"


def _items(inputs: list[str], limit: int, *, follow: bool) -> tuple[list[Item], list[Outcome]]:
    """All articles behind the inputs, and the inputs that cannot be used."""
    from aneroid.claims.batch import Outcome
    from aneroid.text.collect import collect

    items: list[Item] = []
    unusable: list[Outcome] = []
    for name in inputs:
        try:
            items += collect(name, follow=follow)
        except InputError as error:
            if len(inputs) == 1:
                raise
            unusable.append(Outcome(name, "rejected", str(error)))
    return items[:limit], unusable


def _run(items: list[Item], folder: Path, given: Given, *, quiet: bool) -> list[Outcome]:
    """Read them, with a progress bar where there are many, and say how it went."""
    from aneroid.claims.batch import read_many
    from aneroid.record import Store

    Store.open(folder, progress=lambda line: notes([line], quiet=quiet)).close()
    if len(items) <= FEW:
        outcomes = list(read_many(items, folder, given, afresh=True))
        notes([f"{o.name}: left out, {o.reason}." for o in outcomes if o.state == "left out"], quiet=quiet)
        return outcomes
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    started = time.monotonic()
    outcomes = []
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet) as bar:
        task = bar.add_task("articles", total=len(items))
        for outcome in read_many(items, folder, given):
            outcomes.append(outcome)
            bar.advance(task)
    seconds = time.monotonic() - started
    counts = Counter(outcome.state for outcome in outcomes)
    told = ", ".join(f"{count:,} {state}" for state, count in counts.most_common())
    claims = sum(outcome.claims for outcome in outcomes)
    rate = f"{len(outcomes):,} articles in {seconds:.0f} s ({len(outcomes) / seconds:.1f} a second)"
    notes([f"{rate}: {told}; {claims:,} claims."], quiet=quiet)
    return outcomes


class _Shown:
    """The articles of a run as they are printed: from memory where they were not kept, else from the store."""

    def __init__(self, outcomes: list[Outcome], folder: Path) -> None:
        self.outcomes, self.folder = outcomes, folder

    def readings(self) -> list[tuple[Reading, pd.DataFrame]]:
        from aneroid.claims.report import answers
        from aneroid.claims.restore import reading_of
        from aneroid.record import Store

        with Store.open(self.folder) as store:
            read = [outcome.reading or reading_of(store, outcome.article) for outcome in self.outcomes]
            return [(reading, answers(store, reading)) for reading in read]

    def explain(self, *, quiet: bool) -> None:
        """Notes on single articles, where there are few."""
        if len(self.outcomes) > FEW:
            return
        words = {"new": "kept in", "copy": "kept in", "known": "was already in"}
        for outcome in self.outcomes:
            if outcome.state in words:
                line = f"Article {outcome.article} {words[outcome.state]} the store {self.folder}."
                extra = " It nearly repeats an article that is there." if outcome.state == "copy" else ""
                notes([line + extra], quiet=quiet)
        for reading, _ in self.readings():
            notes(reading.notes, quiet=quiet)

    def print(self, form: ReadFormat, output: Path | None, outcomes: list[Outcome]) -> None:
        if form is ReadFormat.TABLE and output is None:
            if len(outcomes) > FEW:
                emit(_summary(outcomes), Format.TABLE)
            else:
                for reading, table in self.readings():
                    _print_claims(reading, table)
            return
        text = _written(self.readings(), form)
        if output is None:
            sys.stdout.write(text)
        else:
            output.write_text(text, encoding="utf-8")

    def write_pages(self, where: Path, *, quiet: bool) -> None:
        """One page an article."""
        done = self.readings()
        if len(done) > 1 or where.is_dir():
            where.mkdir(parents=True, exist_ok=True)
            paths = [where / f"{reading.article.article_id}.html" for reading, _ in done]
        else:
            paths = [where]
        for path, (reading, table) in zip(paths, done, strict=True):
            path.write_text(_page(reading, table), encoding="utf-8")
        notes([f"Wrote {len(paths)} page{'s' if len(paths) > 1 else ''}: {where}"], quiet=quiet)

    def print_full(self) -> None:
        from aneroid.cli.article import print_article

        for reading, table in self.readings():
            print_article(reading, table)


def _print_claims(reading: Reading, table: pd.DataFrame) -> None:
    from aneroid.cli.article import print_parties

    title = reading.article.title or reading.article.article_id
    emit(table, Format.TABLE, headings=HEADINGS, title=f"{title}: {len(table)} claims")
    if table.empty and reading.parties:
        print_parties(reading)


def _summary(outcomes: list[Outcome]) -> pd.DataFrame:
    import pandas as pd

    names = ("name", "state", "published", "outlet", "language", "claims", "title", "reason")
    rows = [{name: getattr(outcome, name) for name in names} for outcome in outcomes]
    return pd.DataFrame(rows, columns=list(names))


def _page(reading: Reading, table: pd.DataFrame) -> str:
    from aneroid.text import to_html

    record = {str(row.claim): f"{row.standing} — {row.answer}: {row.evidence}" for row in table.itertuples()}
    return to_html(reading, answers=record)


def _written(done: list[tuple[Reading, pd.DataFrame]], form: ReadFormat) -> str:
    """The claims as a file: no sentence is given whole, only its first words."""
    import pandas as pd

    from aneroid.text import to_rows

    if form is ReadFormat.HTML:
        return _page(*done[0])
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
