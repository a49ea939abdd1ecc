"""Every attribution of a text, political or not: which words say that somebody says, thinks or wants something.

A small trained classifier looks at each word that may be a cue; grammar then finds the source and the content. For coded
events :mod:`aneroid.text.attribution` is stricter: there a cue must govern the event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from aneroid.text.clauses import SUBJECTS, agent, is_passive, subject
from aneroid.text.evidence import Features
from aneroid.text.linear import LinearModel
from aneroid.text.parse import paragraphs, parse
from aneroid.text.relations import PARAMETERS
from aneroid.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Span = tuple[int, int]
CUES = words("cues")
QUOTES = frozenset("“”\"'‘’")
CANDIDATES = frozenset({"VERB", "NOUN", "ADJ"})
ALWAYS = frozenset({"according", "per", ":", "―", "—"})
WITH_CUE = frozenset({"aux", "auxpass", "neg", "prt"})
CLAUSES = frozenset({"ccomp", "xcomp", "parataxis"})
THRESHOLD = 0.4  # chosen on the training articles by cross-validation: precision and recall about even


@dataclass(frozen=True, slots=True)
class Speech:
    """One attribution: offsets of the cue, of who says it and of what is said; the latter two None when not found."""

    cue: Span
    source: Span | None
    content: Span | None


@cache
def cue_model() -> LinearModel:
    """Read the classifier of cues."""
    return LinearModel.load(PARAMETERS / "cues.npz")


def candidates(doc: Doc) -> Iterator[Token]:
    """The words that may be a cue's head."""
    return (t for t in doc if t.pos_ in CANDIDATES or t.lower_ in ALWAYS)


def cue_features(token: Token) -> Features:
    """Return the evidence on whether a word is the head of a cue."""
    word, label = token.lemma_.lower(), token.dep_
    children = list(token.children)
    actor = next((c for c in children if c.dep_ in (*SUBJECTS, "nsubjpass")), None)
    deps = sorted({c.dep_ for c in children})
    own = {f"l:{word}", f"p:{token.pos_}", f"t:{token.tag_}", f"w:{token.lower_}"}
    own |= {f"end:{token.lower_[-n:]}" for n in (2, 3, 4)} | {f"ld:{word}:{label}", f"cue:{word in CUES}"}
    tree = {f"d:{label}", f"h:{token.head.lemma_.lower()}", f"hd:{token.head.pos_}:{label}"}
    tree |= {f"c:{dep}" for dep in deps} | {f"lc:{word}:{dep}" for dep in deps}
    tree |= {
        f"cw:{c.dep_}:{c.lemma_.lower()}"
        for c in children
        if c.dep_ in ("prep", "mark", "dobj", "prt", "aux")
    }
    if actor is not None:
        kind = f"{actor.pos_}:{actor.tag_}"
        tree |= {f"s:{actor.lemma_.lower()}", f"sk:{kind}", f"lsk:{word}:{actor.pos_}"}
    return {"words": Counter(own), "syntax": Counter(tree), "places": Counter(_surroundings(token))}


def _surroundings(token: Token) -> set[str]:
    """The words around, and whether the sentence quotes."""
    doc, sentence = token.doc, token.sent
    found = {f"{n:+d}:{doc[token.i + n].lower_}" for n in (-2, -1, 1, 2) if 0 <= token.i + n < len(doc)}
    before = any(t.text in QUOTES for t in doc[sentence.start : token.i])
    after = any(t.text in QUOTES for t in doc[token.i : sentence.end])
    near = any(t.text in QUOTES for t in doc[max(0, token.i - 4) : token.i + 5])
    return found | {f"quoted:{before}{after}", f"near:{near}", f"first:{token.i - sentence.start < 2}"}


def find_speech(text: str) -> list[Speech]:
    """Find every attribution of a text.

    Parameters
    ----------
    text
        Any English text; paragraphs end at line ends.

    Returns
    -------
    list of Speech
        In the order of their cues, with offsets into ``text``.
    """
    blocks = paragraphs(text)
    found: list[Speech] = []
    for (offset, _), doc in zip(blocks, parse((block, []) for _, block in blocks), strict=True):
        heads = list(candidates(doc))
        if not heads:
            continue
        chances = cue_model().probabilities([cue_features(head) for head in heads])[:, 1]
        for at in np.flatnonzero(chances >= THRESHOLD):
            found.append(_shifted(heads[at], offset))
    return found


def _shifted(head: Token, offset: int) -> Speech:
    """The parts of an attribution in the offsets of the whole text."""

    def moved(span: Span | None) -> Span | None:
        return None if span is None else (span[0] + offset, span[1] + offset)

    start, end = cue_span(head)
    return Speech((start + offset, end + offset), moved(_source(head)), moved(_content(head)))


def cue_span(head: Token) -> Span:
    """The cue with its auxiliaries, negation and particle ("has not ruled out"), and the "to" of "according to"."""
    parts = [head, *(c for c in head.children if c.dep_ in WITH_CUE and abs(c.i - head.i) <= 3)]
    if head.lower_ == "according" and head.i + 1 < len(head.doc):
        parts.append(head.doc[head.i + 1])
    first, last = min(parts, key=lambda t: t.i), max(parts, key=lambda t: t.i)
    return first.idx, last.idx + len(last.text)


def _source(head: Token) -> Span | None:
    """Who says it: subject, agent of a passive, or the noun behind "according to"."""
    if head.lower_ in ("according", "per"):
        speaker = next((n for c in head.subtree for n in c.children if n.dep_ == "pobj"), None)
    elif head.pos_ == "NOUN":
        speaker = next((c for c in head.children if c.dep_ == "poss"), None)
    elif head.pos_ == "VERB":
        speaker = agent(head) if is_passive(head) else subject(head)
    else:
        speaker = None
    if speaker is None:
        return None
    left, right = speaker.left_edge, speaker.right_edge
    if left.i <= head.i <= right.i:  # "officials who said": the noun alone
        right = speaker
    return left.idx, right.idx + len(right.text)


def _content(head: Token) -> Span | None:
    """What is said: the clause below the cue, else the rest of the sentence around it."""
    clause = next((c for c in head.children if c.dep_ in CLAUSES), None)
    if clause is None and head.dep_ in ("parataxis", "ccomp"):
        clause = head.head
    if clause is None:
        below = next((c for c in head.rights if c.dep_ in ("dobj", "prep", "acl")), None)
        if below is None:
            return None
        clause = below
    own = {t.i for t in head.subtree} if clause.i == head.head.i else {head.i}
    tokens = sorted((t for t in clause.subtree if t.i not in own and not t.is_space), key=lambda t: t.i)
    if not tokens:
        return None
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1].text)
