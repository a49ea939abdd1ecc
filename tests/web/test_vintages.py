"""The time machine: pages as known on a past day."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from aneroid.web.vintages import compute_vintage


@pytest.mark.slow
def test_a_past_day_shows_only_what_was_known(client: TestClient, folder: Path) -> None:
    """Estimates of the past end before those of today, are kept, and stand on the page beside its date."""
    day = dt.date(2005, 12, 31)
    lines: list[str] = []
    fitted = compute_vintage(folder, day, lines.append)
    assert fitted.years[1] <= 2005
    assert lines
    again: list[str] = []
    assert compute_vintage(folder, day, again.append).years == fitted.years
    assert not again
    until = time.monotonic() + 120
    while (answer := client.get("/state/IRQ.json?as_of=2005-12-31").json()).get("state") == "being computed":
        assert time.monotonic() < until
        time.sleep(0.3)
    assert answer["period"][1] <= 2005
    assert answer["vintage"]["Known on"] == "2005-12-31"
    assert "what was known on" in client.get("/state/IRQ?as_of=2005-12-31").text
