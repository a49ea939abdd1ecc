"""The finding: what the estimates say, in one sentence and the few that follow it."""

from __future__ import annotations

from dataclasses import dataclass

from aneroid.charts.frames import Estimate, at, estimates
from aneroid.charts.model import Pole, poles
from aneroid.charts.waterfall import steps_of, strongest
from aneroid.charts.words import (
    CLEAR,
    LIKELY_RANGE,
    capital,
    count,
    estimate_text,
    inside,
    number,
    percent,
    probability_adverb,
    probability_word,
    with_article,
)
from aneroid.digest.blocks import Notice
from aneroid.digest.inputs import DigestInput

WEAK = "weakly identified"
_EVEN = 0.545  # what rounds to 55 % is no longer even


@dataclass(frozen=True, slots=True)
class View:
    """The main pair of poles, read once: what every part of a digest starts from."""

    given: DigestInput
    poles: tuple[Pole, ...]
    rows: tuple[Estimate, ...]  # of the period, by year

    @property
    def pole_a(self) -> Pole:
        return self.poles[0]

    @property
    def pole_b(self) -> Pole:
        return self.poles[1]

    @property
    def now(self) -> Estimate | None:
        """The latest estimate of the period."""
        return self.rows[-1] if self.rows else None

    def pair(self, a: Pole, b: Pole) -> tuple[Estimate, ...]:
        """All estimates of the state between two poles, also from before the period."""
        frame = self.given.lean
        return estimates(frame[(frame["pole_a"] == a.code) & (frame["pole_b"] == b.code)])


def view(given: DigestInput) -> View:
    """Read the main pair of poles out of an input."""
    looks = poles(given.poles)
    reader = View(given, looks, ())
    period = tuple(row for row in reader.pair(looks[0], looks[1]) if given.start <= row.year <= given.end)
    return View(given, looks, period)


def sentence(seen: View) -> str:
    """Say where the government leans, how probably, and whether it moved: one sentence.

    Parameters
    ----------
    seen
        The view of an input.

    Returns
    -------
    str
        Without an estimate it says that there is not enough evidence. A direction is named only with its
        probability,
        or, where none was given, only if the likely range lies on one side.
    """
    given, now = seen.given, seen.now
    government = f"the government of {with_article(given.name)}"
    a, b = with_article(seen.pole_a.name), with_article(seen.pole_b.name)
    if now is None:
        return (
            f"There is not enough evidence to say which way {government} leaned between {a} and {b} "
            f"in {given.start}–{given.end}."
        )
    if WEAK in now.flags:
        spoke = count(now.n_indicators, "indicator")
        return (
            f"There is not enough evidence to say which way {government} leaned between {a} and {b} in {now.year}: "
            f"only {spoke} could be read that year."
        )
    return f"In {now.year} {government} {_leaned(seen, now, a, b)}{_moved(seen, now)}."


def _leaned(seen: View, now: Estimate, a: str, b: str) -> str:
    near, far = (a, b) if now.lean >= 0 else (b, a)
    p = seen.given.p_towards_a if now.year == seen.given.end else None
    if p is None:
        if now.clear:
            return f"leaned towards {near} rather than {far}"
        return f"leaned clearly to neither {a} nor {b}"
    p_side = max(p, 1 - p)
    if p_side < _EVEN:
        return f"leaned as likely to {a} as to {b} ({percent(p)} to {percent(1 - p)})"
    return f"{probability_adverb(p_side)} ({percent(p_side)}) leaned towards {near} rather than {far}"


def _moved(seen: View, now: Estimate) -> str:
    movement = seen.given.movement
    if movement is None or movement.end != now.year or movement.start == movement.end:
        return ""
    side = seen.pole_a if movement.amount >= 0 else seen.pole_b
    way, amount = with_article(side.name), f"{number(abs(movement.amount))} units"
    p = movement.p_towards_a
    if p is None:
        then = at(seen.rows, movement.start)
        apart = then is not None and (then.hi90 < now.lo90 or now.hi90 < then.lo90)
        moved = f", {amount} nearer to {way} than in {movement.start}"
        return moved if apart else _unmoved(movement.start)
    p_side = p if movement.amount >= 0 else 1 - p
    if p_side < CLEAR:
        return _unmoved(movement.start)
    sure = f"{probability_adverb(p_side)} ({percent(p_side)})"
    return f", having {sure} moved towards {way} since {movement.start}, by an estimated {amount}"


def _unmoved(year: int) -> str:
    return f", with no clear movement since {year}"


def standfirst(seen: View) -> tuple[str, ...]:
    """The few sentences under the finding: range, what moved it most, what it rests on."""
    now, movement = seen.now, seen.given.movement
    if now is None:
        return ()
    where = estimate_text(now.lean, now.lo90, now.hi90).split(" ")[0]
    bounds = estimate_text(now.lean, now.lo90, now.hi90).split(" ", 1)[1].strip("()")
    a, b = with_article(seen.pole_a.name), with_article(seen.pole_b.name)
    lines = [
        f"The lean is estimated at {where} units, {LIKELY_RANGE} {bounds}; above zero is towards {a}, "
        f"below towards {b}."
    ]
    if movement is not None and movement.end != movement.start:
        lines += _what_moved(seen, movement.start, movement.end)
    basis = (
        "No indicator was read in that year itself"
        if not now.has_reading
        else (f"It rests on {count(now.n_indicators, 'indicator')} in {now.year}")
    )
    lines.append(f"{basis}.")
    return tuple(lines)


def _what_moved(seen: View, start: int, end: int) -> list[str]:
    movement = seen.given.movement
    made = strongest(steps_of(movement.by_indicator)) if movement else []
    if not made:
        return ["Nothing on record moved it by as much as can be printed."]
    side = seen.pole_a if made[0].amount > 0 else seen.pole_b
    first = f"{capital(made[0].label)} moved it most between {start} and {end}"
    line = f"{first}, by {number(abs(made[0].amount))} units towards {with_article(side.name)}"
    against = next((step for step in made[1:] if step.amount * made[0].amount < 0), None)
    if against:
        line += f"; {inside(against.label)} pulled most the other way, by {number(abs(against.amount))}"
    return [f"{line}."]


def notices(seen: View) -> tuple[Notice, ...]:
    """Warnings that belong at the top: nothing known, weakly identified, nothing read lately."""
    given, now = seen.given, seen.now
    if now is None:
        return (
            Notice(
                "Not enough evidence",
                f"No estimate of {with_article(given.name)} exists for {given.start}–{given.end} between "
                "these poles: "
                "no indicator covers it then, it did not exist, or it is one of the poles. Nothing is "
                "filled in.",
            ),
        )
    made = []
    if now.year != given.end:
        made.append(
            Notice(f"No estimate for {given.end}", f"The latest estimate of the period is of {now.year}.")
        )
    if WEAK in now.flags or now.n_indicators < 3:
        made.append(
            Notice(
                "Weakly identified",
                f"Only {count(now.n_indicators, 'indicator')} could be read for {now.year}. With fewer "
                "than three the "
                "estimate leans on the years around it and on what is usual; take the range seriously.",
            )
        )
    if not now.has_reading:
        made.append(
            Notice(
                "Nothing read in the last year",
                f"No source has a reading of {now.year}; earlier years speak for it.",
            )
        )
    return tuple(made)


def probability_note(p: float | None) -> str:
    """State a probability with its fixed word, for tables: ``very likely (91 %)``."""
    return "not computed" if p is None else f"{probability_word(p)} ({percent(p)})"
