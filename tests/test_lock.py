"""What the lock files promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_and_hashed(name: str) -> None:
    """Each requirement has one exact version and at least one hash."""
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / name).read_text())
    packages = [block for block in blocks if re.match(r"[A-Za-z0-9]", block)]
    assert len(packages) > 20
    assert [
        block.splitlines()[0] for block in packages if "--hash=sha256:" not in block or "==" not in block
    ] == []


@pytest.mark.parametrize("name", LOCKS)
def test_no_placeholder_versions(name: str) -> None:
    """Versions beginning with 999 mark packages uploaded to catch mistaken installs."""
    assert re.findall(r"^\S+==999\S*", (ROOT / name).read_text(), flags=re.MULTILINE) == []


@pytest.mark.parametrize("name", LOCKS)
def test_no_registry_addresses(name: str) -> None:
    """A lock file names packages, never where they were fetched from."""
    assert "://" not in (ROOT / name).read_text()
