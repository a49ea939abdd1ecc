"""Rows over HTTP: JSON, CSV or Parquet by content negotiation, in pages with cursors, each with licence and vintage."""

from __future__ import annotations

import base64
import binascii
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aneroid.errors import InputError
from aneroid.web.answer import Answer, as_json, packed
from aneroid.web.blocks import records
from aneroid.web.guard import Refused

if TYPE_CHECKING:
    import pandas as pd
    from starlette.requests import Request
    from starlette.responses import Response

LIMIT, MOST = 200, 10_000
PARQUET = "application/vnd.apache.parquet"
FORMS = {"json": "application/json", "csv": "text/csv", "parquet": PARQUET}


def respond(
    request: Request,
    frame: pd.DataFrame,
    *,
    limit: int,
    cursor: str,
    form: str,
    licences: Mapping[str, str],
    vintage: Mapping[str, str],
    notes: Sequence[str] = (),
) -> Response:
    """Answer with one page of a table.

    Parameters
    ----------
    request
        The request; its ``Accept`` header chooses the form unless ``form`` does.
    frame
        All rows, with a column ``id`` that is stable and unique; pages follow its order.
    limit
        Rows a page.
    cursor
        From the page before; empty for the first.
    form
        ``json``, ``csv`` or ``parquet``; empty to negotiate.
    licences
        Field → whether its values may be passed on, and under what licence.
    vintage
        Which data and computation the rows come from.
    notes
        Sentences that belong beside the rows, such as what one unit means.

    Returns
    -------
    Response
        With ``ETag``; ``Link: <…>; rel="next"`` and ``next`` while there are more rows.
    """
    chosen = form or negotiate(request.headers.get("accept", ""))
    page, following = page_of(frame, limit, cursor)
    headers = {"x-vintage": "; ".join(f"{key}={value}" for key, value in vintage.items())}
    if following:
        address = request.url.include_query_params(cursor=following)
        headers["link"] = f'<{address.path}?{address.query}>; rel="next"'
    if chosen == "json":
        body = {
            "data": records(page),
            "next": following or None,
            "count": len(page),
            "total": len(frame),
            "licences": dict(licences),
            "vintage": dict(vintage),
            "notes": list(notes),
        }
        return packed(as_json(body), "application/json", headers=headers).response(request)
    return _file(page, chosen, headers).response(request)


def _file(page: pd.DataFrame, form: str, headers: Mapping[str, str]) -> Answer:
    if form == "csv":
        text = page.to_csv(index=False, float_format="%.6f", lineterminator="\n")
        return packed(text.encode(), "text/csv; charset=utf-8", headers=headers)
    from aneroid.tables import write_parquet

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        write_parquet(page, path)
        return packed(path.read_bytes(), PARQUET, headers=headers)


def negotiate(accept: str) -> str:
    """Choose a form by the ``Accept`` header, the caller's preference first.

    Raises
    ------
    Refused
        None of the forms is acceptable; status 406.
    """
    wanted = []
    for place, part in enumerate(accept.split(",")):
        kind, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            wanted.append((-float(quality), place, kind.lower()))
        except ValueError:
            continue
    for weight, _, kind in sorted(wanted):
        if weight == 0:
            continue
        if kind in {"", "*/*", "application/*", "application/json", "text/html"}:
            return "json"
        for form, media_type in FORMS.items():
            if kind == media_type or (kind == "text/*" and form == "csv"):
                return form
    if not wanted:
        return "json"
    raise Refused(f"Rows come as {', '.join(FORMS.values())}; none of them is in the Accept header.", 406)


def page_of(frame: pd.DataFrame, limit: int, cursor: str) -> tuple[pd.DataFrame, str]:
    """Cut one page out of a table; the cursor names the last row seen, so that new rows shift nothing.

    Raises
    ------
    InputError
        The cursor is none of ours, or its row has gone.
    """
    start = 0
    if cursor:
        try:
            last = base64.urlsafe_b64decode(cursor.encode()).decode()
        except (binascii.Error, ValueError):
            last = ""
        ids = frame["id"].astype(str).tolist()
        if last not in ids:
            raise InputError("The cursor is unknown or its row has gone. Begin again without a cursor.")
        start = ids.index(last) + 1
    page = frame.iloc[start : start + limit]
    if start + limit >= len(frame):
        return page, ""
    return page, base64.urlsafe_b64encode(str(page["id"].iloc[-1]).encode()).decode()


def plain_frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """A frame with these columns, also when there is no row."""
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(columns))
