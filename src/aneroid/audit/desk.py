"""Audits from the store: events from its readings and deals, fits purged of them, and the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.audit.multiple import benjamini_hochberg
from aneroid.audit.signals import Signal, find_signal
from aneroid.audit.study import Study, run_study
from aneroid.audit.verdict import SMALLEST, Verdict, judge
from aneroid.orientation.desk import load_fit
from aneroid.panel.build import fitted_sources

if TYPE_CHECKING:
    from aneroid.orientation.fit import OrientationFit

SEED = 20
ALL = (
    "alliance:defense",
    "alliance:consultation",
    "arms",
    "arms:air defence",
    "arms:S-400",
    "troops:USA>1000",
    "sanctions:trade",
    "sanctions:arms",
    "dispute",
    "vote",
    "trade",
    "agreements",
    "visit",
)
"""What `--all` audits: one signal of every indicator, and the two that began the question."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Audit:
    """A study with its verdict and the sources behind both."""

    study: Study
    verdict: Verdict
    without: tuple[str, ...]
    sources: tuple[str, ...]


def audit(
    folder: Path, text: str, *, smallest: float = SMALLEST, seed: int = SEED, progress: Progress | None = None
) -> Audit:
    """Say whether a signal precedes a change of orientation, as the other indicators measure it.

    Parameters
    ----------
    folder
        Folder of the store.
    text
        Name of the signal, such as ``arms:S-400``.
    smallest
        Smallest shift of interest, in standard deviations between states.
    seed
        Of the placebo draws.
    progress
        Called with one line for each step.

    Returns
    -------
    Audit
        Its verdict is one of three; association, not effect.
    """
    return audit_all(folder, [text], smallest=smallest, seed=seed, progress=progress)[0]


def audit_all(
    folder: Path,
    texts: Sequence[str] = ALL,
    *,
    smallest: float = SMALLEST,
    seed: int = SEED,
    progress: Progress | None = None,
) -> list[Audit]:
    """Audit several signals, with p values adjusted for their number.

    Returns
    -------
    list of Audit
        In the order asked.
    """
    tell = progress or (lambda line: None)
    signals = _signals(folder, texts)
    done: dict[int, tuple[Study, tuple[str, ...]]] = {}
    for families in dict.fromkeys(signal.families for signal in signals):
        fitted: OrientationFit | None = None
        for n, signal in enumerate(signals):
            if signal.families == families:
                fitted = fitted or load_fit(folder, tell, without=families)
                tell(f"Studying {signal.text}: {len(signal.events)} events …")
                sources = {*fitted_sources(fitted), signal.source} - {""}
                done[n] = (run_study(signal, fitted, seed), tuple(sorted(sources)))
    studies = [done[n][0] for n in range(len(signals))]
    adjusted = benjamini_hochberg([s.headline.p if s.headline else float("nan") for s in studies])
    return [
        Audit(study, judge(study, smallest, p), study.signal.families, done[n][1])
        for n, (study, p) in enumerate(zip(studies, adjusted, strict=True))
    ]


def _signals(folder: Path, texts: Sequence[str]) -> list[Signal]:
    from aneroid.record.readings import deals, readings
    from aneroid.record.store import Store
    from aneroid.sources.indicators import load_indicators

    with Store.open(folder) as store:
        rows, register = readings(store), deals(store)
    indicators = load_indicators()
    return [find_signal(text, rows, register, indicators) for text in texts]
