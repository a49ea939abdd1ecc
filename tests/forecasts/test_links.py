"""The link forecaster foresees what can be foreseen and never looks ahead."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from aneroid.errors import InputError
from aneroid.forecasts.link_questions import questions_of
from aneroid.forecasts.links import LinkForecaster, rank_links

HOMES = ("India", "Chad", "Peru", "Fiji")
NAMES = [*HOMES, *(f"{sector} ({home})" for home in HOMES for sector in ("Police", "Army", "Media", "Court"))]
RELATIONS, DAYS, CUT = 3, 66, 60


def simulated(seed: int = 0) -> pd.DataFrame:
    """Actors deal with a fixed partner at home by relation, one time in five with anyone."""
    random = np.random.default_rng(seed)
    n = len(NAMES)
    partner = (np.arange(n)[:, None] * 7 + np.arange(RELATIONS) * 3 + 1) % n
    rows = []
    for day in range(DAYS):
        for s, r in zip(random.integers(0, n, 12), random.integers(0, RELATIONS, 12), strict=True):
            o = partner[s, r] if random.random() < 0.8 else random.integers(0, n)
            rows.append((s, r, o, day))
    return pd.DataFrame(rows, columns=["s", "r", "o", "t"]).drop_duplicates(ignore_index=True)


FACTS = simulated()
PAST, LATER = FACTS[FACTS["t"] < CUT], FACTS[FACTS["t"] >= CUT]


@pytest.fixture(scope="module")
def ranks() -> pd.DataFrame:
    """Ranks of the last days."""
    return rank_links(PAST, LATER, NAMES, RELATIONS)


def test_regular_partners_are_found(ranks: pd.DataFrame) -> None:
    """Four in five facts follow a rule, so the reciprocal rank is far above chance (.18)."""
    assert (1 / ranks["rank_tail"]).mean() > 0.6


def test_queries_come_back_in_order_with_both_ranks(ranks: pd.DataFrame) -> None:
    """Order and columns are those of the input; ranks lie between 1 and the number of entities."""
    pd.testing.assert_frame_equal(ranks[["s", "r", "o", "t"]], LATER)
    assert ranks[["rank_tail", "rank_head"]].to_numpy().min() >= 1
    assert ranks[["rank_tail", "rank_head"]].to_numpy().max() <= len(NAMES)


def test_truncating_the_future_changes_no_rank(ranks: pd.DataFrame) -> None:
    """The ranks of a day are byte-equal when the days after it do not exist."""
    short = rank_links(PAST, LATER[LATER["t"] <= CUT + 2], NAMES, RELATIONS)
    assert short.to_csv() == ranks[ranks["t"] <= CUT + 2].to_csv()


def test_shuffling_the_future_changes_no_rank(ranks: pd.DataFrame) -> None:
    """The ranks of the first days are byte-equal when later facts are other ones."""
    first = LATER["t"] <= CUT + 2
    other = LATER.copy()
    columns = ["s", "r", "o"]
    other.loc[~first, columns] = other.loc[~first, columns].sample(frac=1, random_state=3).to_numpy()
    other.loc[~first, "o"] = other.loc[~first, "o"].to_numpy()[::-1]
    again = rank_links(PAST, other.drop_duplicates(), NAMES, RELATIONS)
    assert again[first].to_csv() == ranks[first].to_csv()


def test_history_after_the_first_query_is_not_used(ranks: pd.DataFrame) -> None:
    """Giving the whole data as history, the queries among it, changes nothing."""
    pd.testing.assert_frame_equal(rank_links(FACTS, LATER, NAMES, RELATIONS), ranks)


def test_scores_of_a_day_do_not_depend_on_that_days_facts() -> None:
    """The facts asked about serve for filtering alone."""
    questions = questions_of(LATER[LATER["t"] == CUT].to_numpy(), RELATIONS)
    scores = []
    for facts in (PAST, FACTS[FACTS["t"] <= CUT]):
        forecaster = LinkForecaster(facts.to_numpy(), NAMES, RELATIONS, cut=CUT)
        forecaster.start_day(CUT)
        scores.append(forecaster.scores(questions.s, questions.r))
    np.testing.assert_array_equal(*scores)


def test_the_calendar_may_begin_anywhere(ranks: pd.DataFrame) -> None:
    """Days counted from 1970 give the same ranks as days counted from the first fact."""
    moved = rank_links(PAST.assign(t=PAST["t"] + 16000), LATER.assign(t=LATER["t"] + 16000), NAMES, RELATIONS)
    np.testing.assert_array_equal(moved["rank_tail"], ranks["rank_tail"])


def test_duplicates_are_kept_and_rank_alike() -> None:
    """A fact given twice is answered twice."""
    twice = pd.concat([LATER.head(3), LATER.head(3)], ignore_index=True)
    ranked = rank_links(PAST, twice, NAMES, RELATIONS)
    assert len(ranked) == 6
    np.testing.assert_array_equal(ranked["rank_tail"][:3], ranked["rank_tail"][3:])


def test_likely_names_the_usual_partner() -> None:
    """The likeliest answers of a frequent question hold its partner."""
    forecaster = LinkForecaster(PAST.to_numpy(), NAMES, RELATIONS, cut=CUT)
    forecaster.start_day(CUT)
    asked = PAST.groupby(["s", "r"]).size().idxmax()
    usual = PAST[(PAST["s"] == asked[0]) & (PAST["r"] == asked[1])]["o"].mode()[0]
    assert usual in forecaster.likely(*asked, n=3)


def test_too_little_history_and_unnamed_ids_are_refused() -> None:
    """Both say what to give instead."""
    with pytest.raises(InputError, match="too few to learn from"):
        rank_links(FACTS[FACTS["t"] >= CUT - 5], LATER, NAMES, RELATIONS)
    with pytest.raises(InputError, match="name tables"):
        rank_links(PAST, LATER, NAMES[:-1], RELATIONS)
