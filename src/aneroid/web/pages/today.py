"""`/`: the world as it stands, how sure that is, and which governments turned lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.charts.words import with_article
from aneroid.states import all_states
from aneroid.web.blocks import Link, Links
from aneroid.web.page import Page
from aneroid.web.pages.realignments import latest_turns
from aneroid.web.pages.shared import facts_of, leans, pole_links, vintage
from aneroid.web.pages.world import map_figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aneroid.charts.frames import Estimate
    from aneroid.web.ask import Ask

_FEW = 6  # turns shown on the first page


def today(ask: Ask) -> Page:
    """Make the first page."""
    year = ask.year()
    known = leans(ask, ask.pair, year)
    figure = map_figure(ask, year, known)
    counts = how_sure(known, ask.looks[0].name, ask.looks[1].name)
    turns = latest_turns(ask, _FEW)
    lead = (
        "Each government is placed between two powers by its recorded ties: votes, alliances, arms, troops, sanctions, "
        "disputes, trade. Pale means that the likely range (9 in 10) includes even."
    )
    context = {
        "lead": lead,
        "counts": counts,
        "poles": pole_links(ask),
        "vintage": vintage(ask),
        "turns": turns,
        "directory": _directory(year),
        "year": year,
    }
    data = {**facts_of(ask), "year": year, "how_sure": counts, "leans": list(figure.chart.data)}
    return Page("today.html.j2", figure.chart.title, context, data, (figure,))


def how_sure(known: Mapping[str, Estimate], pole_a: str, pole_b: str) -> dict[str, int]:
    """Count governments by what can be said of them."""
    clear = [row for row in known.values() if row.clear]
    return {
        f"clearly towards {with_article(pole_a)}": sum(row.lean > 0 for row in clear),
        f"clearly towards {with_article(pole_b)}": sum(row.lean < 0 for row in clear),
        "with a range that includes even": len(known) - len(clear),
        "read by fewer than three indicators": sum(row.n_indicators < 3 for row in known.values()),
    }


def _directory(year: int) -> tuple[Links, ...]:
    """All states of that year, by the region each is filed under."""
    found: dict[str, list[Link]] = {}
    for state in sorted(all_states(year), key=lambda state: state.name):
        found.setdefault(state.region, []).append(Link(state.name, f"/state/{state.id}"))
    return tuple(Links(region, tuple(items)) for region, items in sorted(found.items()))
