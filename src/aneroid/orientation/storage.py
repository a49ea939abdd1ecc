"""A fit on disk: arrays in ``.npz``, words in ``.json`` beside it."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from aneroid.errors import InputError
from aneroid.orientation.indicators import Design
from aneroid.orientation.model import Parameters, Priors
from aneroid.orientation.scale import Scale
from aneroid.orientation.working import Working

if TYPE_CHECKING:
    from pathlib import Path

    from aneroid.orientation.fit import OrientationFit

FORMAT = 2
WORDS = ("states", "poles", "names", "of_family", "per_pole")
ARRAYS = ("years", "resolution", "pact")
READINGS = ("value", "y", "low", "high", "error")


def write(fit: OrientationFit, path: Path) -> None:
    """Write a fit; the arrays first and under another name, so that a killed run leaves no half fit."""
    design = fit.design
    seen = np.flatnonzero(np.isfinite(design.y))
    arrays = {f"design_{name}": getattr(design, name) for name in ARRAYS}
    arrays |= {f"parameter_{name}": value for name, value in fit.parameters.as_arrays().items()}
    arrays |= {"seen": seen} | {name: getattr(design, name).reshape(-1)[seen] for name in READINGS}
    arrays |= {name: getattr(fit.working, name).reshape(-1)[seen] for name in ("response", "noise")}
    # A variance needs no more than single precision; it is most of the file.
    arrays |= {
        "mean": fit.mean,
        "cov": fit.cov.astype(np.float32),
        "across": fit.across.astype(np.float32),
        "steps": fit.working.steps,
    }
    words = {
        "format": FORMAT,
        "seed": fit.seed,
        "shape": design.y.shape,
        **{name: getattr(design, name) for name in WORDS},
        "priors": asdict(fit.priors),
        "scale": asdict(fit.scale),
        "indicators": [asdict(note) for note in fit.indicators],
    }
    for target, save in (
        (path.with_suffix(".npz"), lambda part: np.savez(part, **arrays)),
        (path.with_suffix(".json"), lambda part: part.write(json.dumps(words, indent=1).encode())),
    ):
        part = target.with_name(target.name + ".part")
        with part.open("wb") as stream:
            save(stream)
        part.replace(target)


def read(path: Path) -> OrientationFit:
    """Read a fit that `write` has written."""
    from aneroid.orientation.fit import IndicatorNote, OrientationFit

    try:
        words = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        with np.load(path.with_suffix(".npz")) as stored:
            arrays = dict(stored)
    except FileNotFoundError as problem:
        raise InputError(f"No fit at {path}: {problem.filename} is missing. Fit again.") from problem
    if words["format"] != FORMAT:
        raise InputError(
            f"The fit at {path} has format {words['format']}, this version reads {FORMAT}. Fit again."
        )
    readings: dict[str, Any] = {
        name: np.full(words["shape"], np.nan) for name in (*READINGS, "response", "noise")
    }
    for name, values in readings.items():
        values.reshape(-1)[arrays["seen"]] = arrays[name]
    working = Working(arrays["steps"], readings.pop("response"), readings.pop("noise"))
    parts: dict[str, Any] = {name: arrays[f"design_{name}"] for name in ARRAYS}
    parts |= {name: tuple(words[name]) for name in WORDS}
    design = Design(**parts, **readings)
    stored_parameters = {f.name: arrays[f"parameter_{f.name}"] for f in fields(Parameters)}
    priors: dict[str, Any] = {
        name: tuple(v) if isinstance(v, list) else v for name, v in words["priors"].items()
    }
    scale = words["scale"] | {"years": tuple(words["scale"]["years"])}
    return OrientationFit(
        design,
        Parameters.from_arrays(stored_parameters),
        Priors(**priors),
        Scale(**scale),
        tuple(IndicatorNote(**note) for note in words["indicators"]),
        words["seed"],
        arrays["mean"],
        arrays["cov"].astype(float),
        arrays["across"].astype(float),
        working,
    )
