"""The reading tasks: a line for every record, sound scores, nothing but the predictions written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aneroid.errors import InputError
from aneroid.evaluation.reading import TASKS, evaluate
from aneroid.evaluation.reading_match import align
from aneroid.evaluation.reading_relations import unmark
from aneroid.evaluation.reading_scores import found_f1, macro_f1, share

RECORDS: dict[str, list[dict[str, Any]]] = {
    "relations": [
        {"id": "r1", "marked": "<s>Norway</s> condemned <t>Kenya</t>.", "root": "ACCUSE", "quad": 3},
        {"id": "r2", "marked": "<s>Norwegian teachers</s> went on strike.", "root": "PROTEST", "quad": 4},
        {"id": "r3", "marked": "Nobody is marked here."},
    ],
    "quads": [
        {"id": "q1", "text": "Norway condemned Kenya.", "quad": 3},
        {"id": "q2", "text": ""},
    ],
    "events": [
        {
            "id": "e1",
            "text": "Norway condemned Kenya.",
            "event": "DISAPPROVE",
            "source": [{"actorText": "Norway", "code": "NOR"}],
            "target": [{"actorText": "Kenya", "code": "KEN"}],
        },
        {"id": "e2", "text": "It rained.", "event": "AGREE", "source": "", "target": None},
    ],
    "actors": [
        {"id": "a1", "text": "Kenyan soldiers", "args": "",
         "asserts": ["code['country'] == \"KEN\"", "code['code_1'] == \"MIL\""]},
        {"id": "a2", "text": "Frank", "args": "", "asserts": ["code is None"]},
    ],
    "facets": [
        {
            "id": "f1",
            "text": "Norway sold Kenya six F-16 fighters for $90 million, officials said.",
            "published": "2020-01-01",
            "events": [
                {"source": ["NOR"], "target": ["KEN"], "root": "COOPERATE", "modality": "happened", "attributed": True,
                 "weapon": ["F-16"], "value": 9e7, "currency": "USD", "supplier": ["NOR"], "recipient": ["KEN"]}
            ],
        },
        {"id": "f2", "text": "It rained.", "events": []},
    ],
    "attribution": [
        {
            "id": "s1",
            "text": "The minister said that it rained.",
            "attributions": [{"cue": [{"spans": [[13, 17]], "text": "said"}], "source": [], "content": []}],
        },
        {"id": "s2", "text": "It rained."},
    ],
    "factuality": [
        {"id": "v1", "tokens": ["It", "rained", "."], "factuality": [None, 3.0, None]},
        {"id": "v2", "tokens": ["Rain"], "factuality": [None]},
    ],
}  # fmt: skip


def run(
    task: str, folder: Path, records: list[dict[str, Any]]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Evaluate records and read the predictions back."""
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    scores = evaluate(task, source, target)
    return scores, [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("task", list(TASKS))
def test_every_record_has_a_line_in_order(task: str, tmp_path: Path) -> None:
    """Also when nothing was found; and nothing is written beside the predictions."""
    scores, lines = run(task, tmp_path, RECORDS[task])
    assert [line["id"] for line in lines] == [record["id"] for record in RECORDS[task]]
    assert scores["task"] == task and scores["records"] == len(lines)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]
    json.dumps(scores)


@pytest.mark.parametrize("task", list(TASKS))
def test_gold_is_never_read_for_predictions(task: str, tmp_path: Path) -> None:
    """Records without their codes get the same predictions; only scores are missing."""
    gold = {"root", "quad", "event", "source", "target", "events", "asserts", "attributions"}
    _, with_gold = run(task, tmp_path, RECORDS[task])
    bare = [{k: v for k, v in record.items() if k not in gold} for record in RECORDS[task]]
    _, without = run(task, tmp_path, bare)
    assert without == with_gold


@pytest.mark.parametrize(
    ("task", "keys"),
    [
        ("relations", {"id", "root", "quad"}),
        ("quads", {"id", "quad"}),
        ("events", {"id", "events"}),
        ("actors", {"id", "country", "sector"}),
        ("facets", {"id", "events"}),
        ("attribution", {"id", "attributions"}),
        ("factuality", {"id", "factuality"}),
    ],
)
def test_a_line_has_the_fields_of_its_task(task: str, keys: set[str], tmp_path: Path) -> None:
    """Downstream scorers rely on these names."""
    _, lines = run(task, tmp_path, RECORDS[task])
    assert all(keys <= set(line) for line in lines)


def test_right_answers_score_one(tmp_path: Path) -> None:
    """A record read right counts as right in every part."""
    scores, lines = run("facets", tmp_path, RECORDS["facets"])
    assert scores["source_target_root"]["value"] == 1, lines
    assert [scores[key]["value"] for key in ("weapon", "value", "direction")] == [1, 1, 1], lines
    assert run("events", tmp_path, RECORDS["events"][:1])[0]["source_target_root"]["value"] == 1
    assert run("actors", tmp_path, RECORDS["actors"])[0]["country"]["value"] == 1


def test_wrong_input_is_one_sentence(tmp_path: Path) -> None:
    """An unknown task, a missing file, broken JSON and another layout are errors of the user."""
    with pytest.raises(InputError, match="Unknown task"):
        evaluate("poems", tmp_path / "x", tmp_path / "y")
    with pytest.raises(InputError, match="Cannot read"):
        evaluate("quads", tmp_path / "x", tmp_path / "y")
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"text": "a"}\n{', encoding="utf-8")
    with pytest.raises(InputError, match="Line 2"):
        evaluate("quads", broken, tmp_path / "y")
    broken.write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(InputError, match="no “text”"):
        evaluate("quads", broken, tmp_path / "y")


def test_marks_become_offsets() -> None:
    """The text loses its marks, the offsets point to what was marked."""
    text, spans = unmark("A <t>big <s>red</s> bus</t>.")
    assert text == "A big red bus."
    assert {side: text[a:b] for side, (a, b) in spans.items()} == {"s": "red", "t": "big red bus"}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30))
def test_macro_f1_is_a_share_with_its_interval(pairs: list[tuple[int, int]]) -> None:
    """Scores lie in [0, 1], intervals around resampled values are ordered, perfect answers score one."""
    gold, predicted = [a for a, _ in pairs], [b for _, b in pairs]
    score = macro_f1(gold, predicted)
    assert 0 <= score["lo"] <= score["hi"] <= 1 and 0 <= score["value"] <= 1
    assert macro_f1(gold, gold)["value"] == 1


def test_macro_f1_is_the_mean_over_classes() -> None:
    """Two classes with F1 of 2/3 and 4/5 have the macro F1 11/15."""
    assert macro_f1(["a", "a", "b", "b"], ["a", "b", "b", "b"])["value"] == pytest.approx(11 / 15, abs=1e-4)


def test_nothing_to_score_has_no_value() -> None:
    """Without gold there is no zero, only the count."""
    assert share([]) == {"n": 0}
    assert "value" not in found_f1([(0, 0, 0)])["f1"]


def test_mutual_events_match_both_ways() -> None:
    """A meeting of A and B is one of B and A; an attack is not."""
    meeting = {"source": ["AAA"], "target": ["BBB"], "root": "CONSULT", "reciprocal": True}
    swapped = {"source": ["BBB"], "target": ["AAA"], "root": "CONSULT"}
    assert align([meeting], [swapped]) == [(0, 0)]
    assert align([{**meeting, "reciprocal": False}], [swapped]) == []
