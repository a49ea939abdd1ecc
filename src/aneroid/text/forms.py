"""The forms of the words of the ontology, so that they are found without a tagger: "bought" is *buy*."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from aneroid.text.ontology import Sense, load_ontology
from aneroid.text.words import words

VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Form:
    """What a word form may be: base form, and whether it is a past form, an -ing form or the bare base."""

    lemma: str
    past: bool = False
    gerund: bool = False
    bare: bool = False


@cache
def irregular() -> dict[str, tuple[str, ...]]:
    """Past forms that follow no rule, by base form."""
    rows = (entry.split(":") for entry in words("irregular_verbs"))
    return {base: tuple(forms) for base, *forms in rows}


def inflected(lemma: str) -> list[tuple[str, Form]]:
    """Return the forms of a verb; of several words the first is inflected ("pulled out").

    Examples
    --------
    >>> [form for form, _ in inflected("deny")]
    ['deny', 'denies', 'denying', 'denied']
    """
    base, *rest = lemma.split(" ")
    tail = f" {' '.join(rest)}" if rest else ""
    consonant_y = base.endswith("y") and base[-2:-1] not in VOWELS
    third = (
        base[:-1] + "ies"
        if consonant_y
        else base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    )
    doubled = _doubled(base)
    gerund = (base[:-1] if base.endswith("e") and not base.endswith(("ee", "ye")) else doubled) + "ing"
    regular = base + "d" if base.endswith("e") else base[:-1] + "ied" if consonant_y else doubled + "ed"
    pasts = irregular().get(base, (regular,))
    return [
        (base + tail, Form(lemma, bare=True)),
        (third + tail, Form(lemma)),
        (gerund + tail, Form(lemma, gerund=True)),
        *((past + tail, Form(lemma, past=True)) for past in dict.fromkeys(pasts)),
    ]


def _doubled(base: str) -> str:
    """ "Ban" becomes "bann": one vowel before a last consonant, in short words and those stressed on the end."""
    short = (
        len(base) >= 3 and base[-1] not in f"{VOWELS}wxyh" and base[-2] in VOWELS and base[-3] not in VOWELS
    )
    one_syllable = sum(c in VOWELS for c in base) == 1
    return base + base[-1] if short and (one_syllable or base in words("doubling")) else base


@cache
def verb_forms() -> dict[str, tuple[Form, ...]]:
    """Return what each form of a verb of the ontology may be; forms of several words under all of their words."""
    found: dict[str, list[Form]] = {}
    for lemma in load_ontology().verbs:
        for form, meaning in inflected(lemma):
            found.setdefault(form, []).append(meaning)
    return {form: tuple(meanings) for form, meanings in found.items()}


@cache
def noun_senses() -> dict[str, tuple[Sense, ...]]:
    """Return the senses of the event nouns in singular and plural."""
    found: dict[str, tuple[Sense, ...]] = {}
    for lemma, senses in load_ontology().nouns.items():
        found[lemma] = found[_plural(lemma)] = senses
    return found


@cache
def class_words(name: str) -> frozenset[str]:
    """Return a noun class of the ontology in singular and plural."""
    nouns = load_ontology().classes[name]
    return nouns | {_plural(noun) for noun in nouns}


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    if noun.endswith("y") and noun[-2:-1] not in VOWELS:
        return f"{noun[:-1]}ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
