"""Raw files kept unchanged under their SHA-256."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from aneroid.errors import EnvironmentProblem
from aneroid.record.store import Store


def keep_raw(store: Store, content: bytes, *, media_type: str, origin: str) -> str:
    """Keep a file's bytes in the store and return their SHA-256; the same bytes are kept once.

    Parameters
    ----------
    store
        A store open for writing.
    content
        The bytes as they came.
    media_type
        For instance ``text/html``.
    origin
        URL or file name as the user gave it.

    Raises
    ------
    EnvironmentProblem
        The disk is full or the folder may not be written to.
    """
    import pandas as pd

    digest = hashlib.sha256(content).hexdigest()
    relative = Path("raw") / digest[:2] / digest
    path = store.folder / relative
    if not path.exists():
        part = path.with_suffix(".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content)
            part.replace(path)
        except OSError as error:
            raise EnvironmentProblem(f"Cannot keep the file in {store.folder}: {error.strerror}.") from None
    row = {
        "sha256": digest,
        "path": relative.as_posix(),
        "bytes": len(content),
        "media_type": media_type,
        "origin": origin,
        "retrieved": datetime.now(UTC).replace(tzinfo=None),
    }
    store.insert("raw_files", pd.DataFrame([row]), existing="keep")
    return digest
