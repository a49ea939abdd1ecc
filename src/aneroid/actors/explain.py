"""Why a name was matched as it was: every meaning it could have, with what spoke for and against each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aneroid.actors.index import Match, default_index, fold
from aneroid.actors.judgements import Verdict, obeyed
from aneroid.actors.lexicon import Entry


@dataclass(frozen=True, slots=True)
class Meaning:
    """One meaning of a name: who, as what, in which years, whether it was taken, and the reason in words."""

    phrase: str
    means: str
    kind: str
    sector: str | None
    years: str
    taken: bool
    reason: str


def meanings(phrase: str, on: date | int | None = None) -> list[Meaning]:
    """Return every meaning that the names in a phrase could have.

    Parameters
    ----------
    phrase
        Words of an article.
    on
        The date or year they were used.

    Returns
    -------
    list of Meaning
        In the order of the names, the one taken first; its ``reason`` is what ``Match.why`` says, that of a rival says why it
        lost. Empty where no name is known.
    """
    year = on.year if isinstance(on, date) else on
    found: list[Meaning] = []
    for match in default_index().find(phrase, year=year):
        found.append(_meaning(match, match.entry, match.why, taken=True))
        found += [_meaning(match, rival, _lost(match, rival, year), taken=False) for rival in match.rivals]
    return found


def _meaning(match: Match, entry: Entry, reason: str, *, taken: bool) -> Meaning:
    years = f"{entry.first or ''}–{entry.last or ''}" if entry.first or entry.last else ""
    means = entry.state or entry.actor or ""
    return Meaning(match.text, means, str(entry.kind), entry.sector, years, taken, reason)


def _lost(match: Match, rival: Entry, year: int | None) -> str:
    """Why a rival was not taken."""
    log = obeyed()
    verdict = log.verdict(fold(match.text), str(rival.state or rival.actor)) if log is not None else None
    if verdict is Verdict.DIFFERENT:
        return "you said that it is somebody else"
    if not rival.holds(year):
        return f"not in {year}" if year is not None else "no longer"
    return f"{match.entry.kind} ({match.entry.note}) comes before {rival.kind} ({rival.note})"
