"""Names in any spelling: what they have in common, and which are near."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import cache

from aneroid.states.registry import Surface, names_index, states

_SHORT = {
    "st": "saint",
    "rep": "republic",
    "dem": "democratic",
    "fed": "federal",
    "is": "islands",
    "isl": "islands",
    "dr": "democratic republic",
    "d.r.": "democratic republic",
    "pr": "peoples republic",
    "fr": "federal republic",
}
_DROPPED = {"the", "of", "and", "de", "la"}


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ø", "o"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    plain = re.sub(r"['’`´ʼ]", "", plain)
    plain = re.sub(r"\b((?:[a-z]\.){2,})", lambda found: found.group(1).replace(".", ""), plain)
    words = re.findall(r"[a-z0-9]+", plain)
    return [part for word in words for part in _SHORT.get(word, word).split() if part not in _DROPPED]


def keys(text: str) -> tuple[str, ...]:
    """Give the spellings under which a name is filed: as it stands, and with what follows a comma in front.

    ``Korea, South``, ``Korea (South)`` and ``South Korea`` share a key, as do ``Côte d'Ivoire`` and
    ``Cote d’Ivoire``, ``St. Lucia`` and ``Saint Lucia``.
    """
    found = [" ".join(_words(text))]
    turned = re.fullmatch(r"\s*([^,(]+?)\s*[,(]\s*([^,()]+?)\s*\)?\s*", text)
    if turned:
        found.append(" ".join(_words(f"{turned[2]} {turned[1]}")))
    return tuple(dict.fromkeys(key for key in found if key))


@cache
def _by_key() -> dict[str, list[Surface]]:
    filed: dict[str, list[Surface]] = {}
    for row in names_index():
        if row.kind in {"name", "alias"}:
            for key in keys(row.surface):
                filed.setdefault(key, []).append(row)
    return filed


def rows_named(text: str) -> list[Surface]:
    """Find every name or alias spelt like the text, as it stands before its inversion."""
    for key in keys(text):
        if key in _by_key():
            return _by_key()[key]
    return []


def near_matches(text: str, limit: int = 3) -> list[str]:
    """Give ids of states whose names look like the text, the nearest first.

    A name that begins with the text, or holds it as a word, comes before one that merely looks alike.
    """
    wanted = keys(text)
    if not wanted:
        return []
    filed = _by_key()
    holding = [key for key in filed if f" {wanted[0]} " in f" {key} " or key.startswith(wanted[0])]
    alike = difflib.get_close_matches(wanted[0], filed, n=limit * 3, cutoff=0.75)
    ordered = sorted(holding, key=lambda key: (not key.startswith(wanted[0]), len(key))) + alike
    found = [row.state for key in ordered for row in filed[key]]
    living = [state for state in dict.fromkeys(found) if not states()[state].ended]
    return (living or list(dict.fromkeys(found)))[:limit]
