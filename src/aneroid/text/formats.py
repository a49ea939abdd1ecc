"""Take the text out of PDF files and mails, with what they say about themselves."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from aneroid.errors import InputError
from aneroid.text.extract import HTML, PLAIN, SUFFIXES
from aneroid.text.wrapping import join_lines

if TYPE_CHECKING:
    from email.message import EmailMessage

    from aneroid.text.documents import Document

PDF, MAIL = "application/pdf", "message/rfc822"
MEDIA_TYPES = {**SUFFIXES, ".pdf": PDF, ".eml": MAIL}
KNOWN = "HTML, Markdown, plain text, PDF with text, or mail (EML), up to 20 MB"
_MAIL_HEAD = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){3,}\r?\n")


def opened(document: Document) -> Document:
    """Replace the content of a PDF or a mail by its text; anything else is returned as it is.

    Parameters
    ----------
    document
        As it came.

    Returns
    -------
    Document
        With ``content`` readable, the file as it came in ``original``, and title, outlet and date where the file names them.

    Raises
    ------
    InputError
        When a PDF is damaged, locked or holds pictures alone, or a mail has no text.
    """
    raw = document.content
    if not isinstance(raw, bytes):
        return document
    if document.media_type == PDF or raw[:1024].lstrip().startswith(b"%PDF"):
        return _from_pdf(document, raw)
    if document.media_type == MAIL or (document.media_type is None and _looks_like_mail(raw)):
        return _from_mail(document, raw)
    return document


def _looks_like_mail(raw: bytes) -> bool:
    head = _MAIL_HEAD.match(raw[:65536])
    return head is not None and all(name in head[0].lower() for name in (b"from:", b"subject:", b"date:"))


def _from_pdf(document: Document, raw: bytes) -> Document:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(
        logging.CRITICAL
    )  # what matters is raised; the rest is noise to a reader
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{document.name} is locked with a password; save it without one.")
        pages = [page.extract_text() for page in reader.pages]
        title = str((reader.metadata.title if reader.metadata else None) or "")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise InputError(f"The PDF {document.name} is damaged and cannot be read; give {KNOWN}.") from error
    text = "\n\n".join(join_lines(page) for page in pages if page.strip())
    if not text.strip():
        raise InputError(f"{document.name} holds pictures and no text; recognise its text first (OCR).")
    return replace(document, content=text, media_type=PLAIN, original=raw, title=title.strip())


def _from_mail(document: Document, raw: bytes) -> Document:
    from email import message_from_bytes, policy
    from email.utils import parseaddr

    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise InputError(f"The mail {document.name} has no text; save the attachment and give that.")
    try:
        content = body.get_content()
    except (LookupError, ValueError) as error:
        raise InputError(
            f"The text of the mail {document.name} cannot be decoded; save it as .txt."
        ) from error
    name, address = parseaddr(str(message.get("from", "")))
    return replace(
        document,
        content=str(content),
        media_type=HTML if body.get_content_type() == "text/html" else PLAIN,
        original=raw,
        title=str(message.get("subject", "")).strip(),
        outlet=name or address.partition("@")[2],
        published=_sent(message),
    )


def _sent(message: EmailMessage) -> date | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(str(message.get("date", ""))).date()
    except ValueError:
        return None
