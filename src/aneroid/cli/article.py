"""One article in the terminal: its text with the claims marked, and each claim with everything known of it."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from aneroid.text.model import Attribution, Claim, Party, Reading, Span

_STYLES = {1: "bold blue", 2: "bold blue", 3: "bold red", 4: "bold red", 0: "bold magenta"}


def print_article(reading: Reading, table: pd.DataFrame) -> None:
    """Print the text with every claim marked and numbered, then each claim with its standing, the record's answer, and why
    each actor was matched.

    Parameters
    ----------
    reading
        The article.
    table
        From :func:`aneroid.claims.answers`, in the order of its claims.
    """
    console = _console()
    article = reading.article
    head = " · ".join(filter(None, [article.outlet, str(article.published or ""), article.language]))
    console.print(article.title or article.article_id, style="bold", markup=False)
    console.print(head + "\n", markup=False)
    _print_text(console, reading)
    by_claim = {str(row["claim"]): row for row in table.to_dict("records")}
    for number, claim in enumerate(reading.claims, 1):
        _print_claim(console, number, claim, by_claim[claim.claim_id])
    if not reading.claims and reading.parties:
        print_parties(reading)


def print_parties(reading: Reading) -> None:
    """Print everybody an article names, with why each was matched; the whole answer for a language that is not coded."""
    console = _console()
    console.print("Who is named:", style="bold")
    seen: set[tuple[str, str]] = set()
    for party in reading.parties:
        key = (party.phrase, party.why)
        if key not in seen:
            seen.add(key)
            console.print(f"  {party.phrase} = {_who(party)}: {party.why}", markup=False)


def _console() -> Console:
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 120, highlight=False)


def _print_text(console: Console, reading: Reading) -> None:
    """The text; without colours a claim is seen by its brackets and number."""
    from rich.text import Text

    marks: dict[Span, list[int]] = {}
    for number, claim in enumerate(reading.claims, 1):
        for span in claim.spans.get("event", ()):
            marks.setdefault(span, []).append(number)
    text, position = Text(), 0
    for span in sorted(marks):
        if span[0] < position:
            continue
        text.append(reading.article.text[position : span[0]])
        numbers = ",".join(map(str, marks[span]))
        style = _STYLES[reading.claims[marks[span][0] - 1].quad]
        text.append(f"[{reading.article.text[span[0] : span[1]]}]{numbers}", style=style)
        position = span[1]
    text.append(reading.article.text[position:] + "\n")
    console.print(text)


def _print_claim(console: Console, number: int, claim: Claim, answer: Mapping[Hashable, object]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    kind = f" ({claim.kind})" if claim.kind else ""
    sides = f"{_who(claim.source)} → {_who(claim.target)}"
    console.print(f"[{number}] {claim.event or 'PREDICTION'}{kind}: {sides}", style="bold", markup=False)
    said = _said(claim.attribution)
    lines = {
        "modality": f"{claim.modality.value}{', ' + claim.date if claim.date else ''}; said by {said}",
        "details": str(answer["details"] or ""),
        "foreseen": claim.outcome or "",
        "standing": f"{answer['standing']} — {answer['answer']}",
        "the record": str(answer["evidence"]),
        "source": f"“{claim.source.phrase}”: {claim.source.why}" if claim.source else "",
        "target": f"“{claim.target.phrase}”: {claim.target.why}" if claim.target else "",
    }
    for name, words in lines.items():
        if words:
            console.print(Padding(Text(f"{name}: {words}"), (0, 0, 0, 4), expand=False))
    console.print()


def _who(party: Party | None) -> str:
    if party is None:
        return "?"
    name = party.state or party.actor or f"“{party.phrase}”"
    return f"{name} {party.sector}" if party.sector else name


def _said(attribution: Attribution | None) -> str:
    if attribution is None:
        return "the article itself"
    said = f"{attribution.source or 'unnamed'} ({attribution.cue})"
    return f"{said}, relayed by {attribution.through.source or 'unnamed'}" if attribution.through else said
