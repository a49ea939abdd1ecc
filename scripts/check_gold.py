"""Check the gold corpus of political events against its codebook; print every breach, or what the corpus holds.

Usage: python scripts/check_gold.py [src/aneroid/evaluation/gold/facets.jsonl]
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from aneroid.states import all_states
from aneroid.text.amounts import NUMBER_WORDS
from aneroid.text.model import Modality
from aneroid.text.ontology import load_ontology

CORPUS = Path(__file__).parents[1] / "src/aneroid/evaluation/gold/facets.jsonl"
RECORD_KEYS = {"id", "text", "published", "events", "split"}
REQUIRED = {"source", "target", "root", "modality", "attributed"}
PHRASES = ("said_by", "cue", "location", "condition")
ARMS = ("weapon", "supplier", "recipient")
OPTIONAL = {
    "through", "kind", "date", "date_precision", "value", "currency", "quantity", "prediction", "reciprocal", *PHRASES, *ARMS,
}  # fmt: skip
ROOTS = set(load_ontology().events)
MODALITIES = {m.value for m in Modality}
KINDS = {"arms_deal", "vote", "visit", "base", "treaty", "sanctions", "troops"}
ORGANISATIONS = {"EU", "UNO"}  # ids of aneroid.actors
# Modalities that fit a root, and the root that a modality needs; anything else is a slip of the coder.
FITTING = {
    "AGREE": {"planned", "decided", "conditional", "denied"},
    "THREATEN": {"planned", "threatened", "conditional", "denied"},
    "REQUEST": {"requested", "decided", "conditional", "denied"},
}
ONLY = {"threatened": "THREATEN", "requested": "REQUEST"}
NUMBERS = {word: float(n) for word, n in NUMBER_WORDS.items() if n}
PRECISION = {4: "year", 7: "month", 10: "day"}
LEAST_ITEMS, MOST_OF_ONE_STATE, EMPTY_SHARE = 320, 0.06, (0.10, 0.15)


def split_of(identity: str) -> str:
    """Return the half a record belongs to: "develop" or "held", for ever, whatever else the file holds."""
    return "held" if hashlib.sha256(identity.encode()).digest()[0] % 2 else "develop"


def check_record(record: dict[str, Any]) -> list[str]:
    """Return what is wrong with one record, one sentence each; an empty list when it keeps to the codebook."""
    if set(record) != RECORD_KEYS:
        return [f"keys are {sorted(record)}, not {sorted(RECORD_KEYS)}"]
    found = [] if re.fullmatch(r"pg-\d{3}", record["id"]) else ["id is not pg- and three digits"]
    if record["split"] != split_of(record["id"]):
        found.append(f"split is {record['split']}, the id says {split_of(record['id'])}")
    published = date.fromisoformat(record["published"])
    for event in record["events"]:
        name = f"{'+'.join(event.get('source', []))}>{'+'.join(event.get('target', []))} {event.get('root')}"
        found += [f"{name}: {breach}" for breach in check_event(event, record["text"], published)]
    return found


def check_event(event: dict[str, Any], text: str, published: date) -> Iterator[str]:
    """Yield what is wrong with one event."""
    if missing := REQUIRED - set(event):
        yield f"lacks {sorted(missing)}"
        return
    if unknown := set(event) - REQUIRED - OPTIONAL:
        yield f"has unknown keys {sorted(unknown)}"
    yield from _closed_sets(event)
    yield from _parties(event)
    yield from _phrases(event, text)
    yield from _coherence(event)
    yield from _dates(event, published)
    yield from _numbers(event, text)


def _closed_sets(event: dict[str, Any]) -> Iterator[str]:
    for key, allowed in (("root", ROOTS), ("modality", MODALITIES), ("kind", KINDS | {None})):
        if event.get(key) not in allowed:
            yield f"{key} {event.get(key)!r} is not in the codebook"
    for key in ("prediction", "reciprocal"):
        if event.get(key) not in (None, True):
            yield f"{key} is true or left out"


def _parties(event: dict[str, Any]) -> Iterator[str]:
    known = {state.id for state in all_states()} | ORGANISATIONS
    for key in ("source", "target", "supplier", "recipient"):
        if unknown := set(event.get(key, [])) - known:
            yield f"{key} names no state: {sorted(unknown)}"
    if not event["source"]:
        yield "has no source"
    if set(event["source"]) & set(event["target"]):
        yield "a state acts on itself"
    parties = {*event["source"], *event["target"]}
    if not {*event.get("supplier", []), *event.get("recipient", [])} <= parties:
        yield "supplier or recipient is neither source nor target"
    if set(event.get("supplier", [])) & set(event.get("recipient", [])):
        yield "a state supplies itself"


def _phrases(event: dict[str, Any], text: str) -> Iterator[str]:
    phrases = [event[key] for key in PHRASES if key in event]
    phrases += [*event.get("weapon", []), *event.get("through", {}).values()]
    for phrase in phrases:
        if phrase not in text or phrase != phrase.strip() or not phrase:
            yield f"{phrase!r} is not in the text"


def _coherence(event: dict[str, Any]) -> Iterator[str]:
    modality, root = event["modality"], event["root"]
    if modality not in FITTING.get(root, MODALITIES):
        yield f"{root} is never {modality}"
    if root != ONLY.get(modality, root):
        yield f"{modality} is always {ONLY[modality]}"
    if event["attributed"] != ("cue" in event):
        yield "attributed is true just when there is a cue"
    if {"said_by", "through"} & set(event) and not event["attributed"]:
        yield "somebody is said to say it, yet it is not attributed"
    if "through" in event and set(event["through"]) != {"said_by", "cue"}:
        yield "through has said_by and cue"
    if event.get("prediction") and modality != "conditional":
        yield "a prediction is conditional"
    if "condition" in event and modality not in ("conditional", "threatened"):
        yield f"{modality} with a condition"
    if set(ARMS) & set(event) and event.get("kind") not in ("arms_deal", "vote"):
        yield "arms facets outside an arms deal"
    if event.get("kind") == "vote" and modality not in ("decided", "denied") and root != "REJECT":
        yield "a vote is decided, or denied when the motion fails"


def _dates(event: dict[str, Any], published: date) -> Iterator[str]:
    if ("date" in event) != ("date_precision" in event):
        yield "date and date_precision go together"
    if "date" not in event:
        return
    given = event["date"]
    if PRECISION.get(len(given)) != event["date_precision"]:
        yield f"date {given} is not as precise as {event['date_precision']}"
    day = date.fromisoformat(given + "-01-01"[len(given) - 4 :] if len(given) < 10 else given)
    if event["modality"] in ("happened", "denied") and day > published:
        yield f"happened on {given}, after the article"


def _numbers(event: dict[str, Any], text: str) -> Iterator[str]:
    if ("value" in event) != ("currency" in event):
        yield "value and currency go together"
    if "currency" in event and not re.fullmatch("[A-Z]{3}", event["currency"]):
        yield f"currency {event['currency']!r} is no ISO 4217 code"
    printed = {float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}
    printed |= {NUMBERS[w] for w in re.findall(r"[a-z-]+", text.lower()) if w in NUMBERS}
    if "quantity" in event and float(event["quantity"]) not in printed:
        yield f"quantity {event['quantity']} is not in the text"
    if "value" in event and not any(
        abs(event["value"] - n * 10**k) < 1 for n in printed for k in (0, 3, 6, 9, 12)
    ):
        yield f"value {event['value']} is not in the text"


def check_corpus(records: list[dict[str, Any]]) -> list[str]:
    """Return what is wrong with the corpus as a whole: doubles, size, spread over states, halves and classes."""
    found: list[str] = []
    for key in ("id", "text"):
        doubles = [value for value, n in Counter(r[key] for r in records).items() if n > 1]
        found += [f"{key} twice: {value}" for value in doubles]
    total = len(records)
    if total < LEAST_ITEMS:
        found.append(f"{total} items, fewer than {LEAST_ITEMS}")
    for state, n in states_named(records).items():
        if n > MOST_OF_ONE_STATE * total:
            found.append(f"{state} is in {n} of {total} items")
    empty = sum(not r["events"] for r in records) / total
    if not EMPTY_SHARE[0] <= empty <= EMPTY_SHARE[1]:
        found.append(f"{empty:.1%} of items have no event")
    for half in ("develop", "held"):
        part = [r for r in records if r["split"] == half]
        if not 0.45 <= len(part) / total <= 0.55:
            found.append(f"{half} has {len(part)} of {total} items")
        for key, wanted in (("root", ROOTS), ("modality", MODALITIES), ("kind", KINDS)):
            if missing := wanted - {e.get(key) for r in part for e in r["events"]}:
                found.append(f"{half} has no {key} {sorted(missing)}")
    return found


def states_named(records: Iterable[dict[str, Any]]) -> Counter[str]:
    """Count the items in whose events each state takes part."""
    return Counter(s for r in records for s in {p for e in r["events"] for p in (*e["source"], *e["target"])})


def read_corpus(path: Path = CORPUS) -> list[dict[str, Any]]:
    """Read the records in order."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def breaches(records: list[dict[str, Any]]) -> list[str]:
    """Return all breaches of the codebook, of records and of the corpus."""
    return [f"{r.get('id')}: {b}" for r in records for b in check_record(r)] + check_corpus(records)


def summary(records: list[dict[str, Any]]) -> str:
    """Return what the corpus holds, in a few lines."""
    events = [e for r in records for e in r["events"]]
    dyads = sum(len(e["source"]) * max(1, len(e["target"])) for e in events)
    held = sum(r["split"] == "held" for r in records)
    lines = [
        f"{len(records)} items ({held} held), {len(events)} events, {dyads} directed dyads, "
        f"{sum(not r['events'] for r in records)} items without event, {len(states_named(records))} parties, "
        f"{sum(e['attributed'] for e in events)} events attributed",
        "most named: " + ", ".join(f"{s} {n}" for s, n in states_named(records).most_common(8)),
    ]
    for key in ("modality", "root", "kind"):
        counts = Counter(str(e.get(key)) for e in events)
        lines.append(f"{key}: " + ", ".join(f"{name} {n}" for name, n in counts.most_common()))
    return "\n".join(lines)


def main() -> int:
    """Check the file named, or the one in the source tree."""
    records = read_corpus(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS)
    found = breaches(records)
    print("\n".join(found) if found else summary(records))
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
