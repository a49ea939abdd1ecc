"""A digest with all that belongs to it in one ZIP file: pages, charts, numbers and citations."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

from aneroid.charts.render import to_svg
from aneroid.digest.html import render_html
from aneroid.digest.look import Look
from aneroid.digest.pdf import render_pdf
from aneroid.digest.portable import figures_of, render_json

if TYPE_CHECKING:
    from aneroid.charts.model import Chart
    from aneroid.digest.blocks import DigestContent

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a ZIP can hold: the same input gives the same bytes
_READ_ME = """{title}, {period}

{finding}

digest.html, digest.pdf, digest.json   the same digest for the screen, for paper and for programs
charts/*.svg, data/*.csv               every chart with the numbers it shows; units stand in the chart's subtitle
CITATION.bib                           the sources used, as BibTeX; their terms stand at the end of the digest

An estimate is of the orientation of the government. Quote it with its range and its vintage:
{vintage}
"""


def render_zip(content: DigestContent, look: Look | None = None) -> bytes:
    """Pack a digest, its charts, their numbers and the citations.

    Parameters
    ----------
    content
        What :func:`aneroid.digest.build_content` returns.
    look
        Page, templates and logo.

    Returns
    -------
    bytes
        A ZIP file, the same for the same input.
    """
    look = look or Look()
    parts: dict[str, bytes] = {
        "README.txt": _read_me(content).encode(),
        "digest.html": render_html(content, templates=look.templates).encode(),
        "digest.pdf": render_pdf(content, look),
        "digest.json": render_json(content).encode(),
        "CITATION.bib": content.bibliography.encode(),
    }
    for name, figure in figures_of(content):
        parts[f"charts/{name}.svg"] = to_svg(figure.chart, titled=True).encode()
        parts[f"data/{name}.csv"] = _numbers(figure.chart).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, data)
    return packed.getvalue()


def _read_me(content: DigestContent) -> str:
    vintage = "\n".join(f"  {name}: {value}" for name, value in content.vintage if value)
    return _READ_ME.format(
        title=content.title, period=content.period, finding=content.finding, vintage=vintage
    )


def _numbers(chart: Chart) -> str:
    columns = list(dict.fromkeys(name for row in chart.data for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(chart.data)
    return out.getvalue()
