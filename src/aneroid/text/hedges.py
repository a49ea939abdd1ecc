"""What a hedge is published to mean: the range of probability behind "likely" or "almost certain".

Readers take these words in many ways, so a range says what its authors meant by the word, not what a journalist did; words
such as "may" or "could" have no published range and get none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from aneroid.errors import InputError

PATH = Path(__file__).parent / "hedges.yaml"
DEFAULT_SCALE = "ICD 203"
STRENGTHENING = frozenset({"very", "highly", "almost", "extremely", "nearly", "virtually", "exceptionally"})
STATED = re.compile(
    r"\b(?P<a>\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent)[ -](?:chance|probability|likelihood)"
    r"|\b(?:chance|probability|likelihood|odds) of (?:about |some |roughly )?(?P<b>\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HedgeRange:
    """The probability that a hedge stands for: from ``low`` to ``high`` by ``scale``, and where that is published."""

    low: float
    high: float
    scale: str
    citation: str


@cache
def _scales() -> dict[str, Any]:
    scales: dict[str, Any] = yaml.safe_load(PATH.read_text(encoding="utf-8"))["scales"]
    return scales


def hedge_range(hedge: str | None, scale: str = DEFAULT_SCALE) -> HedgeRange | None:
    """Return the published range of a hedge.

    Parameters
    ----------
    hedge
        The words of ``Claim.hedge``; several words count by the longest phrase of the scale in them.
    scale
        ``ICD 203``, ``PHIA`` or ``IPCC``.

    Returns
    -------
    HedgeRange or None
        None where the scale has no range for the words. A stated chance ("70 percent chance") is its own range.

    Raises
    ------
    InputError
        When there is no such scale.

    References
    ----------
    Kent (1964), Words of estimative probability, Studies in Intelligence 8. The citation of each scale stands in the result.
    """
    if scale not in _scales():
        raise InputError(f"Unknown scale “{scale}”. Use one of {', '.join(_scales())}.")
    if not hedge:
        return None
    if (stated := STATED.search(hedge)) is not None:
        share = float(stated["a"] or stated["b"]) / 100
        return HedgeRange(share, share, "stated", "the text itself") if share <= 1 else None
    table = _scales()[scale]
    plain = f" {hedge.lower()} "
    fitting = [
        (len(phrase), row) for row in table["ranges"] for phrase in row["words"] if f" {phrase} " in plain
    ]
    if not fitting:
        return None
    row = max(fitting, key=lambda each: each[0])[1]
    return HedgeRange(row["low"], row["high"], scale, table["citation"])
