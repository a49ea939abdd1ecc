"""A digest as plain data: what programs read, and what the printed page is set from."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from aneroid.charts.model import Chart
from aneroid.charts.render import clean
from aneroid.digest.blocks import Block, DigestContent, Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK_KINDS = {
    "Paragraph": "paragraph",
    "Bullets": "bullets",
    "Notice": "notice",
    "Table": "table",
    "Figure": "figure",
    "ClaimList": "claims",
    "DatedList": "facts",
    "SourceList": "sources",
}


def to_plain(content: DigestContent) -> dict[str, object]:
    """Turn a digest into dictionaries, lists, texts and numbers.

    Parameters
    ----------
    content
        What :func:`aneroid.digest.build_content` returns.

    Returns
    -------
    dict
        The fields of the content model; every block names its ``kind``; a chart is its title, unit, text alternative and
        numbers, without the drawing.
    """
    plain = _plain(content)
    assert isinstance(plain, dict)
    return plain


def render_json(content: DigestContent) -> str:
    """Render a digest as JSON, the same characters for the same content."""
    return json.dumps(to_plain(content), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def figures_of(content: DigestContent) -> Iterator[tuple[str, Figure]]:
    """Yield every figure with a name of its own, in the order of reading; a member's carry its place."""
    blocks: list[Block] = [block for section in content.sections for block in section.blocks]
    own = [content.dial, *(block for block in blocks if isinstance(block, Figure))]
    for figure in own:
        if figure is not None:
            yield figure.chart.name, figure
    for place, member in enumerate(content.members, start=1):
        for name, figure in figures_of(member):
            yield f"{place:02d}-{name}", figure


def _plain(value: object) -> object:
    if isinstance(value, Chart):
        return {
            "name": value.name,
            "title": value.title,
            "unit": value.subtitle,
            "alt": value.alt,
            "data": _plain(value.data),
        }
    if is_dataclass(value) and not isinstance(value, type):
        kind = BLOCK_KINDS.get(type(value).__name__)
        named = {
            field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if field.name != "narrow"
        }
        return {"kind": kind, **named} if kind else named
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and value != value else value
