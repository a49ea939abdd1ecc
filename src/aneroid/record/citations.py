"""Citations of exactly what a store holds."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

from aneroid.errors import InputError
from aneroid.record.store import Store

if TYPE_CHECKING:
    import pandas as pd


def cited(store: Store, sources: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the sources a store's rows come from, or those named.

    Returns
    -------
    pandas.DataFrame
        ``source, title, citation, doi, url, licence, redistribute, commercial, retrieved``.

    Raises
    ------
    InputError
        A name is not among the sources of this store.
    """
    table = store.frame(
        "SELECT s.source, s.title, s.citation, s.doi, s.url, s.licence, s.redistribute, s.commercial, "
        "CAST(max(v.retrieved) AS DATE)::TEXT AS retrieved FROM sources s JOIN vintages v USING (source) "
        "GROUP BY ALL ORDER BY s.source"
    )
    if not sources:
        return table
    if unknown := sorted(set(sources) - set(table.source)):
        raise InputError(f'No source "{unknown[0]}" in this store. There are: {", ".join(table.source)}.')
    return table[table.source.isin(sources)].reset_index(drop=True)


def bibliography(frame: pd.DataFrame) -> str:
    """Write sources as BibTeX ``@misc`` entries, one each, with licence and access date in ``note``."""
    return "\n\n".join(_entry(row) for row in frame.to_dict("records"))


def _entry(row: Mapping[Hashable, object]) -> str:
    fields = {
        "title": row["title"],
        "howpublished": row["citation"],
        "doi": row["doi"],
        "url": row["url"],
        "note": f"Licence: {row['licence']}. Retrieved {row['retrieved']}.",
    }
    body = ",\n".join(
        f"  {name} = {{{_escaped(str(value))}}}"
        for name, value in fields.items()
        if isinstance(value, str) and value
    )
    return f"@misc{{{row['source']},\n{body}\n}}"


def _escaped(text: str) -> str:
    return re.sub(r"([&%#_$])", r"\\\1", text)
