"""What can be wrong with the name or the code of a state."""

from __future__ import annotations

from aneroid.errors import InputError


class UnknownState(InputError):
    """Nothing goes by this name or code, at least not then."""


class AmbiguousState(InputError):
    """A name or a code means several states, or a state has several codes, and nothing says which.

    ``candidates`` holds the state ids, or the codes, that it may mean.
    """

    def __init__(self, message: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.candidates = candidates
