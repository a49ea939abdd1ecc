"""`/digest`: choose a state, several or a region, a period, powers, sections and a format, and download the report."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from aneroid.digest import build_content, gather
from aneroid.digest.collection import build_collection
from aneroid.digest.content import SECTIONS
from aneroid.digest.look import Look, Paper
from aneroid.digest.write import render
from aneroid.errors import InputError
from aneroid.states import REGIONS, members, resolve
from aneroid.web.page import Page
from aneroid.web.pages.shared import POLE_SETS

if TYPE_CHECKING:
    from aneroid.digest.blocks import DigestContent
    from aneroid.digest.inputs import DigestInput
    from aneroid.web.ask import Ask

LABELS = {
    "trajectory": "How it got here",
    "moved": "What moved it",
    "claims": "What was reported",
    "guarantors": "Who guarantees its security",
    "withdrawal": "If the main guarantor left",
    "compared": "Beside other powers and neighbours",
    "facts": "Dated facts",
    "unknown": "What is not known",
    "indicators": "What it rests on",
    "method": "Method and limits",
    "sources": "Sources and terms",
}
FORMS = {
    "pdf": ("PDF, A4", "application/pdf", Paper.A4),
    "letter": ("PDF, US Letter", "application/pdf", Paper.LETTER),
    "html": ("HTML, one file", "text/html; charset=utf-8", Paper.A4),
    "json": ("JSON", "application/json", Paper.A4),
    "zip": ("ZIP of report, data and pictures", "application/zip", Paper.A4),
}
MOST = 24  # states in one digest
_SHOWN = 20  # years
_SECURITY = {"guarantors", "withdrawal"}


def chooser(ask: Ask) -> Page:
    """Make the form; what was chosen stays in the address."""
    first, last = ask.fit.years
    start, end = ask.period(_SHOWN)
    context = {
        "state": ask.text("state", "IRQ"),
        "region": ask.text("region"),
        "regions": [name for name in REGIONS if len(members(name)) <= MOST],
        "start": start,
        "end": end,
        "first": first,
        "last": last,
        "pole_sets": POLE_SETS,
        "poles": ",".join(ask.poles),
        "parts": {key: LABELS.get(key, key.capitalize()) for key in SECTIONS},
        "chosen": chosen_sections(ask) or SECTIONS,
        "forms": {name: label for name, (label, _, _) in FORMS.items()},
    }
    data = {
        "sections": list(SECTIONS),
        "formats": list(FORMS),
        "years": [first, last],
        "download": "/digest/file",
    }
    return Page("digest.html.j2", "Print what is known about a government", context, data)


def chosen_sections(ask: Ask) -> tuple[str, ...]:
    """Sections asked for (comma-separated); empty for all."""
    given = tuple(part for part in ask.text("sections").split(",") if part)
    unknown = [part for part in given if part not in SECTIONS]
    if unknown:
        raise InputError(f"sections={unknown[0][:30]} is not known. Choose among {', '.join(SECTIONS)}.")
    return given


def digest_file(ask: Ask) -> tuple[bytes, str, str]:
    """Make the file: body, media type, name."""
    start, end = ask.period(_SHOWN)
    form = ask.choice("format", tuple(FORMS))
    _, media_type, paper = FORMS[form]
    ids, name = _states(ask, end)
    content = _one(ask, ids[0], start, end) if len(ids) == 1 else _several(ask, ids, name, start, end)
    ending = "pdf" if form == "letter" else form
    label = ids[0] if len(ids) == 1 else name.replace(" ", "-")
    return render(content, f".{ending}", Look(paper=paper)), media_type, f"{label}-{start}-{end}.{ending}"


def _states(ask: Ask, year: int) -> tuple[list[str], str]:
    """The states asked for, and what they are called together."""
    if region := ask.text("region"):
        found = [state.id for state in members(region, year) if state.id in ask.fit.states]
        named = next((name for name in REGIONS if name.casefold() == region.casefold()), region)
    else:
        found = [resolve(part).id for part in ask.text("state", "IRQ").split(",") if part.strip()]
        named = " and ".join(resolve(one).name for one in found)
    found = list(dict.fromkeys(found))
    if len(found) > 1:
        found = [one for one in found if one not in ask.pair]  # a pole has no lean between itself and another
    if not 1 <= len(found) <= MOST:
        raise InputError(f"{len(found)} states cannot stand in one digest; choose between 1 and {MOST}.")
    return found, named


def _given(ask: Ask, state: str, start: int, end: int, *, security: bool) -> DigestInput:
    today = dt.datetime.now(dt.UTC).date().isoformat()
    with ask.store() as store:
        given = gather(
            store, ask.fit, state, poles=ask.poles, start=start, end=end, made_on=today, security=security
        )
    if not ask.as_of:
        return given
    vintage = dataclasses.replace(given.vintage, run=ask.fitted.run, as_of=ask.as_of.isoformat())
    return dataclasses.replace(given, vintage=vintage)


def _one(ask: Ask, state: str, start: int, end: int) -> DigestContent:
    sections = chosen_sections(ask)
    security = not sections or bool(_SECURITY & set(sections))
    return build_content(_given(ask, state, start, end, security=security), sections=sections)


def _several(ask: Ask, ids: list[str], name: str, start: int, end: int) -> DigestContent:
    sections = chosen_sections(ask)
    security = bool(_SECURITY & set(sections))
    given = [_given(ask, state, start, end, security=security) for state in ids]
    return build_collection(given, name=name, sections=sections)
