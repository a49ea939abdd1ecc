"""`aneroid audit`: does a signal precede a change of orientation, as the other indicators measure it?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aneroid.cli.output import Format, FormatOption, QuietOption, StoreOption, emit, notes
from aneroid.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.audit.desk import Audit

HEADINGS = {
    "signal": "signal",
    "answer": "answer",
    "cases": "cases",
    "shift": "shift, sd",
    "lo90": "likely from",
    "hi90": "to (9 in 10)",
    "p_adjusted": "p adjusted",
    "detectable": "detectable",
    "pretrend_p": "p of trend before",
}
CASE_HEADINGS = {
    "state": "state",
    "pole": "pole",
    "year": "year",
    "what": "case",
    "shift": "shift, sd",
    "percentile": "share of placebos below",
    "controls": "controls",
}
CASES_SHOWN = 25


def audit(
    signal: Annotated[
        str,
        typer.Argument(
            help="For instance arms:S-400, 'arms:air defence', alliance:defense, 'troops:USA>1000', dispute."
        ),
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help="Audit one signal of every indicator.")] = False,
    smallest: Annotated[
        float, typer.Option(min=0.01, help="Smallest shift of interest, standard deviations between states.")
    ] = 0.25,
    page: Annotated[Path | None, typer.Option(help="Write the study as a page, FILE.html.")] = None,
    made_on: Annotated[
        str, typer.Option("--date", help="Date to print on the page, YYYY-MM-DD; today by default.")
    ] = "",
    form: FormatOption = Format.TABLE,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Say whether a signal precedes a change of orientation measured by all other indicators."""
    if bool(signal) == everything:
        raise InputError("Give one signal, such as arms:S-400, or --all.")
    if page is not None and page.suffix.lower() not in {".html", ".htm"}:
        raise InputError(f'The page is written as HTML; "{page}" does not end in .html.')
    from aneroid.audit.desk import ALL, audit_all
    from aneroid.record import find_store

    folder = find_store(store)
    asked = list(ALL) if everything else [signal]
    done = audit_all(folder, asked, smallest=smallest, progress=lambda line: notes([line], quiet=quiet))
    if page is not None:
        _page(done, folder, page, made_on or date.today().isoformat())
        notes([f"Wrote {page}. Open it in a browser; it needs no network."], quiet=quiet)
    if form is not Format.TABLE or everything:
        emit(overview(done), form, headings=HEADINGS)
    else:
        _print(done[0], quiet)


def overview(audits: list[Audit]) -> pd.DataFrame:
    """One row a signal."""
    import pandas as pd

    rows = []
    for each in audits:
        study, found = each.study, each.study.headline
        low, high = found.interval if found else (float("nan"),) * 2
        rows.append(
            {
                "signal": study.signal.text,
                "label": study.signal.label,
                "answer": each.verdict.answer.value,
                "reason": each.verdict.reason,
                "events": len(study.signal.events),
                "cases": len(study.cases),
                "shift": found.shift if found else float("nan"),
                "lo90": low,
                "hi90": high,
                "p": found.p if found else float("nan"),
                "p_adjusted": each.verdict.adjusted_p,
                "detectable": found.detectable if found else float("nan"),
                "smallest": each.verdict.smallest,
                "power": each.verdict.power,
                "pretrend_p": study.pretrend_p,
                "dose": study.dose[0],
                "dose_p": study.dose[1],
                "without": ", ".join(each.without),
                "sources": ", ".join(each.sources),
            }
        )
    return pd.DataFrame(rows)


def _print(one: Audit, quiet: bool) -> None:
    from aneroid.audit.words import answer_sentence, facts, limits

    study = one.study
    if study.headline is None:
        emit(overview([one]), Format.TABLE, headings=HEADINGS, title=answer_sentence(one))
    else:
        table = study.by_case.reindex(study.by_case["shift"].abs().sort_values(ascending=False).index)
        emit(table.head(CASES_SHOWN), Format.TABLE, headings=CASE_HEADINGS, title=answer_sentence(one))
    lines = [*facts(one), *limits(one)[:2], f"Sources: {', '.join(one.sources)} (`aneroid cite`)."]
    notes(lines, quiet=quiet)


def _page(audits: list[Audit], folder: Path, path: Path, made_on: str) -> None:
    from aneroid.digest import write_digest
    from aneroid.digest.audit_page import audit_page
    from aneroid.record import Store
    from aneroid.record.citations import cited

    used = sorted({source for each in audits for source in each.sources})
    with Store.open(folder) as opened:
        citations = cited(opened, used)
    write_digest(audit_page(audits, citations, made_on=made_on), path)
