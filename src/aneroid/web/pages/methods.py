"""`/methods`: how a number is made, how to read it, and what would prove it wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.digest.blocks import Bullets, Notice, Paragraph
from aneroid.orientation.desk import limits
from aneroid.web.blocks import Grid, Link, Section
from aneroid.web.page import Page
from aneroid.web.service import NotReady

if TYPE_CHECKING:
    from aneroid.web.ask import Ask

_WORDS = (
    ("almost certain", "95 % and more"),
    ("very likely", "80 to 94 %"),
    ("likely", "55 to 79 %"),
    ("even", "45 to 54 %"),
    ("unlikely, very unlikely, almost certainly not", "their mirror"),
)
_STANDINGS = (
    ("reported", "a text says so; nothing on record bears on it yet"),
    ("corroborated", "independent owners report it too; repeats of one text do not count"),
    ("confirmed", "a structured source records it"),
    ("contradicted", "a source that would record it says otherwise"),
    ("withdrawn", "who said so took it back"),
    ("unresolved", "a prediction whose time has not come, or that nobody can settle"),
)
_HOW = (
    "Closeness of a state to a power is a latent quantity, estimated for all states, powers and years by one model over all "
    "indicators at once. Lean is closeness to one power minus closeness to another.",
    "Each indicator is a noisy reading with its own weight, estimated and the same for all governments. It may also have a "
    "lasting part of its own for each pair of states, so that gravity or an old base is not taken for orientation.",
    "Movement that all states share in a year counts as the power’s or the agenda’s, not as the state’s own.",
    "The likely range holds nine tenths of the model’s probability. Missing is never taken for zero: outside a source’s "
    "years the range widens instead.",
)


def methods(ask: Ask) -> Page:
    """Make the page; what only a fit knows is added when there is one."""
    with ask.store() as store:
        ends = limits(store)
    unit: Paragraph | Notice
    try:
        unit = Paragraph(ask.fit.scale.lean_sentence)
    except NotReady:
        unit = Notice("Not measured yet", "The length of one unit is measured with the first estimate.")
    words = Grid("Words of probability", ("Word", "Probability"), _WORDS)
    standing = Grid("Standings of a claim", ("Standing", "Meaning"), _STANDINGS)
    context = {
        "kicker": "Methods",
        "lead": (),
        "form": (),
        "sections": (
            Section("how", "How an estimate is made", (Bullets(_HOW),)),
            Section("unit", "What one unit means", (unit,)),
            Section("words", "What the words mean", (words, standing)),
            Section("limits", "What it cannot show", (Bullets(tuple(ends)),)),
            Section(
                "audit",
                "Is one indicator a barometer?",
                (
                    Paragraph(
                        "Whether arms purchases, or any other indicator, move before the rest is measured, not assumed."
                    ),
                    Grid(
                        "Pages",
                        ("Page",),
                        (
                            (Link("Audit of each indicator", "/audit"),),
                            (Link("Every element of these pages", "/patterns"),),
                        ),
                    ),
                ),
            ),
        ),
    }
    data = {
        "method": list(_HOW),
        "probability_words": dict(_WORDS),
        "standings": dict(_STANDINGS),
        "limits": list(ends),
    }
    return Page("page.html.j2", "How a number is made, and how to read it", context, data)
