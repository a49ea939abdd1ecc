"""Who a phrase means on a date, and which weapon: states, their organs and leaders, groups, organisations."""

from aneroid.actors.identify import Identity, identify
from aneroid.actors.index import ActorIndex, Match, default_index
from aneroid.actors.lexicon import Entry, Kind
from aneroid.actors.weapons import Weapon, WeaponMatch, find_weapons, producers, weapon_classes

__all__ = [
    "ActorIndex",
    "Entry",
    "Identity",
    "Kind",
    "Match",
    "Weapon",
    "WeaponMatch",
    "default_index",
    "find_weapons",
    "identify",
    "producers",
    "weapon_classes",
]
