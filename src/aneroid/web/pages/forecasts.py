"""`/forecasts`: what is expected, how earlier forecasts fared, and how well they were calibrated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.digest.blocks import Notice, Section
from aneroid.web.page import Page

if TYPE_CHECKING:
    from aneroid.web.ask import Ask


def forecasts(ask: Ask) -> Page:
    """Make the page."""
    none = Notice(
        "No forecast on record", "The store holds no forecast yet; nothing is shown instead of one."
    )
    context = {
        "kicker": "Forecasts",
        "lead": ("Every forecast stays on record and is scored in public once its date has passed.",),
        "form": (),
        "sections": (Section("open", "Open forecasts", (none,)),),
    }
    return Page(
        "page.html.j2", "What is expected, and how earlier forecasts fared", context, {"forecasts": []}
    )
