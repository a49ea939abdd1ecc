"""The tutorial on votes does what it says."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import numpy as np

PAGE = Path(__file__).parents[2] / "docs" / "tutorials" / "iraq-turkey-russia-votes.md"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def test_blocks_run_and_print_what_the_page_shows() -> None:
    """Every Python block runs in order; its numbers are those printed below it, to the last digit or two."""
    page = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == len(shown) >= 4
    names: dict[str, object] = {}
    for block, expected in zip(blocks, shown, strict=True):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block, str(PAGE), "exec"), names)  # the page is ours
        found = [float(number) for number in NUMBER.findall(printed.getvalue())]
        np.testing.assert_allclose(found, [float(number) for number in NUMBER.findall(expected)], atol=0.05)
