"""Evidence from the dependency tree: the verb of the source, what hangs below it, and the path to the target."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from aneroid.text.clauses import VERBAL, negation
from aneroid.text.evidence import Pair

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

# Labels that are followed downwards from the source's verb.
COMPLEMENTS = frozenset({"xcomp", "ccomp", "pcomp", "acl", "attr", "acomp", "advcl", "conj"})
CORE = COMPLEMENTS | frozenset({"dobj", "prep", "pobj", "dative", "agent", "prt", "oprd", "nsubjpass"})
FOLLOWED = CORE | frozenset({"aux", "neg", "relcl", "advmod"})
GRAMMATICAL = frozenset({"aux", "neg"})
BESIDE_PATH = frozenset({"neg", "aux", "prt", "dobj", "xcomp", "acomp", "prep"})
DEEPEST = 4


def climb(token: Token) -> list[Token]:
    """The token and everything above it, up to the root."""
    return [token, *token.ancestors]


def named(token: Token) -> str:
    """A word as a feature: lemma, with its particle, and "not" before a negated verb."""
    word = token.lemma_.lower()
    if token.pos_ not in VERBAL:
        return word
    particle = next((f"_{c.lower_}" for c in token.children if c.dep_ == "prt"), "")
    return f"{'not_' if negation(token) is not None else ''}{word}{particle}"


def syntax_features(pair: Pair) -> tuple[Counter[str], list[Token]]:
    """Return the features, and the words they single out as likely to tell the event."""
    found: dict[str, int] = {}
    critical: list[Token] = []
    above_source = _of_source(pair, found, critical) if pair.source is not None else []
    above_target = _of_target(pair.target, found, critical) if pair.target is not None else []
    if pair.source is not None and pair.target is not None:
        _path(pair.source, pair.target, above_source, above_target, found, critical)
    return Counter(found), critical


def _of_source(pair: Pair, found: dict[str, int], critical: list[Token]) -> list[Token]:
    assert pair.source is not None
    head = pair.source.root
    above = climb(head)
    found[f"sdep:{head.dep_}"] = 1
    verb = next((t for t in above if t.pos_ in VERBAL), None)
    if verb is not None:
        found[f"sv:{named(verb)}"] = 1
        found[f"svd:{head.dep_}:{named(verb)}"] = 1
        critical.append(verb)
        _below(verb, pair, found, critical)
    return above


def _below(verb: Token, pair: Pair, found: dict[str, int], critical: list[Token]) -> None:
    """What hangs below the source's verb, and as what the target hangs there."""
    source, target = pair.source_tokens, pair.target_tokens
    waiting = [(verb, named(verb), named(verb), 0)]
    while waiting:
        node, chain, last, depth = waiting.pop()
        for child in node.children:
            if child.i in source:
                continue
            if child.i in target:
                found[f"arg:{chain}:{child.dep_}"] = found[f"argd:{child.dep_}"] = 1
                continue
            if child.dep_ not in FOLLOWED:
                continue
            name = named(child)
            found[f"k{min(depth, 2)}:{child.dep_}:{name}"] = 1
            found[f"vk:{last}>{child.dep_}:{name}"] = 1
            if depth < 2 or (depth < DEEPEST and child.dep_ in ("prep", "pobj")):
                grown = (chain, last) if child.dep_ in GRAMMATICAL else (f"{chain}>{name}", name)
                waiting.append((child, *grown, depth + 1))
            if child.pos_ in ("VERB", "NOUN") and depth < 2:
                critical.append(child)


def _of_target(target: TokenSpan, found: dict[str, int], critical: list[Token]) -> list[Token]:
    above = climb(target.root)
    found[f"tdep:{target.root.dep_}"] = 1
    for height, token in enumerate(above[1:5]):
        found[f"tg{height}:{named(token)}"] = found[f"tg:{token.lemma_.lower()}"] = 1
        if token.pos_ in VERBAL:
            critical.append(token)
    return above


def _path(
    source: TokenSpan,
    target: TokenSpan,
    above_source: list[Token],
    above_target: list[Token],
    found: dict[str, int],
    critical: list[Token],
) -> None:
    """The words on the shortest path between both parties, with what stands beside its verbs."""
    heights = {token.i: height for height, token in enumerate(above_source)}
    meeting = next((token for token in above_target if token.i in heights), None)
    if meeting is None:
        return
    down = above_target[1 : [t.i for t in above_target].index(meeting.i)]
    path = [*above_source[1 : heights[meeting.i]], meeting, *reversed(down)]
    names = [named(token) for token in path]
    labels = ">".join(token.dep_ for token in path)
    found[f"path:{'>'.join(names)}"] = 1
    found[f"pathd:{source.root.dep_}>{labels}>{target.root.dep_}"] = 1
    for token, name in zip(path, names, strict=True):
        found[f"pl:{name}"] = found[f"plp:{token.dep_}:{name}"] = 1
        if token.pos_ in VERBAL:
            for child in token.children:
                if child.dep_ in BESIDE_PATH:
                    found[f"pc:{name}:{child.dep_}:{child.lemma_.lower()}"] = 1
                    found[f"pcx:{child.dep_}:{child.lemma_.lower()}"] = 1
    found.update({f"p2:{a}>{b}": 1 for a, b in pairwise(names)})
    critical += path
