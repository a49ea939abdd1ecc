"""The application: pages, their twins, the interface under ``/v1``, and the outer edge where errors become answers."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from aneroid.errors import AneroidError
from aneroid.web import api, embed, feed
from aneroid.web.answer import Answer, Maker, NotFound, answer, page_key, problem, problem_document, release
from aneroid.web.ask import Ask
from aneroid.web.guard import RateLimit, SecurityHeaders
from aneroid.web.pages import PAGES
from aneroid.web.pages import read as reading
from aneroid.web.service import Service

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_LOG = logging.getLogger("aneroid.web")
DEFAULT_RATE = 600
MAX_BODY = 21 * 1024 * 1024  # an article has 20 MB at most; the form around it a little more


def create_app(folder: Path, *, token: str = "", rate: int = DEFAULT_RATE) -> FastAPI:
    """Make the application for a store.

    Parameters
    ----------
    folder
        Folder of the store; built from the snapshot, and fitted, in the background where that is still to be done.
    token
        Needed for whatever writes; without one, only this machine may.
    rate
        Requests a minute that one address may send to ``/v1`` and ``/read``; 0 for no limit.

    Returns
    -------
    fastapi.FastAPI
        ``app.state.service`` is the :class:`Service` behind it.
    """
    service = Service(folder)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service.start()
        yield
        service.stop()

    app = FastAPI(
        title="Aneroid",
        version=release(),
        description=api.DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        lifespan=lifespan,
    )
    app.state.service, app.state.token, app.state.limit = service, token, RateLimit(rate)
    for path, make in PAGES:
        _add_page(app, path, make)
    app.include_router(api.router)
    app.include_router(embed.router)
    app.include_router(feed.router)
    app.include_router(reading.router)
    app.mount("/static", StaticFiles(directory=str(files("aneroid.web") / "static")), name="static")
    app.add_exception_handler(AneroidError, _told)  # type: ignore[arg-type]  # Starlette's own annotation is wider
    app.add_exception_handler(HTTPException, _http)  # type: ignore[arg-type]  # as above
    app.add_exception_handler(api.INVALID, api.invalid)
    app.add_exception_handler(Exception, _defect)
    app.add_middleware(GZipMiddleware, minimum_size=800)
    app.middleware("http")(_limits)
    app.add_middleware(SecurityHeaders)
    return app


def _add_page(app: FastAPI, path: str, make: Maker) -> None:
    """Serve a page and its twin; what is remembered is answered without waiting for a thread."""

    async def serve(request: Request) -> Response:
        service: Service = request.app.state.service
        form = "json" if request.url.path.endswith(".json") else "html"
        address = request.url.path.removesuffix(".json")
        query = {name: value for name, value in request.query_params.items() if value}
        ask = Ask(service, "/" if address == "/index" else address, query, dict(request.path_params))
        service.look()
        key = page_key(ask, form)
        # After a change of the store a reader gets the page as it was, until the new one stands.
        kept = service.recall(key) or service.before(key, lambda: answer(ask, make, form))
        found = kept if isinstance(kept, Answer) else await run_in_threadpool(answer, ask, make, form)
        return found.response(request)

    twin = "/index.json" if path == "/" else f"{path}.json"
    for route in (twin, path):
        app.router.routes.append(Route(route, serve, methods=["GET", "HEAD"]))


async def _limits(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    """Hold callers of the interface to their rate, and bodies to their size."""
    path = request.url.path
    length = request.headers.get("content-length", "" if request.method == "POST" else "0")
    if not length:
        return problem_document(411, "Send the length of the body.", path).response(request)
    if not length.isdigit() or int(length) > MAX_BODY:
        return problem_document(
            413, "The body is larger than 20 MB. Send the article's text alone.", path
        ).response(request)
    if path.startswith("/v1/") or request.method == "POST":
        caller = request.client.host if request.client else "unknown"
        try:
            request.app.state.limit.check(caller, 5.0 if request.method == "POST" else 1.0)
        except AneroidError as error:
            return _error(request, error)
    return await go_on(request)


def _error(request: Request, error: AneroidError) -> Response:
    path = request.url.path
    ask = Ask(request.app.state.service, path.removesuffix(".json"), {}, {})
    wanted = "json" if path.startswith("/v1") or path.endswith(".json") else "html"
    return problem(ask, error, wanted).response(request)


async def _told(request: Request, error: AneroidError) -> Response:
    return _error(request, error)


async def _http(request: Request, error: HTTPException) -> Response:
    path = request.url.path
    if error.status_code == 404:
        return _error(request, NotFound(f"There is no page {path}. The menu above lists what there is."))
    found = problem_document(error.status_code, str(error.detail), path).response(request)
    for name, value in (error.headers or {}).items():
        found.headers[name] = value
    return found


async def _defect(request: Request, error: Exception) -> Response:
    """The outer edge: a defect is logged, and the reader is told in one sentence."""
    _LOG.exception("Unexpected %s for %s", type(error).__name__, request.url.path, exc_info=error)
    return problem_document(
        500, "This is a defect of the software; the log of the service says more.", request.url.path
    ).response(request)
