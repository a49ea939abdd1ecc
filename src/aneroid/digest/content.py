"""Build the content of a digest from frames: which parts, in which order, and what stands in empty ones."""

from __future__ import annotations

from collections.abc import Sequence

from aneroid.charts.words import LIKELY_RANGE, UNIT, with_article
from aneroid.digest.blocks import Block, Bullets, DigestContent, Figure, Notice, Paragraph, Section
from aneroid.digest.evidence import claims_blocks, facts_blocks, sources_blocks, sources_line, unknown_blocks
from aneroid.digest.figures import (
    coverage_figure,
    dial_figure,
    neighbours_figure,
    pairs_figure,
    trajectory_figure,
    waterfall_figure,
)
from aneroid.digest.finding import View, notices, probability_note, sentence, standfirst, view
from aneroid.digest.inputs import DigestInput, Movement
from aneroid.digest.security import guarantor_blocks, withdrawal_blocks
from aneroid.errors import InputError
from aneroid.record.citations import bibliography

_METHOD = (
    "Closeness of a state to a power is a latent quantity, estimated for all states, powers and years by one "
    "linear-Gaussian model over all indicators at once. Lean is closeness to one power minus closeness "
    "to another.",
    "Every indicator may also have a lasting part of its own for each pair of states, so that gravity, "
    "an old base or "
    "a habit is not taken for orientation. Movements shared by all states in a year count as the power’s "
    "or the "
    "agenda’s, not as the state’s own.",
    f"{UNIT[0].upper()}{UNIT[1:]}.",
    f"The {LIKELY_RANGE} holds nine tenths of the model’s probability and uses the covariance between "
    "the powers. "
    "Contributions are exact and additive, given the fitted weights.",
    "Words of probability are fixed: almost certain from 95 %, very likely from 80, likely from 55, even "
    "from 45, "
    "and their mirror.",
)
_LIMITS = (
    "An estimate is of the orientation of the government; it is no judgement of people.",
    "A missing reading is left missing, never taken for zero.",
    "The same rule and the same weights hold for all governments; no number is set by hand for any of them.",
)


SECTIONS = (
    "trajectory",
    "moved",
    "claims",
    "guarantors",
    "withdrawal",
    "compared",
    "facts",
    "unknown",
    "indicators",
    "method",
    "sources",
)
"""Keys of the sections of a digest, in its order."""

BRIEF = ("trajectory", "moved", "claims", "unknown")
"""Sections of a state that is one of several."""


def build_content(given: DigestInput, *, sections: Sequence[str] = ()) -> DigestContent:
    """Turn frames into the content of a digest; nothing is estimated, and what is not known is said.

    Parameters
    ----------
    given
        Frames, names and versions.
    sections
        Keys of the sections wanted, in the order of the digest; all by default. Sources always stay.

    Returns
    -------
    DigestContent
        The same for the same input. Sections without data hold a notice that says why.

    Raises
    ------
    ValueError
        If fewer than two poles are given, or contributions do not add up to the movement.
    """
    if len(given.poles) < 2:
        raise ValueError("A digest needs two poles.")
    seen = view(given)
    a, b = with_article(seen.pole_a.name), with_article(seen.pole_b.name)
    return DigestContent(
        title=f"{given.name} between {a} and {b}",
        period=f"{given.start}–{given.end}" if given.start != given.end else str(given.end),
        finding=sentence(seen),
        standfirst=standfirst(seen),
        notices=notices(seen),
        dial=dial_figure(seen, sources_line(seen)),
        sections=chosen(_sections(seen), sections),
        vintage=vintage_lines(given),
        bibliography=bibliography(given.sources) + "\n",
    )


def chosen(made: tuple[Section, ...], keys: Sequence[str]) -> tuple[Section, ...]:
    """Keep the sections asked for and the sources; refuse a key that does not exist."""
    unknown = [key for key in keys if key not in SECTIONS]
    if unknown:
        raise InputError(f"A digest has no section {unknown[0]!r}; choose from {', '.join(SECTIONS)}.")
    return tuple(s for s in made if not keys or s.key in keys or s.key == "sources")


def _sections(seen: View) -> tuple[Section, ...]:
    line = sources_line(seen)
    none = Notice("No estimate", "No chart is drawn, since there is no estimate to draw.")
    facts = facts_blocks(seen)
    made = [
        Section("trajectory", "How it got here", _shown(trajectory_figure(seen, line), none)),
        Section("moved", "What moved it", _moved(seen, line)),
        Section("claims", "What was reported", claims_blocks(seen)),
        Section("guarantors", "Who guarantees its security", guarantor_blocks(seen.given.guarantors)),
        Section("withdrawal", "If the main guarantor left", withdrawal_blocks(seen.given.withdrawal)),
        *_compared(seen, line),
        *([Section("facts", "Dated facts", facts)] if facts else []),
        Section("unknown", "What is not known", unknown_blocks(seen)),
        Section("indicators", "What it rests on", _indicators(seen, line)),
        Section("method", "Method and limits", (Bullets(_METHOD + seen.given.limits + _LIMITS),)),
        Section("sources", "Sources and terms", sources_blocks(seen)),
    ]
    return tuple(made)


def _shown(figure: Figure | None, otherwise: Notice) -> tuple[Block, ...]:
    return (figure,) if figure else (otherwise,)


def _moved(seen: View, line: str) -> tuple[Block, ...]:
    figure = waterfall_figure(seen, line)
    if figure is None or seen.given.movement is None:
        return (
            Notice(
                "No movement to explain",
                "A movement needs an estimate at the beginning and at the end of the period. Choose "
                "years within those "
                "of the trajectory.",
            ),
        )
    return (Paragraph(_moved_words(seen, seen.given.movement)), figure, figure.table)


def _moved_words(seen: View, movement: Movement) -> str:
    a = with_article(seen.pole_a.name)
    p = probability_note(movement.p_towards_a)
    return (
        f"The movement from {movement.start} to {movement.end} is the sum of what each indicator "
        "contributed. "
        f"Probability that the later lean is further towards {a} than the earlier: {p}."
    )


def _compared(seen: View, line: str) -> tuple[Section, ...]:
    figures = [figure for figure in (pairs_figure(seen, line), neighbours_figure(seen, line)) if figure]
    return (Section("compared", "Beside other powers and neighbours", tuple(figures)),) if figures else ()


def _indicators(seen: View, line: str) -> tuple[Block, ...]:
    figure = coverage_figure(seen, line)
    none = Notice(
        "No indicators", "The store holds no indicator. Build it from the snapshot with `aneroid demo`."
    )
    return _shown(figure, none)


def vintage_lines(given: DigestInput) -> tuple[tuple[str, str], ...]:
    return (
        ("Known as of", given.vintage.as_of),
        ("Snapshot", given.vintage.snapshot),
        ("Run", given.vintage.run),
        ("Software", given.vintage.software),
        ("Made on", given.vintage.made_on),
    )
