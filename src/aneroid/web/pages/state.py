"""`/state/IRQ`: where one government leans, how it got there, what moved it, who stands behind it, and the evidence."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from aneroid.digest import gather
from aneroid.digest.blocks import Figure, Notice, Paragraph
from aneroid.digest.evidence import claims_blocks, facts_blocks, sources_blocks, sources_line, unknown_blocks
from aneroid.digest.figures import (
    coverage_figure,
    dial_figure,
    neighbours_figure,
    pairs_figure,
    trajectory_figure,
    waterfall_figure,
)
from aneroid.digest.finding import View, notices, sentence, standfirst, view
from aneroid.states import pole_name
from aneroid.web.answer import Elsewhere
from aneroid.web.blocks import Item, Link, Links, Section, records
from aneroid.web.page import Page
from aneroid.web.pages.shared import pole_links, vintage
from aneroid.web.pages.state_parts import (
    forecast_blocks,
    guarantor_figure,
    nearest_blocks,
    outlook_figure,
    ridge_figure,
    scenario_blocks,
    timeline_figure,
    turn_blocks,
)

if TYPE_CHECKING:
    from aneroid.states import State
    from aneroid.web.ask import Ask

_SHOWN = 30  # years


def state(ask: Ask) -> Page:
    """Make the page of one state."""
    who = ask.state()
    if ask.names["code"] != who.id:
        raise Elsewhere(f"/state/{who.id}")
    start, end = _period(ask, who)
    others = [pole for pole in ask.poles if pole != who.id]
    if len(others) < 2:  # the state is one of two poles asked for
        others = [pole for pole in ("USA", "RUS", "CHN") if pole != who.id][:2]
    today = dt.datetime.now(dt.UTC).date().isoformat()
    with ask.store() as store:
        given = gather(
            store, ask.fit, who.id, poles=others, start=start, end=end, made_on=today, security=False
        )
    if ask.as_of:
        given = dataclasses.replace(
            given, vintage=dataclasses.replace(given.vintage, run=ask.fitted.run, as_of=ask.as_of.isoformat())
        )
    seen = view(given)
    line = sources_line(seen)
    dial = dial_figure(seen, line)
    sections, figures = _sections(ask, who, seen, line)
    context = {
        "kicker": f"Orientation of the government · {who.name} ({who.id})",
        "dial": dial,
        "lines": standfirst(seen),
        "notices": notices(seen),
        "sections": sections,
        "vintage": vintage(ask),
        "poles": pole_links(ask),
        "periods": _periods(ask, start, end),
        "dyads": Links(
            "With each power", tuple(Link(pole_name(p), ask.link(f"/dyad/{who.id}/{p}")) for p in others)
        ),
        "digest": ask.link("/digest", state=who.id, from_=start, to=end),
    }
    data = {
        "state": who.id,
        "name": who.name,
        "finding": sentence(seen),
        "standfirst": list(standfirst(seen)),
        "period": [start, end],
        "poles": others,
        "unit": ask.fit.scale.lean_sentence,
        "vintage": vintage(ask),
        "figures": {f.chart.name: {"title": f.chart.title, "data": list(f.chart.data)} for f in figures if f},
        "contributions": records(given.movement.by_indicator) if given.movement else [],
        "facts": records(given.facts),
        "claims": [
            {key: row[key] for key in ("claim", "date", "source", "event", "target", "standing", "answer")}
            for row in records(given.claims)
        ],
    }
    shown = tuple(figure for figure in (dial, *figures) if figure)
    return Page("state.html.j2", sentence(seen), context, data, shown)


def _period(ask: Ask, who: State) -> tuple[int, int]:
    """Years asked for; by default the last ones in which the state existed."""
    if ask.text("from") or ask.text("to"):
        return ask.period(_SHOWN)
    first, last = ask.fit.years
    end = max(first, min(who.last.year, last))
    return max(first, end - _SHOWN + 1), end


def _periods(ask: Ask, start: int, end: int) -> Links:
    first, last = ask.fit.years
    spans = [
        (first, last),
        (first, 1991),
        (1991, last),
        (max(first, last - 19), last),
        (max(first, last - 9), last),
    ]
    spans += [(start, end)]  # the one asked for is always among them
    known = [(a, b) for a, b in dict.fromkeys(spans) if first <= a < b <= last]
    return Links(
        "Period",
        tuple(Link(f"{a}–{b}", "" if (a, b) == (start, end) else ask.link(from_=a, to=b)) for a, b in known),
    )


def _sections(ask: Ask, who: State, seen: View, line: str) -> tuple[list[Section], list[Figure | None]]:
    none = Notice("No estimate", "No chart is drawn, since there is no estimate to draw.")
    pairs, ribbon = pairs_figure(seen, line), trajectory_figure(seen, line)
    moved, near = waterfall_figure(seen, line), neighbours_figure(seen, line)
    timeline, covered = timeline_figure(ask, who, seen), coverage_figure(seen, line)
    hills, outlook = ridge_figure(ask, seen), outlook_figure(ask, who, seen)
    expected = forecast_blocks(ask, who, (seen.pole_a.code, seen.pole_b.code))
    behind, below = guarantor_figure(ask, who, seen.given.end)

    def shown(*figures: Figure | None, otherwise: Notice = none) -> tuple[Item, ...]:
        return tuple(figure for figure in figures if figure) or (otherwise,)

    why = Notice(
        "No movement to explain", "A movement needs an estimate at the beginning and the end of the period."
    )
    sections = [
        Section("pairs", "Between the powers", shown(pairs)),
        Section(
            "path",
            "How it got here",
            (*shown(ribbon), *turn_blocks(ask, who, seen), *((hills,) if hills else ())),
        ),
        Section("moved", "What moved it", (*shown(moved, otherwise=why), *_opened(moved))),
        Section(
            "evidence",
            "Evidence, year by year",
            (*shown(timeline, otherwise=_NO_EVIDENCE), *facts_blocks(seen)),
        ),
        Section("reported", "What was reported", claims_blocks(seen)),
        Section("guarantors", "Who stands behind it", (*((behind,) if behind else ()), *below)),
        Section("scenarios", "If a guarantor left", scenario_blocks(ask, who)),
        Section("expected", "What is expected", (*((outlook,) if outlook else ()), *expected)),
        Section("near", "Beside its neighbours", (*shown(near), *nearest_blocks(ask, who, seen))),
        Section("rests", "What it rests on", (*shown(covered), *unknown_blocks(seen))),
        Section("sources", "Sources and terms", sources_blocks(seen)),
    ]
    return sections, [pairs, ribbon, hills, moved, timeline, behind, outlook, near, covered]


_NO_EVIDENCE = Notice(
    "No dated evidence", "The store holds no fact, deal or claim about this state in these years."
)


def _opened(figure: Figure | None) -> tuple[Item, ...]:
    if figure is None:
        return ()
    words = (
        "Contributions say what moved the estimate, not what caused the policy. Open the table for each tie."
    )
    return (Paragraph(words),)
