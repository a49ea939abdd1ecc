"""`/audit/<indicator>`: does a signal precede a change of orientation, as the other indicators measure it?"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import quote

from aneroid.audit.desk import ALL
from aneroid.digest.blocks import DigestContent, Figure
from aneroid.errors import InputError
from aneroid.record.citations import cited
from aneroid.web.blocks import Grid, Link, Section
from aneroid.web.page import Page

if TYPE_CHECKING:
    from aneroid.web.ask import Ask
    from aneroid.web.service import Work

SIGNAL_OF = {
    "alliance": "alliance:defense",
    "consultation": "alliance:consultation",
    "arms_orders": "arms",
    "arms_deliveries": "arms",
    "troops": "troops:USA>1000",
    "sanctions_trade": "sanctions:trade",
    "sanctions_arms": "sanctions:arms",
    "roll_calls": "vote",
    "votes": "vote",
    "defence_agreements": "agreements",
}
"""Indicator → the signal that stands for it, where they differ in name."""
_QUESTION = (
    "“Who a government buys its air defence from is a barometer of where its foreign policy is heading.” That sentence is a "
    "hypothesis. Each audit asks it of one signal: do the other indicators move after it more than they do elsewhere?"
)
_MEANING = {
    "alliance:defense": "A new defence pact with a power",
    "alliance:consultation": "A new pact to consult or not to attack",
    "arms": "A first order of major arms from a power",
    "arms:air defence": "Air-defence systems bought from a power",
    "arms:S-400": "The S-400 air-defence system",
    "troops:USA>1000": "More than a thousand United States troops",
    "sanctions:trade": "Trade sanctions by a power",
    "sanctions:arms": "An arms embargo by a power",
    "dispute": "A militarized dispute with a power",
    "vote": "A jump in votes with a power",
    "trade": "A jump in trade with a power",
    "agreements": "New defence agreements with a power",
    "visit": "Visits between leaders",
}


def chooser(ask: Ask) -> Page:
    """Make the list of signals; nothing is computed for it."""
    body = tuple((Link(_MEANING.get(text, text), f"/audit/{quote(text, safe='')}"), text) for text in ALL)
    grid = Grid(
        "Signals",
        ("Signal", "Name"),
        body,
        note="The first look at one takes minutes: a fit without that indicator is made.",
    )
    context = {
        "kicker": "Audit",
        "lead": (_QUESTION,),
        "form": (),
        "sections": (Section("signals", "Choose a signal", (grid,)),),
    }
    return Page("page.html.j2", "How good a barometer is each signal?", context, {"signals": list(ALL)})


def audit(ask: Ask) -> Page:
    """Make the page of one signal; what it takes is computed in the background at the first look."""
    given = ask.names["indicator"]
    text = SIGNAL_OF.get(given, given)
    if text not in ALL:
        raise InputError(f'No audit of "{given[:40]}" is offered here. There are: {", ".join(ALL)}.')
    ask.fit  # noqa: B018  # the fit comes first; asking for it waits with the page that says so
    content = ask.service.later(
        ("audit", text), f"Auditing the signal {text}", lambda work: _content(ask, text, work)
    )
    figures = tuple(b for s in content.sections for b in s.blocks if isinstance(b, Figure))
    context = {
        "kicker": f"Audit · {content.title}",
        "lead": (_QUESTION,),
        "form": (),
        "sections": content.sections,
    }
    data = {
        "signal": text,
        "answer": content.finding,
        "period": content.period,
        "figures": {f.chart.name: list(f.chart.data) for f in figures},
    }
    return Page("page.html.j2", content.finding, context, data, figures)


def _content(ask: Ask, text: str, work: Work) -> DigestContent:
    """Fit without the indicator in a process of its own, then study and lay out from what that kept."""
    from aneroid.audit.desk import audit_all
    from aneroid.digest.audit_page import audit_page

    ask.service.compute(work, "audit", text)
    found = audit_all(ask.service.folder, [text], progress=work.tell)
    with ask.store() as store:
        citations = cited(store, sorted({source for one in found for source in one.sources}))
    return audit_page(found, citations, made_on=dt.datetime.now(dt.UTC).date().isoformat())
