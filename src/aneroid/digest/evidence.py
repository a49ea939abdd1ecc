"""The evidence of a digest: claims with their standing, facts, what is not known, sources and terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from aneroid.charts.words import capital, count, inside, listed, with_article
from aneroid.digest.blocks import (
    Block,
    Bullets,
    ClaimList,
    ClaimNote,
    Dated,
    DatedList,
    Notice,
    Paragraph,
    SourceList,
    SourceNote,
)
from aneroid.digest.figures import coverage_rows
from aneroid.digest.finding import View
from aneroid.digest.quotation import short_quotation

if TYPE_CHECKING:
    import pandas as pd

MOST_CLAIMS = 40

_EVENTS = {
    "AGREE": "agrees with",
    "CONSULT": "consults",
    "SUPPORT": "supports or signs with",
    "COOPERATE": "cooperates or trades with",
    "AID": "gives aid to",
    "CONCEDE": "yields to",
    "RETREAT": "pulls back from or releases",
    "REQUEST": "asks",
    "ACCUSE": "accuses",
    "REJECT": "rejects",
    "THREATEN": "threatens",
    "PROTEST": "protests against",
    "SANCTION": "sanctions",
    "MOBILIZE": "moves forces towards",
    "COERCE": "coerces",
    "ASSAULT": "attacks",
}
_SECTORS = {
    "GOV": "government",
    "MIL": "armed forces",
    "LEG": "parliament",
    "JUD": "courts",
    "OPP": "opposition",
    "REB": "rebels",
    "COP": "police",
    "SPY": "intelligence",
    "CVL": "civilians",
    "MED": "media",
    "BUS": "business",
}
_OBVIOUS = {"": "", "happened": "", "threatened": "THREATEN", "requested": "REQUEST"}
_CODE = re.compile(r"\b[A-Z]{3,4}\b(?= →)|(?<=→ )[A-Z]{3,4}\b")
_REUSE = {"yes": "rows may be passed on", "derived-only": "derived figures only", "no": "not to be passed on"}


def claims_blocks(seen: View) -> tuple[Block, ...]:
    """Claims read in articles, in order of date, each with who says so and what the record answers."""
    rows = _records(seen.given.claims)
    if not rows:
        where = "Read one with `aneroid read FILE` and make the digest again."
        return (Notice("No claims read", f"No article on this state and period is in the store. {where}"),)
    rows.sort(key=lambda row: (_text(row["date"]) or "9999", str(row["claim"])))
    shown = rows[:MOST_CLAIMS]
    intro = (
        "A claim is what a text says, not what happened. Its standing says how far others bear it out: "
        "reported, "
        "corroborated, confirmed, contradicted, withdrawn or unresolved. Claims do not move the estimate."
    )
    notes = tuple(_claim(place, row, seen.given.names) for place, row in enumerate(shown, start=1))
    blocks: list[Block] = [Paragraph(intro), ClaimList(notes)]
    if len(rows) > len(shown):
        blocks.append(
            Paragraph(f"{count(len(rows) - len(shown), 'more claim')} on record are not printed here.")
        )
    return tuple(blocks)


def _claim(place: int, row: Mapping[str, object], names: Mapping[str, str]) -> ClaimNote:
    quoted, span = short_quotation(_text(row["sentence"]), _whole(row["sentence_start"]))
    speaker = _text(row["attributed_to"])
    article = ", ".join(
        part for part in (_text(row["outlet"]), _text(row["title"]), _text(row["published"])) if part
    )
    answer = ": ".join(part for part in (_text(row["answer"]), _text(row["evidence"])) if part)
    return ClaimNote(
        number=place,
        what=claim_sentence(row, names),
        standing=_text(row["standing"]) or "reported",
        answer=answer,
        according_to=speaker or "the article in its own voice",
        quotation=quoted,
        place=f"{article or 'article without title'}, characters {span[0]}–{span[1]}",
    )


def claim_sentence(row: Mapping[str, object], names: Mapping[str, str]) -> str:
    """Say in one sentence who is claimed to do what to whom.

    Parameters
    ----------
    row
        ``date, source, event, target, modality, details`` as :func:`aneroid.claims.claims_about` gives them.
    names
        Names of the states by id.

    Returns
    -------
    str
        Such as ``2012-10: Iraq supports or signs with Russia; RUS → IRQ; 4,200,000,000 USD``.
    """
    event = _text(row["event"])
    deed = _EVENTS.get(event, event.lower())
    source, target = (_party(_text(row[end]), names) for end in ("source", "target"))
    head = " ".join(part for part in (source or "Someone", deed, target) if part)
    date, modality, details = (_text(row[name]) for name in ("date", "modality", "details"))
    details = _CODE.sub(lambda code: names.get(code[0], code[0]), details)
    # The verb says it already when a threat is threatened.
    said = f" ({modality})" if _OBVIOUS.get(modality, modality) not in ("", event) else ""
    return f"{date + ': ' if date else ''}{capital(head)}{said}{'; ' + details if details else ''}"


def _party(text: str, names: Mapping[str, str]) -> str:
    """Write ``USA GOV`` as a reader would: the state's name, its sector in brackets."""
    first, _, rest = text.partition(" ")
    if first not in names:
        return text
    name = with_article(names[first])
    return f"{name} ({_SECTORS.get(rest, rest)})" if rest else name


def facts_blocks(seen: View) -> tuple[Block, ...]:
    """Dated facts of the period, in our own words, each with its citation."""
    rows = sorted(_records(seen.given.facts), key=lambda row: str(row["date"]))
    if not rows:
        return ()
    return (DatedList(tuple(Dated(_text(r["date"]), _text(r["text"]), _text(r["citation"])) for r in rows)),)


def unknown_blocks(seen: View) -> tuple[Block, ...]:
    """What the data do not say: years without readings, indicators without any, sources that end early."""
    given, items = seen.given, []
    if silent := [row.year for row in seen.rows if not row.has_reading]:
        items.append(
            f"No indicator was read in {_years(silent)}; the estimate there rests on the years around."
        )
    if not seen.rows:
        items.append(f"There is no estimate in any year of {given.start}–{given.end}.")
    elif missing := sorted(set(range(given.start, given.end + 1)) - {row.year for row in seen.rows}):
        items.append(f"There is no estimate for {_years(missing)}.")
    rows = coverage_rows(seen)
    if empty := [inside(row.label) for row in rows if not row.years_a | row.years_b]:
        items.append(f"Nothing was read in this period for {listed(empty)}. Missing is not zero.")
    if one := [inside(row.label) for row in rows if bool(row.years_a) != bool(row.years_b)]:
        items.append(f"Read towards one of the two poles only: {listed(one)}.")
    if early := [f"{inside(row.label)} ({row.last})" for row in rows if row.last < given.end]:
        items.append(
            f"Sources that end before {given.end}: {listed(early)}. Losing a source can look like a turn "
            "where none is."
        )
    return (Bullets(tuple(items)),) if items else (Paragraph("No gap in the period is known."),)


def _years(years: list[int]) -> str:
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][1] == year - 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return listed([str(a) if a == b else f"{a}–{b}" for a, b in runs])


def source_numbers(seen: View) -> dict[str, int]:
    """The number under which each source is cited."""
    return {str(source): place for place, source in enumerate(seen.given.sources["source"], start=1)}


def sources_line(seen: View) -> str:
    """The sources of a figure, by short title and number."""
    rows = _records(seen.given.sources)
    return "; ".join(f"{_text(row['title'])} [{place}]" for place, row in enumerate(rows, start=1))


def sources_blocks(seen: View) -> tuple[Block, ...]:
    """Every source used, with citation, licence and terms."""
    rows = _records(seen.given.sources)
    if not rows:
        return (Notice("No source used", "Nothing in this digest rests on data."),)
    return (SourceList(tuple(_source(place, row) for place, row in enumerate(rows, start=1))),)


def _source(place: int, row: Mapping[str, object]) -> SourceNote:
    doi, url = _text(row["doi"]), _text(row["url"])
    link = f"https://doi.org/{doi}" if re.fullmatch(r"10\.\d{4,9}/\S+", doi) else url
    terms = [f"Licence: {_text(row['licence'])}"]
    if reuse := _REUSE.get(_text(row["redistribute"])):
        terms.append(reuse)
    if retrieved := _text(row["retrieved"]):
        terms.append(f"retrieved {retrieved}")
    safe = link if re.match(r"https?://", link) else ""
    return SourceNote(place, _text(row["title"]), _text(row["citation"]), "; ".join(terms), safe)


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _text(value: object) -> str:
    """A cell as text; nulls of any kind are empty."""
    return "" if value is None or value != value or str(value) in ("<NA>", "NaT") else str(value)


def _whole(value: object) -> int:
    text = _text(value)
    return int(float(text)) if text else 0
