"""Render a digest as one HTML file that needs nothing else: no script, no request."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.charts.render import clean, to_svg
from aneroid.digest.blocks import DigestContent, Figure

if TYPE_CHECKING:
    from jinja2 import Template


def render_html(content: DigestContent, *, templates: Path | None = None) -> str:
    """Render a digest as HTML.

    Parameters
    ----------
    content
        What :func:`aneroid.digest.build_content` returns.
    templates
        A folder with a ``digest.html.j2`` or ``digest.css`` of the user's own, used before the packaged ones.

    Returns
    -------
    str
        A complete page. It loads nothing, runs nothing, reads on a phone and prints on A4 and Letter. The
        same content
        gives the same characters. All text is escaped; characters that HTML forbids are replaced.
    """
    return clean(_template(templates).render(digest=content, svg=_drawn))


@cache
def _template(templates: Path | None) -> Template:
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

    packaged = PackageLoader("aneroid.digest")

    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(templates), packaged]) if templates else packaged,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.tests["kind"] = lambda block, name: type(block).__name__ == name
    return environment.get_template("digest.html.j2")


def _drawn(figure: Figure, *, narrow: bool, prefix: str = "") -> object:
    """The picture of a figure, marked as markup: the renderer escapes the text in it."""
    from markupsafe import Markup

    chart = figure.narrow if narrow and figure.narrow else figure.chart
    key = f"{prefix}{chart.name}-narrow" if narrow else f"{prefix}{chart.name}"
    return Markup(to_svg(chart, key=key))  # text in the picture is escaped by the serialiser
