"""Read one article from a file, an address, standard input or memory."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from aneroid.actors.index import default_index
from aneroid.text.backends import BUILT_IN, Backend, admitted, load_backend
from aneroid.text.documents import Document, load_document
from aneroid.text.extract import Extracted, extract
from aneroid.text.model import Article, DatePrecision, Party, Reading
from aneroid.text.parse import paragraphs


def read_article(
    source: str | bytes | Path | Document,
    *,
    media_type: str | None = None,
    url: str = "",
    outlet: str | None = None,
    published: date | None = None,
    backend: str | Backend = BUILT_IN,
) -> Reading:
    """Read an article and return the claims it makes.

    Parameters
    ----------
    source
        A document from :func:`aneroid.text.load_document`, or anything that function takes.
    media_type
        ``text/html``, ``text/markdown`` or ``text/plain``; guessed from the name and content when None.
    url, outlet, published
        What the caller knows better than the document.
    backend
        Who codes: ``built-in``, ``rules`` (no parser, fast), ``openai-compatible`` (:mod:`aneroid.text.endpoint`), or one of
        your own, which must pass the probes.

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
    raw = source if isinstance(source, Document) else load_document(source, media_type)
    found = extract(raw.content, media_type=raw.media_type, name=raw.name)
    article = _article(
        replace(found, title=raw.title or found.title, author=raw.author or found.author),
        url=url or raw.url,
        outlet=outlet if outlet is not None else raw.outlet or None,
        published=published or raw.published,
        retrieved=raw.retrieved,
    )
    coder = load_backend(backend) if isinstance(backend, str) else admitted(backend)
    if coder.languages is not None and article.language not in coder.languages:
        return _unread(article)
    coded = coder.code(article)
    undated = () if article.published else ("The article has no date: relative dates are left open.",)
    parties = tuple(coded.parties) or named_parties(article)
    return Reading(article, tuple(coded.sentences), tuple(coded.claims), (*undated, *coded.notes), parties)


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
    spans = tuple((offset, offset + len(text)) for offset, text in paragraphs(article.text))
    note = f"The article is in “{article.language}”; events are read in English only, so it has actors but no claims."
    return Reading(article, spans, (), (note,), named_parties(article))


def named_parties(article: Article) -> tuple[Party, ...]:
    """Return everybody named in an article, in any language whose names we have."""
    year = article.published.year if article.published else None
    return tuple(
        Party(m.text, (m.start, m.end), m.entry.state, m.entry.sector, m.entry.actor, m.why)
        for m in default_index().find(article.text, year=year)
    )
