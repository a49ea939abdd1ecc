"""One module a page; each makes a :class:`aneroid.web.page.Page` from what was asked for."""

from __future__ import annotations

from aneroid.web.answer import Maker
from aneroid.web.pages import (
    article,
    audit,
    claims,
    compare,
    data,
    digest,
    dyad,
    forecasts,
    methods,
    patterns,
    read,
    realignments,
    scenario,
    state,
    today,
    world,
)

PAGES: tuple[tuple[str, Maker], ...] = (
    ("/", today.today),
    ("/state/{code}", state.state),
    ("/compare", compare.compare),
    ("/dyad/{code}/{other}", dyad.dyad),
    ("/map", world.world),
    ("/realignments", realignments.realignments),
    ("/claims", claims.claims_list),
    ("/claims/{claim}", claims.one_claim),
    ("/article/{article}", article.article),
    ("/read", read.start),
    ("/forecasts", forecasts.forecasts),
    ("/scenario", scenario.scenario),
    ("/audit", audit.chooser),
    ("/audit/{indicator}", audit.audit),
    ("/digest", digest.chooser),
    ("/data", data.data),
    ("/methods", methods.methods),
    ("/patterns", patterns.patterns),
)
"""Address and maker of every page, in the order of the menu."""
