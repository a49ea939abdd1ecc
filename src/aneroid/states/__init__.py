"""States since 1816: ids, codes with dates, names, regions, neighbours, poles.

A state is one series of foreign policy under one id: ``RUS`` is the Soviet Union and Russia, ``YUG`` ends in
2006 and ``SRB`` follows. Codes and names lead to it with a date in mind; nothing heavy is imported here.
"""

from __future__ import annotations

from aneroid.states.codes import from_code, ids_for, ids_for_cow, ids_for_gw, to
from aneroid.states.dates import Span, When
from aneroid.states.errors import AmbiguousState, UnknownState
from aneroid.states.geography import REGIONS, all_states, exists, members, neighbours
from aneroid.states.lookup import resolve
from aneroid.states.model import State
from aneroid.states.poles import parse_poles, pole_name
from aneroid.states.registry import SYSTEMS, Surface, names_index

__all__ = [
    "REGIONS",
    "SYSTEMS",
    "AmbiguousState",
    "Span",
    "State",
    "Surface",
    "UnknownState",
    "When",
    "all_states",
    "exists",
    "from_code",
    "ids_for",
    "ids_for_cow",
    "ids_for_gw",
    "members",
    "names_index",
    "neighbours",
    "parse_poles",
    "pole_name",
    "resolve",
    "to",
]
