"""Agreement of two coders: events are paired by overlap, and figures follow from the pairs."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aneroid.errors import InputError
from aneroid.evaluation.agreement import CATEGORICAL, agreement, disagreements, pair_events


def event(source: str, target: str, root: str, **facets: Any) -> Any:
    """Return one event between states given as words of a string."""
    core = {"source": source.split(), "target": target.split(), "root": root}
    return {"modality": "happened", "attributed": False, **core, **facets}


def coding(*items: list[Any]) -> Any:
    """Return records numbered in order."""
    return [{"id": f"x-{n}", "events": events} for n, events in enumerate(items)]


def by_field(frame: pd.DataFrame) -> pd.DataFrame:
    """Index the table by field."""
    return frame.set_index("field")


EVENTS = st.builds(
    event,
    st.sampled_from(["PER", "CHL", "PER CHL"]),
    st.sampled_from(["BOL", "ECU", ""]),
    st.sampled_from(["AID", "ACCUSE", "REJECT"]),
    reciprocal=st.sampled_from([True, None]),
)
ITEMS = st.lists(EVENTS, max_size=3)
CODINGS = st.lists(st.tuples(ITEMS, ITEMS), min_size=1, max_size=5)


def test_a_coding_agrees_with_itself() -> None:
    """Equal codings have every share at one, and kappa at one where it is defined."""
    same = coding(
        [event("PER", "BOL", "AID", value=5, currency="USD")], [event("CHL", "ECU", "ACCUSE", cue="said")], []
    )
    table = agreement(same, same, draws=20)
    assert (table.agreement.dropna() == 1).all()
    assert by_field(table).kappa["root"] == 1
    assert math.isnan(by_field(table).kappa["modality"])


def test_kappa_follows_cohen() -> None:
    """Four pairs, one differing, rates 1/2 and 1/4: (3/4 - 1/2) / (1 - 1/2)."""
    first = coding(*[[event("PER", "BOL", root)] for root in ("AID", "AID", "ACCUSE", "ACCUSE")])
    second = coding(*[[event("PER", "BOL", root)] for root in ("AID", "ACCUSE", "ACCUSE", "ACCUSE")])
    root = by_field(agreement(first, second, draws=20)).loc["root"]
    assert (root.n, root.agreement, root.kappa) == (4, 0.75, 0.5)
    assert root.agreement_low <= root.agreement <= root.agreement_high


def test_events_that_one_coder_left_out_lower_f1_alone() -> None:
    """One of three codes has no counterpart, so F1 is 2/3, and fields are compared in the pair only."""
    first = coding([event("PER", "BOL", "AID"), event("CHL", "ECU", "REJECT")])
    second = coding([event("PER", "BOL", "AID")])
    table = by_field(agreement(first, second, draws=20))
    assert table.agreement["event"] == pytest.approx(2 / 3)
    assert (table.n["event"], table.n["root"], table.agreement["root"]) == (2, 1, 1)


def test_another_root_still_pairs_but_is_not_strictly_equal() -> None:
    """The same dyad under another root is one event that the coders read differently."""
    table = by_field(
        agreement(coding([event("PER", "BOL", "AID")]), coding([event("PER", "BOL", "REJECT")]), draws=20)
    )
    assert table.agreement["event"] == 1
    assert table.agreement["event: source, target, root equal"] == 0


def test_pairs_are_chosen_by_overlap_not_by_order() -> None:
    """Two events given in the other order find their own counterparts."""
    first = [event("PER", "BOL", "AID"), event("BOL", "PER", "ACCUSE")]
    pairs = pair_events(first, first[::-1])
    assert all(pair.first == pair.second for pair in pairs)


def test_a_mutual_act_agrees_in_either_direction() -> None:
    """Source and target may be exchanged where a coder calls the act reciprocal, and only there."""
    one, other = event("PER", "BOL", "CONSULT"), event("BOL", "PER", "CONSULT")
    mutual = event("BOL", "PER", "CONSULT", reciprocal=True)
    assert pair_events([one], [mutual])[0].second["source"] == ["PER"]
    assert pair_events([one], [other])[0].second["source"] == ["BOL"]


def test_open_fields_count_where_either_coder_filled_them() -> None:
    """A place that one coder alone gave is a disagreement; a field left out by both is no case."""
    first = coding([event("PER", "BOL", "AID", location="La Paz")], [event("PER", "BOL", "AID")])
    second = coding([event("PER", "BOL", "AID")], [event("PER", "BOL", "AID")])
    location = by_field(agreement(first, second, draws=20)).loc["location"]
    assert (location.n, location.agreement, location.overlap) == (1, 0, 0)


def test_lists_agree_whatever_their_order_and_phrases_whatever_their_capitals() -> None:
    """Order of states and a capital at the head of a sentence say nothing."""
    first = coding([event("PER CHL", "BOL", "AID", cue="said", said_by="Two envoys")])
    second = coding([event("CHL PER", "BOL", "AID", cue="said", said_by="two envoys")])
    table = by_field(agreement(first, second, draws=20))
    assert table.agreement["source"] == table.agreement["said_by"] == 1


def test_disagreements_count_codes_against_codes() -> None:
    """An absent kind is a code of its own."""
    first = coding(*[[event("PER", "BOL", "AID")] for _ in range(2)])
    second = coding(*[[event("PER", "BOL", "AID", kind="troops")] for _ in range(2)])
    assert disagreements(first, second, "kind").values.tolist() == [["kind", "absent", "troops", 2]]


def test_codings_of_other_items_are_refused() -> None:
    """The error names an item that one coder alone has."""
    with pytest.raises(InputError, match="x-1"):
        agreement(coding([]), coding([], []))


def test_codings_without_an_event_still_agree_on_that() -> None:
    """No pair leaves the fields without a figure, not at zero."""
    table = by_field(agreement(coding([], []), coding([], []), draws=20))
    assert table.agreement["item has an event"] == 1
    assert table.agreement[["event", "root", "source", "value"]].isna().all()


@settings(deadline=None, max_examples=40)
@given(CODINGS)
def test_it_does_not_matter_which_coder_is_first(items: list[tuple[list[Any], list[Any]]]) -> None:
    """F1 and the number of events are symmetrical."""
    first, second = coding(*[a for a, _ in items]), coding(*[b for _, b in items])
    rows = ["item has an event", "event"]
    one, two = (by_field(agreement(a, b, draws=5)).loc[rows] for a, b in ((first, second), (second, first)))
    pd.testing.assert_frame_equal(one[["n", "agreement"]], two[["n", "agreement"]])


@settings(deadline=None, max_examples=40)
@given(CODINGS)
def test_shares_lie_between_nought_and_one(items: list[tuple[list[Any], list[Any]]]) -> None:
    """Whatever is coded, shares and F1 are shares, and kappa is at most one."""
    table = agreement(coding(*[a for a, _ in items]), coding(*[b for _, b in items]), draws=5)
    assert table.agreement.dropna().between(0, 1).all()
    assert (by_field(table).kappa[list(CATEGORICAL)].astype(float).dropna() <= 1).all()
