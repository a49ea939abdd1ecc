"""Agency copy printed twice is one voice; independent owners bear a claim out; the day of each step is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aneroid.claims import take_in
from aneroid.claims.history import Answer, Standing, Telling, build_history, voice
from aneroid.claims.repeats import CONTAINED, containment, marks
from aneroid.record.events import told_alike
from aneroid.record.standings import Wanted, claims, history
from aneroid.record.store import DATABASE, Store, create
from aneroid.text import read_article
from aneroid.text.documents import Document
from aneroid.text.model import Attribution, Modality

STORY = (
    "Peru agreed to buy air defence systems from France on 4 May 2021, officials said after talks in Lima that had lasted "
    "several months. The ministry gave no price. The opposition asked for a hearing in parliament about the contract. "
    "Observers recalled that an earlier purchase had been delayed twice by the courts and by a shortage of money."
)
OTHER = "In Lima the government settled a long debate. Peru agreed to buy air defence systems from France on 4 May 2021."
WORDS = st.lists(
    st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]), min_size=40, max_size=120
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with the layout and no rows."""
    return create(tmp_path, DATABASE)


def keep(store: Store, text: str, outlet: str, day: str) -> str:
    """Take a text in; return the id of its arms claim."""
    document = Document(text + "\n", outlet, outlet=outlet, published=date.fromisoformat(day))
    reading = read_article(document)
    assert take_in(store, reading, document)
    return next(claim.claim_id for claim in reading.claims if claim.kind == "arms_deal")


def standing_of(store: Store, claim: str) -> str:
    """The latest standing of a claim."""
    return history(store, claim)[-1].standing


@settings(deadline=None, max_examples=25)
@given(WORDS)
def test_a_text_holds_itself_whole_and_with_more_text(words: list[str]) -> None:
    """A text contains itself; case and line breaks do not matter."""
    text = " ".join(words)
    assert containment(marks(text), marks(text.upper().replace(" ", "\n"))) == 1.0


def test_a_shortened_copy_is_found_and_another_story_is_not() -> None:
    """The first half of a report is contained in it; a report of the same deal in other words is not."""
    half = STORY[: len(STORY) // 2]
    assert containment(marks(STORY), marks(half)) >= CONTAINED
    assert containment(marks(STORY), marks(OTHER)) < CONTAINED


def test_copies_do_not_corroborate_and_independent_owners_do(store: Store) -> None:
    """Reuters copy printed elsewhere leaves the claim reported; a report of its own by another owner bears both out."""
    first = keep(store, STORY, "Reuters", "2021-05-05")
    copied = keep(store, STORY + " Reporting by agencies.", "Valley Gazette", "2021-05-06")
    assert standing_of(store, first) == standing_of(store, copied) == Standing.REPORTED
    assert told_alike(store, [first]).event_id.nunique() == 1
    own = keep(store, OTHER, "TASS", "2021-05-07")
    assert {standing_of(store, claim) for claim in (first, copied, own)} == {Standing.CORROBORATED}
    assert history(store, first)[-1].known_on == "2021-05-07"
    assert "2 independent owners" in history(store, first)[-1].evidence
    assert len(told_alike(store, [own])) == 3
    assert store.value("SELECT count(*) FROM events") == 1


def test_as_of_a_day_before_the_second_report(store: Store) -> None:
    """A claim stood at *reported* until the second owner spoke, and the second report was not there."""
    first = keep(store, STORY, "Reuters", "2021-05-05")
    keep(store, OTHER, "TASS", "2021-05-07")
    then = claims(store, Wanted(kind="arms_deal"), as_of=date(2021, 5, 6))
    assert then.claim.tolist() == [first]
    assert then.standing.tolist() == ["reported"]
    assert claims(store, as_of=date(2021, 5, 1)).empty


def test_outlets_of_one_owner_or_none_are_one_voice(store: Store) -> None:
    """Two outlets of one state's budget, or an outlet nobody knows, do not corroborate."""
    first = keep(store, STORY, "TASS", "2021-05-05")
    keep(store, OTHER, "Sputnik", "2021-05-07")
    keep(store, OTHER + " It was a Tuesday.", "", "2021-05-07")
    assert standing_of(store, first) == Standing.REPORTED


def test_an_outlet_speaks_with_the_voice_it_cites() -> None:
    """ "TASS reported", printed by another outlet, is the voice of TASS's owner."""
    cited = Attribution("the TASS news agency", None, "reported", (0, 8))
    assert voice("Valley Gazette", "", cited) == "state:RUS"
    assert voice("Valley Gazette", "", None) == "unlisted:valley gazette"


TELLINGS = st.lists(
    st.builds(
        Telling,
        claim=st.sampled_from(["a", "b", "c", "d"]),
        cluster=st.sampled_from(["1", "2", "3"]),
        owner=st.sampled_from(["", "x", "y"]),
        outlet=st.just("an outlet"),
        known_on=st.sampled_from(["2020-01-01", "2020-02-01", "2020-03-01"]),
        modality=st.sampled_from([Modality.HAPPENED, Modality.DENIED]),
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=60)
@given(TELLINGS, st.sampled_from(list(Standing)), st.sampled_from(["", "2020-02-15", "2021-12-31"]))
def test_histories_run_forward(tellings: list[Telling], standing: Standing, day: str) -> None:
    """Days never run backwards, what the record settles comes last, and one owner alone never corroborates."""
    own = Telling("own", "own", "x", "an outlet", "2020-01-15", Modality.HAPPENED)
    steps = build_history(own, [own, *tellings], Answer(standing, "phrase", "rows", day))
    assert [s.known_on for s in steps] == sorted(s.known_on for s in steps)
    if standing in (Standing.CONFIRMED, Standing.CONTRADICTED):
        assert steps[-1].standing == standing
    if not any(t.owner == "y" and t.modality is Modality.HAPPENED for t in tellings):
        assert "corroborated" not in {s.standing for s in steps}
