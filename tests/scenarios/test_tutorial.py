"""The tutorial on departures does what it says."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "tutorials" / "what-happened-after-troops-left.md"


def test_blocks_run_and_print_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every block prints what stands below it, and what the prose says of the numbers holds."""
    page = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == len(shown) >= 7
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block, expected in zip(blocks, shown, strict=True):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block, str(PAGE), "exec"), names)  # the page is ours
        assert printed.getvalue().strip() == expected.strip()
    names["store"].close()
    answer = names["answer"]
    assert answer.analogs[0].member.episode.label == "Iraq 2011"
    assert all(each.low < 0 < each.high for each in answer.matched)
    war = [each for each in answer.rates if each.outcome == "war" and each.years == 5]
    apart = [abs(each.rate - each.control_rate) for each in war]
    assert max(apart) < max(each.rate for each in war) - min(each.rate for each in war)
