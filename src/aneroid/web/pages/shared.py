"""What several pages show alike: estimates of a year, sources in one line, the vintage, names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from aneroid.charts.frames import Estimate, estimates
from aneroid.record.citations import cited
from aneroid.states import all_states, pole_name
from aneroid.web.answer import release
from aneroid.web.blocks import Link, Links

if TYPE_CHECKING:
    from aneroid.charts.model import Json
    from aneroid.web.ask import Ask

POLE_SETS = ("USA,RUS,CHN", "USA,CHN", "RUS,CHN", "IRN,SAU", "USA,IRN", "GBR,FRA", "TUR,RUS")
WIDE, NARROW = 720, 358


@cache
def names() -> dict[str, str]:
    """Name of every state by id."""
    return {state.id: state.name for state in all_states()}


def leans(ask: Ask, pair: tuple[str, str], year: int) -> dict[str, Estimate]:
    """The estimate of every state in one year; a state without one is absent."""
    fitted = ask.fitted

    def make() -> dict[str, Estimate]:
        frame = fitted.fit.lean(None, *pair, year, year)
        return {str(state): estimates(rows)[0] for state, rows in frame.groupby("state") if estimates(rows)}

    return ask.service.remember(("leans", fitted.run, pair, year), make)


def source_line(ask: Ask) -> str:
    """All sources that the estimates rest on, in one line."""

    def make() -> str:
        with ask.store() as store:
            return "; ".join(str(title) for title in cited(store).title)

    return ask.service.remember("sources", make)


def vintage(ask: Ask) -> dict[str, str]:
    """Which data and computation a page speaks of."""

    def make() -> dict[str, str]:
        from aneroid.record.status import status

        with ask.store() as store:
            snapshot = str(store.value("SELECT value FROM meta WHERE key = 'snapshot'"))
            retrieved = str(status(store).retrieved.max())
        return {"Data retrieved": retrieved, "Snapshot": snapshot}

    day = {"Known on": ask.as_of.isoformat()} if ask.as_of else {}
    return {
        **day,
        **ask.service.remember("vintage", make),
        "Run": ask.fitted.run,
        "Software": f"Aneroid {release()}",
    }


def facts_of(ask: Ask) -> Json:
    """The vintage as data, with what one unit means."""
    return {"vintage": vintage(ask), "unit": ask.fit.scale.lean_sentence, "poles": list(ask.poles)}


def pole_links(ask: Ask) -> Links:
    """Other pairs of poles for the same page."""
    now = ask.pair

    def item(text: str) -> Link:
        poles = tuple(text.split(","))
        label = "–".join(pole_name(pole) for pole in poles[:2])
        return Link(label, "" if poles[:2] == now else ask.link(poles=text))

    return Links("Between", tuple(item(text) for text in POLE_SETS))
