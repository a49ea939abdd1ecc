"""Write a digest in the form its file name asks for, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from aneroid.digest.blocks import DigestContent
from aneroid.digest.bundle import render_zip
from aneroid.digest.html import render_html
from aneroid.digest.look import Look
from aneroid.digest.pdf import render_pdf
from aneroid.digest.portable import render_json
from aneroid.errors import EnvironmentProblem, InputError

FORMS = (".html", ".pdf", ".json", ".zip")


def render(content: DigestContent, form: str, look: Look | None = None) -> bytes:
    """Render a digest in one of :data:`FORMS`.

    Raises
    ------
    InputError
        Another form, or a template or logo that cannot be used.
    """
    if form == ".html":
        return render_html(content, templates=look.templates if look else None).encode()
    if form == ".pdf":
        return render_pdf(content, look)
    if form == ".json":
        return render_json(content).encode()
    if form == ".zip":
        return render_zip(content, look)
    raise InputError(
        f'A digest cannot be written as "{form}"; choose a file name that ends in {", ".join(FORMS)}.'
    )


def write_digest(content: DigestContent, path: Path, look: Look | None = None) -> None:
    """Write a digest to a file; its ending says in which form.

    Parameters
    ----------
    content
        What :func:`aneroid.digest.build_content` returns.
    path
        Ends in .html, .pdf, .json or .zip; an existing file is replaced.
    look
        Page size, templates, logo.

    Raises
    ------
    InputError
        Another ending, or a template or logo that cannot be used.
    EnvironmentProblem
        The folder is missing or cannot be written to, or the disk is full.
    """
    page = render(content, path.suffix.lower(), look)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(page)
        part.replace(path)
    except OSError as problem:
        if os.access(path.parent, os.W_OK):
            part.unlink(missing_ok=True)
        reason = problem.strerror or type(problem).__name__
        raise EnvironmentProblem(
            f"Cannot write {path}: {reason}. Choose a folder that exists and that you may write to."
        ) from problem
