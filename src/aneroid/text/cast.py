"""Who the noun phrases of a document mean: names, modifiers, lists, brackets and pronouns turned into parties."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aneroid.actors.agents import is_former, sector_at
from aneroid.actors.index import Match
from aneroid.actors.lexicon import Kind
from aneroid.text.model import Party
from aneroid.text.nouns import MODIFIERS, agrees, conjuncts, describes, is_ethnic, phrase_start, same_level
from aneroid.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
PARTITIVES = words("partitives")
# Plural nouns that a list in brackets, or after "such as", spells out.
GENERIC = words("generic_actors")
LIST_CUES = (
    ("such", "as"),
    ("including",),
    ("namely",),
    ("among", "them"),
    ("like",),
    (":",),
    ("—",),
    ("–",),
    ("-",),
)
OPERATING = words("operating")
OWNED = frozenset({"country", "nation", "government", "state", "homeland", "cabinet", "kingdom", "republic"})
SERVING = words("serving")
LIST_WORDS = frozenset({",", "and", "or", "the", "as", "well", ";", "both", "&"})


@dataclass(frozen=True, slots=True)
class Role:
    """A party at a token. ``direct`` is false when the head is a thing of the party ("Iranian oil")."""

    party: Party
    token: int
    direct: bool = True
    kind: Kind = Kind.STATE
    inferred: bool = False

    @property
    def key(self) -> str | None:
        """The state or, failing that, the non-state actor."""
        return self.party.state or self.party.actor


class Cast:
    """All parties of one parsed document; ``offset`` is where the document starts in the article."""

    def __init__(self, doc: Doc, matches: list[Match], offset: int, previous: Cast | None = None) -> None:
        self.doc = doc
        self.offset = offset
        self.matches = tuple(matches)
        self._previous = previous
        self._at: dict[int, tuple[Match, int, int]] = {}
        for match in matches:
            span = doc.char_span(match.start, match.end, alignment_mode="expand")
            if span is None or is_ethnic(span) or describes(span, match):
                continue
            for token in span:
                self._at[token.i] = (match, span.start, span.end)

    def match_at(self, token: Token) -> Match | None:
        """Return the name a token is part of."""
        found = self._at.get(token.i)
        return found[0] if found else None

    def roles(self, token: Token, *, lists: bool = True) -> list[Role]:
        """Return who a noun or pronoun means; several for coordinated or listed names, none when unknown."""
        if token.tag_ in ("WDT", "WP") or (token.lower_ == "that" and token.dep_ in SUBJECTS):
            return self._relative(token)
        if token.pos_ == "PRON" and token.i not in self._at:
            return self.antecedent(token)
        found = self._own(token)
        if not found and lists:
            found = self._listed(token)
        if not found:
            found = self._partitive(token) or self._appositive(token)
        if lists:
            found += self._coordinated(token, found)
        return _distinct(found)

    def named(self, token: Token) -> list[Role]:
        """Return who a bare name or modifier means, with names coordinated to it."""
        tokens = [token, *conjuncts(token)]
        return _distinct([self._role(t, *self._at[t.i], direct=False) for t in tokens if t.i in self._at])

    def _own(self, token: Token) -> list[Role]:
        """The head itself, else its modifiers, else an "of" phrase behind an agent noun."""
        if (found := self._at.get(token.i)) is not None:
            match, start, end = found
            if (
                match.entry.kind is Kind.ADJECTIVE
                and token.dep_ in ("amod", "compound")
                and token.i != end - 1
            ):
                return []
            return [self._role(token, match, start, end, direct=True)]
        if (owned := self._possessed(token)) is not None:
            return owned
        names = self._modifier_names(token) or self._operator_names(token)
        if not names and (sector := self._sector(token)) is not None:
            names = self._names_after(token)
            if not names:
                return self._definite(token, sector)
        direct = self._sector(token) is not None or token.pos_ == "PROPN"
        return [self._role(token, match, start, end, direct=direct) for match, start, end in names]

    def _modifier_names(self, token: Token) -> list[tuple[Match, int, int]]:
        """Names among the modifiers to the left, with names coordinated to them ("U.S. and Russian")."""
        found: list[tuple[Match, int, int]] = []
        for child in token.lefts:
            if child.dep_ not in MODIFIERS:
                continue
            if child.i in self._at:
                found += [self._at[t.i] for t in (child, *conjuncts(child)) if t.i in self._at]
            elif child.lower_ == "led":
                found += [self._at[c.i] for c in child.children if c.dep_ == "npadvmod" and c.i in self._at]
            elif not any(c.dep_ == "npadvmod" for c in child.children):
                found += self._modifier_names(child)
        # A bare first modifier counts before those nested deeper; all of one coordination are kept.
        return same_level(found)

    def _names_after(self, token: Token) -> list[tuple[Match, int, int]]:
        """Names in "of", "in" or "from" phrases behind an agent noun: president of Peru, rebels in Darfur."""
        for preposition in ("of", "in", "from"):
            for child in token.rights:
                if child.dep_ == "prep" and child.lower_ == preposition:
                    for noun in (n for n in child.children if n.dep_ == "pobj"):
                        if noun.i in self._at:
                            return [self._at[t.i] for t in (noun, *conjuncts(noun)) if t.i in self._at]
                        if preposition == "of" and (deeper := self._names_after(noun)):
                            return deeper  # "minister of foreign affairs of Iraq"
        for clause in token.rights:
            if clause.dep_ in ("acl", "relcl"):  # "bases housing American troops", "bases used by US forces"
                for noun in clause.subtree:
                    if noun.dep_ in ("dobj", "pobj") and noun.head.lower_ in (clause.lower_, "by"):
                        return [self._at[noun.i]] if noun.i in self._at else self._modifier_names(noun)
        return []

    def _possessed(self, token: Token) -> list[Role] | None:
        """ "His country", "its government": whoever the pronoun means; None where the phrase is of another kind."""
        if token.lemma_.lower() not in OWNED:
            return None
        pronoun = next((c for c in token.lefts if c.dep_ == "poss" and c.pos_ == "PRON"), None)
        return self.antecedent(pronoun) or None if pronoun is not None else None

    def _operator_names(self, token: Token) -> list[tuple[Match, int, int]]:
        """Whoever fires, runs or owns a thing acts through it: "missiles fired by Iran", "hackers working for Iran"."""
        for clause in token.rights:
            wanted = (
                {"by"} if clause.lemma_ in OPERATING else {"for", "to"} if clause.lemma_ in SERVING else set()
            )
            if clause.dep_ == "acl" and wanted:
                for child in clause.subtree:
                    if child.dep_ == "pobj" and child.head.lower_ in wanted:
                        return [self._at[child.i]] if child.i in self._at else self._modifier_names(child)
        return []

    def _definite(self, token: Token, sector: str) -> list[Role]:
        """ "The government" of the only state that the sentence before names."""
        articles = [c.lower_ for c in token.lefts]
        if token.dep_ not in SUBJECTS or articles not in ([], ["the"], ["its"], ["their"]):
            return []
        earlier = self._sentence_before(token)
        states = {match.entry.state: match for match in earlier if match.entry.state}
        if len(states) != 1 or sector not in ("GOV", "LEG", "MIL"):
            return []
        state, match = next(iter(states.items()))
        why = f"“{token.text}” after “{match.text}” in the sentence before"
        party = Party(token.text, self.span(token.i, token.i + 1), state, sector, None, why)
        return [Role(party, token.i, True, Kind.STATE, inferred=True)]

    def _sentence_before(self, token: Token) -> list[Match]:
        """The names of the sentence before, in this paragraph or at the end of the one before."""
        start = token.sent.start
        if start > 0:
            return self._names_in(self.doc[start - 1].sent)
        if self._previous is not None and len(self._previous.doc):
            return self._previous._names_in(self._previous.doc[-1].sent)
        return []

    def _names_in(self, sentence: Span) -> list[Match]:
        return list({id(self._at[t.i][0]): self._at[t.i][0] for t in sentence if t.i in self._at}.values())

    def _listed(self, token: Token) -> list[Role]:
        """Spell out "the governments that bought them (India and Egypt)" and "states such as ..."."""
        if token.lemma_.lower() not in GENERIC or token.tag_ not in ("NNS", "NNPS"):
            return []
        tokens = list(self.doc[token.i + 1 : token.sent.end])
        for position, word in enumerate(tokens):
            if word.text == "(" and (found := self._list_at(tokens[position + 1 :], closing=")")):
                return found
            for cue in LIST_CUES:
                if tuple(t.lower_ for t in tokens[position : position + len(cue)]) == cue and (
                    found := self._list_at(tokens[position + len(cue) :], closing=None)
                ):
                    return found
        return []

    def _list_at(self, tokens: list[Token], closing: str | None) -> list[Role]:
        """Read names and list words until something else comes; a bracket must hold nothing else."""
        found: list[Role] = []
        for token in tokens:
            if token.text == closing:
                return found
            if (name := self._at.get(token.i)) is not None:
                if token.i == name[1]:
                    found.append(self._role(token, *name, direct=True))
            elif token.lower_ not in LIST_WORDS:
                return [] if closing else found
        return [] if closing else found

    def _partitive(self, token: Token) -> list[Role]:
        """ "A group of Moroccan diplomats" means the diplomats."""
        if token.lemma_.lower() not in PARTITIVES and token.pos_ != "NUM":
            return []
        nouns = (n for c in token.children if c.lower_ == "of" for n in c.children if n.dep_ == "pobj")
        return next((self.roles(noun) for noun in nouns), [])

    def _appositive(self, token: Token) -> list[Role]:
        for child in token.children:
            if child.dep_ == "appos" and child.i > token.i and (found := self._own(child)):
                return [replace(role, token=token.i) for role in found]
        return []

    def _coordinated(self, token: Token, found: list[Role]) -> list[Role]:
        """The other members of a coordination; a bare agent noun shares the first one's modifier."""
        more: list[Role] = []
        for other in conjuncts(token):
            own = self._own(other)
            shared = found and not own and token.i not in self._at and self._sector(other) is not None
            more += [replace(r, token=other.i) for r in found[:1]] if shared else own
        return more

    def _relative(self, token: Token) -> list[Role]:
        """ "who" and "that" mean the noun that their clause describes."""
        for ancestor in token.ancestors:
            if ancestor.dep_ in ("relcl", "acl"):
                return self.roles(ancestor.head)
        return []

    def antecedent(self, token: Token) -> list[Role]:
        """Resolve it, they, he or she to the subject of the clause above, else of the sentence before."""
        if token.lower_ in ("i", "we", "you", "who", "there", "this", "these", "those", "one", "what"):
            return []
        for ancestor in token.ancestors:
            for child in ancestor.children:
                above = child.dep_ in SUBJECTS and child.i < token.i and child.pos_ != "PRON"
                if above and agrees(token, child):
                    return self._as_pronoun(self.roles(child), token)
        return self._as_pronoun(self._last_subject(token), token)

    def _last_subject(self, token: Token) -> list[Role]:
        start = token.sent.start
        if start == 0:
            return []
        return self._subject_like(self.doc[start - 1].sent, token)

    def _subject_like(self, sentence: Span, pronoun: Token | None) -> list[Role]:
        subjects = (c for c in sentence.root.children if c.dep_ in SUBJECTS and c.pos_ != "PRON")
        return next((self.roles(c) for c in subjects if pronoun is None or agrees(pronoun, c)), [])

    def _as_pronoun(self, found: list[Role], token: Token) -> list[Role]:
        span = self.span(token.i, token.i + 1)
        return [
            replace(
                role,
                party=replace(
                    role.party, phrase=token.text, span=span, why=f"“{token.text}” → {role.party.why}"
                ),
                token=token.i,
                inferred=True,
            )
            for role in found
        ]

    def _sector(self, token: Token) -> str | None:
        """The sector of the agent noun that the phrase ends in, if any."""
        if token.i in self._at:
            return None
        words = self._plain_words(token.left_edge.i, token)
        return sector_at(words, len(words) - 1)

    def _plain_words(self, start: int, head: Token) -> list[str]:
        """The lower-case words of a phrase up to its head, names left out: "states" in a name is no agent noun."""
        return [t.lower_ for t in self.doc[start : head.i + 1] if t.i not in self._at]

    def _role(self, token: Token, match: Match, start: int, end: int, *, direct: bool) -> Role:
        """Build the party of a phrase: its words, state, sector and reason."""
        entry = match.entry
        first = min(phrase_start(token), start)
        last = max(token.i + 1, end) if end <= token.i + 1 or start <= token.i else token.i + 1
        sector = self._sector(token)
        if entry.kind in (Kind.STATE, Kind.ADJECTIVE, Kind.SEAT) and sector is None:
            words = self._plain_words(first, token)
            sector = next((s for i in reversed(range(len(words))) if (s := sector_at(words, i))), None)
        sector = sector or entry.sector
        if sector == "GOV" and is_former([t.lower_ for t in self.doc[first : token.i + 1]]):
            sector = "ELI"
        phrase = self.doc[first:last].text
        party = Party(phrase, self.span(first, last), entry.state, sector, entry.actor, match.why)
        return Role(party, token.i, direct, entry.kind)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn token positions into offsets of the article."""
        chars = self.doc[start:end]
        return self.offset + chars.start_char, self.offset + chars.end_char


def _distinct(roles: list[Role]) -> list[Role]:
    """Keep the first role of each state or actor and sector."""
    return list({(role.key, role.party.sector): role for role in roles}.values())
