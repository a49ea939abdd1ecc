"""The page of an audit: the answer in one sentence, the event study, the cases by name, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.audit.desk import Audit
from aneroid.audit.study import Study
from aneroid.audit.words import answer_sentence, facts, limits, shift_text
from aneroid.charts.event_study import event_study, gap_text
from aneroid.charts.words import count, number
from aneroid.digest.blocks import (
    Block,
    Bullets,
    DigestContent,
    Figure,
    Paragraph,
    Section,
    SourceList,
    SourceNote,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

CASES_SHOWN = 60


def audit_page(audits: Sequence[Audit], citations: pd.DataFrame, *, made_on: str) -> DigestContent:
    """Lay out one audit or several as a page.

    Parameters
    ----------
    audits
        From :func:`aneroid.audit.audit_all`.
    citations
        Sources that they used, from :func:`aneroid.record.citations.cited`.
    made_on
        Date to print on it.

    Returns
    -------
    DigestContent
        For :func:`aneroid.digest.write_digest`.
    """
    one = audits[0]
    years = [case.year for audit in audits for case in audit.study.cases]
    sections = [_section(n, audit) for n, audit in enumerate(audits)]
    if len(audits) > 1:
        sections.insert(0, Section("answers", "All answers", (_overview(audits),)))
    notes = tuple(_source(n, row) for n, row in enumerate(citations.to_dict("records"), start=1))
    sections += [
        Section("limits", "How to read it", (Bullets(tuple(limits(one))),)),
        Section("sources", "Sources", (SourceList(notes),)),
    ]
    title = one.study.signal.label if len(audits) == 1 else "Which signals precede a change of orientation?"
    return DigestContent(
        title=title,
        period=f"{min(years)}–{max(years)}" if years else "no cases",
        finding=answer_sentence(one) if len(audits) == 1 else _summary(audits),
        standfirst=(),
        notices=(),
        dial=None,
        sections=tuple(sections),
        vintage=(("made", made_on),),
    )


def _summary(audits: Sequence[Audit]) -> str:
    tally: dict[str, int] = {}
    for audit in audits:
        tally[audit.verdict.answer.value] = tally.get(audit.verdict.answer.value, 0) + 1
    return (
        f"{count(len(audits), 'signal')}: " + ", ".join(f"{n} {answer}" for answer, n in tally.items()) + "."
    )


def _section(n: int, audit: Audit) -> Section:
    study = audit.study
    blocks: list[Block] = [Paragraph(answer_sentence(audit)), Bullets(tuple(facts(audit)))]
    if study.headline is not None:
        blocks += [_figure(audit), _cases(study), _timing(study)]
        if len(study.by_pole):
            blocks.append(_poles(study))
    return Section(f"audit-{n}", f"{study.signal.label} ({study.signal.text})", tuple(blocks))


def _figure(audit: Audit) -> Figure:
    curve = audit.study.curve
    rows = tuple(
        (
            str(int(row["horizon"])).replace("-", "−"),
            gap_text(row),
            str(row["cases"]),
        )
        for row in curve.to_dict("records")
    )
    caption = "Closeness less that of matched controls, by year since the signal"
    table = Table(caption, ("year", "gap (9 in 10)", "cases"), rows, frozenset({1, 2}))
    title = f"{audit.study.signal.label}: {audit.verdict.answer.value}"
    return Figure(
        event_study(curve, title=title),
        table,
        ", ".join(audit.sources),
        event_study(curve, title=title, width=340),
    )


def _cases(study: Study) -> Table:
    table = study.by_case
    rows = tuple(
        (row["what"], number(row["shift"], signed=True), f"{100 * row['percentile']:.0f}", row["controls"])
        for row in table.head(CASES_SHOWN).to_dict("records")
    )
    more = len(table) - len(rows)
    note = "Percentile among its own placebo cases; a shift of a single case is bounded at two."
    return Table(
        "Cases, each with its matched controls",
        ("case", "shift, sd", "percentile", "controls"),
        rows,
        frozenset({1, 2}),
        note=note + (f" {more} more cases are in the data." if more else ""),
    )


def _timing(study: Study) -> Table:
    rows = tuple(
        (
            f"{int(row['start']):+d}".replace("-", "−"),
            shift_text(row["shift"], row["lo90"], row["hi90"]),
            f"{row['p']:.3f}",
        )
        for row in study.lead_lag.to_dict("records")
    )
    note = "A shift supposed to begin so many years after the signal; minus is before. The headline is +1."
    return Table("Lead and lag", ("begins", "shift, sd (9 in 10)", "p"), rows, frozenset({1, 2}), note=note)


def _poles(study: Study) -> Table:
    rows = tuple(
        (
            row["pole"],
            str(row["cases"]),
            shift_text(row["shift"], row["lo90"], row["hi90"]),
            f"{row['p']:.3f}",
        )
        for row in study.by_pole.to_dict("records")
    )
    note = "p adjusted for the number of poles (Benjamini–Hochberg)."
    return Table(
        "By pole", ("pole", "cases", "shift, sd (9 in 10)", "p"), rows, frozenset({1, 2, 3}), note=note
    )


def _overview(audits: Sequence[Audit]) -> Table:
    rows = []
    for audit in audits:
        found = audit.study.headline
        shift = "" if found is None else shift_text(found.shift, *found.interval)
        least = "" if found is None else number(found.detectable)
        n = str(len(audit.study.cases))
        rows.append((audit.study.signal.text, audit.verdict.answer.value, n, shift, least))
    head = ("signal", "answer", "cases", "shift, sd (9 in 10)", "detectable")
    return Table("Answers", head, tuple(rows), frozenset({2, 3, 4}))


def _source(n: int, row: dict[object, object]) -> SourceNote:
    link = str(row["url"] or "")
    return SourceNote(n, str(row["title"]), str(row["citation"]), f"Licence: {row['licence']}", link)
