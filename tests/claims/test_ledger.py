"""The ledger: entered once, resolved by rows, scored, and any later change shows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aneroid.claims import ledger
from aneroid.claims.baserates import rate
from aneroid.claims.questions import Question, question_from
from aneroid.claims.rules import judge, years_of
from aneroid.claims.scoring import score_table
from aneroid.record.ledger import broken, head
from aneroid.record.store import DATABASE, Store, create

ORDERS = {"kind": "reading", "indicators": ["arms_orders"], "state": "PER", "pole": "FRA"}
LEAVE = {"kind": "troops", "host": "PER", "falls_to": 0.1}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Orders of Peru and nine others from France to 2020, troops in Peru with a gap, and a conflict that became a war."""
    made = create(tmp_path, DATABASE)
    for name in ("arms_orders", "troops"):
        made.execute(
            "INSERT INTO indicators VALUES (?, '', '', 's', '', 1, 1950, 2020, true, 0.5, '')", [name]
        )
    states = ["PER", "CHL", "BOL", "ECU", "COL", "BRA", "ARG", "URY", "PRY", "VEN"]
    rows = [
        {
            "state": state,
            "pole": "FRA",
            "indicator": "arms_orders",
            "year": year,
            "value": float((year + at) % 4 == 0),
        }
        for at, state in enumerate(states)
        for year in range(1970, 2021)
    ]
    made.insert("readings", pd.DataFrame(rows).assign(vintage="s@1"))
    made.execute(
        "INSERT INTO troops VALUES ('PER', 2009, 1000), ('PER', 2010, 1000), ('PER', 2011, 50), ('PER', 2012, NULL)"
    )
    made.execute(
        "INSERT INTO conflict_years VALUES ('PER', 2010, 1, 3, 1, 'Chile'), ('PER', 2012, 1, 3, 2, 'Chile')"
    )
    made.execute("INSERT INTO conflict_years VALUES ('BOL', 2019, 2, 3, 1, 'Peru')")
    return made


def ask(
    rule: dict[str, object], on: str = "2010-02-01", until: str = "2012-12-31", **more: object
) -> Question:
    """A question with plain words."""
    return Question(f"{rule}?", date.fromisoformat(on), date.fromisoformat(until), rule, **more)  # type: ignore[arg-type]  # test data


def test_an_outcome_needs_rows_and_silence_needs_coverage(store: Store) -> None:
    """True by a row, false once the source has reached the deadline, undecided before; gaps are not zeros."""
    assert judge(ORDERS, store, (2010, 2012)).outcome is True
    assert judge(ORDERS, store, (2013, 2015)).outcome is False
    assert judge(ORDERS, store, (2021, 2023)).outcome is None
    assert judge(LEAVE, store, (2010, 2010)).outcome is False
    assert judge(LEAVE, store, (2010, 2011)).year == 2011
    assert judge(LEAVE, store, (2012, 2012)).outcome is None
    assert (
        judge({"kind": "conflict", "state": "PER", "against": "CHL", "at_least": 2}, store, (2010, 2012)).year
        == 2012
    )


def test_years_counted_begin_with_the_question() -> None:
    """A question of the second half of a year begins with the next."""
    assert years_of(date(2020, 2, 1), date(2022, 12, 31)) == (2020, 2022)
    assert years_of(date(2020, 12, 1), date(2022, 12, 31)) == (2021, 2022)


def test_questions_enter_once_with_a_rate_and_are_resolved_once(store: Store) -> None:
    """Registering and resolving again change nothing; the rows are kept with the answer."""
    question = ask(ORDERS)
    assert ledger.register(store, question) == ledger.register(store, question) == question.id
    row = ledger.questions(store).iloc[0]
    assert row.status == "open"
    assert 0 < row.low < row.probability < row.high < 1
    assert 0 < row.base_rate < 1
    first = ledger.resolve(store)
    assert first.status.tolist() == ["yes"]
    assert "arms_orders PER–FRA 2012" in first.evidence[0]
    assert ledger.resolve(store).empty
    assert len(store.frame("SELECT * FROM ledger")) == 2


def test_a_condition_that_is_not_met_annuls(store: Store) -> None:
    """Forces that stayed annul what was foretold for the case that they leave; an unknown condition leaves it open."""
    stayed = ask(ORDERS, antecedent={**LEAVE, "by": "2010-12-31"})
    unknown = ask(ORDERS, on="2012-02-01", antecedent={**LEAVE, "by": "2012-12-31"})
    assert ledger.outcome_of(store, stayed).outcome == "annulled"
    assert ledger.outcome_of(store, unknown).outcome == "open"
    left = ask(ORDERS, antecedent=LEAVE)
    assert ledger.outcome_of(store, left).outcome == "yes"


def test_own_forecasts_are_resolved_by_the_caller(store: Store) -> None:
    """A rule of kind `given` waits until somebody answers with evidence."""
    question = ask({"kind": "given", "source": "orientation"}, probability=0.7)
    ledger.register(store, question)
    assert ledger.resolve(store).empty
    done = ledger.resolve(store, {question.id: (True, "lean rose by 0.5")})
    assert done.evidence.tolist() == ["lean rose by 0.5"]
    scored = ledger.scores(store)
    assert scored.brier[scored.name == "ours"].tolist() == pytest.approx([0.09])


def test_what_was_not_public_does_not_move_the_rate(store: Store) -> None:
    """Changing everything from the year before the question on leaves base rate and probability as they were."""
    before = rate(ORDERS, store, 2015, 3)
    store.execute("UPDATE readings SET value = 1 WHERE year >= 2014")
    assert rate(ORDERS, store, 2015, 3) == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger SET body = replace(body, '0.9', '0.1') WHERE entry = 2",
        "UPDATE ledger SET entered = '2000-01-01T00:00:00' WHERE entry = 1",
        "UPDATE ledger SET hash = repeat('a', 64) WHERE entry = 3",
        "DELETE FROM ledger WHERE entry = 2",
        "DELETE FROM ledger WHERE entry = 3",
        "DELETE FROM ledger",
    ],
)
def test_any_change_shows(store: Store, change: str) -> None:
    """A changed, re-dated, removed or cut-off entry breaks the chain."""
    for number in range(3):
        ledger.register(store, ask({"kind": "given", "number": number}, probability=0.9))
    assert broken(store) == []
    store.execute(change)
    assert broken(store)


def test_a_rewritten_chain_is_told_by_its_noted_head(store: Store) -> None:
    """A ledger made anew is sound in itself; the head that was noted is not in it."""
    ledger.register(store, ask({"kind": "given"}, probability=0.9))
    noted = head(store)
    assert broken(store, noted=noted) == []
    store.execute("DELETE FROM ledger")
    store.execute("DELETE FROM meta WHERE key = 'ledger_head'")
    ledger.register(store, ask({"kind": "given"}, probability=0.1))
    assert broken(store) == []
    assert broken(store, noted=noted)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0.01, 0.99), st.text(max_size=20), st.booleans())
def test_a_question_comes_back_as_it_was_entered(probability: float, words: str, condition: bool) -> None:
    """Body and question are inverses, and the id depends on what is asked alone."""
    question = ask(
        {"kind": "given"}, probability=probability, outlet=words, antecedent=LEAVE if condition else None
    )
    assert question_from(question.body()) == question
    assert question.id == ask({"kind": "given"}, antecedent=LEAVE if condition else None).id


def test_scores_are_by_class_and_outlet_and_apart_when_after_the_fact() -> None:
    """Annulled and open questions count nowhere; a hedge word is scored at the middle of its range."""
    row = {
        "question": "q",
        "origin": "article",
        "outlet": "Valley Gazette",
        "probability": 0.8,
        "base_rate": 0.5,
    }
    table = pd.DataFrame(
        [
            {
                **row,
                "status": "yes",
                "speaker_kind": "analysts",
                "stated": [0.55, 0.8],
                "retrospective": False,
            },
            {**row, "status": "no", "speaker_kind": "analysts", "stated": None, "retrospective": False},
            {
                **row,
                "status": "annulled",
                "speaker_kind": "officials",
                "stated": None,
                "retrospective": False,
            },
            {**row, "status": "no", "speaker_kind": "media", "stated": None, "retrospective": True},
        ]
    )
    scored = score_table(table).set_index(["name", "retrospective"])
    assert scored.loc[("ours", False), "n"] == 2
    assert scored.loc[("ours", False), "brier"] == pytest.approx((0.04 + 0.64) / 2)
    assert scored.loc[("analysts", False), "hit_rate"] == 0.5
    assert scored.loc[("analysts", False), "brier"] == pytest.approx((1 - 0.675) ** 2)
    assert ("media", True) in scored.index
    assert "officials" not in scored.index.get_level_values("name")
    assert (scored.lo90 <= scored.hit_rate).all()
    assert (scored.hit_rate <= scored.hi90).all()
