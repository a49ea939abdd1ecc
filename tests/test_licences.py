"""Exports obey the terms of their sources."""

from __future__ import annotations

import pytest

from aneroid.errors import InputError
from aneroid.licences import Redistribute, Terms, check_export


def terms(redistribute: Redistribute) -> Terms:
    """Terms that differ only in what may be passed on."""
    return Terms("register", "own terms", redistribute, "ask", "Someone (2020).")


@pytest.mark.parametrize(
    ("redistribute", "raw_rows", "allowed"),
    [
        (Redistribute.YES, True, True),
        (Redistribute.YES, False, True),
        (Redistribute.DERIVED_ONLY, True, False),
        (Redistribute.DERIVED_ONLY, False, True),
        (Redistribute.NO, True, False),
        (Redistribute.NO, False, False),
    ],
)
def test_gate(redistribute: Redistribute, raw_rows: bool, allowed: bool) -> None:
    """Rows leave only where passing on is allowed, derived figures also where only those may."""
    if allowed:
        check_export(terms(redistribute), raw_rows=raw_rows)
    else:
        with pytest.raises(InputError, match="do not allow"):
            check_export(terms(redistribute), raw_rows=raw_rows)
