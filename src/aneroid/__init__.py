"""Aneroid, a barometer of foreign policy: which way governments lean, how sure that is, and what moved them.

The verbs of the command line are functions here, on data frames. They are imported when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_VERBS = {
    "OrientationFit": "aneroid.orientation.fit",
    "Store": "aneroid.record",
    "answers": "aneroid.claims",
    "cited": "aneroid.record.citations",
    "explain": "aneroid.orientation.desk",
    "fit": "aneroid.orientation.fit",
    "load_fit": "aneroid.orientation.desk",
    "orient": "aneroid.orientation.desk",
    "read_article": "aneroid.text",
    "resolve": "aneroid.states",
    "take_in": "aneroid.claims",
    "write_digest": "aneroid.digest",
}

__all__ = [*sorted(_VERBS), "__version__"]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("aneroid")
    if name not in _VERBS:
        raise AttributeError(f"module 'aneroid' has no attribute {name!r}; it offers {', '.join(__all__)}")
    return getattr(import_module(_VERBS[name]), name)


def __dir__() -> list[str]:
    return list(__all__)
