"""From a prediction in an article to a question that the record can answer.

Only outcomes that some source records become questions: orders of arms, sanctions, armed conflict, and the coming and going
of United States forces. Any other prediction stays a claim without a question. A prediction without a horizon of its own is
given two years, and the question says so.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

from aneroid.actors import default_index
from aneroid.actors.homes import base_of
from aneroid.claims.questions import Question
from aneroid.sources.outlets import outlet_named_in
from aneroid.text.hedges import hedge_range
from aneroid.text.model import Claim, Modality, Party, Reading

GUARANTOR = "USA"  # the only state whose forces abroad are counted
DEFAULT_YEARS = 2
GONE, MOST_GONE = 0.1, 0.5  # share of the forces that remain when they "have left", and when "most" have
_FORCES = re.compile(r"\b(?:troops?|forces?|soldiers?|coalition|military)\b", re.IGNORECASE)
_LEAVING = re.compile(
    r"\b(?:leaves?|left|withdraw\w*|pull(?:s|ed)? out|depart\w*|go(?:es)? home)\b", re.IGNORECASE
)
_MOST = re.compile(r"\b(?:majority|most|half)\b", re.IGNORECASE)
_FIGHTING = re.compile(
    r"\b(?:regain\w*|return\w*|re-?emerge\w*|resurg\w*|comes? back|stronger|strength|seiz\w*|war|attack\w*|inva\w+|"
    r"fight\w*|strikes?)\b",
    re.IGNORECASE,
)
_BY_YEAR = re.compile(r"\b(by|before|until|in) (?:the )?(end of )?((?:19|20)\d\d)\b", re.IGNORECASE)
_SPEAKERS = (
    (
        "analysts",
        re.compile(
            r"\b(?:analysts?|experts?|observers?|scholars?|economists?|researchers?)\b", re.IGNORECASE
        ),
    ),
    ("media", re.compile(r"\b(?:media|press|newspapers?|reports?|agenc(?:y|ies))\b", re.IGNORECASE)),
    ("unnamed people", re.compile(r"\b(?:many|some|others|people|critics|few|most)\b", re.IGNORECASE)),
)


def question_of(claim: Claim, reading: Reading) -> Question | None:
    """Turn a prediction into a question.

    Parameters
    ----------
    claim
        A claim with ``prediction``.
    reading
        The article it stands in.

    Returns
    -------
    Question or None
        None where the article has no date, or no source could tell whether it came true.
    """
    published = reading.article.published
    if not claim.prediction or published is None:
        return None
    main = _main_state(reading)
    rule = _rule(claim, main, published)
    if rule is None:
        return None
    deadline, named = _deadline(claim, published)
    antecedent = _antecedent(claim.condition or "", main, published)
    by = f" by {deadline}" if named else f" by {deadline} (no horizon named: two years)"
    given = f", given {words(antecedent)}" if antecedent else ""
    hedge = hedge_range(claim.hedge)
    return Question(
        text=f"Will there be {words(rule)}{by}{given}?",
        asked_on=published,
        deadline=deadline,
        rule=rule,
        antecedent=antecedent,
        origin="article",
        speaker_kind=speaker_kind(claim),
        outlet=reading.article.outlet,
        claim=claim.claim_id,
        article=reading.article.article_id,
        hedge=claim.hedge or "",
        stated=None if hedge is None else (hedge.low, hedge.high),
    )


def words(rule: dict[str, Any]) -> str:
    """Say what a rule asks for."""
    if rule["kind"] == "reading":
        what = "a new order of arms" if rule["indicators"] == ["arms_orders"] else "new sanctions"
        sides = f"by {rule['state']} from" if what.endswith("arms") else f"on {rule['state']} by"
        return f"{what} {sides} {rule['pole']}"
    if rule["kind"] == "conflict":
        level = "war" if rule["at_least"] == 2 else "armed conflict"
        return f"{level} between {rule['state']} and {rule['against']}"
    if rule["kind"] == "troops":
        return (
            f"at most {rule['falls_to'] * 100:.0f} % of the United States troops remaining in {rule['host']}"
        )
    return f"“{rule.get('text', '')}”"


def speaker_kind(claim: Claim) -> str:
    """Class of whoever predicts. A person who holds no office is never told from others."""
    said = claim.attribution
    if said is None:
        return "the outlet itself"
    if said.state is not None:
        return "officials"
    if outlet_named_in(said.source):
        return "media"
    return next((kind for kind, pattern in _SPEAKERS if pattern.search(said.source)), "other speakers")


def _rule(claim: Claim, main: str | None, published: date) -> dict[str, Any] | None:
    if claim.modality is Modality.DENIED or claim.event == "REJECT":
        return None
    text = (claim.outcome or "").replace(
        claim.condition or "\0", ""
    )  # what is foreseen, not on which condition
    states, groups = _named(text, claim, published.year)
    if claim.kind == "arms_deal":
        if claim.supplier and claim.recipient:
            return _reading(["arms_orders"], claim.recipient, claim.supplier)
        return None
    if claim.kind == "sanctions" and len(states) > 1:
        names = ["sanctions_arms", "sanctions_trade", "sanctions_other"]
        return {**_reading(names, states[1], states[0]), "new": True}
    if (_FORCES.search(text) and _LEAVING.search(text)) or claim.event == "RETREAT":
        return _forces(text, states, main)
    if groups and _FIGHTING.search(text):
        host = base_of(groups[0]) or main
        return {"kind": "conflict", "state": host, "against": groups[0], "at_least": 2} if host else None
    if len(states) > 1 and (claim.event in ("ASSAULT", "COERCE") or _FIGHTING.search(text)):
        return {"kind": "conflict", "state": states[0], "against": states[1], "at_least": 1}
    return None


def _reading(indicators: list[str], state: str, pole: str) -> dict[str, Any]:
    return {"kind": "reading", "indicators": indicators, "state": state, "pole": pole}


def _forces(text: str, states: list[str], main: str | None) -> dict[str, Any] | None:
    """Forces that leave: those of the guarantor, or "foreign" ones, from the host named or the article's main state."""
    others = [state for state in states if state != GUARANTOR]
    if (
        others
        and GUARANTOR not in states
        and not re.search(r"\b(?:foreign|coalition)\b", text, re.IGNORECASE)
    ):
        return None  # forces of another state, which nobody counts
    host = others[0] if others else main
    if host is None:
        return None
    return {"kind": "troops", "host": host, "falls_to": MOST_GONE if _MOST.search(text) else GONE}


def _antecedent(condition: str, main: str | None, published: date) -> dict[str, Any] | None:
    """The condition as a rule of its own; one that no source records has to be judged by whoever asks."""
    if not condition:
        return None
    rule: dict[str, Any] | None = None
    if _FORCES.search(condition) and _LEAVING.search(condition):
        states = [
            m.entry.state for m in default_index().find(condition, year=published.year) if m.entry.state
        ]
        rule = _forces(condition, states, main)
    rule = rule or {"kind": "given", "text": condition}
    found = _BY_YEAR.search(condition)
    if found:
        year = int(found[3]) - (found[1].lower() == "before" and not found[2])
        rule["by"] = f"{year}-12-31"
    return rule


def _named(text: str, claim: Claim, year: int) -> tuple[list[str], list[str]]:
    """States and armed groups of a prediction: its parties first, then those its words name."""
    states: list[str] = []
    groups: list[str] = []
    parties: list[Party | None] = [claim.source, claim.target]
    for party in parties:
        if party is not None:
            states += [party.state] if party.state else []
            groups += [party.actor] if party.actor and party.sector in ("REB", "RAD", "INS") else []
    for match in default_index().find(text, year=year):
        states += [match.entry.state] if match.entry.state else []
        armed = match.entry.actor and match.entry.sector in ("REB", "RAD", "INS")
        groups += [str(match.entry.actor)] if armed else []
    return list(dict.fromkeys(states)), list(dict.fromkeys(groups))


def _main_state(reading: Reading) -> str | None:
    """The state that the article names most, besides the one whose forces are counted."""
    counts = Counter(party.state for party in reading.parties if party.state and party.state != GUARANTOR)
    for claim in () if counts else reading.claims:
        states = {party.state for party in (claim.source, claim.target) if party and party.state}
        counts.update(states - {GUARANTOR})
    return counts.most_common(1)[0][0] if counts else None


def _deadline(claim: Claim, published: date) -> tuple[date, bool]:
    """The end of the horizon that the text names, if it lies ahead; else two years, and False."""
    if claim.horizon:
        year, month, day = [*map(int, claim.horizon.split("-")), 0, 0][:3]
        if day:
            named = date(year, month, day)
        elif month:
            named = date(year + month // 12, month % 12 + 1, 1)
        else:
            named = date(year, 12, 31)
        if named > published:
            return named, True
    return date(published.year + DEFAULT_YEARS, 12, 31), False
