"""Set a digest as PDF/UA with Typst: tagged, with a text alternative for every picture, the same bytes each time."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from aneroid.charts.render import to_svg
from aneroid.digest.blocks import DigestContent
from aneroid.digest.look import Look
from aneroid.digest.portable import figures_of, render_json
from aneroid.errors import InputError

TEMPLATE = "digest.typ"
_LOGOS = {".svg", ".png", ".jpg", ".jpeg"}


def render_pdf(content: DigestContent, look: Look | None = None) -> bytes:
    """Render a digest as PDF.

    Parameters
    ----------
    content
        What :func:`aneroid.digest.build_content` returns.
    look
        Page, templates and logo.

    Returns
    -------
    bytes
        PDF/UA-1. Letters come with the renderer, dates from the content, so the same content gives the same bytes.

    Raises
    ------
    InputError
        A template that cannot be set, or a logo that is no picture.
    """
    look = look or Look()
    import typst  # some tens of megabytes: only when a page is set

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "digest.json").write_text(render_json(content), encoding="utf-8")
        for key, figure in figures_of(content):
            (folder / f"{key}.svg").write_text(to_svg(figure.chart, key=key), encoding="utf-8")
        inputs = {"paper": look.paper.value}
        if look.logo is not None:
            inputs["logo"] = _copied_logo(look.logo, folder)
        (folder / TEMPLATE).write_text(_template(look.templates), encoding="utf-8")
        try:
            made = typst.compile(
                str(folder / TEMPLATE),
                root=str(folder),
                ignore_system_fonts=True,
                sys_inputs=inputs,
                pdf_standards=["ua-1"],
                timestamp=_made_on(content),
            )
        except typst.TypstError as problem:
            where = f"the template {look.templates / TEMPLATE}" if look.templates else "the packaged template"
            raise InputError(f"The PDF cannot be set from {where}: {problem}.") from problem
    assert isinstance(made, bytes)
    return made


def _template(folder: Path | None) -> str:
    if folder is None:
        return files("aneroid.digest").joinpath("templates", TEMPLATE).read_text(encoding="utf-8")
    own = folder / TEMPLATE
    if not own.is_file():
        raise InputError(f"There is no {TEMPLATE} in {folder}; copy the packaged one there and change it.")
    return own.read_text(encoding="utf-8")


def _copied_logo(logo: Path, folder: Path) -> str:
    if logo.suffix.lower() not in _LOGOS or not logo.is_file():
        raise InputError(f"The logo {logo} is not there or is no {', '.join(sorted(_LOGOS))} file.")
    name = f"logo{logo.suffix.lower()}"
    (folder / name).write_bytes(logo.read_bytes())
    return name


def _made_on(content: DigestContent) -> datetime:
    made = dict(content.vintage).get("Made on", "")
    return datetime.fromisoformat(made).replace(tzinfo=UTC) if made else datetime(2000, 1, 1, tzinfo=UTC)
