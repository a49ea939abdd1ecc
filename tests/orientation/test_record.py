"""On the packaged record: what is missing widens, what is added narrows. Slow: each fact needs a fit."""

from __future__ import annotations

import pandas as pd
import pytest

from aneroid.orientation.fit import fit
from aneroid.orientation.votes import MEASURED, vote_readings, without_doubles
from aneroid.sources import snapshot
from aneroid.sources.indicators import load_indicators
from aneroid.states import poles


@pytest.fixture(scope="module")
def record(small_states: list[str]) -> pd.DataFrame:
    """The readings of thirty states as a store would hold them: packaged ones, and votes measured from the roll calls."""
    table, votes = snapshot.table("readings"), snapshot.table("votes")
    entry = next(each for each in load_indicators() if each.name == MEASURED)
    measured = vote_readings(
        votes[votes.state.isin(small_states)], snapshot.table("rollcalls"), entry, poles.ALL, seed=1
    )
    return without_doubles(pd.concat([table[table.state.isin(small_states)], measured], ignore_index=True))


def spread(record: pd.DataFrame, first: int, last: int) -> pd.Series:
    """Standard deviation of Iraq's lean between the United States and Russia, by year."""
    fitted = fit(record, load_indicators(), poles=poles.ALL)
    return fitted.lean(["IRQ"], "USA", "RUS", first, last).set_index("date")["sd"]


@pytest.mark.slow
def test_votes_taken_away_widen_and_votes_added_narrow(record: pd.DataFrame) -> None:
    """Iraq without its votes of 2009 has a wider band then; with votes made up for 1995–2003 it has narrower ones."""
    as_is = spread(record, 1995, 2009)
    votes = (record.indicator == MEASURED) & (record.state == "IRQ")
    fewer = record[~(votes & (record.year == 2009))]
    assert spread(fewer, 2009, 2009)["2009"] > as_is["2009"]
    years = pd.DataFrame({"year": range(1995, 2004)})
    made_up = record[votes & (record.year == 1994)].drop(columns="year").merge(years, how="cross")
    more = spread(pd.concat([record, made_up]), 1995, 2003)
    assert (more < as_is[more.index]).all()
