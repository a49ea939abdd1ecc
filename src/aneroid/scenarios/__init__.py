"""What tended to follow in a class of past episodes: `withdrawal` is the first kind.

Everything here describes a reference class; nothing is an effect.
"""

from __future__ import annotations

from aneroid.scenarios.withdrawal import withdrawal

__all__ = ["withdrawal"]
