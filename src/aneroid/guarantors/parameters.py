"""The estimated weights that come with the package, and those that stand by convention."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import yaml

from aneroid.guarantors.showing_up import FEATURES, Weights
from aneroid.states.poles import ALL

KINDS = ("between", "within")
FILE = "parameters.npz"


@dataclass(frozen=True, slots=True)
class Convention:
    """A weight that is not estimated."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    reason: str


@cache
def load_weights() -> dict[str, Weights]:
    """Read the estimated weights by kind of episode, ``between`` states and ``within``."""
    with np.load(str(files("aneroid.guarantors").joinpath(FILE)), allow_pickle=False) as held:
        return {
            kind: Weights(
                held[f"{kind}_mode"],
                held[f"{kind}_covariance"],
                *(int(each) for each in held[f"{kind}_counts"]),
            )
            for kind in KINDS
        }


def save_weights(weights: dict[str, Weights], path: Path) -> None:
    """Write estimated weights."""
    arrays: dict[str, np.ndarray] = {}
    for kind, found in weights.items():
        arrays[f"{kind}_mode"] = found.mode.round(6)
        arrays[f"{kind}_covariance"] = found.covariance.round(8)
        arrays[f"{kind}_counts"] = np.array([found.episodes, found.n, found.events])
    arrays["names"] = np.array([*FEATURES, "start", *ALL])
    np.savez(path, allow_pickle=False, **arrays)


@cache
def conventions() -> dict[str, Convention]:
    """Read ``weights.yaml`` by name."""
    text = files("aneroid.guarantors").joinpath("weights.yaml").read_text(encoding="utf-8")
    return {
        entry["name"]: Convention(
            name=str(entry["name"]),
            value=float(entry["value"]),
            low=float(entry["range"][0]),
            high=float(entry["range"][1]),
            unit=str(entry["unit"]),
            reason=str(entry["reason"]),
        )
        for entry in yaml.safe_load(text)
    }
