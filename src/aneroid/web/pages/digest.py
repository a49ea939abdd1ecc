"""`/digest`: choose a state or region, a period, powers, sections and a format, and download the report."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from aneroid.digest import build_content, gather, render_html
from aneroid.errors import InputError
from aneroid.states import resolve
from aneroid.web.page import Page
from aneroid.web.pages.shared import POLE_SETS

if TYPE_CHECKING:
    from aneroid.web.ask import Ask

SECTIONS = {
    "trajectory": "How it got here",
    "moved": "What moved it",
    "compared": "Beside others",
    "claims": "What was reported",
    "facts": "Dated facts",
    "unknown": "What is not known",
    "indicators": "What it rests on",
    "method": "Method and limits",
    "sources": "Sources and terms",
}
_SHOWN = 20  # years
_ALWAYS = {"sources"}  # no digest leaves without its sources


def chooser(ask: Ask) -> Page:
    """Make the form; what was chosen stays in the address."""
    first, last = ask.fit.years
    start, end = ask.period(_SHOWN)
    context = {
        "state": ask.text("state", "IRQ"),
        "start": start,
        "end": end,
        "first": first,
        "last": last,
        "pole_sets": POLE_SETS,
        "poles": ",".join(ask.poles),
        "parts": SECTIONS,
        "chosen": chosen_sections(ask),
        "always": _ALWAYS,
    }
    data = {
        "sections": list(SECTIONS),
        "formats": ["html"],
        "years": [first, last],
        "download": "/digest/file",
    }
    return Page("digest.html.j2", "Print what is known about one government", context, data)


def chosen_sections(ask: Ask) -> tuple[str, ...]:
    """Sections asked for (comma-separated); all by default."""
    given = [part for part in ask.text("sections", ",".join(SECTIONS)).split(",") if part]
    unknown = [part for part in given if part not in SECTIONS]
    if unknown:
        raise InputError(f"sections={unknown[0][:30]} is not known. Choose among {', '.join(SECTIONS)}.")
    return tuple(name for name in SECTIONS if name in given or name in _ALWAYS)


def digest_file(ask: Ask) -> tuple[bytes, str, str]:
    """Make the file: body, media type, name."""
    who = resolve(ask.text("state", "IRQ"))
    start, end = ask.period(_SHOWN)
    form = ask.choice("format", ("html",))
    made_on = dt.datetime.now(dt.UTC).date().isoformat()
    with ask.store() as store:
        given = gather(store, ask.fit, who.id, poles=ask.poles, start=start, end=end, made_on=made_on)
    if ask.as_of:
        vintage = dataclasses.replace(given.vintage, run=ask.fitted.run, as_of=ask.as_of.isoformat())
        given = dataclasses.replace(given, vintage=vintage)
    content = build_content(given)
    wanted = chosen_sections(ask)
    kept = tuple(
        section for section in content.sections if section.key in wanted or section.key not in SECTIONS
    )
    body = render_html(dataclasses.replace(content, sections=kept)).encode()
    return body, "text/html; charset=utf-8", f"{who.id}-{start}-{end}.{form}"
