"""The printable report: content built from frames, then rendered; see ``content.py`` first."""

from __future__ import annotations

from aneroid.digest.content import build_content
from aneroid.digest.gather import gather
from aneroid.digest.html import render_html
from aneroid.digest.inputs import DigestInput, Movement, Vintage
from aneroid.digest.write import write_digest

__all__ = ["DigestInput", "Movement", "Vintage", "build_content", "gather", "render_html", "write_digest"]
