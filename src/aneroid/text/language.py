"""The language of a text, from its script and its commonest words: enough to know what not to read as English."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

STOPWORDS = {
    "en": "the of and to in that is was for on with as by at from has have it were are this an be which not "
    "his her their its said will but had "
    "would they he she after also who more been than into over between",
    "fr": "le la les des et en du une est que dans pour qui sur pas par au plus avec ce sont aux ses cette",
    "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden",
    "es": "el la los las de que y en un una por con para del se su al como más es no lo fue sus",
    "it": "il lo gli di che e la in un una per con del della dei non si è da al sono come anche nel",
    "pt": "o os as de que e do da em um uma para com não por se na no dos das ao mais foi como",
    "nl": "de het een van en in is dat op te zijn voor met niet aan er om ook als bij naar werd",
    "tr": "ve bir bu için ile olarak da de olan daha çok gibi sonra kadar en ancak göre tarafından",
    "pl": "i w na z się nie do że jest o to jak od po przez za ale są oraz dla który przy",
    "uk": "і в на з що не до та у за від як це про для але його",
    "ru": "и в на с что не по из к за от как это о для но его был они",
}
_SETS = {code: frozenset(words.split()) for code, words in STOPWORDS.items()}
_SCRIPTS = (
    ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("CJK", "zh"), ("HEBREW", "he"), ("GREEK", "el"),
    ("DEVANAGARI", "hi"), ("THAI", "th"), ("GEORGIAN", "ka"), ("ARMENIAN", "hy"), ("ARABIC", "ar"), ("CYRILLIC", "ru"),
)  # fmt: skip
SAMPLE = 4000
FEW_WORDS = 60  # a sentence or two: too little to call it foreign on a word or two


def detect_language(text: str, hint: str = "") -> str:
    """Say in which language a text is written.

    Parameters
    ----------
    text
        Running text; the first few thousand characters are looked at.
    hint
        A declared language tag such as "en-GB", believed unless script or words speak clearly against it.

    Returns
    -------
    str
        ISO 639-1 code; "und" when nothing tells.
    """
    sample = text[:SAMPLE]
    script = _script(sample)
    declared = hint.lower().replace("_", "-").split("-")[0][:2]
    if script == "ar":
        return declared if declared in ("fa", "ur", "ku", "ps") else _arabic_script(sample)
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    total = sum(words.values()) or 1
    if script and script != "ru":
        return script
    codes = ("ru", "uk") if script == "ru" else tuple(c for c in _SETS if c not in ("ru", "uk"))
    scores = {code: sum(words[w] for w in _SETS[code]) / total for code in codes}
    best = max(scores, key=lambda code: scores[code])
    if script is None and total < FEW_WORDS and not (scores[best] >= 0.2 and scores[best] > 2 * scores["en"]):
        return declared or "en"
    if scores[best] >= 0.12 or (scores[best] >= 0.05 and not declared):
        return best
    return declared or ("ru" if script == "ru" else "und")


def _script(sample: str) -> str | None:
    """The language most of the letters point to, None for Latin."""
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return None
    counts: Counter[str] = Counter()
    for char in letters[:1500]:
        name = unicodedata.name(char, "")
        counts.update(code for prefix, code in _SCRIPTS[:1] + _SCRIPTS[1:] if name.startswith(prefix))
    if not counts:
        return None
    code, number = counts.most_common(1)[0]
    if counts["ja"] > 0.1 * len(letters[:1500]):
        return "ja"
    return code if number > 0.3 * len(letters[:1500]) else None


def _arabic_script(sample: str) -> str:
    """Persian has letters that Arabic lacks."""
    return "fa" if sum(sample.count(c) for c in "پچژگ") > 0.005 * len(sample) else "ar"
