"""`/scenario`: what followed in the past when a guarantor left a host. Association, not effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.charts.chances import Chance, chances
from aneroid.charts.episodes import episode_rows, episode_strips
from aneroid.charts.words import count
from aneroid.digest.blocks import Bullets, Figure, Notice, Paragraph, Table
from aneroid.errors import InputError
from aneroid.web.blocks import NOTHING, Grid, Item, Link, Section, records
from aneroid.web.page import Page
from aneroid.web.pages.shared import NARROW, WIDE
from aneroid.web.service import NotReady

if TYPE_CHECKING:
    from aneroid.scenarios.model import Rate, Withdrawal
    from aneroid.web.ask import Ask

HORIZONS = ("5", "2", "1")


def scenario(ask: Ask) -> Page:
    """Make the page: the question as a form, its answer from the register of episodes."""
    host, guarantor = ask.text("host", "IRQ"), ask.text("guarantor", "USA")
    share = ask.whole("share", 50, 1, 100)
    horizon = int(ask.choice("horizon", HORIZONS))
    form = (
        {"label": "Host", "name": "host", "value": host, "size": 14},
        {"label": "Guarantor", "name": "guarantor", "value": guarantor, "size": 14},
        {"label": "Leaves (% of forces)", "name": "share", "value": share, "type": "number"},
        {"label": "Years ahead (1, 2, 5)", "name": "horizon", "value": horizon, "size": 4},
    )
    context: dict[str, object] = {"kicker": "Scenario: a withdrawal", "form": form, "lead": ()}
    try:
        found = answer_of(ask, host, guarantor, share / 100, horizon)
    except InputError as refused:
        if not ask.text("host"):
            raise
        context["sections"] = (Section("refused", "No rate is given", (Notice("Refused", str(refused)),)),)
        return Page("page.html.j2", "The record does not answer this", context, {"refused": str(refused)})
    figure = _figure(found)
    context["lead"] = (found.situation,)
    strips = _strips(found)
    context["sections"] = _sections(ask, found, figure, strips)
    title = f"What followed when {found.guarantor_name} cut its forces in hosts like {found.host_name}"
    return Page("page.html.j2", title, context, as_data(found), tuple(f for f in (figure, strips) if f))


def answer_of(ask: Ask, host: str, guarantor: str, share: float, horizon: int) -> Withdrawal:
    """Ask the register of episodes; with what is known of leans where a fit stands."""
    from aneroid.scenarios import withdrawal

    try:
        fitted = ask.fit
    except NotReady:
        fitted = None

    def make() -> Withdrawal:
        with ask.store() as store:
            return withdrawal(
                store, host, guarantor, share=share, on=ask.as_of, horizon=horizon, fitted=fitted
            )

    return ask.service.remember(("scenario", ask.as_of, host, guarantor, share, horizon), make)


def as_data(found: Withdrawal) -> dict[str, object]:
    """The answer as plain values."""
    return {
        "host": found.host,
        "guarantor": found.guarantor,
        "year": found.year,
        "stratum": found.stratum.value,
        "cases": {"all": found.n, "like_this_host": found.n_stratum, "hosts": found.hosts},
        "headline": found.headline,
        "rates": records(found.frame()),
        "cautions": list(found.cautions),
        "selection": found.selection,
        "questions": list(found.questions),
        "citations": list(found.citations),
    }


def _figure(found: Withdrawal) -> Figure | None:
    rows = [r for r in found.rates if r.stratum is found.stratum and r.years == found.horizon]
    if not rows:
        return None
    made = [
        Chance(f"{r.wording} within {count(r.years, 'year')}", r.rate, r.low, r.high, r.control_rate)
        for r in rows
    ]
    wide, narrow = (
        chances(
            made,
            name="rates",
            title=f"Hosts with {found.stratum.value}: how often it followed within {found.horizon} years",
            subtitle="Frequency in past cases, pooled towards hosts without a cut",
            beside="the same where nothing was cut",
            width=width,
        )
        for width in (WIDE, NARROW)
    )
    table = Table(
        "Rates", ("Outcome", *_RATE), tuple((r.wording, *_cells(r)) for r in rows), frozenset({1, 2, 3, 4})
    )
    return Figure(wide, table, "; ".join(found.citations), narrow)


def _strips(found: Withdrawal) -> Figure | None:
    """Conflict by year around the nearest past departures; None where there is none."""
    rows = episode_rows(found)
    if not rows:
        return None
    wide, narrow = (
        episode_strips(rows, guarantor=found.guarantor_name, host=found.host_name, width=width)
        for width in (WIDE, NARROW)
    )
    years = sorted({year for row in rows for year in row.levels})
    body = tuple((row.label, *(_state(row.levels.get(year)) for year in years)) for row in rows)
    table = Table(
        "Conflict by year from the cut", ("Case", *(f"{year:+d}".replace("-", "−") for year in years)), body
    )
    return Figure(wide, table, "UCDP/PRIO Armed Conflict Dataset; " + "; ".join(found.citations[:1]), narrow)


_RATE = ("Within years", "Happened", "Rate", "Likely range (9 in 10)", "Without a cut", "Where")


def _cells(rate: Rate) -> tuple[str, ...]:
    return (
        str(rate.years),
        f"{rate.events} of {rate.n}",
        f"{100 * rate.rate:.0f} %",
        f"{100 * rate.low:.0f} to {100 * rate.high:.0f} %",
        f"{100 * rate.control_rate:.0f} %",
        ", ".join(rate.members) or NOTHING,
    )


def _sections(
    ask: Ask, found: Withdrawal, figure: Figure | None, strips: Figure | None
) -> tuple[Section, ...]:
    first: tuple[Item, ...] = (Paragraph(found.headline), *((figure,) if figure else ()))
    all_rates = Grid(
        "Every stratum and horizon",
        ("Stratum", "Outcome", *_RATE),
        tuple((r.stratum.value, r.wording, *_cells(r)) for r in found.rates),
        frozenset({2, 3, 4, 5, 6}),
    )
    analogs = Grid(
        "The cases most alike",
        ("Case", "Cut", "Why alike", "What came after"),
        tuple(
            (
                Link(
                    f"{a.member.episode.name} {a.member.episode.year}",
                    ask.link(f"/state/{a.member.episode.host}"),
                ),
                f"{_many(a.member.episode.before)} to {_many(a.member.episode.after)}",
                "; ".join(a.why),
                ", ".join(f"{s.year}: {_state(s.conflict)}" for s in a.timeline),
            )
            for a in found.analogs
        ),
    )
    matched = tuple(
        f"{m.outcome.value}: {100 * m.difference:+.0f} points ({100 * m.low:+.0f} to {100 * m.high:+.0f}) against "
        f"matched hosts without a cut, {m.n} cases in {m.hosts} hosts.".replace("-", "−")
        for m in found.matched
    )
    control = found.synthetic
    told = "informative" if control.informative else f"not informative: {control.reason}"
    return (
        Section("answer", f"{found.n_stratum} cases like this one, {found.n} in all", first),
        Section("analogs", "Nearest cases", (*((strips,) if strips else ()), analogs)),
        Section(
            "matched",
            "Set beside hosts that saw no cut",
            (Bullets((*matched, f"Synthetic control of {control.about}: {told}.")),),
        ),
        Section("all", "All rates", (all_rates,)),
        Section("cautions", "What this does not say", (Paragraph(found.selection), Bullets(found.cautions))),
        Section("questions", "Questions that can be scored later", (Bullets(found.questions),)),
    )


def _state(conflict: int | None) -> str:
    return "unknown" if conflict is None else ("none", "minor", "war")[conflict]


def _many(troops: int | None) -> str:
    return "not reported" if troops is None else f"{troops:,}"
