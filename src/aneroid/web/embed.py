"""`/embed/…`: a figure for another's page, as an iframe or as an SVG; and small addresses beside the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from aneroid.errors import AneroidError
from aneroid.states import resolve
from aneroid.web.answer import NotFound, environment, made_key, packed, problem
from aneroid.web.ask import Ask
from aneroid.web.figures import inline
from aneroid.web.pages.compare import compare
from aneroid.web.pages.digest import digest_file
from aneroid.web.pages.dyad import dyad
from aneroid.web.pages.state import state
from aneroid.web.pages.world import world
from aneroid.web.service import NotReady

if TYPE_CHECKING:
    from aneroid.web.answer import Maker
    from aneroid.web.page import Page

router = APIRouter(include_in_schema=False)


async def _embedded(request: Request, make: Maker, name: str, address: str) -> Response:
    """One figure by itself: a page for an iframe, or the picture."""
    svg = request.url.path.endswith(".svg")
    query = {key: value for key, value in request.query_params.items() if value}
    ask = Ask(request.app.state.service, address, query, dict(request.path_params))

    def work() -> Response:
        ask.service.look()
        try:
            page: Page = ask.service.remember(made_key(ask), lambda: make(ask))
            figure = page.figure(ask.text("figure", name))
            if figure is None:
                have = ", ".join(f.chart.name for f in page.figures)
                raise NotFound(f"This page has no such figure. It has: {have}.")
            if svg:
                from aneroid.charts.render import to_svg

                body = ask.service.remember(
                    ("embedded", address, tuple(sorted(query.items()))),
                    lambda: to_svg(figure.chart, titled=True),
                )
                return packed(body.encode(), "image/svg+xml").response(request)
            from markupsafe import Markup

            def picture(chart: object, key: str) -> Markup:
                return Markup(inline(ask.service, chart, key))  # type: ignore[arg-type]  # the template passes charts

            template = environment().get_template("embed.html.j2")
            html = template.render(figure=figure, picture=picture, home=ask.link(figure=None))
            return packed(html.encode(), "text/html; charset=utf-8").response(request)
        except NotReady as waiting:
            return problem(
                ask, AneroidError(f"{waiting.work.what}. Try again in a minute."), "json"
            ).response(request)
        except AneroidError as error:
            return problem(ask, error, "json").response(request)

    return await run_in_threadpool(work)


@router.get("/embed/state/{code}")
@router.get("/embed/state/{code}.svg")
async def embed_state(request: Request, code: str) -> Response:
    """The dial of a state, or another of its figures with ``figure=``."""
    return await _embedded(request, state, "dial", f"/state/{code}")


@router.get("/embed/dyad/{code}/{other}")
@router.get("/embed/dyad/{code}/{other}.svg")
async def embed_dyad(request: Request, code: str, other: str) -> Response:
    """The ribbon of closeness of a dyad."""
    return await _embedded(request, dyad, "closeness", f"/dyad/{code}/{other}")


@router.get("/embed/compare")
@router.get("/embed/compare.svg")
async def embed_compare(request: Request) -> Response:
    """The lean strips of a comparison."""
    return await _embedded(request, compare, "lean-strip", "/compare")


@router.get("/embed/map")
@router.get("/embed/map.svg")
async def embed_map(request: Request) -> Response:
    """The map."""
    return await _embedded(request, world, "map", "/map")


@router.get("/find")
async def find(request: Request, q: str = "") -> Response:
    """Lead from a name or code to the page of the state; near matches where there is none."""
    ask = Ask(request.app.state.service, "/find", {}, {})
    try:
        return RedirectResponse(f"/state/{resolve(q[:200]).id}", 303)
    except AneroidError as error:
        found = await run_in_threadpool(problem, ask, error, "html")
        return found.response(request)


@router.get("/digest/file")
async def download(request: Request) -> Response:
    """The digest that was chosen, as a file."""
    query = {key: value for key, value in request.query_params.items() if value and key != "section"}
    if chosen := request.query_params.getlist("section"):
        query["sections"] = ",".join(chosen)
    ask = Ask(request.app.state.service, "/digest", query, {})

    def work() -> Response:
        try:
            body, media_type, name = ask.service.remember(
                ("digest", tuple(sorted(query.items()))), lambda: digest_file(ask)
            )
            return packed(body, media_type, name=name).response(request)
        except NotReady:
            return RedirectResponse("/digest", 303)
        except AneroidError as error:
            return problem(ask, error, "html").response(request)

    return await run_in_threadpool(work)
