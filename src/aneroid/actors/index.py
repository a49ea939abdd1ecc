"""Find in running text who and what is named: one pass of an automaton over all aliases, with boundaries and dates.

A match explains itself: which alias, under which rule, which rivals it beat.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Generic, Literal, Protocol, TypeVar

import ahocorasick

from aneroid.actors.agents import is_agent_word
from aneroid.actors.judgements import JudgementLog, Verdict, obeyed
from aneroid.actors.languages import foreign_entries
from aneroid.actors.lexicon import Entry, Kind, entries, words


class HasAlias(Protocol):
    """Anything that can be looked for by its alias."""

    @property
    def alias(self) -> str: ...


E = TypeVar("E", bound=HasAlias)


@dataclass(frozen=True, slots=True)
class Hit(Generic[E]):
    """An alias found in a text: offsets, the text itself, and all entries under that alias."""

    start: int
    end: int
    text: str
    entries: tuple[E, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Who a phrase means: the entry chosen on the date, why, and the entries it was preferred to."""

    start: int
    end: int
    text: str
    entry: Entry
    why: str
    rivals: tuple[Entry, ...] = ()


class _Fold(dict[int, str]):
    """Map a character to one lower-case character without accents, so that offsets never move."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in "’‘ʼ`´":
            folded = "'"
        elif char in "‐‑‒–—−":
            folded = "-"
        elif char.isspace():
            folded = " "
        else:
            base = unicodedata.normalize("NFKD", char)[:1] or char
            folded = base.lower() if len(base.lower()) == 1 else base
        self[code] = folded
        return folded


_FOLD = _Fold()


def fold(text: str) -> str:
    """Return the text in one case, without accents and with plain dashes; as long as the input."""
    return text.translate(_FOLD)


class AliasIndex(Generic[E]):
    """All aliases in one automaton. ``plural`` lets a match end in a plural or possessive s ("F-16s")."""

    def __init__(self, items: Iterable[E], *, plural: bool = False) -> None:
        self._plural = plural
        self._automaton = ahocorasick.Automaton()
        by_alias: dict[str, list[E]] = {}
        for item in items:
            by_alias.setdefault(fold(item.alias), []).append(item)
        for alias, rows in by_alias.items():
            self._automaton.add_word(alias, (len(alias), tuple(rows)))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Hit[E]]:
        """Return the hits in order, the longest first at each place, never overlapping."""
        if not len(self._automaton):
            return []
        folded = fold(text)
        shouting = text.isupper() and len(text.split()) > 1
        hits: list[Hit[E]] = []
        for last, (length, rows) in self._automaton.iter(folded):
            start, end = last - length + 1, last + 1
            if not self._bounded(folded, start, end):
                continue
            if fitting := tuple(row for row in rows if _case_fits(row.alias, text[start:end], shouting)):
                hits.append(Hit(start, end, text[start:end], fitting))
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        chosen: list[Hit[E]] = []
        for hit in hits:
            if not chosen or hit.start >= chosen[-1].end:
                chosen.append(hit)
        return chosen

    def _bounded(self, folded: str, start: int, end: int) -> bool:
        """A name ends where letters and digits end."""
        if start and folded[start - 1].isalnum():
            return False
        if end < len(folded) and folded[end].isalnum():
            after = folded[end : end + 2]
            return self._plural and after[0] == "s" and not after[1:].isalnum()
        return True


def _case_fits(alias: str, found: str, shouting: bool) -> bool:
    """Names keep their capitals: "us" is not US, "turkey" is not Turkey; in capitals throughout, "US" may be us."""
    if alias.isupper() and len(alias) <= 5 and alias.isalpha():
        return found == alias and not (shouting and len(alias) <= 3)
    pairs = zip(_words(alias), _words(found), strict=False)
    return all(not a[:1].isupper() or b[:1].isupper() for a, b in pairs)


def _words(text: str) -> list[str]:
    return text.replace("-", " ").split()


class ActorIndex:
    """Who is named in a text, on a date."""

    def __init__(self, rows: Sequence[Entry] | None = None) -> None:
        known = (*entries(), *foreign_entries()) if rows is None else rows
        self._index: AliasIndex[Entry] = AliasIndex(known)

    def find(self, text: str, *, year: int | None = None) -> list[Match]:
        """Find the actors named in a text.

        Parameters
        ----------
        text
            Running text; offsets of the matches point into it.
        year
            The year the text speaks of or was written in. Names and groups outside their years are not matched;
            people outside their term keep their state and become former officials (sector ELI).

        Returns
        -------
        list of Match
            In order of appearance, without overlaps. ``why`` says which alias matched by which rule.
        """
        hits = self._index.find(text)
        if (log := obeyed()) is not None:
            own = [
                h
                for h in _own_names(log).find(text)
                if not any(h.start < k.end and k.start < h.end for k in hits)
            ]
            hits = sorted([*hits, *own], key=lambda hit: hit.start)
        known = {(hit.start, hit.end) for hit in hits}
        found: list[Match] = []
        for hit in hits:
            match = choose(hit, text, year, known)
            if match is not None:
                found.append(_owned(match, found[-1] if found else None, text))
        return found


def _owned(match: Match, before: Match | None, text: str) -> Match:
    """ "Chile's Defense Department" is Chile's, whoever is meant by the bare name."""
    if before is None or match.entry.kind is not Kind.INSTITUTION or before.entry.kind is Kind.INSTITUTION:
        return match
    joined = text[before.end : match.start] in (" ", "'s ", "’s ")
    if not joined or before.entry.state in (None, match.entry.state):
        return match
    owned = replace(match.entry, state=before.entry.state)
    why = f"“{match.text}” of “{before.text}”: {before.why}"
    return replace(match, entry=owned, why=why, rivals=(match.entry, *match.rivals))


def choose(hit: Hit[Entry], text: str, year: int | None, known: set[tuple[int, int]]) -> Match | None:
    """Choose among the entries of one alias by date, then by order of the sources."""
    money = text[hit.end : hit.end + 2].lstrip()[:1] == "$"  # "US $50 million"
    if money or any(entry.kind is Kind.BLOCKED for entry in hit.entries):
        return None
    if (log := obeyed()) is not None and (judged := _judged(hit, log, year)) is not False:
        return judged
    valid = [entry for entry in hit.entries if entry.holds(year)]
    past = [entry for entry in hit.entries if entry.remembered(year) and not entry.holds(year)]
    former = [replace(e, sector="ELI") for e in hit.entries if e.kind is Kind.PERSON and not e.holds(year)]
    candidates = valid or former or past
    if not candidates:
        return None
    entry = candidates[0]
    if entry.ambiguous and _stands_in_other_name(hit, text, known):
        return None
    rivals = tuple(e for e in hit.entries if e.state != entry.state or e.actor != entry.actor)
    return Match(hit.start, hit.end, hit.text, entry, _why(hit, entry, year, valid), rivals)


@cache
def _own_names(log: JudgementLog) -> AliasIndex[Entry]:
    """Names that only the user knows: what was called the same as somebody."""
    said = [j for j in log.judgements if log.verdict(fold(j.phrase), j.means) is Verdict.SAME]
    rows = {e.state or e.actor: e for e in entries() if e.kind in (Kind.STATE, Kind.ORGANISATION, Kind.GROUP)}
    return AliasIndex(
        [replace(rows[j.means], alias=j.phrase, first=None, last=None) for j in said if j.means in rows]
    )


def _judged(hit: Hit[Entry], log: JudgementLog, year: int | None) -> Match | Literal[False] | None:
    """What the user said of a name: a match, none, or False where nothing was said."""
    folded = fold(hit.text)
    verdicts = [log.verdict(folded, str(e.state or e.actor)) for e in hit.entries]
    if all(verdict is None for verdict in verdicts):
        return False
    if Verdict.UNSURE in verdicts:
        return None
    same = [e for e, verdict in zip(hit.entries, verdicts, strict=True) if verdict is Verdict.SAME]
    if same:
        others = tuple(e for e in hit.entries if (e.state, e.actor) != (same[0].state, same[0].actor))
        why = f"“{hit.text}” is {same[0].state or same[0].actor}: you said so"
        return Match(hit.start, hit.end, hit.text, same[0], why, others)
    left = tuple(e for e, v in zip(hit.entries, verdicts, strict=True) if v is None and e.holds(year))
    if not left:
        return None
    why = f"{_why(hit, left[0], year, list(left))}; you ruled others out"
    return Match(hit.start, hit.end, hit.text, left[0], why, left[1:])


def _why(hit: Hit[Entry], entry: Entry, year: int | None, valid: list[Entry]) -> str:
    """Say in words why the entry was taken."""
    meant = entry.state or entry.actor or "nobody"
    when = f" in {year}" if year is not None else ""
    term = "" if valid else ", outside these years"
    return f"“{hit.text}” is {entry.kind} of {meant} ({entry.note}){when}{term}"


def _stands_in_other_name(hit: Hit[Entry], text: str, known: set[tuple[int, int]]) -> bool:
    """Say whether a capitalised word beside an ambiguous name makes it part of another name."""
    before = text[: hit.start].rsplit(None, 1)[-1:] if text[: hit.start].endswith(" ") else []
    after = text[hit.end :].split(None, 1)[:1] if text[hit.end : hit.end + 1] == " " else []
    for word, is_before in [(w, True) for w in before] + [(w, False) for w in after]:
        bare = word.strip(".,;:()\"'“”’")
        plain = fold(bare)
        if (
            not bare[:1].isupper()
            or plain in words("beside_names")
            or plain.endswith("ly")
            or is_agent_word(plain)
        ):
            continue
        if is_before and word != bare:
            continue
        if not any(_touches(text, hit, span) for span in known if span != (hit.start, hit.end)):
            return True
    return False


def _touches(text: str, hit: Hit[Entry], span: tuple[int, int]) -> bool:
    """Say whether another known name stands directly beside the hit."""
    return span[1] in (hit.start, hit.start - 1) or span[0] in (hit.end, hit.end + 1)


@cache
def default_index() -> ActorIndex:
    """Return the index over everything we know; built once, in a fraction of a second."""
    return ActorIndex()
