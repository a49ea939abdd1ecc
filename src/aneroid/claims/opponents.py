"""Who stands against whom in the conflict data: their names turned into state ids and ids of groups."""

from __future__ import annotations

import re
from functools import cache

from aneroid.actors import identify

_OWN_NAMES = {"IS": "ISIL"}
"""Names of groups in the conflict data that are no names in a text: a bare "IS" there would be a verb."""


@cache
def opponents(text: str) -> frozenset[str]:
    """Who stands against a state in a conflict-year, as state ids and ids of groups; supported states are not opponents."""
    names = re.sub(r"\(supporting .*", "", text).split(",")
    return frozenset(filter(None, (_id(name.strip()) for name in names)))


def _id(name: str) -> str | None:
    if name in _OWN_NAMES:
        return _OWN_NAMES[name]
    found = identify(name)
    return found.actor or (found.state if found.sector in (None, "GOV") else None)
