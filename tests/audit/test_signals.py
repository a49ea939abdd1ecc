"""Events are onsets by one rule for all poles; what is no event is named with its reason."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from aneroid.audit.signals import find_signal
from aneroid.errors import InputError
from aneroid.sources.indicators import load_indicators
from aneroid.sources.snapshot import entries

INDICATORS = load_indicators()
DEALS = pd.DataFrame(entries("deals"))


def rows(indicator: str, values: dict[int, float], state: str = "IRQ", pole: str = "USA") -> pd.DataFrame:
    """Readings of one dyad."""
    frame = pd.DataFrame({"year": list(values), "value": list(values.values())})
    return frame.assign(state=state, pole=pole, indicator=indicator)


def events(text: str, readings: pd.DataFrame) -> list[int]:
    """Years of the events of a signal."""
    return find_signal(text, readings, DEALS, INDICATORS).events["year"].tolist()


def test_an_onset_follows_quiet_years() -> None:
    """The first year of a pact is an event, the second is not, and a pact at the start of the record is none."""
    assert events(
        "alliance:defense", rows("alliance", dict.fromkeys(range(1950, 1960), 0.0) | {1960: 1, 1961: 1})
    ) == [1960]
    assert events("alliance:defense", rows("alliance", {1946: 1, 1947: 1})) == []


def test_missing_years_are_not_quiet_years() -> None:
    """Where the years before were not read, nobody knows that a signal is new."""
    assert events("dispute", rows("dispute", {1990: 0, 1995: 4})) == []


def test_a_threshold_is_passed_once() -> None:
    """Troops above a number are an event in the year they pass it."""
    troops = dict.fromkeys(range(1990, 2003), 300.0) | {2003: 5000.0, 2004: 6000.0}
    assert events("troops:USA>1000", rows("troops", troops)) == [2003]
    assert events("troops:USA>5500", rows("troops", troops)) == [2004]


def test_a_pole_can_be_named() -> None:
    """`arms:RUS` looks at orders from Russia alone, under any of its names."""
    both = pd.concat(
        [
            rows("arms_orders", dict.fromkeys(range(1960, 1970), 0.0) | {1970: 3.0}, pole=p)
            for p in ("USA", "RUS")
        ]
    )
    for name in ("arms:RUS", "arms:Russia"):
        assert set(find_signal(name, both, DEALS, INDICATORS).events["pole"]) == {"RUS"}
    assert len(events("arms", both)) == 2


def test_a_weapon_counts_orders_and_names_what_was_only_talked_of() -> None:
    """Reported deals are no events and are listed; suppliers are treated alike."""
    signal = find_signal("arms:S-400", rows("dispute", {}), DEALS, INDICATORS)
    register = DEALS[(DEALS["weapon"] == "S-400")]
    ordered = register[~register["status"].isin(["reported", "cancelled"])]
    assert len(signal.events) == len(ordered)
    assert len(signal.passed_over) == len(register) - len(ordered)
    assert signal.families == ("arms",)
    assert set(find_signal("arms:air defence", rows("dispute", {}), DEALS, INDICATORS).events["pole"]) > {
        "RUS",
        "USA",
    }


def test_a_marked_rise_of_votes_is_rare_and_net_of_all_states() -> None:
    """A step of all states at once is no signal; a step of one is."""
    rng = np.random.default_rng(1)
    parts = []
    for n in range(40):
        walk = 0.01 * rng.standard_normal(30)
        walk[20:] += 1.0
        if n == 7:
            walk[25:] += 1.0
        parts.append(rows("roll_calls", dict(zip(range(1960, 1990), walk, strict=True)), state=f"S{n}"))
    found = find_signal("vote", pd.concat(parts), DEALS, INDICATORS).events
    assert ("S7", 1985) in set(zip(found["state"], found["year"], strict=True))
    assert (found["year"] == 1980).sum() < 5


def test_what_is_not_recorded_is_said() -> None:
    """Visits are not in the record: no events, and the reason."""
    signal = find_signal("visit", rows("dispute", {}), DEALS, INDICATORS)
    assert signal.events.empty
    assert "visits" in signal.passed_over[0]


@pytest.mark.parametrize("text", ["arms:trebuchet", "friendship", ""])
def test_an_unknown_signal_is_refused_with_what_there_is(text: str) -> None:
    """The sentence lists what can be asked."""
    with pytest.raises(InputError):
        find_signal(text, rows("dispute", {}), DEALS, INDICATORS)
