"""Draw charts without a browser and without a network: SVG text and PNG bytes, equal for equal charts."""

from __future__ import annotations

import re
import textwrap
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from aneroid.charts.model import INK, MUTED, Chart, Json
from aneroid.charts.vega import text

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_LONG = re.compile(r"-?\d+\.\d{3,}")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_DRAWN_WIDTH = 7.9  # pixels a letter of a title drawn into the picture


def clean(text: str) -> str:
    """Replace what no XML or HTML file may hold (control characters, lone surrogates) by a visible mark."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    return value


def _with_title(chart: Chart) -> Json:
    """The specification with title and unit drawn above the picture, for files that travel alone."""
    padding, width, marks = chart.spec["padding"], chart.spec["width"], chart.spec["marks"]
    if not (isinstance(padding, dict) and isinstance(width, int) and isinstance(marks, list)):
        raise TypeError("a chart's specification states its width, padding and marks")
    letters = int((width + padding["left"] + padding["right"]) / _DRAWN_WIDTH)
    lines = [(line, 15, "bold", INK, 19) for line in textwrap.wrap(chart.title, letters)]
    lines += [(line, 12, "normal", MUTED, 16) for line in textwrap.wrap(chart.subtitle, int(letters * 1.2))]
    room = sum(height for *_, height in lines) + 14
    y, drawn = 8 - room - padding["top"], []
    for line, size, weight, fill, height in lines:
        y += height
        look = {"fontSize": size, "fontWeight": weight, "fill": fill, "baseline": "bottom"}
        drawn.append(text(x=8 - padding["left"], y=y, text=line, **look))
    return {
        **chart.spec,
        "padding": {**padding, "top": padding["top"] + room},
        "marks": [*marks, *drawn],
    }


def _raw_svg(chart: Chart, titled: bool) -> str:
    import vl_convert  # 1 to 2 s: only when a picture is drawn

    drawn = {key: _cleaned(part) for key, part in (_with_title(chart) if titled else chart.spec).items()}
    # No address is allowed: a chart that asked for the network would fail instead.
    return str(vl_convert.vega_to_svg(drawn, allowed_base_urls=[]))


def to_svg(chart: Chart, *, titled: bool = False, key: str | None = None) -> str:
    """Draw a chart as SVG, ready to stand inside an HTML page.

    Parameters
    ----------
    chart
        What to draw.
    titled
        Whether to draw title and unit into the picture; a page that prints them beside it leaves this out.
    key
        Prefix of the ids inside, the chart's name by default; give different keys to charts on one page.

    Returns
    -------
    str
        One ``<svg>`` element, an image to assistive technology, labelled with the chart's text alternative.
        Text is text, drawn with the reader's fonts. The same chart gives the same characters.
    """
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    root = ElementTree.fromstring(_raw_svg(chart, titled))
    # The renderer counts ids on through a whole process: number them anew, or the same chart would differ.
    found = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    ids = {old: f"{key or chart.name}-{place}" for place, old in enumerate(found, start=1)}
    for element in root.iter():
        _simplify(element, ids)
    root.set("role", "img")
    root.set("aria-label", clean(chart.alt))
    return ElementTree.tostring(root, encoding="unicode")


def _simplify(element: ElementTree.Element, ids: dict[str, str]) -> None:
    """Drop roles and labels of single marks (the picture is one image) and give ids their new names."""
    for name, value in list(element.attrib.items()):
        if name == "role" or name.startswith("aria-") or name == "class":
            del element.attrib[name]
        elif name == "id":
            element.set(name, ids[value])
        elif "url(#" in value:
            element.set(name, _REFERENCE.sub(lambda link: f"url(#{ids[link[1]]})", value))
        elif name in ("d", "transform"):
            element.set(name, _LONG.sub(lambda found: f"{float(found[0]):.2f}", value))


def save_svg(chart: Chart, path: Path) -> None:
    """Write a chart with its title as an SVG file of its own, such as the dial of the README.

    Parameters
    ----------
    chart
        What to draw.
    path
        The file; its folder is made if absent.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_svg(chart, titled=True) + "\n", encoding="utf-8", newline="\n")


def to_png(chart: Chart, scale: float = 2.0, *, titled: bool = True) -> bytes:
    """Draw a chart as a PNG picture.

    Parameters
    ----------
    chart
        What to draw.
    scale
        Pixels of the picture for one pixel of the chart; 2 is sharp on most screens and on paper.
    titled
        Whether title and unit are drawn into the picture.

    Returns
    -------
    bytes
        The file. Letters come from the fonts of this machine, or from the ones the renderer brings.
    """
    import vl_convert

    return bytes(vl_convert.svg_to_png(to_svg(chart, titled=titled), scale=scale))
