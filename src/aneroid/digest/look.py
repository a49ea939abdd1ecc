"""How a digest looks: page size, and templates and logo of the user's own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Paper(StrEnum):
    """Sizes of the page."""

    A4 = "a4"
    LETTER = "us-letter"


@dataclass(frozen=True, slots=True)
class Look:
    """How a digest looks.

    ``paper`` is the page of the PDF; ``templates`` a folder whose ``digest.typ``, ``digest.html.j2`` or ``digest.css`` is
    used before the packaged one; ``logo`` a picture (SVG, PNG or JPEG) for the head of the PDF.
    """

    paper: Paper = Paper.A4
    templates: Path | None = None
    logo: Path | None = None
