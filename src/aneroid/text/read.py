"""Read one article from a file, an address, standard input or memory."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from aneroid.actors.index import default_index
from aneroid.errors import EnvironmentProblem, InputError
from aneroid.text.extract import ALLOWED, MAX_BYTES, SUFFIXES, Extracted, extract
from aneroid.text.model import Article, DatePrecision, Party, Reading
from aneroid.text.parse import paragraphs


@dataclass(frozen=True, slots=True)
class _Raw:
    """A document before extraction."""

    content: bytes | str
    name: str
    media_type: str | None = None
    url: str = ""
    retrieved: datetime | None = None


def read_article(
    source: str | bytes | Path,
    *,
    media_type: str | None = None,
    url: str = "",
    outlet: str | None = None,
    published: date | None = None,
) -> Reading:
    """Read an article and return the claims it makes.

    Parameters
    ----------
    source
        A path; an ``http(s)://`` address; ``"-"`` for standard input; bytes; or the text itself (any string with
        a line break or longer than a path could be).
    media_type
        ``text/html``, ``text/markdown`` or ``text/plain``; guessed from the name and content when None.
    url, outlet, published
        What the caller knows better than the document.

    Returns
    -------
    Reading
        ``claims`` in the order of the text; every field that came from words has its span in ``spans``. An article
        in another language than English has its actors in ``parties`` and no claims, and a note says so.

    Raises
    ------
    InputError
        When there is no such file, or it is empty, too large, binary or without text.
    EnvironmentProblem
        When an address cannot be reached or a file cannot be read.
    """
    raw = _load(source, media_type)
    found = extract(raw.content, media_type=raw.media_type, name=raw.name)
    article = _article(found, url=url or raw.url, outlet=outlet, published=published, retrieved=raw.retrieved)
    if article.language != "en":
        return _unread(article)
    from aneroid.text.coder import code_text

    coded = code_text(article)
    notes = () if article.published else ("The article has no date: relative dates are left open.",)
    return Reading(article, tuple(coded.sentences), tuple(coded.claims), notes, tuple(coded.parties))


def _load(source: str | bytes | Path, media_type: str | None) -> _Raw:
    """Get the bytes or text behind whatever was given."""
    if isinstance(source, bytes):
        return _Raw(source, "The input", media_type)
    if isinstance(source, Path):
        return _from_file(source, media_type)
    if source == "-":
        return _Raw(sys.stdin.buffer.read(MAX_BYTES + 1), "Standard input", media_type)
    if source.strip().lower().startswith(("http://", "https://")) and not source.strip().count(" "):
        from aneroid.text.fetch import fetch

        page = fetch(source.strip())
        return _Raw(page.content, page.url, media_type or page.media_type, page.url, datetime.now(UTC))
    if "\n" in source or len(source) > 255 or not source.strip():
        return _Raw(source, "The input", media_type)
    return _from_file(Path(source), media_type)


def _from_file(path: Path, media_type: str | None) -> _Raw:
    if path.is_dir():
        raise InputError(f"{path} is a folder; give one file with {ALLOWED}.")
    if not path.is_file():
        raise InputError(
            f"There is no file {path}; give a file with {ALLOWED}, an http(s) address, or - for stdin."
        )
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(f"{path} has {size / 1048576:.0f} MB; give {ALLOWED}.")
        content = path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(
            f"{path} cannot be read ({error.strerror}); check its permissions."
        ) from error
    return _Raw(content, str(path), media_type or SUFFIXES.get(path.suffix.lower()))


def _article(
    found: Extracted, *, url: str, outlet: str | None, published: date | None, retrieved: datetime | None
) -> Article:
    precision = DatePrecision.DAY if published is not None else found.precision
    return Article(
        article_id=hashlib.sha256(found.text.encode()).hexdigest()[:16],
        text=found.text,
        title=found.title,
        outlet=outlet if outlet is not None else found.outlet,
        url=url or found.url,
        author=found.author,
        language=found.language,
        published=published or found.published,
        published_precision=precision,
        retrieved=retrieved,
    )


def _unread(article: Article) -> Reading:
    """An article in another language: stored and actor-matched, never read by the English rules."""
    year = article.published.year if article.published else None
    parties = tuple(
        Party(m.text, (m.start, m.end), m.entry.state, m.entry.sector, m.entry.actor, m.why)
        for m in default_index().find(article.text, year=year)
    )
    spans = tuple((offset, offset + len(text)) for offset, text in paragraphs(article.text))
    note = f"The article is in “{article.language}”; events are read in English only, so it has actors but no claims."
    return Reading(article, spans, (), (note,), parties)
