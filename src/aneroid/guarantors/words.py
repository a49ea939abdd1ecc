"""The sentences of an assessment, all made from its numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aneroid.guarantors.model import Provision, Weight
from aneroid.guarantors.parameters import KINDS, conventions, load_weights
from aneroid.guarantors.showing_up import FEATURES
from aneroid.record.security import coverage
from aneroid.record.store import Store
from aneroid.states.poles import ALL

BREAK = 2018  # of the count of United States forces
CLEAR = 0.5  # a pole whose share is surely above this is named as the guarantor
UNPROTECTED = 0.05  # chance of showing up under which nobody is named
NOTICEABLE = 0.25  # share under which the first pole is not named
RIVAL = 0.10  # chance of being ahead from which another pole is named beside the first
PROVIDES = ("obligation", "forces", "arms", "record")
MENTIONED = ("alliance", "defence_agreements", "dispute", "sanctions_arms", "troops")


def verdict(name: str, provisions: list[Provision], shares: NDArray[np.float64]) -> str:
    """Answer in one or two sentences; ``shares`` are draws by poles."""
    if not provisions:
        return f"{name}: none of the poles asked for is another state."
    first = provisions[0]
    bound = any(item.known and item.kind in PROVIDES for item in first.items)
    if not bound or first.share.mid < NOTICEABLE:
        return f"{name}: nothing on this record makes one of these poles a guarantor."
    who = with_the(first.name)
    if first.shows_up.mid < UNPROTECTED:
        return (
            f"{name}: {who} is tied to it most, but such ties have seldom brought a pole in, about "
            f"{100 * first.shows_up.mid:.0f} in a hundred times. No guarantor stands out on this record."
        )
    top = shares[:, ALL.index(first.pole)]
    near = [
        with_the(each.name)
        for each in provisions[1:]
        if (shares[:, ALL.index(each.pole)] > top).mean() > RIVAL
    ]
    if near:
        others = " and ".join(filter(None, [", ".join(near[:-1]), near[-1]]))
        return f"{name}: {who} comes first, but the record does not set it apart from {others}."
    if first.share.low > CLEAR:
        return f"{name}: {who} is the guarantor on this record."
    return f"{name}: {who} comes first; how far ahead, the record leaves open."


def with_the(name: str) -> str:
    """Put a pole's name inside a sentence."""
    return f"the {name}" if name.startswith("United") else name


def gaps(store: Store, year: int) -> tuple[str, ...]:
    """Name what the record cannot show in this year."""
    ends = coverage(store)
    ends = ends[ends["indicator"].isin(MENTIONED)]
    gone = [
        f"{label[:1].lower()}{label[1:]} ({first}–{last})"
        for label, first, last in zip(ends["label"], ends["first_year"], ends["last_year"], strict=True)
        if not first <= year <= last
    ]
    lines = [
        "Forces are counted for the United States alone; those of other poles come from a hand list "
        "that is not complete, without strengths.",
        "Military and budget aid, training, intelligence, and forces that act through armed groups are in no source at hand.",
        "Arms shares are of the nine poles' deliveries; suppliers such as Germany, Italy, Israel or Sweden are outside them.",
        "What arms are in use is reckoned from deliveries and age; retirements and losses in war are on no record.",
        "Disputes are on record between states and poles alone: rivals that are no poles show only "
        "once there is armed conflict.",
        "Protection that deters leaves no episode, so weights speak of cases in which deterrence had failed.",
    ]
    if year >= BREAK:
        lines.insert(
            0,
            f"From {BREAK} on the count of United States forces leaves out those in operations, in "
            "the Gulf above all; they look smaller than they are.",
        )
    if gone:
        lines.insert(
            0,
            f"Not covered in {year}: {', '.join(gone)}; treaties and sanctions are carried on for at "
            "most eight years and say so.",
        )
    return tuple(lines)


def weights() -> tuple[Weight, ...]:
    """List every weight with its range."""
    lines = []
    for kind in KINDS:
        found = load_weights()[kind]
        spread = 1.645 * np.sqrt(np.diag(found.covariance))
        basis = f"estimated: {'attacks and threats by states' if kind == 'between' else 'wars within'}"
        for place, (name, label) in enumerate(FEATURES.items()):
            value = float(found.mode[place])
            lines.append(
                Weight(
                    name,
                    label,
                    value,
                    value - float(spread[place]),
                    value + float(spread[place]),
                    basis,
                    "log-odds a unit",
                )
            )
    for each in conventions().values():
        label = each.name.replace("_", " ").capitalize()
        lines.append(
            Weight(
                each.name,
                label,
                each.value,
                each.low,
                each.high,
                "by convention",
                f"{each.unit}. {each.reason}",
            )
        )
    return tuple(lines)


def basis() -> str:
    """Say how many episodes the weights come from."""
    between, within = (load_weights()[kind] for kind in KINDS)
    return (
        f"Weights from {between.episodes:,} times a state was threatened or attacked (a pole took its "
        f"side in {between.events:,} of "
        f"{between.n:,} pairs) and {within.episodes:,} wars within ({within.events:,} of {within.n:,})."
    )
