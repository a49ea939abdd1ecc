"""What may leave the machine. Each source declares its terms; exports ask here and print the citations of what they used."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from aneroid.errors import InputError


class Redistribute(StrEnum):
    """May rows of a source be passed on?"""

    YES = "yes"
    DERIVED_ONLY = "derived-only"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one source, as its registry entry states them."""

    source: str
    licence: str
    redistribute: Redistribute
    commercial: str  # yes, no or ask
    citation: str


def check_export(terms: Terms, *, raw_rows: bool) -> None:
    """Refuse an export that the terms of its source forbid.

    Parameters
    ----------
    terms
        Terms of the source the rows come from.
    raw_rows
        True for rows as the source gives them, False for quantities derived by us.

    Raises
    ------
    InputError
        The terms do not allow it.
    """
    if terms.redistribute is Redistribute.YES or (
        not raw_rows and terms.redistribute is Redistribute.DERIVED_ONLY
    ):
        return
    what = "its rows" if raw_rows else "anything derived from it"
    raise InputError(
        f"The terms of {terms.source} ({terms.licence}) do not allow passing on {what}. "
        "Export derived estimates instead, or ask its owner."
    )
