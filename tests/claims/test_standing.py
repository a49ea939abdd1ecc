"""Claims are held against the record: borne out, not found, or out of its reach, and never taken for facts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from aneroid.claims import answers, claims_about, take_in
from aneroid.claims.checks import hold_against_record
from aneroid.claims.history import Standing
from aneroid.record.articles import articles
from aneroid.record.store import DATABASE, Store, create
from aneroid.text import load_document, read_article
from aneroid.text.model import Claim, Reading

ORDERS = pd.DataFrame(
    [
        {
            "state": "PER",
            "pole": "FRA",
            "indicator": "arms_orders",
            "year": 2010,
            "value": 2.0,
            "detail": "1 order",
        },
        {
            "state": "PER",
            "pole": "FRA",
            "indicator": "arms_orders",
            "year": 2020,
            "value": 0.0,
            "detail": None,
        },
    ]
).assign(vintage="register@1", sd=None)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A small record: France sold one named system and one unnamed thing to Peru; the register ends in 2022."""
    made = create(tmp_path, DATABASE)
    made.execute(
        "INSERT INTO sources VALUES ('register', 'A register', 'Someone (2023)', '', '', 'own terms', 'derived-only', 'ask', "
        "'none', 1950, 2022)"
    )
    made.execute("INSERT INTO vintages VALUES ('register@1', 'register', '1', '', 2, '2023-01-01')")
    made.execute(
        "INSERT INTO indicators VALUES ('arms_orders', 'New orders', 'arms', 'register', 'orders', 1, 1950, 2022, true, 1, '')"
    )
    made.insert("readings", ORDERS)
    deal = {
        "deal": "d",
        "supplier": "FRA",
        "recipient": "PER",
        "weapon": "Mirage 2000",
        "category": "combat aircraft",
    }
    made.insert(
        "deals",
        pd.DataFrame([{**deal, "order_year": 2010, "status": "delivered", "citation": "Register, 2010"}]),
    )
    return made


def claim_in(text: str) -> Claim:
    """The one arms claim of a text."""
    found = [claim for claim in read_article(text + "\n").claims if claim.kind == "arms_deal"]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "phrase", "standing"),
    [
        ("In 2010 Peru bought Mirage 2000 jets from France.", "on record", Standing.CONFIRMED),
        ("In 2010 Peru bought combat aircraft from France.", "on record", Standing.CONFIRMED),
        ("In 2010 Peru decided to buy Mirage 2000 jets from France.", "on record", Standing.REPORTED),
        ("In 2019 Peru bought Rafale jets from France.", "not on record", Standing.REPORTED),
        ("In 2030 Peru bought Rafale jets from France.", "outside coverage", Standing.REPORTED),
    ],
)
def test_arms_claims_are_looked_up(store: Store, text: str, phrase: str, standing: Standing) -> None:
    """Only a deed that the register bears out is confirmed; silence does not contradict."""
    answer = hold_against_record(claim_in(text), store)
    assert (answer.phrase, answer.standing) == (phrase, standing)
    assert answer.evidence


def test_an_order_of_something_else_does_not_confirm(store: Store) -> None:
    """Orders in the same years that are not known to be of this system are shown, and settle nothing."""
    answer = hold_against_record(claim_in("In 2010 Peru bought Rafale jets from France."), store)
    assert answer.phrase == "orders on record, none named as this system"
    assert answer.standing is Standing.REPORTED


def read_peru(store: Store) -> tuple[Reading, bool]:
    """Read one text and take it in."""
    document = load_document("In 2010 Peru bought Mirage 2000 jets from France.\n")
    reading = read_article(document)
    return reading, take_in(store, reading, document)


def test_taking_in_twice_changes_nothing(store: Store) -> None:
    """The same text is kept once, with its claims, its event and one status."""
    reading, new = read_peru(store)
    _, again = read_peru(store)
    assert (new, again) == (True, False)
    assert len(articles(store)) == 1
    assert (
        store.value("SELECT count(*) FROM claims")
        == len(reading.claims)
        == store.value("SELECT count(*) FROM claim_status")
    )
    assert store.value("SELECT count(*) FROM events") == store.value("SELECT count(*) FROM event_claims") == 1


def test_kept_claims_read_as_they_were_told(store: Store) -> None:
    """Listing from the store gives the same rows as the reading itself."""
    reading, _ = read_peru(store)
    fresh, kept = answers(store, reading), claims_about(store, "PER", (2010, 2010))
    shared = [
        "claim",
        "date",
        "source",
        "event",
        "target",
        "details",
        "standing",
        "answer",
        "evidence",
        "sentence",
    ]
    pd.testing.assert_frame_equal(fresh[shared], kept[shared], check_dtype=False)


def test_a_failed_intake_leaves_the_store_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """If holding a claim against the record fails, the article is not kept either."""
    document = load_document("In 2010 Peru bought Mirage 2000 jets from France.\n")
    reading = read_article(document)
    store.execute("DROP TABLE deals")
    with pytest.raises(Exception, match="deals"):
        take_in(store, reading, document)
    assert articles(store).empty
