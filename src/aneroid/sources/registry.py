"""The sources: title, citation, terms. ``registry.yaml`` holds one entry each."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from aneroid.errors import InputError
from aneroid.licences import Redistribute, Terms

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Source:
    """One data set: who made it, what may be done with it, which years it describes."""

    id: str
    title: str
    citation: str
    doi: str
    licence: str
    redistribute: Redistribute
    commercial: str  # yes, no or ask
    needs: str  # none, token, account or form
    url: str
    coverage: tuple[int, int]
    lag_years: float

    @property
    def terms(self) -> Terms:
        """What an export has to obey."""
        return Terms(self.id, self.licence, self.redistribute, self.commercial, self.citation)


def load_registry() -> dict[str, Source]:
    """Read all sources.

    Returns
    -------
    dict
        By id, in the order of the file.
    """
    text = files("aneroid.sources").joinpath("registry.yaml").read_text(encoding="utf-8")
    return {entry["id"]: _source(entry) for entry in yaml.safe_load(text)}


def as_frame() -> pd.DataFrame:
    """List all sources as a table: ``source, title, citation, doi, url, licence, redistribute, commercial, needs, first_year,
    last_year``."""
    import pandas as pd

    rows = [
        {
            "source": one.id,
            "title": one.title,
            "citation": one.citation,
            "doi": one.doi,
            "url": one.url,
            "licence": one.licence,
            "redistribute": one.redistribute.value,
            "commercial": one.commercial,
            "needs": one.needs,
            "first_year": one.coverage[0],
            "last_year": one.coverage[1],
        }
        for one in load_registry().values()
    ]
    return pd.DataFrame(rows)


def source(name: str) -> Source:
    """Look up one source.

    Parameters
    ----------
    name
        Its id.

    Raises
    ------
    InputError
        Where there is no such source; the ids that exist are named.
    """
    known = load_registry()
    if name not in known:
        raise InputError(f'Unknown source "{name}". Known are {", ".join(known)}.')
    return known[name]


def _source(entry: dict[str, object]) -> Source:
    first, last = (int(str(year)) for year in str(entry["coverage"]).split("-"))
    return Source(
        id=str(entry["id"]),
        title=str(entry["title"]),
        citation=" ".join(str(entry["citation"]).split()),
        doi=str(entry.get("doi") or ""),
        licence=str(entry["licence"]),
        redistribute=Redistribute(str(entry["redistribute"])),
        commercial=str(entry["commercial"]),
        needs=str(entry["needs"]),
        url=str(entry["url"]),
        coverage=(first, last),
        lag_years=float(str(entry["lag_years"])),
    )
