"""From what a user gives to articles: a file, a folder, a feed, a table with one article a row, an address, standard input.

An article that cannot be opened is an item too: loading it raises the reason, so that the run counts it and goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aneroid.errors import InputError
from aneroid.text.documents import Document, load_document
from aneroid.text.extract import HTML, MAX_BYTES, PLAIN
from aneroid.text.formats import MEDIA_TYPES
from aneroid.text.wrapping import unwrap

if TYPE_CHECKING:
    import pandas as pd

TABLES = (".parquet", ".jsonl", ".ndjson", ".csv")
FEEDS = (".xml", ".rss", ".atom")
# What tables of articles call their columns, lower case, best first; the first that is there is taken.
_COLUMNS = {
    "text": ("text", "body", "content", "article", "maintext"),
    "title": ("title", "headline"),
    "published": ("published", "date", "publish_date", "date_published", "year"),
    "outlet": ("outlet", "source", "sourcename", "publisher", "domain"),
    "url": ("url", "sourceurl", "link"),
    "author": ("author", "byline"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One article to be read: its name for messages, and how to open it."""

    name: str
    load: Callable[[], Document]


def collect(source: str, *, media_type: str | None = None, follow: bool = False) -> list[Item]:
    """List the articles behind what a user gave, without opening those that stand in files of their own.

    Parameters
    ----------
    source
        A file, a folder (searched with its subfolders), a feed (RSS or Atom, file or address), a table (Parquet, JSON Lines or
        CSV with a column ``text`` or ``body``), an ``http(s)`` address, or ``-`` for standard input.
    media_type
        For standard input and files without a telling name.
    follow
        Fetch the page that each item of a feed links to, instead of the text in the feed.

    Returns
    -------
    list of Item
        In a fixed order: names of files sorted, rows and feed items as they stand.

    Raises
    ------
    InputError
        There is nothing of that name, or nothing in it that can be read.
    """
    path = Path(source)
    if source != "-" and "://" not in source and "\n" not in source:
        if path.is_dir():
            return _in_folder(path, follow=follow)
        if path.is_file() and path.suffix.lower() in TABLES:
            return list(_rows(path))
        if path.is_file():
            return _in_file(path, media_type, follow=follow)
        if not path.exists():
            load_document(source)  # raises with the words for it
    document = load_document(source, media_type)
    if _is_feed(document):
        return _entries(document, follow=follow)
    return [Item(document.name, lambda: document)]


def _in_folder(folder: Path, *, follow: bool) -> list[Item]:
    """Files with the text of articles below a folder; hidden ones are left out."""
    readable = {*MEDIA_TYPES, *FEEDS, *TABLES}
    found: list[Item] = []
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if hidden or not path.is_file() or path.suffix.lower() not in readable:
            continue
        try:
            table = path.suffix.lower() in TABLES
            found += _rows(path) if table else _in_file(path, None, follow=follow)
        except InputError as error:
            found.append(Item(str(path), _refusal(error)))
    if not found:
        raise InputError(
            f"There is nothing to read in {folder}; it needs files that end in {', '.join(sorted(readable))}."
        )
    return found


def _in_file(path: Path, media_type: str | None, *, follow: bool) -> list[Item]:
    if path.suffix.lower() in FEEDS:
        document = load_document(path, media_type)
        if _is_feed(document):
            return _entries(document, follow=follow)
    return [Item(str(path), lambda: load_document(path, media_type))]


def _refusal(error: InputError) -> Callable[[], Document]:
    def load() -> Document:
        raise error

    return load


def _is_feed(document: Document) -> bool:
    raw = document.content
    head = (raw[:4000] if isinstance(raw, bytes) else raw[:4000].encode()).lower()
    return any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf"))


def _entries(document: Document, *, follow: bool) -> list[Item]:
    """The items of a feed; feedparser is given bytes alone, so that it never reaches for the network itself."""
    import feedparser

    parsed = feedparser.parse(document.raw, sanitize_html=True, resolve_relative_uris=False)
    if not parsed.entries:
        raise InputError(f"The feed {document.name} has no items.")
    outlet = str(parsed.feed.get("title", ""))
    return [_entry(entry, outlet, document.name, follow=follow) for entry in parsed.entries]


def _entry(entry: Mapping[str, Any], outlet: str, feed: str, *, follow: bool) -> Item:
    title, link = str(entry.get("title", "")), str(entry.get("link", ""))
    bodies = [str(part.get("value", "")) for part in entry.get("content", [])] or [
        str(entry.get("summary", ""))
    ]
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    published = date(*moment[:3]) if moment else None
    author = str(entry.get("author", ""))

    def load() -> Document:
        if follow and link:
            page = load_document(link)
            return replace(page, title=title, outlet=outlet, published=published, author=author)
        text = max(bodies, key=len)
        if not text.strip():
            raise InputError(f"The item “{title}” of {feed} has no text; read its page with --follow.")
        whole = f"<html><body><article><h1>{escape(title)}</h1>\n{text}</article></body></html>"
        return Document(
            whole,
            link or f"{feed}: {title}",
            HTML,
            link,
            datetime.now(UTC),
            title=title,
            outlet=outlet,
            published=published,
            author=author,
        )

    return Item(link or title or feed, load)


def _rows(path: Path) -> Iterator[Item]:
    """The rows of a table, one article each."""
    table = _table(path)
    lower = {str(name).lower(): str(name) for name in table.columns}
    named = {
        field: next((lower[name] for name in names if name in lower), None)
        for field, names in _COLUMNS.items()
    }
    if named["text"] is None:
        raise InputError(
            f"The table {path} has no column of texts; it needs one called {', '.join(_COLUMNS['text'])}, and has "
            f"{', '.join(map(str, table.columns))}."
        )
    columns = {field: table[name].tolist() if name else [None] * len(table) for field, name in named.items()}
    for number in range(len(table)):
        yield _row(f"{path}:{number + 1}", {field: values[number] for field, values in columns.items()})


def _row(name: str, row: Mapping[str, object]) -> Item:
    def load() -> Document:
        words = {field: "" if _missing(value) else str(value).strip() for field, value in row.items()}
        if not words["text"]:
            raise InputError(f"{name} has no text.")
        title = words["title"]
        body = unwrap(words["text"])  # before the title is put above it: a headline is no line of the text
        content = f"{title}\n\n{body}" if title else body
        return Document(
            content,
            name,
            PLAIN,
            words["url"],
            title=title,
            author=words["author"],
            outlet=words["outlet"],
            published=_day(row["published"]),
        )

    return Item(name, load)


def _table(path: Path) -> pd.DataFrame:
    import pandas as pd

    from aneroid.tables import read_parquet

    if path.suffix.lower() != ".parquet" and path.stat().st_size > 50 * MAX_BYTES:
        raise InputError(f"{path} is larger than 1 GB; turn it into Parquet.")
    try:
        if path.suffix.lower() == ".parquet":
            return read_parquet(path)
        if path.suffix.lower() == ".csv":
            return pd.read_csv(path, dtype=str, keep_default_na=False)
        with path.open(encoding="utf-8-sig") as lines:
            return pd.DataFrame([json.loads(line) for line in lines if line.strip()])
    except (ValueError, UnicodeDecodeError, pd.errors.ParserError) as error:
        raise InputError(
            f"The table {path} cannot be read ({str(error).splitlines()[0]}); check its format."
        ) from error


def _missing(value: object) -> bool:
    return value is None or value != value


def _day(value: object) -> date | None:
    """A date in whatever form tables give it; a bare year is no date of an article."""
    if isinstance(value, datetime):  # a Timestamp of pandas is one
        return None if value != value else value.date()
    if isinstance(value, date):
        return value
    from aneroid.text.dates import first_date

    text = "" if _missing(value) else str(value).strip()
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        pass
    for form in ("%d-%b-%Y", "%d %b %Y", "%Y%m%d"):
        for part in (text.split(" ")[0], " ".join(text.split(" ")[:3])):
            try:
                return datetime.strptime(part.title(), form).date()
            except ValueError:
                continue
    found = first_date([text])
    return found[0] if found and found[1].value == "day" else None
