"""What each pole provides a state, item by item, and what would leave with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aneroid.guarantors.forces import presences
from aneroid.guarantors.model import Item
from aneroid.guarantors.showing_up import force, unwelcome
from aneroid.guarantors.ties import ARMS_WINDOW, FIRST, SANCTIONS, Ties
from aneroid.states.poles import ALL
from aneroid.states.registry import states

STOCK_WINDOW = 40
CONSULT = {1.0: "non-aggression or neutrality pact", 2.0: "duty to consult"}
SANCTION_WORDS = {
    "sanctions_trade": "trade",
    "sanctions_arms": "arms",
    "sanctions_other": "financial, travel or other",
}
LEVELS = {2: "threat", 3: "display of force", 4: "use of force", 5: "war"}
DISPUTE_YEARS = 10
SMALL = 0.005
UNWELCOME = ", against the declared will of the host's government"
PRESENT = 1 / 3  # size of a force from which its leaving is worth a line: 500


@dataclass(frozen=True)
class Arms:
    """Deliveries of the nine poles to one state; shares are NaN where nothing was delivered."""

    share: NDArray[np.float64]
    stock: NDArray[np.float64]
    age: NDArray[np.float64]
    last: NDArray[np.intp]  # year of the last delivery, 0 none
    concentration: float


def arms(ties: Ties, row: int, year: int, half_life: float) -> Arms:
    """Sum up deliveries.

    Parameters
    ----------
    ties
        From :func:`aneroid.guarantors.ties.load_ties`.
    row
        Row of the state.
    year
        Last year that counts.
    half_life
        Years in which half of a delivered volume goes out of use.

    Returns
    -------
    Arms
        ``share`` of ten years, ``stock``: share of what is likely still in use, after a decay by half every
        ``half_life`` years; ``age``: mean age of a pole's part of that stock; ``concentration``: sum of
        squared stock shares.
    """
    flow = ties.deliveries(row, year, STOCK_WINDOW)
    ages = np.arange(flow.shape[1])[::-1].astype(float)
    left = flow * 0.5 ** (ages / half_life)
    stock, recent = left.sum(axis=1), flow[:, -ARMS_WINDOW:].sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = stock / stock.sum()
        age = (left * ages).sum(axis=1) / stock
        part = recent / recent.sum()
    seen = [np.flatnonzero(each > 0) for each in flow]
    last = np.array([year - int(ages[each[-1]]) if len(each) else 0 for each in seen])
    concentration = float(np.nansum(shares**2)) if stock.sum() > 0 else float("nan")
    return Arms(part, shares, age, last, concentration)


def items(ties: Ties, row: int, pole: int, year: int, supply: Arms) -> tuple[Item, ...]:
    """List what is on record between a state and a pole, provisions first, then what speaks against them."""
    return (
        *_obligations(ties, row, pole, year),
        *_forces(ties, row, pole, year),
        *_arms(pole, supply),
        *_record(ties, row, pole, year),
        *_against(ties, row, pole, year),
    )


def _obligations(ties: Ties, row: int, pole: int, year: int) -> Iterator[Item]:
    pact = ties.latest("alliance", row, pole, year)
    if pact and pact[0]:
        yield Item("obligation", f"defence pact in force{_carried(pact[1], year)}", pact[1], "atop")
    else:
        weaker = ties.latest("consultation", row, pole, year)
        if weaker and weaker[0]:
            yield Item(
                "obligation", f"{CONSULT[weaker[0]]} in force{_carried(weaker[1], year)}", weaker[1], "atop"
            )
    if pact is None:
        yield Item("obligation", "alliances: not covered", None, "atop", known=False)
    signed = ties.latest("defence_agreements", row, pole, year)
    if signed and signed[0]:
        plural = "s" if signed[0] > 1 else ""
        text = f"{signed[0]:.0f} defence cooperation agreement{plural} in force{_carried(signed[1], year)}"
        yield Item("obligation", text, signed[1], "dcad")
    elif signed is None:
        yield Item("obligation", "defence cooperation agreements: not covered", None, "dcad", known=False)


def _carried(at: int, year: int) -> str:
    return "" if at == year else f" in {at}, the last year on record"


def _forces(ties: Ties, row: int, pole: int, year: int) -> Iterator[Item]:
    state, power = ties.states[row], ALL[pole]
    if power == "USA":
        yield from _american(ties, row, year)
    listed = [p for p in presences() if p.host == state and p.guarantor == power and p.present(year)]
    for each in [p for p in listed if power != "USA"]:
        against = "" if each.consent else UNWELCOME
        yield Item("forces", f"{each.text}, since {each.first}{against} ({each.citation})", year, "hand list")
    if power != "USA" and not listed:
        yield Item(
            "forces", "forces: none listed, and none counted by any source", None, "hand list", known=False
        )


def _american(ties: Ties, row: int, year: int) -> Iterator[Item]:
    for back in range(6):
        count = ties.troops[row, year - back - FIRST]
        if np.isnan(count):
            continue
        when = "" if back == 0 else f" in {year - back}, the last report"
        guards = " (attachés, guards, trainers)" if 0 < count < 100 else ""
        against = UNWELCOME if unwelcome(ties.states[row], "USA", year) else ""
        noun = "person" if count == 1 else "troops"
        yield Item("forces", f"{count:,.0f} {noun}{when}{guards}{against}", year - back, "troops")
        return
    yield Item("forces", "troops: not reported", None, "troops", known=False)


def _arms(pole: int, supply: Arms) -> Iterator[Item]:
    share, stock = supply.share[pole], supply.stock[pole]
    if np.isnan(stock) or stock < SMALL:
        return
    recent = (
        "nothing in ten years"
        if np.isnan(share) or share < SMALL
        else f"{share:.0%} of ten years' deliveries"
    )
    text = (
        f"{recent}, {stock:.0%} of the stock reckoned from deliveries (mean age {supply.age[pole]:.0f} years), last "
        f"delivery {supply.last[pole]}"
    )
    yield Item("arms", text.replace("%", " %"), int(supply.last[pole]), "sipri")


def _record(ties: Ties, row: int, pole: int, year: int) -> Iterator[Item]:
    end = year - FIRST + 1
    own = np.flatnonzero(ties.helped[row, pole, :end]) + FIRST
    if len(own):
        yield Item("record", f"sent troops for it in conflict: {spans(own.tolist())}", int(own[-1]), "ucdp")
    state, power = ties.states[row], ALL[pole]
    for each in presences():
        if (each.host, each.guarantor) == (state, power) and each.consent and (each.last or year) < year:
            yield Item(
                "record", f"had forces there, {each.first}–{each.last}: {each.text}", each.last, "hand list"
            )
    recent = ties.helped[:, pole, max(end - 20, 0) : end].any(axis=1) & (ties.region == ties.region[row])
    recent[row] = False
    if recent.any():
        names = [states()[ties.states[other]].name for other in np.flatnonzero(recent)]
        yield Item(
            "record",
            f"sent troops for others of the region in twenty years: {', '.join(names)}",
            year,
            "ucdp",
        )


def _against(ties: Ties, row: int, pole: int, year: int) -> Iterator[Item]:
    for name in SANCTIONS:
        found = ties.latest(name, row, pole, year)
        if found and found[0]:
            yield Item(
                "sanctions",
                f"{SANCTION_WORDS[name]} sanctions in force{_carried(found[1], year)}",
                found[1],
                "gsdb",
            )
    series = ties.readings["dispute"][row, pole]
    window = range(max(year - DISPUTE_YEARS + 1, FIRST), year + 1)
    worst = [
        (int(series[at - FIRST]), at) for at in window if at - FIRST < len(series) and series[at - FIRST] >= 2
    ]
    if worst:
        level, at = max(worst)
        yield Item("dispute", f"dispute with it, up to {LEVELS[level]} ({at})", at, "mid")


def leaves(ties: Ties, row: int, pole: int, year: int, supply: Arms, half_life: float) -> tuple[str, ...]:
    """Say what would leave with a pole."""
    lines = []
    pact = ties.latest("alliance", row, pole, year)
    if pact and pact[0]:
        lines.append("the duty to defend")
    if force(ties, row, pole, year) >= PRESENT:
        count = ties.troops[row, year - FIRST] if ALL[pole] == "USA" else float("nan")
        lines.append("its forces and bases" if np.isnan(count) else f"{count:,.0f} troops and what they run")
    stock = supply.stock[pole]
    if stock >= 0.05:
        lines.append(
            f"maker's support for {100 * stock:.0f} % of the major arms reckoned in use, half of which lasts some "
            f"{half_life:.0f} years"
        )
    return tuple(lines)


def spans(years: list[int]) -> str:
    """Write years as spans: ``1962–1973, 2014``."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
