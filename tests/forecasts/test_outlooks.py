"""What people read of forecasts: deaths by state, links by name, the scoreboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from aneroid.errors import InputError
from aneroid.forecasts.fatality_history import packaged_history
from aneroid.forecasts.fatality_outlook import countries, fatality_outlook
from aneroid.forecasts.link_outlook import link_outlook
from aneroid.states import resolve


def test_every_country_of_the_source_is_a_state_of_ours() -> None:
    """Each series has one state and each state one series."""
    number = countries()
    assert set(number.values()) == set(packaged_history()["country_id"])
    assert all(resolve(state).id == state for state in number)


def test_deaths_have_a_range_for_each_month() -> None:
    """Twelve months, with quantiles in order and probabilities that agree with them."""
    table = fatality_outlook(packaged_history(), ["IRQ", "NZL"], 2022)
    assert table.groupby("state").size().to_dict() == {"IRQ": 12, "NZL": 12}
    assert table["month"].min() == "2022-01" and table["month"].max() == "2022-12"
    assert (table["lo90"] <= table["q50"]).all() and (table["q50"] <= table["hi90"]).all()
    assert (table["p_25"] <= table["p_any"]).all()
    assert table.loc[table["state"] == "NZL", "p_any"].max() < 0.1


def test_a_state_without_a_series_is_named() -> None:
    """Vatican City has no deaths by month in the source."""
    with pytest.raises(InputError, match="VAT"):
        fatality_outlook(packaged_history(), ["VAT"], 2022)


def test_links_ask_for_one_side(tmp_path: Path) -> None:
    """Either who acts or who is acted on, in a folder that has the tables."""
    with pytest.raises(InputError, match="either a source or a target"):
        link_outlook(tmp_path, "Consult")
    with pytest.raises(InputError, match=r"train\.parquet"):
        link_outlook(tmp_path, "Consult", source="Iraq")
