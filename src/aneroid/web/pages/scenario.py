"""`/scenario`: what followed in the past when a guarantor left a host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.digest.blocks import Notice, Section
from aneroid.web.page import Page

if TYPE_CHECKING:
    from aneroid.web.ask import Ask


def scenario(ask: Ask) -> Page:
    """Make the page."""
    none = Notice("No reference class", "This release has no register of episodes to count from.")
    context = {
        "kicker": "Scenarios",
        "lead": (),
        "form": (),
        "sections": (Section("result", "Result", (none,)),),
    }
    return Page("page.html.j2", "What followed when a guarantor left", context, {"scenario": None})
