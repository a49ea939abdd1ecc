"""Signatures of kept articles, to find those that nearly repeat one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.record.store import Store

if TYPE_CHECKING:
    import pandas as pd


def save_marks(store: Store, article: str, shingles: int, signature: bytes, keys: list[int]) -> None:
    """Keep an article's signature and the keys of its bands; those of an earlier intake are replaced."""
    store.execute("DELETE FROM article_bands WHERE article = ?", [article])
    store.execute("INSERT OR REPLACE INTO article_marks VALUES (?, ?, ?)", [article, shingles, signature])
    store.execute(
        "INSERT INTO article_bands SELECT ?, unnest(range(?)), unnest(?::UBIGINT[])",
        [article, len(keys), keys],
    )


def sharing_a_band(store: Store, article: str, keys: list[int]) -> pd.DataFrame:
    """Return the other articles that share a band: ``article, shingles, signature, copy_of``, in order of intake.

    Parameters
    ----------
    store
        The store.
    article
        The article asked about; it is not its own answer.
    keys
        Its band keys, in order of the bands.
    """
    return store.frame(
        "SELECT DISTINCT m.article, m.shingles, m.signature, a.copy_of, a.retrieved FROM article_bands b "
        "JOIN (SELECT unnest(?::UBIGINT[]) AS key, unnest(range(?)) AS band) asked USING (band, key) "
        "JOIN article_marks m ON m.article = b.article JOIN articles a ON a.article = b.article "
        "WHERE b.article <> ? ORDER BY a.retrieved, m.article",
        [keys, len(keys), article],
    )
