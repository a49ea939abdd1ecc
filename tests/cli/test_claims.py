"""`aneroid claims`: lists, one claim, other days, other forms, and the proof that nothing was changed."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from aneroid.record.store import DATABASE, Store
from aneroid.text import samples


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged snapshot with one sample article."""
    from aneroid.claims import take_in
    from aneroid.text import load_document, read_article

    folder = tmp_path_factory.mktemp("store")
    document = load_document(samples()[0])
    reading = read_article(document)
    with Store.open(folder, write=True) as opened:
        take_in(opened, reading, document)
    return folder


def listed(run, store: Path, *arguments: str) -> list[dict[str, object]]:
    """Claims as JSON rows."""
    done = run("claims", *arguments, "--format", "json", "--store", store)
    assert done.code == 0
    return json.loads(done.out)


def test_lists_can_be_narrowed(run, store: Path) -> None:
    """By state, kind, standing, outlet and day; each filter gives a part of the whole."""
    everything = listed(run, store)
    for option, value, field in (("--kind", "arms_deal", "kind"), ("--standing", "confirmed", "standing")):
        part = listed(run, store, option, value)
        assert {row[field] for row in part} == {value}
        assert len(part) < len(everything)
    turkish = listed(run, store, "--state", "Turkey")
    assert all("TUR" in (r["source"], r["target"], r["supplier"], r["recipient"]) for r in turkish)
    assert listed(run, store, "--outlet", "aneroid") == everything
    assert listed(run, store, "--since", "2021-01-01") == []


def test_as_of_shows_what_was_known(run, store: Path) -> None:
    """Nothing before the article; a prediction that ended later was still open."""
    assert listed(run, store, "--as-of", "2019-12-31") == []
    then = {
        row["claim"]: row["answer"]
        for row in listed(run, store, "--as-of", "2020-03-01")
        if row["prediction"]
    }
    now = {row["claim"]: row["answer"] for row in listed(run, store) if row["prediction"]}
    assert set(then.values()) == {"not yet resolvable"}
    assert set(now.values()) == {"condition not met", "did not come true"}


def test_reported_intention_without_an_order(run, store: Path) -> None:
    """A purchase that media say was decided is reported, with no order on record through the register's last year."""
    bought = [
        r
        for r in listed(run, store, "--kind", "arms_deal")
        if r["weapons"] == "S-400" and r["recipient"] == "IRQ"
    ]
    assert [(r["standing"], r["answer"]) for r in bought] == [("reported", "not on record")]
    assert "reported by media, no order" in str(bought[0]["evidence"])
    assert "register's last year" in str(bought[0]["evidence"])


def test_one_claim_with_its_history(run, store: Path) -> None:
    """The rows behind it, why each actor was matched, and every telling with its owner."""
    claim = str(listed(run, store, "--standing", "confirmed")[0]["claim"])
    shown = json.loads(run("claims", "show", claim[:8], "--format", "json", "--store", store).out)
    assert shown["history"][-1]["standing"] == "confirmed"
    assert "is " in shown["facts"]["source matched"]
    assert shown["tellings"][0]["outlet"] == "Aneroid samples"
    plain = run("claims", "show", claim, "--store", store)
    assert "history" in plain.out
    assert run("claims", "show", "zzz", "--store", store).code == 2


def test_claimreview_quotes_little_and_rates_in_words(run, store: Path) -> None:
    """Each is JSON-LD of schema.org; at most 25 words are quoted; no number stands for truth."""
    reviews = json.loads(run("claims", "export", "--store", store).out)
    assert len(reviews) == len(listed(run, store))
    for review in reviews:
        assert (review["@context"], review["@type"]) == ("https://schema.org", "ClaimReview")
        assert len(review["claimReviewed"].removesuffix(" …").split()) <= 25
        assert review["reviewRating"]["alternateName"]
        assert "ratingValue" not in review["reviewRating"]
        assert review["itemReviewed"]["firstAppearance"]["publisher"]["name"] == "Aneroid samples"


def test_wrong_options_are_named(run, store: Path) -> None:
    """A day, a standing or a state that does not exist gives exit code 2 and a sentence."""
    for wrong in (("--as-of", "soon"), ("--standing", "true"), ("--state", "Atlantis")):
        done = run("claims", *wrong, "--store", store)
        assert done.code == 2
        assert done.err.count("\n") == 1


def test_an_outlet_with_its_assessment_and_reply(run) -> None:
    """Who owns it, who assessed it when, and what it replied; an unknown name is refused."""
    done = run("claims", "outlet", "Al Jazeera")
    assert done.code == 0
    assert "reply of the outlet" in done.out
    assert run("claims", "outlet", "Nonesuch Herald").code == 2


def test_verify_detects_an_edit(run, store: Path) -> None:
    """An edited row of the ledger, and an edited text, are named with exit code 1; undone, all is well again."""
    clean = run("claims", "verify", "--store", store)
    assert clean.code == 0
    for table, column in (("ledger", "body"), ("articles", "text")):
        with duckdb.connect(str(store / DATABASE)) as connection:
            connection.execute(f"UPDATE {table} SET {column} = {column} || ' '")
        broken = run("claims", "verify", "--store", store)
        assert broken.code == 1
        assert "was changed after" in broken.out
        with duckdb.connect(str(store / DATABASE)) as connection:
            connection.execute(f"UPDATE {table} SET {column} = left({column}, length({column}) - 1)")
    assert run("claims", "verify", "--store", store).out == clean.out
