"""Who protects a state, with what, how surely, and what would leave with whom: `assess`."""

from __future__ import annotations

from aneroid.guarantors.assess import assess

__all__ = ["assess"]
