"""The Atom feed of realignments."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ElementTree

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from aneroid.charts.render import clean
from aneroid.web.answer import packed
from aneroid.web.ask import Ask
from aneroid.web.pages.realignments import TurnEntry, feed_entries
from aneroid.web.service import NotReady

router = APIRouter(include_in_schema=False)
_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 60


@router.get("/feed/realignments.atom")
async def feed(request: Request) -> Response:
    """The latest realignments, newest first; empty while none has been computed."""
    ask = Ask(request.app.state.service, "/realignments", {}, {})

    def work() -> Response:
        ask.service.look()
        try:
            entries = feed_entries(ask, _MOST)
        except NotReady:
            entries = []
        body = atom(entries, str(request.base_url).rstrip("/"))
        return packed(body, "application/atom+xml; charset=utf-8").response(request)

    return await run_in_threadpool(work)


def atom(entries: list[TurnEntry], base: str) -> bytes:
    """Write entries as an Atom feed; ids are stable, whatever the address of the service.

    Parameters
    ----------
    entries
        Newest first.
    base
        Address of the service, for links.

    Returns
    -------
    bytes
        An Atom document.
    """
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(f"{{{_ATOM}}}feed")

    def add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
        made = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
        made.text = clean(text) or None
        return made

    add(root, "id", "tag:aneroid,2026:realignments")
    add(root, "title", "Realignments")
    add(
        root,
        "updated",
        max((entry.updated for entry in entries), default=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)).isoformat(),
    )
    add(add(root, "author"), "name", "Aneroid")
    add(root, "link", href=f"{base}/feed/realignments.atom", rel="self")
    add(root, "link", href=f"{base}/realignments")
    for entry in entries:
        node = add(root, "entry")
        add(node, "id", f"tag:aneroid,2026:{entry.key}")
        add(node, "title", entry.title)
        add(node, "updated", entry.updated.isoformat())
        add(node, "link", href=f"{base}{entry.path}")
        add(node, "summary", entry.summary)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root)
