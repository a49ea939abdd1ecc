"""`import aneroid` offers the verbs and loads nothing until one is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import aneroid


def test_every_public_name_exists() -> None:
    """Each name in `__all__` leads to something that can be called or read."""
    for name in aneroid.__all__:
        found = getattr(aneroid, name)
        assert callable(found) or name == "__version__"
    assert set(dir(aneroid)) == set(aneroid.__all__)


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    """A typing error names what exists."""
    with pytest.raises(AttributeError, match="orient"):
        _ = aneroid.lean_o_meter  # type: ignore[attr-defined]  # the point of the test


def test_importing_is_light() -> None:
    """Nothing but the standard library is loaded by the import itself."""
    code = "import sys, aneroid; print([m for m in ('pandas', 'numpy', 'duckdb', 'spacy', 'typer') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
