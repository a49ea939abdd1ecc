"""The parts of a digest on who guarantees a state's security and what tended to follow when a guarantor left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.charts.words import capital, percent
from aneroid.digest.blocks import Block, Bullets, Notice, Paragraph, Table

if TYPE_CHECKING:
    from aneroid.guarantors.model import Assessment, Band, Provision
    from aneroid.scenarios.model import Rate, Withdrawal

_FEWEST_POLES_SHOWN, _SHARE_SHOWN = 3, 0.03
_THREATS_SHOWN, _MEMBERS_SHOWN = 8, 6
NOTHING = "–"


def guarantor_blocks(found: Assessment | None) -> tuple[Block, ...]:
    """Who provides what, how surely, against what, and what would leave with whom.

    Parameters
    ----------
    found
        From `aneroid.guarantors.assess`; None where the record does not reach the period.
    """
    if found is None:
        return (Notice("No assessment", "The record of obligations and forces does not reach this period."),)
    shown = [
        each
        for place, each in enumerate(found.provisions)
        if place < _FEWEST_POLES_SHOWN or each.share.mid >= _SHARE_SHOWN
    ]
    left_out = len(found.provisions) - len(shown)
    note = (
        f"Ranges hold 9 in 10. Chance that none of the nine poles comes: {_band(found.alone)}. "
        + (f"{left_out} more poles, each with a small share, are not printed. " if left_out else "")
        + found.basis
    )
    table = Table(
        f"Who stands behind the government, end of {found.on}",
        ("Power", "Share of protection", "Would come if attacked", "What it provides"),
        tuple(_provision(each) for each in shown),
        note=note,
    )
    blocks: list[Block] = [Paragraph(found.verdict), table]
    leaving = [f"With {each.name}: {'; '.join(each.leaves)}" for each in shown if each.leaves]
    if leaving:
        blocks += [Paragraph("What would leave with whom:"), Bullets(tuple(leaving))]
    threats = [capital(each.text) for each in found.threats[:_THREATS_SHOWN]]
    blocks += [Paragraph("Threats on record:"), Bullets(tuple(threats))] if threats else []
    if found.gaps:
        blocks.append(Notice("Not well recorded", " ".join(found.gaps)))
    return tuple(blocks)


def _provision(each: Provision) -> tuple[str, ...]:
    items = "; ".join(item.text for item in each.items if item.known)
    return each.name, _band(each.share), _band(each.shows_up), capital(items) or "Nothing on record"


def _band(band: Band) -> str:
    return f"{percent(band.mid)} ({100 * band.low:.0f}–{100 * band.high:.0f})"


def withdrawal_blocks(found: Withdrawal | str) -> tuple[Block, ...]:
    """What followed past cuts of forces like one by the main guarantor; a text says why there is no answer."""
    if isinstance(found, str):
        return (Notice("No reference class", found),)
    rates = [rate for rate in found.rates if rate.stratum is found.stratum and rate.years == found.horizon]
    table = Table(
        f"After a cut of {percent(found.share)} or more: cases with {found.stratum}, within {found.horizon} years",
        ("What followed", "Seen", "Rate", "Likely range (9 in 10)", "Without a cut", "Where"),
        tuple(_rate(rate) for rate in rates),
        numeric=frozenset({1, 2, 3, 4}),
        note=f"{found.cautions[0]} {found.selection}",
    )
    blocks: list[Block] = [Paragraph(f"{found.situation} {found.headline}"), table]
    near = [f"{each.member.episode.label}: {'; '.join(each.why)}" for each in found.analogs]
    if near:
        blocks += [Paragraph("Nearest past cases:"), Bullets(tuple(near))]
    return tuple(blocks)


def _rate(rate: Rate) -> tuple[str, ...]:
    where = ", ".join(rate.members[:_MEMBERS_SHOWN]) + (" …" if len(rate.members) > _MEMBERS_SHOWN else "")
    return (
        capital(rate.wording),
        f"{rate.events} of {rate.n}",
        percent(rate.rate),
        f"{100 * rate.low:.0f}–{100 * rate.high:.0f} %",
        percent(rate.control_rate) if rate.control_n else NOTHING,
        where or NOTHING,
    )
