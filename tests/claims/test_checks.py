"""Claims are held against the record: borne out, not found, or out of its reach, and never taken for facts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from aneroid.claims import answers, claims_about, take_in
from aneroid.claims.checks import PHRASES, hold_against_record
from aneroid.claims.history import Standing
from aneroid.record.articles import articles
from aneroid.record.store import DATABASE, Store, create
from aneroid.text import load_document, read_article
from aneroid.text.model import Claim, DatePrecision, Modality, Party, Reading

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


@pytest.fixture
def record(tmp_path: Path) -> Store:
    """A record of troops, votes, conflicts, treaties and sanctions between a few states."""
    made = create(tmp_path / "record", DATABASE)
    made.execute(
        "INSERT INTO sources VALUES ('s', 'A source', 'Someone (2023)', '', '', 'own terms', 'derived-only', 'ask', "
        "'none', 1950, 2022)"
    )
    made.execute("INSERT INTO vintages VALUES ('s@1', 's', '1', '', 2, '2023-01-01')")
    names = ("troops", "alliance", "consultation", "defence_agreements", "dispute", "sanctions_trade")
    for name in (*names, "sanctions_arms", "sanctions_other"):
        made.execute("INSERT INTO indicators VALUES (?, '', '', 's', '', 1, 1950, 2020, true, 1, '')", [name])
    rows = [
        {"state": "PER", "pole": "USA", "indicator": "alliance", "year": 2010, "value": 1.0},
        {"state": "CHL", "pole": "USA", "indicator": "alliance", "year": 2010, "value": 0.0},
        {"state": "PER", "pole": "USA", "indicator": "sanctions_trade", "year": 2010, "value": 1.0},
        {"state": "CHL", "pole": "USA", "indicator": "sanctions_trade", "year": 2010, "value": 0.0},
    ]
    made.insert("readings", pd.DataFrame(rows).assign(vintage="s@1"))
    made.execute("INSERT INTO troops VALUES ('PER', 2009, 1000), ('PER', 2010, 100), ('PER', 2011, 90)")
    made.execute("INSERT INTO troops VALUES ('CHL', 2009, 1000), ('CHL', 2010, 1100), ('CHL', 2011, 1200)")
    made.execute(
        "INSERT INTO conflict_years VALUES ('PER', 2010, 1, 2, 2, 'Chile'), ('CHL', 2010, 1, 2, 2, 'Peru')"
    )
    made.execute(
        "INSERT INTO rollcalls (rcid, date, year, symbol, title) VALUES (1, '2010-05-04', 2010, 'A/RES/64/9', 'T')"
    )
    made.execute("INSERT INTO votes VALUES (1, 'PER', 3), (1, 'CHL', 1)")
    return made


def make(event: str, source: str, target: str | None, **facets: object) -> Claim:
    """A claim as the reader would code it."""
    party = {name: Party(name, (0, 3), name) for name in filter(None, (source, target))}
    plain: dict[str, object] = {
        "claim_id": "c", "article_id": "a", "sentence": 0, "sentence_span": (0, 9), "mode": None, "cameo_root": "01",
        "quad": 1, "goldstein": 0.0, "modality": Modality.HAPPENED, "date": "2010", "date_precision": DatePrecision.YEAR,
    }  # fmt: skip
    return Claim(event=event, source=party[source], target=party.get(target or ""), **{**plain, **facets})


VOTE = {"kind": "vote", "date": "2010-05-04"}
LATE = {"kind": "vote", "date": "2030-05-04"}


@pytest.mark.parametrize(
    ("claim", "sentence", "phrase", "standing"),
    [
        (make("RETREAT", "USA", "PER", kind="troops"), "", "on record", Standing.CONFIRMED),
        (make("RETREAT", "USA", "CHL", kind="troops"), "", "contradicted", Standing.CONTRADICTED),
        (make("MOBILIZE", "USA", "CHL", kind="troops"), "", "on record", Standing.CONFIRMED),
        (make("RETREAT", "RUS", "CHL", kind="troops"), "", "outside coverage", Standing.REPORTED),
        (make("RETREAT", "USA", "CHL", kind="troops", date="2030"), "", "outside coverage", Standing.REPORTED),
        (make("ASSAULT", "CHL", "PER", quad=4), "", "on record", Standing.CONFIRMED),
        (make("ASSAULT", "CHL", "USA", quad=4), "", "not on record", Standing.REPORTED),
        (make("ASSAULT", "CHL", "PER", quad=4, date="2030"), "", "outside coverage", Standing.REPORTED),
        (make("AGREE", "PER", "USA", kind="treaty"), "", "on record", Standing.CONFIRMED),
        (make("AGREE", "CHL", "USA", kind="treaty"), "", "not on record", Standing.REPORTED),
        (make("SANCTION", "USA", "PER", kind="sanctions", quad=4), "", "on record", Standing.CONFIRMED),
        (make("SANCTION", "USA", "CHL", kind="sanctions", quad=4), "", "not on record", Standing.REPORTED),
        (make("AGREE", "PER", None, **VOTE), "Peru voted against the UN resolution", "on record", Standing.CONFIRMED),
        (make("AGREE", "CHL", None, **VOTE), "Chile abstained, UN resolution", "contradicted", Standing.CONTRADICTED),
        (make("AGREE", "PER", None, **LATE), "Peru backed the UN resolution", "outside coverage", Standing.REPORTED),
        (make("CONSULT", "PER", "CHL", kind="visit"), "", "outside coverage", Standing.REPORTED),
    ],
)  # fmt: skip
def test_each_kind_is_held_against_its_source(
    record: Store, claim: Claim, sentence: str, phrase: str, standing: Standing
) -> None:
    """On record, contradicted, not on record or outside coverage, always with the rows or the reach of the source."""
    answer = hold_against_record(claim, record, sentence=sentence)
    assert (answer.phrase, answer.standing) == (phrase, standing)
    assert answer.evidence
    assert answer.phrase in PHRASES


def test_a_strike_of_a_day_is_not_confirmed_by_a_year_of_war(record: Store) -> None:
    """The conflict-year is shown; the single act stays reported."""
    claim = make("ASSAULT", "CHL", "PER", quad=4, date="2010-03-01", date_precision=DatePrecision.DAY)
    answer = hold_against_record(claim, record)
    assert (answer.phrase, answer.standing) == ("on record", Standing.REPORTED)


@pytest.mark.parametrize("year", ["2009", "2010", "2012"])
def test_talk_is_never_confirmed(record: Store, year: str) -> None:
    """A threat or a plan that is borne out was still only talk."""
    for modality in (Modality.THREATENED, Modality.PLANNED, Modality.REQUESTED):
        claim = make("RETREAT", "USA", "PER", kind="troops", date=year, modality=modality)
        assert hold_against_record(claim, record).standing is Standing.REPORTED
