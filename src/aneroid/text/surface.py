"""Events by the order of words alone, without a parser or a trained model: fast, and less sure than :mod:`aneroid.text.coder`.

The same ontology is read: a verb or event noun with one of its senses, the nearest party before it as source, the party
behind the preposition it asks for as target. Passives exchange the sides; operators compose as in the ontology.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from aneroid.actors.index import Match
from aneroid.actors.lexicon import Kind
from aneroid.text.clauses import FUTURE, UNCERTAIN
from aneroid.text.forms import Form, class_words, noun_senses, verb_forms
from aneroid.text.model import Modality
from aneroid.text.ontology import Sense, load_ontology
from aneroid.text.words import words

WORD = re.compile(r"[\w$€£][\w.'’&/-]*[\w]|\w|[^\w\s]")
PREPOSITIONS = words("aside") | words("pointing")
LINKS = frozenset({",", "and", "or", "the", "&", "both", "as", "well"})
BREAKS = frozenset({";", ":", "but", "while", "whereas", "although", "because"})
NEGATIONS = frozenset({"not", "never", "n't", "neither", "no", "nor", "cannot", "without"})
BE = words("be")
TRAVELLERS = words("travellers")
BLOCKERS = frozenset({"who", "which", "whose", "where", "when", "whom"})
REACH = 9  # words behind a verb in which its object may stand
BEFORE = 4  # words before a verb in which auxiliaries and negation stand


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence with its offsets; ``party`` is the number of the mention that it belongs to."""

    text: str
    start: int
    end: int
    party: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An event by surface: its sense, its words, and the mentions on both sides."""

    sense: Sense
    event: str
    modality: Modality
    at: tuple[int, ...]
    sources: tuple[Match, ...]
    targets: tuple[Match, ...]
    rule: str
    condition: tuple[int, int] | None = None


@dataclass(slots=True)
class Line:
    """One sentence cut into words, with its mentions grouped into lists."""

    words: list[Word]
    matches: list[Match]
    lowered: list[str]
    groups: dict[int, tuple[int, ...]] = field(default_factory=dict)  # mention → all mentions of its list

    def lower(self, at: int) -> str:
        """The word at a place in lower case; empty outside the sentence."""
        return self.lowered[at] if 0 <= at < len(self.lowered) else ""


def cut(text: str, start: int, end: int, matches: Sequence[Match]) -> Line:
    """Cut a sentence into words and say which belong to a name; an adjective before a name of a thing names no party alone."""
    inside = [m for m in matches if start <= m.start and m.end <= end]
    found: list[Word] = []
    number = 0
    for token in WORD.finditer(text, start, end):
        while number < len(inside) and inside[number].end <= token.start():
            number += 1
        own = number < len(inside) and inside[number].start <= token.start() < inside[number].end
        found.append(Word(token[0], token.start(), token.end(), number if own else None))
    line = Line(found, inside, [word.text.lower() for word in found])
    _group(line)
    return line


def _group(line: Line) -> None:
    """Join names that only list words stand between: "India, China and Egypt"."""
    places: list[tuple[int, int, int]] = []
    for at, word in enumerate(line.words):
        if word.party is not None:
            if places and places[-1][0] == word.party:
                places[-1] = (word.party, places[-1][1], at)
            else:
                places.append((word.party, at, at))
    current: list[int] = []
    last = -2
    for party, first, final in places:
        between = [line.lower(i) for i in range(last + 1, first)]
        joined = bool(between) and last >= 0 and all(b in LINKS for b in between) and len(between) <= 3
        current = [*current, party] if joined else [party]
        for member in current:
            line.groups[member] = tuple(current)
        last = final


def surface_events(line: Line) -> Iterator[Found]:
    """Yield the events of a sentence in the order of their words."""
    if len({m.entry.state or m.entry.actor for m in line.matches}) < 2:
        return
    taken: set[int] = set()
    for at in range(len(line.words)):
        if at in taken or line.words[at].party is not None:
            continue
        chain = _chain(line, at)
        if chain is None:
            continue
        found = _found(line, *chain)
        if found is not None:
            wanted = _objects(found.sense.obj) if found.sense.obj else frozenset()
            swallowed = (i for i in _window(line, found.at[-1]) if line.lower(i) in wanted)
            taken.update(found.at, swallowed)  # "imposed sanctions": the noun is no second event
            yield found


Operators = tuple[tuple[Sense, int], ...]


def _chain(line: Line, at: int, depth: int = 0) -> tuple[Sense, int, Form | None, Operators] | None:
    """The sense that holds at a word, with the operators above it."""
    for form, senses in _readings(line, at):
        for sense in senses:
            if not _holds(sense, line, at):
                continue
            if sense.event is not None:
                return sense, at, form, ()
            inner = _governed(line, at, depth)
            if inner is not None:
                core, core_at, _, operators = inner
                return core, core_at, form, ((sense, at), *operators)
            alone = {"threaten": "THREATEN", "warn": "THREATEN", "request": "REQUEST"}.get(str(sense.op))
            if alone is not None and line.lower(at + 1) not in ("of", "that"):
                return Sense(id=sense.id, event=alone, target=sense.target), at, form, ()
    return None


def _readings(line: Line, at: int) -> Iterator[tuple[Form | None, tuple[Sense, ...]]]:
    """What a word may be: a verb with its particle first, then the verb, then an event noun."""
    word = line.lower(at)
    table = load_ontology().verbs
    determined = line.lower(at - 1) in ("the", "a", "an", "its", "their", "his", "this", "of", "any", "new")
    if not determined:
        for particle in (line.lower(at + 1), line.lower(at + 2)):
            for form in verb_forms().get(f"{word} {particle}", ()):
                yield form, table[form.lemma]
        for form in verb_forms().get(word, ()):
            yield form, table[form.lemma]
    if word in noun_senses():
        yield None, noun_senses()[word]


def _window(line: Line, at: int) -> range:
    """The words behind a verb up to a break."""
    end = at + 1
    while end < min(len(line.words), at + 1 + REACH) and line.lower(end) not in BREAKS | {"."}:
        end += 1
    return range(at + 1, end)


def _holds(sense: Sense, line: Line, at: int) -> bool:
    """Check the conditions of a sense that need no grammar."""
    window = [line.lower(i) for i in _window(line, at)]
    if sense.own or (sense.weak and line.lower(at - 1) in ("", "the")):
        return False
    if sense.obj and not _object_near(sense, line, at, window):
        return False
    if sense.prep and not any(w in sense.prep for w in window[:5]):
        return False
    if sense.prep_absent and any(w in sense.prep_absent for w in window[:4]):
        return False
    if sense.person and not any(line.words[i].party is not None for i in list(_window(line, at))[:4]):
        return False
    if sense.no_object and window[:1] and window[0] in ("the", "a", "an", "its"):
        return False
    return not sense.travel or _people(line, at)


def _object_near(sense: Sense, line: Line, at: int, window: list[str]) -> bool:
    """Whether a noun of a class the sense asks for stands behind the word, or before it in a passive."""
    wanted = _objects(sense.obj)
    if any(word in wanted for word in window[:6]):
        return True
    return line.lower(at - 1) in BE and any(line.lower(i) in wanted for i in range(max(0, at - 5), at))


@cache
def _objects(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(class_words(name) for name in names))


def _people(line: Line, at: int) -> bool:
    """Only people travel: somebody of an office stands before the verb."""
    person = any(m.entry.kind is Kind.PERSON and m.end <= line.words[at].start for m in line.matches)
    return person or any(line.lower(i) in TRAVELLERS for i in range(max(0, at - 8), at))


def _governed(line: Line, at: int, depth: int) -> tuple[Sense, int, Form | None, Operators] | None:
    """The first event behind an operator, as long as its clause goes on."""
    if depth > 3:
        return None
    for i in _window(line, at):
        if line.lower(i) in BLOCKERS:
            return None
        if line.words[i].party is None and (inner := _chain(line, i, depth + 1)) is not None:
            return inner
    return None


def _found(line: Line, core: Sense, at: int, form: Form | None, operators: Operators) -> Found | None:
    """Put sides, class and modality together; None where a side that is needed is missing."""
    top = operators[0][1] if operators else at
    passive = _passive(line, top, form)
    before, after = _before(line, top), _after(line, top, at, core, operators, passive=passive)
    if passive:
        agent = _behind(line, top, "by")
        sources, targets = agent, tuple(m for m in before if m not in agent) or after
    else:
        sources, targets = before, after
    if not targets and len(sources) > 1 and core.symmetric:
        sources, targets = sources[:1], sources[1:]
    if core.reverse:
        sources, targets = targets, sources
    if not sources or not targets:
        return None
    ontology = load_ontology()
    event = core.event or ""
    for sense, _ in reversed(operators):
        event = ontology.composed(str(sense.op), event)
    modality, event = _modality(line, top, at, event, operators)
    rule = "surface:" + ">".join([*(s.id for s, _ in operators), core.id])
    at_words = tuple(sorted({*(i for _, i in operators), at}))
    return Found(core, event, modality, at_words, sources, targets, rule, _condition(line))


def _passive(line: Line, at: int, form: Form | None) -> bool:
    if form is None or not form.past:
        return False
    was = any(line.lower(i) in BE for i in range(max(0, at - 3), at))
    return was or line.lower(at + 1) == "by"


def _listed(line: Line, number: int) -> tuple[Match, ...]:
    return tuple(line.matches[i] for i in line.groups[number])


def _before(line: Line, at: int) -> tuple[Match, ...]:
    """The nearest name before a word that no preposition sets aside, with its list; else the nearest."""
    fallback: tuple[Match, ...] = ()
    i = at - 1
    while i >= 0 and line.lower(i) not in BREAKS:
        number = line.words[i].party
        if number is not None:
            first = i
            while first > 0 and line.words[first - 1].party == number:
                first -= 1
            governed = any(line.lower(j) in PREPOSITIONS for j in range(max(0, first - 2), first))
            if not governed or (line.lower(first - 1) == "of" and first - 2 >= 0):
                return _listed(line, number)
            fallback = fallback or _listed(line, number)
            i = first
        i -= 1
    return fallback


def _behind(line: Line, at: int, preposition: str) -> tuple[Match, ...]:
    """The first name behind a preposition after a word."""
    seen = False
    for i in range(at + 1, min(len(line.words), at + 20)):
        seen = seen or line.lower(i) == preposition
        number = line.words[i].party
        if seen and number is not None:
            return _listed(line, number)
    return ()


def _after(
    line: Line, top: int, at: int, core: Sense, operators: Operators, *, passive: bool
) -> tuple[Match, ...]:
    """The name behind a word whose preposition the senses ask for most; whom an operator addresses comes first."""
    wanted = (*operators[:1], (core, at)) if operators else ((core, at),)
    ranked: list[tuple[int, int, tuple[Match, ...]]] = []
    label, since = "dobj", 0
    for i in range(top + 1, min(len(line.words), at + 18)):
        word = line.lower(i)
        if word in BREAKS or (word == "by" and passive):
            break
        number = line.words[i].party
        if number is not None:
            for order, (sense, place) in enumerate(wanted):
                if i > place and label in sense.target and not (order == 0 and len(wanted) > 1 and i > at):
                    ranked.append(
                        (order * 100 + sense.target.index(label) * 3 + since, i, _listed(line, number))
                    )
        elif word in PREPOSITIONS:
            label, since = word, 0
        else:
            since += 1
    return min(ranked, key=lambda each: each[:2])[2] if ranked else ()


def _modality(line: Line, top: int, at: int, event: str, operators: Operators) -> tuple[Modality, str]:
    """How the words present the event, and the class that negation or the future makes of it."""
    ontology = load_ontology()
    modality = next(
        (ontology.modality[s.op] for s, _ in operators if s.op in ontology.modality), Modality.HAPPENED
    )
    if event in ("THREATEN", "REQUEST") and modality is Modality.HAPPENED:
        modality = Modality.THREATENED if event == "THREATEN" else Modality.REQUESTED
    before = [line.lower(i) for i in range(max(0, top - BEFORE), top)]
    if modality in (Modality.HAPPENED, Modality.DECIDED) and any(
        b in FUTURE or b in UNCERTAIN for b in before
    ):
        ahead = any(b in FUTURE or b == "would" for b in before)
        modality = Modality.PLANNED if ahead else Modality.CONDITIONAL
        event = ontology.composed("plan", event)
    if any(b in NEGATIONS or b.endswith("n't") for b in before) and modality is not Modality.DENIED:
        modality, event = Modality.DENIED, ontology.negated(event)
    if modality in (Modality.PLANNED, Modality.THREATENED) and _condition(line) is not None:
        modality = Modality.CONDITIONAL if modality is Modality.PLANNED else modality
    return modality, event


def _condition(line: Line) -> tuple[int, int] | None:
    """Offsets of a clause with "if" or "unless", up to its comma."""
    for at, word in enumerate(line.words):
        if word.text.lower() in ("if", "unless", "once"):
            end = next(
                (i for i in range(at + 1, len(line.words)) if line.words[i].text in (",", ".", ";")),
                len(line.words),
            )
            return word.start, line.words[end - 1].end
    return None
