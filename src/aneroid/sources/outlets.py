"""Who owns the outlet an article comes from. ``outlets.yaml`` holds one entry each, filled by one rule for all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import yaml


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a public body said of an outlet, when, and what the outlet replied."""

    by: str
    date: str
    says: str
    citation: str
    reply: str
    reply_citation: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet: its owner, the group of owners that counts as one, its seat and its funding."""

    id: str
    names: tuple[str, ...]
    domains: tuple[str, ...]
    owner: str
    group: str
    country: str | None
    funding: str  # state, public, commercial, cooperative, donations
    as_of: int
    citation: str
    assessments: tuple[Assessment, ...] = ()


@cache
def outlets() -> tuple[Outlet, ...]:
    """Read all outlets, in the order of the file."""
    text = files("aneroid.sources").joinpath("outlets.yaml").read_text(encoding="utf-8")
    return tuple(_outlet(entry) for entry in yaml.safe_load(text))


def find_outlet(name: str = "", url: str = "") -> Outlet | None:
    """Look up an outlet by its name or by the address of an article.

    Parameters
    ----------
    name
        As an article or a feed gives it; case, a leading "The" and a tail such as " - World News" do not matter.
    url
        Address of the article.

    Returns
    -------
    Outlet or None
        None where it is not in the list: nothing is known of its owner then.
    """
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    for outlet in outlets():
        if host and any(host == domain or host.endswith("." + domain) for domain in outlet.domains):
            return outlet
    return _by_name().get(_key(name)) or _by_name().get(_key(re.split(r"\s[-–—|:]\s", name)[0]))


def outlet_named_in(words: str) -> Outlet | None:
    """Find the outlet that words such as "Reuters news agency" or "the TASS agency" name.

    Names of two or three letters count only when written as such, in capitals.
    """
    for outlet in outlets():
        for name in outlet.names:
            flags = 0 if len(name) <= 4 else re.IGNORECASE
            if re.search(rf"(?<![\w/]){re.escape(name)}(?![\w/])", words, flags):
                return outlet
    return None


def owner_group(name: str = "", url: str = "") -> str:
    """Name the owner for counting independent voices.

    Returns
    -------
    str
        The group of a listed outlet; else the outlet's own name or domain, as ``unlisted:…``; empty where neither is known.
        An article of an unknown outlet cannot count as independent of anything.
    """
    known = find_outlet(name, url)
    if known is not None:
        return known.group
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    own = _key(name) or host
    return f"unlisted:{own}" if own else ""


@cache
def _by_name() -> dict[str, Outlet]:
    return {_key(name): outlet for outlet in outlets() for name in (outlet.id, *outlet.names)}


def _key(name: str) -> str:
    return re.sub(r"^the ", "", " ".join(name.casefold().split()))


def _outlet(entry: dict[str, Any]) -> Outlet:
    assessments = tuple(
        Assessment(
            by=each["by"],
            date=str(each["date"]),
            says=each["says"],
            citation=each["citation"],
            reply=each["reply"]["says"],
            reply_citation=each["reply"]["citation"],
        )
        for each in entry.get("assessments", [])
    )
    return Outlet(
        id=entry["id"],
        names=tuple(entry["names"]),
        domains=tuple(entry["domains"]),
        owner=entry["owner"],
        group=entry["group"],
        country=entry["country"],
        funding=entry["funding"],
        as_of=int(entry["as_of"]),
        citation=entry["citation"],
        assessments=assessments,
    )
