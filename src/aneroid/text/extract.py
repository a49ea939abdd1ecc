"""From bytes to the main text of an article with its title, date, outlet and language."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from aneroid.errors import InputError
from aneroid.text.dates import first_date
from aneroid.text.language import detect_language
from aneroid.text.markdown import plain_markdown
from aneroid.text.model import DatePrecision
from aneroid.text.wrapping import unwrap

MAX_BYTES = 20 * 1024 * 1024
BINARY_HEADS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP or office file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip file",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an old office file",
}
HTML, MARKDOWN, PLAIN = "text/html", "text/markdown", "text/plain"
SUFFIXES = {
    ".html": HTML, ".htm": HTML, ".xhtml": HTML, ".md": MARKDOWN, ".markdown": MARKDOWN, ".txt": PLAIN, ".text": PLAIN,
}  # fmt: skip
ALLOWED = "HTML, Markdown or plain text up to 20 MB"


@dataclass(frozen=True, slots=True)
class Extracted:
    """Main text and what the document says about itself; empty fields are unknown."""

    text: str
    title: str = ""
    author: str = ""
    outlet: str = ""
    url: str = ""
    language: str = ""
    published: date | None = None
    precision: DatePrecision = DatePrecision.NONE


def extract(raw: bytes | str, *, media_type: str | None = None, name: str = "the input") -> Extracted:
    """Extract the main text of a document.

    Parameters
    ----------
    raw
        The document; bytes are decoded by their byte-order mark, declaration, or best guess.
    media_type
        ``text/html``, ``text/markdown`` or ``text/plain``; guessed from the content when None.
    name
        What to call the document in an error.

    Returns
    -------
    Extracted
        ``text`` has one paragraph a line and is never empty; ``language`` is ISO 639-1 or "und".

    Raises
    ------
    InputError
        When the document is empty, too large, binary, of an unknown media type, or holds no text.
    """
    size = len(raw) if isinstance(raw, bytes) else len(raw.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise InputError(f"{name} has {size / 1048576:.0f} MB; give {ALLOWED}.")
    text = decode(raw, name) if isinstance(raw, bytes) else raw
    if not text.strip():
        raise InputError(f"{name} is empty; give {ALLOWED}.")
    kind = _media_type(media_type, text)
    if kind == HTML:
        found = _from_html(text, name)
    elif kind == MARKDOWN:
        found = _from_markdown(text)
    else:
        found = _from_plain(text)
    clean = _tidy(found.text)
    if not clean:
        raise InputError(f"No article text was found in {name}; save the page's text as .txt and give that.")
    return replace(found, text=clean, language=detect_language(clean, found.language))


def decode(raw: bytes, name: str = "the input") -> str:
    """Decode bytes to text, or refuse what is no text.

    Raises
    ------
    InputError
        When the bytes are of a known binary format or hold control characters that no text has.
    """
    for head, what in BINARY_HEADS.items():
        if raw.startswith(head):
            raise InputError(f"{name} is {what}, not text; give {ALLOWED}.")
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    sample = raw[:65536]
    control = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    if b"\x00" in sample or control > 0.01 * max(len(sample), 1):
        raise InputError(f"{name} is binary, not text; give {ALLOWED}.")
    declared = re.search(rb"charset=[\"']?([\w-]+)", raw[:4096], re.IGNORECASE)
    named = declared[1].decode("ascii") if declared else "utf-8"
    for encoding in ("utf-8", named, _guess(sample)):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("cp1252", "replace")


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None else "cp1252"


def _media_type(given: str | None, text: str) -> str:
    if given is not None:
        plain = given.split(";")[0].strip().lower()
        known = {"application/xhtml+xml": HTML, "text/x-markdown": MARKDOWN}.get(plain, plain)
        if known not in (HTML, MARKDOWN, PLAIN):
            raise InputError(f"Media type “{given}” cannot be read; give {ALLOWED}.")
        return known
    head = text[:2000].lstrip("\ufeff \t\r\n")
    if re.match(r"(?i)<(!doctype|html|head|body|article|div|p|h1|meta|\?xml)\b", head):
        return HTML
    if len(re.findall(r"(?i)</(p|div|h\d|a|span|article)>", text[:20000])) >= 3:
        return HTML
    if re.match(r"---\r?\n.*?\r?\n---\r?\n", text, re.DOTALL) or re.search(
        r"(?m)^#{1,3} \S|\]\(https?://", text
    ):
        return MARKDOWN
    return PLAIN


def _from_html(text: str, name: str) -> Extracted:
    """Main text by trafilatura; where it finds none, all visible text."""
    import trafilatura

    # Note numbers glued to a full stop would hide the end of the sentence.
    text = re.sub(r"(?is)<sup\b[^>]*>(?:\s|<[^>]+>|[\d\[\],*†–-])*</sup>", "", text)
    language = re.search(r"<html[^>]*\blang=[\"']?([\w-]+)", text[:5000], re.IGNORECASE)
    try:
        document = trafilatura.bare_extraction(
            text, with_metadata=True, include_comments=False, include_tables=False
        )
        body = _attribute(document, "text") or str(trafilatura.html2txt(text) or "")
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"The HTML of {name} cannot be parsed; save its text as .txt and give that."
        ) from error
    published, precision = _iso_date(_attribute(document, "date"))
    return Extracted(
        text=body,
        title=_attribute(document, "title"),
        author=_attribute(document, "author"),
        outlet=_attribute(document, "sitename"),
        url=_attribute(document, "url"),
        language=language[1] if language else _attribute(document, "language"),
        published=published,
        precision=precision,
    )


def _attribute(document: Any, name: str) -> str:
    return str(getattr(document, name, None) or "")


def _from_markdown(text: str) -> Extracted:
    front, body = plain_markdown(text)
    published, precision = _iso_date(front.get("date", "") or front.get("published", ""))
    heading = re.search(r"(?m)^# +(.+?)\s*#*$", text)
    return Extracted(
        text=body,
        title=front.get("title") or (heading[1] if heading else ""),
        author=front.get("author", ""),
        outlet=front.get("outlet", ""),
        url=front.get("url", ""),
        language=front.get("language", "") or front.get("lang", ""),
        published=published,
        precision=precision,
    )


def _from_plain(text: str) -> Extracted:
    """Plain text: short lines at the top that are no sentences are the head (title, author, date)."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    head: list[str] = []
    for line in lines[:6]:
        if len(line) > 140 or (line.endswith(".") and len(line.split()) > 6):
            break
        head.append(line)
    found = first_date(head)
    author = next(
        (m[1] for line in head if (m := re.search(r"(?:Author:|^[Bb]y)\s+([A-Z].{2,60})$", line))), ""
    )
    named = [
        h
        for h in head
        if first_date([h]) is None and not re.match(r"(?:Author:|By )", h) and len(h.split()) > 1
    ]
    title = named[0] if named and len(lines) > len(head) else ""
    return Extracted(
        text=unwrap(text),
        title=title,
        author=author,
        published=found[0] if found else None,
        precision=found[1] if found else DatePrecision.NONE,
    )


def _iso_date(value: str) -> tuple[date | None, DatePrecision]:
    """Read an ISO date as precise as it is written."""
    for pattern, precision in (
        ("%Y-%m-%d", DatePrecision.DAY),
        ("%Y-%m", DatePrecision.MONTH),
        ("%Y", DatePrecision.YEAR),
    ):
        try:
            return datetime.strptime(value[:10], pattern).date(), precision
        except ValueError:
            continue
    return None, DatePrecision.NONE


def _tidy(text: str) -> str:
    """One paragraph a line, without control characters or runs of spaces."""
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff]", "", text)
    text = text.encode("utf-8", "replace").decode("utf-8")
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)
