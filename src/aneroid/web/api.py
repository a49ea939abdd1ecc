"""The interface for programs under ``/v1``: the same functions as the pages, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool

from aneroid.web import rows
from aneroid.web.answer import Answer, as_json, packed, problem, problem_document
from aneroid.web.ask import Ask
from aneroid.web.guard import check_write
from aneroid.web.service import NotReady
from aneroid.web.tabular import LIMIT, MOST, respond

if TYPE_CHECKING:
    from collections.abc import Callable

DESCRIPTION = """Which way each government leans between the powers, how sure that is, and what moved it.

Rows come as JSON, CSV or Parquet (`Accept`, or `format=`). Pages follow a cursor: pass `next` of one answer as `cursor` of the
following request, or follow the `Link` header. Ids are stable. Every answer has an `ETag`; send it back in `If-None-Match`.
Problems are documents by RFC 9457. `licences` says for each field whether its values may be passed on. While estimates are
being computed the answer is 503 with `Retry-After`."""

INVALID = RequestValidationError
_PROBLEM = {
    "description": "A problem document (RFC 9457)",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "instance": {"type": "string"},
                },
            }
        }
    },
}
_ROWS = {
    "description": "A page of rows",
    "content": {
        "application/json": {"schema": {"type": "object"}},
        "text/csv": {"schema": {"type": "string"}},
        "application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}},
    },
}
router = APIRouter(
    prefix="/v1", responses={200: _ROWS, **dict.fromkeys((400, 404, 406, 422, 429, 503), _PROBLEM)}
)

Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows a page.")]
Cursor = Annotated[str, Query(max_length=400, description="`next` of the page before.")]
Form = Annotated[Literal["", "json", "csv", "parquet"], Query(description="Instead of the Accept header.")]


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a list is asked for, and in which form."""

    limit: int
    cursor: str
    form: str


def _paging(limit: Limit = LIMIT, cursor: Cursor = "", format: Form = "") -> Paging:
    return Paging(limit, cursor, format)


Page = Annotated[Paging, Depends(_paging)]
State = Annotated[
    str, Query(max_length=200, description="Names or codes, comma-separated; all states by default.")
]
Poles = Annotated[str, Query(max_length=200, description="Powers, comma-separated.")]
Year = Annotated[int | None, Query(ge=1800, le=2200)]
AsOf = Annotated[str, Query(max_length=10, description="What was known on this date, YYYY-MM-DD.")]


async def _answer(request: Request, make: Callable[[Ask], rows.Rows], page: Paging) -> Response:
    """One page of rows, or a problem document."""
    ask = _ask(request)

    def work() -> Response:
        ask.service.look()
        key = (
            "rows",
            request.url.path,
            tuple(sorted((n, v) for n, v in ask.query.items() if n not in _PAGING)),
        )
        try:
            found = ask.service.remember(key, lambda: make(ask))
            return respond(
                request,
                found.frame,
                limit=page.limit,
                cursor=page.cursor,
                form=page.form,
                licences=found.licences,
                vintage=found.vintage,
                notes=found.notes,
            )
        except NotReady as waiting:
            return _later(request, waiting).response(request)
        except rows.TOLD as error:
            return problem(ask, error, "json").response(request)

    return await run_in_threadpool(work)


_PAGING = {"limit", "cursor", "format"}


def _ask(request: Request) -> Ask:
    query = {name: value for name, value in request.query_params.items() if value}
    return Ask(request.app.state.service, request.url.path, query, dict(request.path_params))


def _later(request: Request, waiting: NotReady) -> Answer:
    work = waiting.work
    detail = work.failed or f"{work.what}: {' '.join(work.lines[-1:])}. Try again in a few seconds."
    return problem_document(
        503, detail, request.url.path, retry_after=5, state="failed" if work.failed else "being computed"
    )


async def invalid(request: Request, error: Exception) -> Response:
    """What the declared parameters do not allow, as a problem document."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:])
    return problem_document(422, f"{where}: {first['msg']}.", request.url.path).response(request)


@router.get("/", summary="What there is")
async def index(request: Request) -> Response:
    """List the collections."""
    base = {name: f"/v1/{name}" for name in rows.COLLECTIONS}
    body = {
        "title": "Aneroid",
        "collections": base,
        "openapi": "/v1/openapi.json",
        "feed": "/feed/realignments.atom",
    }
    return packed(as_json(body), "application/json").response(request)


@router.get("/states", summary="States since 1816")
async def states(
    request: Request,
    page: Page,
    year: Year = None,
    region: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    """Ids, names, codes, regions and the years in which each existed."""
    return await _answer(request, rows.states, page)


@router.get("/orientation", summary="Lean and closeness")
async def orientation(
    request: Request,
    page: Page,
    state: State = "",
    poles: Poles = "",
    since: Year = None,
    until: Year = None,
    kind: Annotated[Literal["lean", "closeness"], Query()] = "lean",
    as_of: AsOf = "",
) -> Response:
    """Estimates by state and year, each with its ranges; a year without an estimate has no row."""
    return await _answer(request, rows.orientation, page)


@router.get("/contributions/{code}", summary="What moved a lean")
async def contributions(
    request: Request,
    page: Page,
    code: Annotated[str, Path(max_length=60)],
    since: Annotated[int, Query(ge=1800, le=2200)],
    until: Annotated[int, Query(ge=1800, le=2200)],
    poles: Poles = "",
    as_of: AsOf = "",
) -> Response:
    """Contributions of each indicator to the movement between two years; they add up to it."""
    return await _answer(request, rows.contributions, page)


@router.get("/realignments", summary="Turns the model is sure of")
async def realignments(
    request: Request,
    page: Page,
    state: State = "",
    since: Year = None,
    until: Year = None,
) -> Response:
    """Detected realignments with their probability."""
    return await _answer(request, rows.realignments, page)


@router.get("/claims", summary="What articles claim")
async def claims(
    request: Request,
    page: Page,
    state: State = "",
    standing: Annotated[str, Query(max_length=20)] = "",
    as_of: AsOf = "",
) -> Response:
    """Claims with their standing; offsets into the article, never its text."""
    return await _answer(request, rows.claims, page)


@router.get("/events", summary="Events that claims report")
async def events(request: Request, page: Page, state: State = "") -> Response:
    """One row a claim with a coded event: who, to whom, what, when, and how far it is borne out."""
    return await _answer(request, rows.events, page)


@router.get("/indicators", summary="Readings by indicator")
async def indicators(
    request: Request,
    page: Page,
    indicator: Annotated[str, Query(max_length=60)] = "",
    state: State = "",
) -> Response:
    """Without an indicator, the list of them; with one, its readings for the states named."""
    return await _answer(request, rows.indicators, page)


@router.get("/forecasts", summary="Forecasts on record")
async def forecasts(request: Request, page: Page) -> Response:
    """Questions of the ledger, open and resolved."""
    return await _answer(request, rows.forecasts, page)


@router.get("/guarantors/{code}", summary="Who stands behind a state")
async def guarantors(
    request: Request,
    page: Page,
    code: Annotated[str, Path(max_length=60)],
    year: Year = None,
) -> Response:
    """Shares of the powers in a state's security, with ranges."""
    return await _answer(request, rows.guarantors, page)


@router.get("/scenarios/withdrawal", summary="What followed when a guarantor left")
async def scenarios(
    request: Request,
    page: Page,
    host: Annotated[str, Query(max_length=60)],
    guarantor: Annotated[str, Query(max_length=60)],
    year: Year = None,
    share: Annotated[float, Query(gt=0, le=1)] = 0.5,
    horizon: Annotated[int, Query(ge=1, le=10)] = 5,
) -> Response:
    """Rates in the reference class, with intervals and the names of cases: association, not effect."""
    return await _answer(request, rows.scenarios, page)


@router.get("/sources", summary="Sources and terms")
async def sources(request: Request, page: Page) -> Response:
    """Citation, licence, what may be passed on, when retrieved."""
    return await _answer(request, rows.sources, page)


@router.post("/refresh", summary="Look at the store again", status_code=202)
async def refresh(request: Request) -> Response:
    """Renew the copy of the store and, if its readings changed, the estimates. Needs the token where one is set."""
    check_write(request, request.app.state.token, "")
    await run_in_threadpool(request.app.state.service.look)
    return packed(as_json({"state": "looked"}), "application/json", status=202, lasting=False).response(
        request
    )
