"""Turn pages and problems into answers: HTML, the JSON twin, files of a figure; kept compressed, with an ETag."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from aneroid.charts.render import clean
from aneroid.errors import AneroidError, EnvironmentProblem, InputError
from aneroid.states import UnknownState
from aneroid.web.ask import Ask
from aneroid.web.figures import as_file, inline
from aneroid.web.guard import Refused
from aneroid.web.page import Page
from aneroid.web.service import NotReady

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.requests import Request
    from starlette.responses import Response

Maker = Callable[[Ask], Page]
_HTML, _JSON, _PROBLEM = "text/html; charset=utf-8", "application/json", "application/problem+json"
_WAIT = 4  # seconds until a waiting page comes back


class Elsewhere(Exception):
    """The page has another address, by which it is always the same; status 303."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class NotFound(AneroidError):
    """There is nothing at this address; status 404."""


@dataclass(frozen=True)
class Answer:
    """A finished answer, compressed once."""

    status: int
    media_type: str
    packed: bytes
    etag: str
    name: str = ""  # of the file, where it is one to keep
    lasting: bool = True
    headers: tuple[tuple[str, str], ...] = ()

    def response(self, request: Request) -> Response:
        """Write it for a request: unchanged, compressed, or as it is."""
        from starlette.responses import Response

        headers = {
            **dict(self.headers),
            "etag": self.etag,
            "vary": "Accept-Encoding",
            "cache-control": "no-cache" if self.lasting else "no-store",
        }
        if self.lasting and request.headers.get("if-none-match") == self.etag:
            return Response(status_code=304, headers=headers)
        if self.name:
            headers["content-disposition"] = f'attachment; filename="{self.name}"'
        body = self.packed
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
        else:
            body = gzip.decompress(body)
        return Response(body, self.status, headers, self.media_type)


def packed(
    body: bytes,
    media_type: str,
    *,
    status: int = 200,
    name: str = "",
    lasting: bool = True,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Compress a body into an answer."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    # mtime 0: equal bodies give equal bytes.
    small = gzip.compress(body, 6, mtime=0)
    return Answer(status, media_type, small, etag, name, lasting, tuple((headers or {}).items()))


def answer(ask: Ask, make: Maker, form: str) -> Answer:
    """Answer a request for a page; what a user can be told is told in the form that was asked for.

    Parameters
    ----------
    ask
        What was asked for.
    make
        Builds the page.
    form
        ``html`` or ``json``.
    """
    ask.service.look()
    try:
        return ask.service.remember(page_key(ask, form), lambda: _made(ask, make, form))
    except NotReady as waiting:
        return _waiting(ask, waiting, form)
    except Elsewhere as other:
        place = ask.link(other.path + (".json" if form == "json" else ""), **dict(ask.query))
        return packed(b"", _HTML, status=303, lasting=False, headers={"location": place})
    except AneroidError as error:
        return problem(ask, error, form)


def _made(ask: Ask, make: Maker, form: str) -> Answer:
    page = ask.service.remember(made_key(ask), lambda: make(ask))
    if name := ask.text("figure"):
        figure = page.figure(name)
        if figure is None:
            raise NotFound(f'This page has no figure "{name[:40]}".')
        body, media_type = as_file(ask.service, figure, ask.text("as", "svg"))
        suffix = {"spec": "json"}.get(ask.text("as", "svg"), ask.text("as", "svg"))
        return packed(body, media_type, name=f"{_slug(ask.path)}-{name}.{suffix}")
    if form == "json":
        return packed(as_json({"title": page.title, **page.data}), _JSON, status=page.status)
    return packed(render(ask, page).encode(), _HTML, status=page.status)


def page_key(ask: Ask, form: str) -> tuple[object, ...]:
    """Under which a finished answer is remembered."""
    return ("page", ask.path, tuple(sorted(ask.query.items())), form)


def made_key(ask: Ask) -> tuple[object, ...]:
    """Under which a page is remembered: the same for its HTML, its twin, its figures and its embedded chart."""
    asked = sorted((key, value) for key, value in ask.query.items() if key not in {"figure", "as"})
    return ("made", ask.path, tuple(asked))


def _slug(path: str) -> str:
    return path.strip("/").replace("/", "-") or "today"


def status_of(error: AneroidError) -> int:
    """The HTTP status of an error a user can be told."""
    if isinstance(error, Refused):
        return error.status
    if isinstance(error, NotFound | UnknownState):
        return 404
    if isinstance(error, InputError):
        return 400
    return 502 if isinstance(error, EnvironmentProblem) else 503


def problem(ask: Ask, error: AneroidError, form: str) -> Answer:
    """Say what is wrong, as a page or as a problem document (RFC 9457)."""
    status = status_of(error)
    if form == "json":
        return problem_document(status, str(error), ask.path, retry_after=getattr(error, "retry_after", 0))
    heading = {400: "This cannot be shown", 404: "Nothing is known by that name", 429: "Too many requests"}
    page = Page(
        "problem.html.j2",
        heading.get(status, "This does not work just now"),
        {"message": str(error), "status": status},
        status=status,
    )
    return packed(render(ask, page).encode(), _HTML, status=status, lasting=False)


def problem_document(
    status: int, detail: str, instance: str, *, retry_after: int = 0, **more: object
) -> Answer:
    """A problem document; ``more`` are its own fields."""
    from http import HTTPStatus

    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    headers = {"retry-after": str(retry_after)} if retry_after else {}
    return packed(
        as_json({**body, "instance": instance, **more}),
        _PROBLEM,
        status=status,
        lasting=False,
        headers=headers,
    )


def _waiting(ask: Ask, waiting: NotReady, form: str) -> Answer:
    work = waiting.work
    if work.failed:
        return problem(ask, AneroidError(work.failed), form)
    if form == "json":
        body = {"state": "being computed", "what": work.what, "seconds": work.seconds, "progress": work.lines}
        return packed(as_json(body), _JSON, lasting=False, headers={"retry-after": str(_WAIT)})
    page = Page("waiting.html.j2", "Being computed", {"work": work}, refresh=_WAIT)
    return packed(render(ask, page).encode(), _HTML, lasting=False)


def as_json(value: object) -> bytes:
    """Write plain values as JSON; what is not a number is null."""
    return (json.dumps(plain(value), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def plain(value: Any) -> Any:
    """Bring values of frames to plain ones: not-a-number and missing become null."""
    if value is None or isinstance(value, bool | int | str):
        return clean(value) if isinstance(value, str) else value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if hasattr(value, "item"):
        return plain(value.item())
    if hasattr(value, "isoformat") and value == value:
        return value.isoformat()
    return None if value != value or str(value) == "<NA>" else str(value)


def render(ask: Ask, page: Page) -> str:
    """Write a page as HTML."""
    from markupsafe import Markup

    def picture(chart: Any, key: str) -> Markup:
        return Markup(inline(ask.service, chart, key))  # the serialiser has escaped the text in it

    template = environment().get_template(page.template)
    return clean(
        template.render(
            page=page,
            ask=ask,
            picture=picture,
            service=ask.service,
            menu=MENU,
            version=release(),
            **page.context,
        )
    )


MENU = (
    ("/", "Today"),
    ("/map", "Map"),
    ("/compare", "Compare"),
    ("/realignments", "Realignments"),
    ("/scenario", "Scenarios"),
    ("/forecasts", "Forecasts"),
    ("/claims", "Claims"),
    ("/read", "Read an article"),
    ("/digest", "Digest"),
    ("/data", "Data"),
    ("/methods", "Methods"),
)


@cache
def release() -> str:
    """Release of the software."""
    from importlib.metadata import version

    return version("aneroid")


@cache
def environment() -> Environment:
    """Templates: all text is escaped, an unknown name is an error."""
    from jinja2 import Environment as Templates
    from jinja2 import PackageLoader, StrictUndefined

    from aneroid.charts import words

    made = Templates(
        loader=PackageLoader("aneroid.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.tests["kind"] = lambda block, name: type(block).__name__ == name
    for name in ("with_article", "capital", "number", "estimate_text", "percent", "count"):
        made.filters[name] = getattr(words, name)
    return made
