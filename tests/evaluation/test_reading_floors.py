"""Reading does not get worse on the gold that ships."""

from __future__ import annotations

import json

from aneroid.evaluation.reading_floors import FLOORS, check_floors, corpus_hash


def test_floors_were_measured_on_this_corpus() -> None:
    """A changed corpus needs its floors measured again: their hash says on which one they hold."""
    assert json.loads(FLOORS.read_text(encoding="utf-8"))["reading"]["corpus_sha256"] == corpus_hash()


def test_no_score_is_below_its_floor() -> None:
    """Lowering a floor is a decision; a score that slips under it is a regression."""
    assert [floor for floor in check_floors() if not floor.held] == []
