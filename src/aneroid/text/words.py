"""Word lists of the rules: ``words.yaml``, so that a linguist can extend them without reading code."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

PATH = Path(__file__).parent / "words.yaml"


@cache
def _lists() -> dict[str, str]:
    lists: dict[str, str] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return lists


def words(name: str) -> frozenset[str]:
    """Return a word list by its name in the file; an unknown name raises KeyError when the module is imported."""
    return frozenset(_lists()[name].split())
