"""The gold corpus keeps to its codebook, and the checker notices when it does not."""

from __future__ import annotations

import copy
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "check_gold.py"


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    """Load the script as a module."""
    spec = importlib.util.spec_from_file_location("check_gold", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def records(checker: ModuleType) -> list[dict[str, Any]]:
    """Read the corpus once."""
    found: list[dict[str, Any]] = checker.read_corpus()
    return found


def test_the_corpus_keeps_to_its_codebook(checker: ModuleType, records: list[dict[str, Any]]) -> None:
    """No record and no total breaks a rule."""
    assert checker.breaches(records) == []


def test_the_split_depends_on_the_id_alone(checker: ModuleType, records: list[dict[str, Any]]) -> None:
    """Reordering or dropping records moves none from one half to the other."""
    assert {r["id"]: r["split"] for r in records} == {
        r["id"]: checker.split_of(r["id"]) for r in reversed(records)
    }


def test_every_item_has_three_sentences_at_most(records: list[dict[str, Any]]) -> None:
    """Items are short: few stops that end a sentence."""
    assert all(r["text"].count(". ") <= 2 and len(r["text"]) < 400 for r in records)


@pytest.mark.parametrize(
    ("change", "breach"),
    [
        ({"said_by": "a voice from nowhere"}, "not in the text"),
        ({"cue": "whispered"}, "not in the text"),
        ({"root": "FIGHT"}, "not in the codebook"),
        ({"modality": "threatened"}, "always THREATEN"),
        ({"source": ["XXX"]}, "names no state"),
        ({"date": "2999-01-01", "date_precision": "day"}, "after the article"),
        ({"date": "2012-01", "date_precision": "day"}, "not as precise"),
        ({"quantity": 987654}, "quantity 987654"),
        ({"value": 123456789.0, "currency": "USD"}, "value 123456789.0"),
        ({"supplier": ["FJI"]}, "neither source nor target"),
        ({"mood": "grim"}, "unknown keys"),
        ({"prediction": True}, "a prediction is conditional"),
    ],
)
def test_a_slip_is_noticed(
    checker: ModuleType, records: list[dict[str, Any]], change: dict[str, Any], breach: str
) -> None:
    """Each kind of slip in an event that happened is named."""
    record = next(
        r
        for r in records
        for e in r["events"][:1]
        if e["modality"] == "happened" and e["attributed"] and e.get("kind") == "arms_deal" and "said_by" in e
    )
    broken = copy.deepcopy(record)
    broken["events"][0].update(change)
    assert any(breach in found for found in checker.check_record(broken))


def test_a_record_moved_to_the_other_half_is_noticed(
    checker: ModuleType, records: list[dict[str, Any]]
) -> None:
    """The split cannot be set by hand."""
    moved = {**records[0], "split": "held" if records[0]["split"] == "develop" else "develop"}
    assert any("split" in found for found in checker.check_record(moved))


def test_a_corpus_about_one_state_is_noticed(checker: ModuleType, records: list[dict[str, Any]]) -> None:
    """The cap on the share of one state is checked on the whole file."""
    several = [copy.deepcopy(r) for r in records]
    for record in several:
        for event in record["events"]:
            event["source"] = ["FRA"]
    assert any(found.startswith("FRA is in") for found in checker.check_corpus(several))
