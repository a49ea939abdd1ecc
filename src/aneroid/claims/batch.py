"""Read many articles into the store: each is committed by itself, so that a run that is killed goes on where it stopped.

Reading takes most of the time and does not need the store; it is opened for writing a few articles at a time, so that other
processes can use it meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from aneroid.claims.intake import READER, take_in
from aneroid.errors import AneroidError
from aneroid.record.articles import articles
from aneroid.record.store import Store
from aneroid.text.collect import Item
from aneroid.text.documents import Document
from aneroid.text.model import Reading
from aneroid.text.read import read_article

BATCH = 25  # articles, or
SECONDS = 5.0  # of reading, after which what was read is written
# What a parser may stumble over in one strange article; anything else is a fault of the whole run.
_STUMBLES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article.

    ``state`` is ``new``, ``copy`` (kept, but nearly repeats another), ``known`` (this release had read the same before),
    ``left out`` (before ``since``), or ``rejected`` with a reason.
    """

    name: str
    state: str
    reason: str = ""
    article: str = ""
    title: str = ""
    outlet: str = ""
    published: str = ""
    language: str = ""
    sentences: int = 0
    claims: int = 0
    reading: Reading | None = None
    error: AneroidError | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of all articles of a run."""

    outlet: str | None = None
    published: date | None = None
    since: date | None = None
    keep: bool = True


@dataclass(slots=True)
class _Pending:
    read: list[tuple[str, Reading, Document]] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    def is_due(self) -> bool:
        return len(self.read) >= BATCH or (bool(self.read) and time.monotonic() - self.started > SECONDS)


def read_many(
    items: Iterable[Item], folder: Path, given: Given, *, afresh: bool = False
) -> Iterator[Outcome]:
    """Read articles one after the other and take them into the store in ``folder``.

    Parameters
    ----------
    items
        From :func:`aneroid.text.collect.collect`.
    folder
        Folder of the store.
    given
        What holds for all of them; with ``keep`` False nothing is written, and each outcome has its reading.
    afresh
        Read again what the store has, instead of passing it by.

    Yields
    ------
    Outcome
        One an item, in their order within a batch; an article that cannot be read is an outcome too.
    """
    with Store.open(folder) as store:
        known = {} if afresh else _known(store)
    pending = _Pending()
    for item in items:
        early = _read_one(item, known, given, pending)
        if early is not None:
            yield early
        if pending.is_due():
            yield from _written(pending, folder, given)
            pending = _Pending()
    yield from _written(pending, folder, given)


def _known(store: Store) -> dict[str, Outcome]:
    """What this release has read before, by the hash of the file."""
    table = articles(store)
    table = table[table.reader == READER].fillna("")
    return {
        str(row["sha256"]): Outcome(
            "",
            "known",
            article=row["article"],
            title=row["title"],
            outlet=row["outlet"],
            published=row["published"],
            language=row["language"],
            claims=int(row["claims"]),
        )
        for row in table.to_dict("records")
    }


def _read_one(item: Item, known: dict[str, Outcome], given: Given, pending: _Pending) -> Outcome | None:
    """Read an article into ``pending``, or say at once what became of it."""
    from dataclasses import replace

    try:
        document = item.load()
        if given.keep and (before := known.get(document.sha256)) is not None:
            return replace(before, name=item.name)
        day = given.published or document.published
        if given.since and day and day < given.since:
            return Outcome(item.name, "left out", f"published {day}", title=document.title)
        reading = read_article(document, outlet=given.outlet or None, published=given.published)
    except AneroidError as error:
        return Outcome(item.name, "rejected", str(error), error=error)
    except _STUMBLES as error:
        return Outcome(item.name, "rejected", f"the reader stumbled: {type(error).__name__}: {error}")
    published = reading.article.published
    if given.since and (published is None or published < given.since):
        reason = (
            f"published {published}" if published else "no date, so it cannot be said to be recent enough"
        )
        return Outcome(item.name, "left out", reason, title=reading.article.title)
    pending.read.append((item.name, reading, document))
    return None


def _written(pending: _Pending, folder: Path, given: Given) -> Iterator[Outcome]:
    if not given.keep:
        yield from (_outcome(name, reading, "read", reading) for name, reading, _ in pending.read)
        return
    if not pending.read:
        return
    done: list[Outcome] = []
    with Store.open(folder, write=True) as store:
        for name, reading, document in pending.read:
            new = take_in(store, reading, document)
            copied = new and _is_copy(store, reading.article.article_id)
            done.append(_outcome(name, reading, "copy" if copied else "new" if new else "known", None))
    yield from done


def _is_copy(store: Store, article: str) -> bool:
    from aneroid.record.articles import copy_of

    return copy_of(store, article) is not None


def _outcome(name: str, reading: Reading, state: str, kept: Reading | None) -> Outcome:
    article = reading.article
    return Outcome(
        name,
        state,
        article=article.article_id,
        title=article.title,
        outlet=article.outlet,
        published=article.published.isoformat() if article.published else "",
        language=article.language,
        sentences=len(reading.sentences),
        claims=len(reading.claims),
        reading=kept,
    )
