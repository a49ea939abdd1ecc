"""Render a digest as one HTML file that needs nothing else: no script, no request."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.charts.render import clean, to_svg
from aneroid.digest.blocks import DigestContent, Figure
from aneroid.errors import EnvironmentProblem

if TYPE_CHECKING:
    from jinja2 import Template


def render_html(content: DigestContent) -> str:
    """Render a digest as HTML.

    Parameters
    ----------
    content
        What :func:`aneroid.digest.build_content` returns.

    Returns
    -------
    str
        A complete page. It loads nothing, runs nothing, reads on a phone and prints on A4 and Letter. The
        same content
        gives the same characters. All text is escaped; characters that HTML forbids are replaced.
    """
    return clean(_template().render(digest=content, svg=_drawn))


def write_digest(content: DigestContent, path: Path) -> None:
    """Write a digest to a file, whole or not at all.

    Parameters
    ----------
    content
        What :func:`aneroid.digest.build_content` returns.
    path
        The file; an existing one is replaced.

    Raises
    ------
    EnvironmentProblem
        The folder is missing or cannot be written to, or the disk is full.
    """
    page = render_html(content)
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(page, encoding="utf-8", newline="\n")
        part.replace(path)
    except OSError as problem:
        if os.access(path.parent, os.W_OK):
            part.unlink(missing_ok=True)
        reason = problem.strerror or type(problem).__name__
        raise EnvironmentProblem(
            f"Cannot write {path}: {reason}. Choose a folder that exists and that you may write to."
        ) from problem


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("aneroid.digest"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.tests["kind"] = lambda block, name: type(block).__name__ == name
    return environment.get_template("digest.html.j2")


def _drawn(figure: Figure, *, narrow: bool) -> object:
    """The picture of a figure, marked as markup: the renderer escapes the text in it."""
    from markupsafe import Markup

    chart = figure.narrow if narrow and figure.narrow else figure.chart
    key = f"{chart.name}-narrow" if narrow else chart.name
    return Markup(to_svg(chart, key=key))  # text in the picture is escaped by the serialiser
