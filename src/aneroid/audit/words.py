"""An audit in sentences: the answer with its numbers, what stands behind it, and what it cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aneroid.audit.desk import Audit

MINUS = "−"


def signed(value: float, decimals: int = 2) -> str:
    """A number with its sign; zero has none."""
    text = f"{value:+.{decimals}f}"
    return text[1:] if float(text) == 0 else text.replace("-", MINUS)


def shift_text(shift: float, low: float, high: float, decimals: int = 2) -> str:
    """A shift with its likely range."""
    return f"{signed(shift, decimals)} ({signed(low, decimals)} to {signed(high, decimals)})"


def answer_sentence(audit: Audit) -> str:
    """The answer, in one sentence with its numbers."""
    study, verdict = audit.study, audit.verdict
    head = f"{study.signal.label}: {verdict.answer.value}"
    if study.headline is None:
        return f"{head}; {verdict.reason}."
    found = study.headline
    return (
        f"{head}; {verdict.reason} (shift {shift_text(found.shift, *found.interval)} standard deviations between "
        f"states, {len(study.cases)} cases)."
    )


def facts(audit: Audit) -> list[str]:
    """What stands behind the answer, a statement each."""
    study, verdict = audit.study, audit.verdict
    lines = [f"Events: {len(study.signal.events)}; compared: {len(study.cases)}."]
    if study.signal.passed_over:
        lines.append("Named like it but no event: " + "; ".join(study.signal.passed_over) + ".")
    if 0 < len(study.not_compared) <= 10:
        lines.append("Without enough years of estimates or controls: " + "; ".join(study.not_compared) + ".")
    found = study.headline
    if found is None:
        return lines
    left_out = " and ".join(audit.without) or "no family"
    smallest, power = verdict.smallest, 100 * verdict.power
    lines += [
        f"Measure: closeness to the pole from all indicators but {left_out}, less that of matched controls.",
        f"Shift from the year after the signal: {shift_text(found.shift, *found.interval)} standard deviations "
        f"between states of the raw readings (9 in 10), p {found.p:.3f}, adjusted {verdict.adjusted_p:.3f}.",
        f"Smallest shift found with a power of 80 %: {found.detectable:.2f}; power for the smallest shift of interest "
        f"({smallest:.2f}): {power:.0f} %.",
        f"Mean closeness in the five years after less the five before: {shift_text(*study.change, decimals=3)} units.",
        f"Trend before the signal, beyond that of placebo cases: p {study.pretrend_p:.3f}.",
    ]
    slope, p, n = study.dose
    if slope == slope:
        lines.append(f"Dose: {signed(slope)} per log of the amount, p {p:.3f}, {n} cases.")
    if study.widened > 1.0:
        lines.append(
            f"The spread of placebo cases was widened {study.widened:.1f} times, to that of cases clustered by pole and year."
        )
    return lines


def limits(audit: Audit) -> list[str]:
    """What every audit leaves open."""
    return [
        "Association, not effect: governments choose when to send a signal, and who chooses so is not like others.",
        "The pole's own movement and changes of agenda are out: controls are read towards the same pole in the same years.",
        "The unit of a shift: every other indicator towards the pole moves by so many of its own standard deviations between "
        "states, from one year on. The answer of the estimate to that is computed exactly from the weights of the fit; a large "
        "jump would be smoothed less than supposed, so power is understated.",
        f"Smallest shift of interest: {audit.verdict.smallest:.2f}, stated beforehand; --smallest changes it.",
        "The register of notable deals is a selection of air defence, aircraft, missiles and drones; orders in the "
        "indicator arms_orders are the whole register of major arms.",
    ]
