"""One of three answers: signals, does not signal, cannot tell with these data.

*Does not signal*: the likely range lies within the smallest shift of interest on both sides, and such a shift would have been
found in four of five studies. *Signals*: otherwise, where the shift after it differs from that of placebo cases (5 %,
adjusted where several signals are asked about at once) and no trend led up to it. Else: *cannot tell*.

References
----------
Lakens (2017), doi:10.1177/1948550617697177, on equivalence tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aneroid.audit.study import Study

SMALLEST = 0.25
"""Smallest shift of interest, in standard deviations between states of the raw readings."""
LEVEL, POWER, LEAST_CASES = 0.05, 0.80, 3


class Answer(StrEnum):
    """What an audit may say."""

    SIGNALS = "signals"
    DOES_NOT = "does not signal"
    CANNOT_TELL = "cannot tell with these data"


@dataclass(frozen=True)
class Verdict:
    """The answer, and why."""

    answer: Answer
    reason: str
    adjusted_p: float
    smallest: float
    power: float
    """Of finding the smallest shift of interest."""


def judge(study: Study, smallest: float = SMALLEST, adjusted_p: float | None = None) -> Verdict:
    """Give one of the three answers.

    Parameters
    ----------
    study
        The study.
    smallest
        Smallest shift of interest.
    adjusted_p
        The p value after adjustment for several signals; that of the study by default.

    Returns
    -------
    Verdict
        Association, not effect: governments choose when to send a signal.
    """
    found, n = study.headline, len(study.cases)
    if found is None or n < LEAST_CASES:
        fewer = f"{n} of {len(study.signal.events)} events can be compared; at least {LEAST_CASES} are needed"
        return Verdict(Answer.CANNOT_TELL, fewer, float("nan"), smallest, 0.0)
    p = found.p if adjusted_p is None else adjusted_p
    low, high = found.interval
    power = found.power(smallest)

    def verdict(answer: Answer, reason: str) -> Verdict:
        return Verdict(answer, reason, p, smallest, power)

    if -smallest < low and high < smallest and power >= POWER:
        small = "there is a shift, but the range holds none of the size of interest"
        none = "a shift of interest would have been found, and the range excludes it"
        return verdict(Answer.DOES_NOT, small if p < LEVEL else none)
    if p < LEVEL and study.pretrend_p >= LEVEL:
        way = "towards" if found.shift > 0 else "away from"
        return verdict(Answer.SIGNALS, f"the other indicators move {way} the pole more than in placebo cases")
    if p < LEVEL:
        return verdict(Answer.CANNOT_TELL, "there is a shift, but a trend led up to it before the signal")
    if power < POWER:
        return verdict(Answer.CANNOT_TELL, "a shift of interest would too often have been missed")
    return verdict(Answer.CANNOT_TELL, "the range neither excludes zero nor a shift of interest")
