"""A figure as a file: its numbers as CSV, its picture as PNG or SVG, its specification."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import TYPE_CHECKING

from aneroid.charts.model import Chart
from aneroid.charts.render import clean, to_png, to_svg
from aneroid.errors import InputError

if TYPE_CHECKING:
    from aneroid.digest.blocks import Figure
    from aneroid.web.service import Service

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
    "spec": "application/json",
}


def inline(service: Service, chart: Chart, key: str) -> str:
    """The picture for inside a page, drawn once for equal content."""
    return service.remember(("svg", key, _mark(chart)), lambda: to_svg(chart, key=key))


def as_file(service: Service, figure: Figure, form: str) -> tuple[bytes, str]:
    """Give a figure as a file and its media type.

    Raises
    ------
    InputError
        The form is not known.
    """
    chart = figure.chart
    if form not in FORMS:
        raise InputError(f'A figure comes as {", ".join(FORMS)}; "{form}" is none of them.')
    if form == "csv":
        body = numbers(figure).encode()
    elif form == "spec":
        body = json.dumps(chart.spec, ensure_ascii=False).encode()
    else:
        draw = (lambda: to_png(chart)) if form == "png" else (lambda: to_svg(chart, titled=True).encode())
        body = service.remember((form, _mark(chart)), draw)
    return body, FORMS[form]


def numbers(figure: Figure) -> str:
    """The numbers behind a chart, one record a line; the finding, the unit and the sources stand above as comments."""
    out = io.StringIO()
    for line in (figure.chart.title, figure.chart.subtitle, figure.sources):
        out.write("# " + clean(" ".join(line.split())) + "\n")
    names = list(dict.fromkeys(name for record in figure.chart.data for name in record))
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in record.items()} for record in figure.chart.data)
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, float):
        return f"{value:.6f}"
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return "'" + value  # a spreadsheet must not run a text as a formula
    return value


def _mark(chart: Chart) -> str:
    body = json.dumps([chart.title, chart.subtitle, chart.alt, chart.spec], sort_keys=True, default=str)
    return hashlib.sha256(body.encode()).hexdigest()
