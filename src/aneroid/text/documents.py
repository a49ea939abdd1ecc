"""Get the bytes behind whatever a user gives: a file, an address, standard input, or the text itself."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

from aneroid.errors import EnvironmentProblem, InputError
from aneroid.text.extract import MAX_BYTES, SUFFIXES


@dataclass(frozen=True, slots=True)
class Document:
    """A document before extraction: its content as it came, and where from."""

    content: bytes | str
    name: str
    media_type: str | None = None
    url: str = ""
    retrieved: datetime | None = None
    original: bytes | None = None  # the file as it came, where `content` was taken out of it (PDF, mail)
    title: str = ""
    author: str = ""
    outlet: str = ""
    published: date | None = None

    @property
    def raw(self) -> bytes:
        """The bytes to keep."""
        if self.original is not None:
            return self.original
        return self.content if isinstance(self.content, bytes) else self.content.encode()

    @property
    def sha256(self) -> str:
        """Hash of the bytes."""
        return hashlib.sha256(self.raw).hexdigest()


def load_document(source: str | bytes | Path, media_type: str | None = None) -> Document:
    """Get the bytes or text behind whatever was given.

    Parameters
    ----------
    source
        A path; an ``http(s)://`` address; ``"-"`` for standard input; bytes; or the text itself (any string with
        a line break or longer than a path could be).
    media_type
        ``text/html``, ``text/markdown`` or ``text/plain``; guessed from the name when None.

    Raises
    ------
    InputError
        When there is no such file, or it is a folder or too large.
    EnvironmentProblem
        When an address cannot be reached or a file cannot be read.
    """
    from aneroid.text.formats import opened

    return opened(_fetched(source, media_type))


def _fetched(source: str | bytes | Path, media_type: str | None) -> Document:
    if isinstance(source, bytes):
        return Document(source, "The input", media_type)
    if isinstance(source, Path):
        return _from_file(source, media_type)
    if source == "-":
        return Document(sys.stdin.buffer.read(MAX_BYTES + 1), "Standard input", media_type)
    if source.strip().lower().startswith(("http://", "https://")) and not source.strip().count(" "):
        from aneroid.text.fetch import fetch

        page = fetch(source.strip())
        return Document(page.content, page.url, media_type or page.media_type, page.url, datetime.now(UTC))
    if "\n" in source or len(source) > 255 or not source.strip():
        return Document(source, "The input", media_type)
    return _from_file(Path(source), media_type)


def _from_file(path: Path, media_type: str | None) -> Document:
    from aneroid.text.formats import KNOWN, MEDIA_TYPES

    if path.is_dir():
        raise InputError(f"{path} is a folder; give one file with {KNOWN}.")
    if not path.is_file():
        raise InputError(
            f"There is no file {path}; give a file with {KNOWN}, an http(s) address, or - for stdin."
        )
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(f"{path} has {size / 1048576:.0f} MB; give {KNOWN}.")
        content = path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(
            f"{path} cannot be read ({error.strerror}); check its permissions."
        ) from error
    return Document(content, str(path), media_type or MEDIA_TYPES.get(path.suffix.lower()))


def samples() -> list[Path]:
    """Return the articles that were written for this project to be read, in order of name."""
    return sorted(
        path for path in Path(str(files("aneroid.text") / "samples")).iterdir() if path.suffix in SUFFIXES
    )
