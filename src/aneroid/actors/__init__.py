"""Who a phrase means on a date, and which weapon: states, their organs and leaders, groups, organisations."""

from aneroid.actors.explain import Meaning, meanings
from aneroid.actors.identify import Identity, identify
from aneroid.actors.index import ActorIndex, Match, default_index
from aneroid.actors.judgements import Judgement, JudgementLog, Verdict, judge_actor, obeying
from aneroid.actors.languages import languages
from aneroid.actors.lexicon import Entry, Kind
from aneroid.actors.weapons import Weapon, WeaponMatch, find_weapons, producers, weapon_classes

__all__ = [
    "ActorIndex",
    "Entry",
    "Identity",
    "Judgement",
    "JudgementLog",
    "Kind",
    "Match",
    "Meaning",
    "Verdict",
    "Weapon",
    "WeaponMatch",
    "default_index",
    "find_weapons",
    "identify",
    "judge_actor",
    "languages",
    "meanings",
    "obeying",
    "producers",
    "weapon_classes",
]
