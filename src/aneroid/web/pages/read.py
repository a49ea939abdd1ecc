"""`/read`: paste or upload an article, see who is claimed to do what to whom, and what the record says to it.

Nothing is kept unless asked. The text is shown back to who gave it, escaped: markup in an article is printed, never run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from starlette.concurrency import run_in_threadpool

from aneroid.claims import answers, take_in
from aneroid.digest.evidence import claim_sentence
from aneroid.errors import AneroidError, InputError
from aneroid.record.store import Store
from aneroid.text import load_document, read_article
from aneroid.text.documents import Document
from aneroid.text.extract import MAX_BYTES, SUFFIXES
from aneroid.web.answer import as_json, packed, plain, problem, render
from aneroid.web.ask import Ask
from aneroid.web.blocks import records
from aneroid.web.guard import check_write
from aneroid.web.marks import marked
from aneroid.web.page import Page
from aneroid.web.pages.needle import needle_rows
from aneroid.web.pages.shared import names
from aneroid.web.service import NotReady

if TYPE_CHECKING:
    from aneroid.text.model import Reading
    from aneroid.web.service import Service

router = APIRouter()
_LETTERS = 200_000  # of pasted text


@dataclass(frozen=True)
class Given:
    """What the form brought."""

    text: str
    url: str
    content: bytes
    name: str
    outlet: str
    published: str
    keep: bool


def start(ask: Ask) -> Page:
    """Make the empty form."""
    return Page(
        "read.html.j2", "Read an article: who is said to have done what to whom", {"result": None}, _HOW
    )


_HOW = {
    "how": "POST a form to /read with text, file or url; outlet and published (YYYY-MM-DD) where known; keep=yes to store it.",
    "answers": "Ask for application/json in Accept to get claims as data.",
}


@router.post("/read", include_in_schema=False)
async def read(
    request: Request,
    text: Annotated[str, Form()] = "",
    url: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
    outlet: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
    keep: Annotated[str, Form()] = "",
    token: Annotated[str, Form()] = "",
) -> Response:
    """Read what was given and show its claims; nothing is stored unless ``keep`` is given."""
    service: Service = request.app.state.service
    form = "json" if "application/json" in request.headers.get("accept", "") else "html"
    ask = Ask(service, "/read", {}, {})
    content = await file.read(MAX_BYTES + 1) if file is not None else b""
    name = (file.filename or "upload") if file is not None else ""
    given = Given(text, url.strip(), content, name, outlet.strip(), published.strip(), bool(keep))
    try:
        if given.keep:
            check_write(request, request.app.state.token, token)
        page = await run_in_threadpool(_result, ask, given)
    except NotReady as waiting:
        told = AneroidError(f"{waiting.work.what}; send the article again in a minute.")
        return problem(ask, told, form).response(request)
    except AneroidError as error:
        return problem(ask, error, form).response(request)
    if form == "json":
        return packed(as_json(page.data), "application/json", lasting=False).response(request)
    body = await run_in_threadpool(render, ask, page)
    return packed(body.encode(), "text/html; charset=utf-8", lasting=False).response(request)


def _document(given: Given) -> Document:
    """The document behind whichever field was filled; exactly one must be."""
    filled = [bool(given.text.strip()), bool(given.url), bool(given.content)]
    if sum(filled) != 1:
        raise InputError("Give one of three: the text, a file, or an address. Empty the other fields.")
    if given.text.strip():
        if len(given.text) > _LETTERS:
            raise InputError(f"The text is longer than {_LETTERS:,} characters. Give it as a file.")
        return Document(given.text, "The pasted text", "text/plain" if "<" not in given.text else None)
    if given.url:
        if not given.url.lower().startswith(("http://", "https://")):
            raise InputError(f'"{given.url[:80]}" is no http or https address.')
        return load_document(given.url)
    if len(given.content) > MAX_BYTES:
        raise InputError("The file is larger than 20 MB. Give the article's text alone.")
    name = PurePath(given.name.replace("\\", "/")).name[:120] or "upload"
    return Document(given.content, name, SUFFIXES.get(PurePath(name).suffix.lower()))


def _result(ask: Ask, given: Given) -> Page:
    document = _document(given)
    reading = read_article(document, outlet=given.outlet or None, published=_date(given.published))
    if given.keep:
        with ask.service.library.alone, Store.open(ask.service.folder, write=True) as store:
            new = take_in(store, reading, document)
        ask.service.look()
    with ask.store() as store:
        rows = records(answers(store, reading))
    shown = [
        {
            "number": place,
            "what": claim_sentence(row, names()),
            "standing": row["standing"],
            "answer": row["answer"],
            "evidence": row["evidence"],
            "said": row["attributed_to"] or "the article in its own voice",
            "rule": claim.rule,
        }
        for place, (row, claim) in enumerate(zip(rows, reading.claims, strict=True), start=1)
    ]
    kept = ("kept" if new else "already there") if given.keep else ""
    result = {
        "reading": reading,
        "paragraphs": marked(reading),
        "claims": shown,
        "needle": needle_rows(ask, reading, rows),
        "kept": kept,
    }
    title = reading.article.title or "The article as it was read"
    return Page("read.html.j2", title, {"result": result}, _data(reading, rows, kept))


def _data(reading: Reading, rows: list[dict[str, object]], kept: str) -> dict[str, object]:
    """Claims as data: with offsets, and no more of a sentence than may be quoted."""
    from aneroid.text import to_rows

    claims = [
        {**plain(row), "record": {key: found[key] for key in ("standing", "answer", "evidence")}}
        for row, found in zip(to_rows(reading), rows, strict=True)
    ]
    return {
        "article": reading.article.article_id,
        "kept": kept or "no",
        "notes": list(reading.notes),
        "claims": claims,
    }


def _date(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f'published="{text[:20]}" is no date. Write it as YYYY-MM-DD.') from None
