"""`aneroid claims`: what is claimed, how far it is borne out, and what became of predictions."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aneroid.cli.asking import day
from aneroid.cli.output import Format, FormatOption, QuietOption, StoreOption, emit, notes
from aneroid.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

app = typer.Typer(
    help="List claims with their standing; show one with its history; the ledger of predictions.",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
HEADINGS = {
    "claim": "claim",
    "date": "when",
    "source": "who",
    "event": "event",
    "target": "to whom",
    "kind": "kind",
    "modality": "modality",
    "outlet": "outlet",
    "standing": "standing",
    "answer": "record",
    "known_on": "since",
}
LEDGER_HEADINGS = {
    "question": "question",
    "text": "asked",
    "asked_on": "on",
    "deadline": "until",
    "base_rate": "base rate",
    "probability": "ours",
    "low": "from",
    "high": "to (9 in 10)",
    "speaker_kind": "foretold by",
    "status": "status",
    "evidence": "rows",
}
SCORE_HEADINGS = {
    "by": "by",
    "name": "name",
    "retrospective": "after the fact",
    "n": "n",
    "hit_rate": "hit rate",
    "lo90": "from",
    "hi90": "to (9 in 10)",
    "n_quantified": "n with probability",
    "brier": "Brier",
    "log_score": "log score",
}


class ClaimsFormat(StrEnum):
    """Forms of output of lists of claims."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    CLAIMREVIEW = "claimreview"


AsOfOption = Annotated[str, typer.Option("--as-of", help="As things stood on this day, YYYY-MM-DD.")]


@app.callback()
def claims(
    context: typer.Context,
    state: Annotated[
        str, typer.Option(help="Claims in which this state acts, is acted on, sells or buys.")
    ] = "",
    kind: Annotated[
        str, typer.Option(help="arms_deal, sanctions, troops, visit, … or an event such as ASSAULT.")
    ] = "",
    standing: Annotated[
        str, typer.Option(help="reported, corroborated, confirmed, contradicted or unresolved.")
    ] = "",
    outlet: Annotated[str, typer.Option(help="Part of the outlet's name.")] = "",
    since: Annotated[str, typer.Option(help="In articles of this day or later, YYYY-MM-DD.")] = "",
    as_of: AsOfOption = "",
    form: Annotated[
        ClaimsFormat, typer.Option("--format", help="claimreview is JSON-LD for other fact-checkers.")
    ] = ClaimsFormat.TABLE,
    quiet: QuietOption = False,
    store: StoreOption = None,
) -> None:
    """List the claims in the store with their standing, or run one of the commands below."""
    if context.invoked_subcommand is not None:
        return
    from aneroid.record import Store, find_store
    from aneroid.record.standings import Wanted
    from aneroid.record.standings import claims as listed
    from aneroid.states import resolve

    wanted = Wanted(
        state=resolve(state).id if state else None,
        kind=kind or None,
        standing=_standing(standing),
        outlet=outlet or None,
        since=day(since, "--since"),
    )
    with Store.open(find_store(store), progress=lambda line: notes([line], quiet=quiet)) as opened:
        table = listed(opened, wanted, as_of=day(as_of, "--as-of"))
    if form is ClaimsFormat.CLAIMREVIEW:
        _print_reviews(table)
        return
    shown = table.drop(columns=["body", "sentence_text"]).assign(
        event=[event or "PREDICTION" for event in table.event],
        source=[_party(row, "source") for row in table.to_dict("records")],
        target=[_party(row, "target") for row in table.to_dict("records")],
    )
    emit(shown, Format(form.value), headings=HEADINGS, title=f"{len(shown)} claims" if len(shown) else "")
    if shown.empty:
        notes(
            ["No claim matches. `aneroid read FILE` takes articles in; leave out a filter to see more."],
            quiet=quiet,
        )
    else:
        notes(
            [
                "`aneroid claims show CLAIM` gives one with its history, evidence, and why each actor was matched."
            ],
            quiet=quiet,
        )


@app.command("show")
def show(
    claim: Annotated[str, typer.Argument(help="Id of a claim, or its first digits.")],
    as_of: AsOfOption = "",
    form: FormatOption = Format.TABLE,
    quiet: QuietOption = False,
    store: StoreOption = None,
) -> None:
    """Show one claim: its history, the record's answer, who else tells of it, and why each actor was matched."""
    from aneroid.claims.dossier import dossier
    from aneroid.record import Store, find_store

    with Store.open(find_store(store)) as opened:
        found = dossier(opened, claim, as_of=day(as_of, "--as-of"))
    if form is Format.JSON:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    elif form is Format.CSV:
        import pandas as pd

        emit(pd.DataFrame(found["history"]), Format.CSV)
    else:
        _print_dossier(found)


@app.command("export")
def export(
    form: Annotated[ClaimsFormat, typer.Option("--format", help="What to write.")] = ClaimsFormat.CLAIMREVIEW,
    state: Annotated[str, typer.Option(help="Claims that concern this state.")] = "",
    as_of: AsOfOption = "",
    quiet: QuietOption = False,
    store: StoreOption = None,
) -> None:
    """Write claims on stdout, as ClaimReview unless told otherwise; sentences are quoted with 25 words at most."""
    from aneroid.record import Store, find_store
    from aneroid.record.standings import Wanted
    from aneroid.record.standings import claims as listed
    from aneroid.states import resolve

    with Store.open(find_store(store)) as opened:
        wanted = Wanted(state=resolve(state).id if state else None)
        table = listed(opened, wanted, as_of=day(as_of, "--as-of"))
    if form is ClaimsFormat.CLAIMREVIEW:
        _print_reviews(table)
    else:
        emit(table.drop(columns=["body", "sentence_text"]), Format(form.value))


@app.command("ledger")
def ledger(form: FormatOption = Format.TABLE, quiet: QuietOption = False, store: StoreOption = None) -> None:
    """List the questions of the ledger with base rate, our probability, and what became of them."""
    from aneroid.claims.ledger import questions
    from aneroid.record import Store, find_store

    with Store.open(find_store(store)) as opened:
        table = questions(opened)
    emit(table, form, headings=LEDGER_HEADINGS)
    words = [
        "Probabilities are from what was public when the question was asked. Annulled: the condition was not met.",
        "A question registered after its deadline is marked `retrospective` in csv and json, and scored apart.",
    ]
    notes(
        words
        if len(table)
        else ["The ledger has no questions yet; predictions enter it with `aneroid read`."],
        quiet=quiet,
    )


@app.command("resolve")
def resolve_questions(
    form: FormatOption = Format.TABLE, quiet: QuietOption = False, store: StoreOption = None
) -> None:
    """Resolve open questions from the record, with the rows that say so."""
    from aneroid.claims.ledger import questions, resolve
    from aneroid.record import Store, find_store

    with Store.open(find_store(store), write=True) as opened:
        done = resolve(opened)
        still_open = int((questions(opened).status == "open").sum())
    emit(done, form, headings=LEDGER_HEADINGS)
    notes([f"{len(done)} resolved now, {still_open} open."], quiet=quiet)


@app.command("scores")
def scores(form: FormatOption = Format.TABLE, quiet: QuietOption = False, store: StoreOption = None) -> None:
    """Score what was resolved: ours, the base rate, kinds of speakers, outlets; never private persons."""
    from aneroid.claims.ledger import scores as scored
    from aneroid.record import Store, find_store

    with Store.open(find_store(store)) as opened:
        table = scored(opened)
    emit(table, form, headings=SCORE_HEADINGS)
    notes(
        [
            "Brier: 0 is best, .25 is saying even always. Hit rate: share that came true, or of likelier sides that were right."
        ],
        quiet=quiet,
    )


@app.command("verify")
def verify(
    head: Annotated[str, typer.Option(help="A head of the ledger that was noted earlier.")] = "",
    quiet: QuietOption = False,
    store: StoreOption = None,
) -> None:
    """Check that no entry of the ledger, no text and no raw file was changed; exit code 1 where one was."""
    from aneroid.claims.verify import faults
    from aneroid.record import Store, find_store
    from aneroid.record.ledger import entries
    from aneroid.record.ledger import head as last_hash

    with Store.open(find_store(store)) as opened:
        found = faults(opened, noted=head or None)
        count, last = len(entries(opened)), last_hash(opened)
    for fault in found:
        print(fault)
    if found:
        raise typer.Exit(1)
    print(f"{count} entries, unchanged; head {last}")
    notes(
        [
            "Note the head elsewhere: `aneroid claims verify --head HASH` proves later that nothing before it was changed."
        ],
        quiet=quiet,
    )


@app.command("outlet")
def outlet_profile(
    name: Annotated[
        str, typer.Argument(help="Name or domain of an outlet; all are listed without one.")
    ] = "",
    form: FormatOption = Format.TABLE,
    quiet: QuietOption = False,
) -> None:
    """Show who owns and pays for an outlet, and how public bodies assessed it, with its reply."""
    import pandas as pd

    from aneroid.sources.outlets import find_outlet, outlets

    if not name:
        rows = [
            {
                "outlet": o.names[0],
                "owner": o.owner,
                "country": o.country,
                "funding": o.funding,
                "counts as": o.group,
                "as of": o.as_of,
            }
            for o in outlets()
        ]
        emit(pd.DataFrame(rows), form)
        return
    found = find_outlet(name, f"https://{name}")
    if found is None:
        raise InputError(f'No outlet "{name}" is listed; `aneroid claims outlet` lists those that are.')
    facts = [
        ("owner", found.owner, found.citation),
        ("country of the owner", found.country or "", found.citation),
        ("funding", found.funding, found.citation),
        ("counts as", found.group, "owners of one group are one voice"),
        ("facts as of", str(found.as_of), ""),
    ]
    for each in found.assessments:
        facts.append((f"assessed by {each.by}, {each.date}", each.says, each.citation))
        facts.append(("reply of the outlet", each.reply, each.reply_citation))
    emit(pd.DataFrame(facts, columns=["what", "says", "citation"]), form)


def _print_reviews(table: pd.DataFrame) -> None:
    from aneroid.claims.review import claim_review

    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    reviews = [claim_review({str(key): value for key, value in row.items()}) for row in rows]
    sys.stdout.write(json.dumps(reviews, ensure_ascii=False, indent=1) + "\n")


def _party(row: dict[Any, Any], role: str) -> str:
    state, phrase, sector = row[role], row[f"{role}_phrase"], row[f"{role}_sector"]
    name = state if isinstance(state, str) else phrase if isinstance(phrase, str) else ""
    return f"{name} {sector}" if isinstance(sector, str) and name else name


def _print_dossier(found: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    console.print(Text(found["headline"], style="bold"))
    for name, value in found["facts"].items():
        console.print(Padding(Text(f"{name}: {value}"), (0, 0, 0, 2), expand=False))
    for heading, rows in (("history", found["history"]), ("told by", found["tellings"])):
        console.print(Text(f"\n{heading}", style="bold"))
        for row in rows:
            console.print(
                Padding(Text("; ".join(str(value) for value in row.values() if value)), (0, 0, 0, 2))
            )


def _standing(text: str) -> str | None:
    from aneroid.claims.history import Standing

    if text and text not in set(Standing):
        raise InputError(f'"{text}" is no standing; choose one of {", ".join(Standing)}.')
    return text or None
