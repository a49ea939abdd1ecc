"""Markdown to plain paragraphs: front matter apart, links to their words, notes and code left out."""

from __future__ import annotations

import re

import yaml


def plain_markdown(text: str) -> tuple[dict[str, str], str]:
    """Split off the front matter and strip the markup.

    Returns
    -------
    tuple
        The front matter as text values (empty when there is none or it is no valid YAML) and the body, one
        paragraph a line.
    """
    front: dict[str, str] = {}
    match = re.match(r"\ufeff?---\r?\n(.*?)\r?\n---\r?\n", text, re.DOTALL)
    if match:
        text = text[match.end() :]
        front = _front_matter(match[1])
    text = re.sub(r"(?ms)^(```|~~~).*?^\1\s*$", "", text)
    text = re.sub(r"(?m)^\[\^[^\]]+\]:.*(?:\n[ \t]+.*)*", "", text)  # definitions of footnotes
    text = re.sub(r"\[\^[^\]]+\]", "", text)
    text = re.sub(r"(?s)<!--.*?-->", "", text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?m)^\[[^\]]+\]:\s+\S+.*$", "", text)
    blocks = re.split(r"\n\s*\n", text)
    return front, "\n".join(line for block in blocks for line in _block(block))


def _front_matter(source: str) -> dict[str, str]:
    try:
        data = yaml.safe_load(source)
    except yaml.YAMLError:
        return {}
    if not isinstance(data, dict):
        return {}
    return {str(key).lower(): str(value) for key, value in data.items() if value is not None}


def _block(block: str) -> list[str]:
    """The paragraphs of one block: headings and list items stand alone, wrapped lines are joined."""
    found: list[str] = []
    joined: list[str] = []
    for line in block.splitlines():
        stripped = re.sub(r"^\s*(?:>\s?)+", "", line).strip()
        if re.fullmatch(r"[-*_=\s]{3,}", stripped) or re.match(r"^\|.*\|$", stripped):
            continue
        item = re.match(r"(?:#{1,6}|[-*+]|\d+[.)])\s+(.*)", stripped)
        if item:
            found += [" ".join(joined)] if joined else []
            joined = []
            found.append(item[1].rstrip("# "))
        elif stripped:
            joined.append(stripped)
    found += [" ".join(joined)] if joined else []
    return [re.sub(r"(\*\*|__|\*|`)(\S(?:.*?\S)?)\1", r"\2", line) for line in found]
