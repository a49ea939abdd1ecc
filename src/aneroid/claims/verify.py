"""Is everything in the store as it was written: the ledger, the texts, the files they came from."""

from __future__ import annotations

import hashlib

from aneroid.record.articles import raw_paths, texts
from aneroid.record.ledger import broken
from aneroid.record.store import Store


def faults(store: Store, *, noted: str | None = None) -> list[str]:
    """Check the ledger's chain, each article's text against its id, and each raw file against its hash.

    Parameters
    ----------
    store
        The store.
    noted
        A head of the ledger that was noted earlier.

    Returns
    -------
    list of str
        One sentence a fault; empty where nothing was changed.
    """
    found = broken(store, noted=noted)
    for article, text in texts(store):
        if hashlib.sha256(text.encode()).hexdigest()[: len(article)] != article:
            found.append(f"The text of article {article} was changed after it was read.")
    for sha256, path in raw_paths(store):
        file = store.folder / path
        if not file.is_file():
            found.append(f"The raw file {path} is missing.")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
            found.append(f"The raw file {path} was changed after it was read.")
    return found
