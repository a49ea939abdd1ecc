"""Power and answers of the audits: what the fused measure can detect, what votes alone can, and whether the power is as stated.

Prints, for orders of one weapon, of its category and of all major arms: the smallest shift found with a power of 80 % at 5 %,
in standard deviations between states of the raw readings, from all other indicators and from votes alone; then the share
of placebo studies in which a shift of that size, put into the raw readings of placebo states, is found by the whole
procedure. Nothing is fitted on the cases.

    python benchmarks/eval_audit.py [--store FOLDER] [--all | --quick]

``--quick`` fits the three default poles alone instead of all nine: a fraction of the time, and all suppliers that matter for
air defence.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aneroid.audit.desk import ALL, SEED, _signals, audit_all
from aneroid.audit.injection import spread_between_states
from aneroid.audit.pooling import START, headline_of
from aneroid.audit.study import Study, run_study
from aneroid.audit.verdict import judge
from aneroid.audit.words import shift_text
from aneroid.orientation.desk import load_fit
from aneroid.orientation.fit import fit
from aneroid.orientation.poles import States
from aneroid.orientation.votes import without_doubles
from aneroid.record import Store, find_store
from aneroid.record.readings import readings
from aneroid.sources.indicators import FAMILIES, load_indicators
from aneroid.states import poles

if TYPE_CHECKING:
    from collections.abc import Callable

    from aneroid.audit.pooling import Case
    from aneroid.orientation.fit import OrientationFit

ASKED = ("arms:S-400", "arms:air defence", "arms")
VOTES_ALONE = tuple(sorted(set(FAMILIES) - {"votes"}))
STUDIES = 60
RESOLVED = 12


def placebo_study(study: Study, generator: np.random.Generator) -> tuple[Case, ...]:
    """Put one placebo case in the place of each case, itself no longer among the placebos."""
    made = []
    for case in study.cases:
        at = int(generator.integers(1, len(case.curves.states)))
        order = [at, *[n for n in range(1, len(case.curves.states)) if n != at]]
        curves = replace(
            case.curves, gap=case.curves.gap[order], states=tuple(case.curves.states[n] for n in order)
        )
        made.append(replace(case, state=curves.states[0], curves=curves))
    return tuple(made)


def found_again(study: Study, shift: float) -> tuple[float, float]:
    """Share of placebo studies that find a shift put in through the linear answer, and that find one where none is."""
    generator = np.random.default_rng(SEED)
    hits = {0.0: 0, shift: 0}
    for n in range(STUDIES):
        cases = placebo_study(study, generator)
        for size in hits:
            moved = []
            for case in cases:
                gap = case.curves.gap.copy()
                gap[0] = gap[0] + size * case.answer[3 + START]
                moved.append(replace(case, curves=replace(case.curves, gap=gap)))
            hits[size] += headline_of(moved, SEED + n)[0].p < 0.05
    return hits[shift] / STUDIES, hits[0.0] / STUDIES


def exactness(fitted: OrientationFit, study: Study) -> float:
    """Largest difference between the linear answer and a state solved anew from raw readings that were moved."""
    worst = 0.0
    generator = np.random.default_rng(SEED)
    for n in generator.choice(len(study.cases), min(RESOLVED, len(study.cases)), replace=False):
        case = study.cases[n]
        state, pole, since = case.curves.states[1], case.pole, case.year + START
        spread = spread_between_states(fitted, pole, (case.year - 5, case.year + 5))
        worst = max(worst, _difference(fitted, state, pole, since, spread))
    return worst


def _difference(fitted: OrientationFit, state: str, pole: str, since: int, spread: np.ndarray) -> float:
    from aneroid.audit.injection import responses

    i, p = fitted.states.index(state), fitted.poles.index(pole)
    steps = fitted.working.steps.copy()
    steps[i] = 1.0
    response = fitted.working.response.copy()
    response[:, i, p, fitted.design.year_index(since) :] += spread[:, None]
    solved = []
    for each in (fitted.working.response, response):
        working = replace(fitted.working, steps=steps, response=each)
        solver = States(fitted.design, fitted.parameters, fitted.priors, working)
        solved.append(solver.posterior(i).mean)
    solution = replace(fitted, working=replace(fitted.working, steps=steps), _solutions={})._solution(state)
    years = [y for y in range(since - 5, since + 5) if y <= fitted.years[1]]
    predicted = responses(fitted, state, pole, [since], years, spread)[0]
    moved = []
    for year in years:
        t = fitted.design.year_index(year)
        known = fitted.design.exists[i, p, t]
        at = solution.coordinate(pole, year) if known else 0
        moved.append((solved[1][at] - solved[0][at]) / fitted.scale.size if known else np.nan)
    return float(np.nanmax(np.abs(predicted - np.array(moved))))


def fitted(
    folder: Path, without: tuple[str, ...], quick: bool, tell: Callable[[str], None]
) -> OrientationFit:
    """The fit without some families, of the store, or of the default poles alone."""
    if not quick:
        return load_fit(folder, tell, without=without)
    with Store.open(folder) as store:
        rows = without_doubles(readings(store))
    return fit(rows, load_indicators(), poles=poles.DEFAULT, seed=SEED, without=without)


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", help="Taken and not used: everything comes from the store.")
    parser.add_argument("--store", type=Path, default=None)
    parser.add_argument("--quick", action="store_true", help="Fit the three default poles alone.")
    parser.add_argument("--all", action="store_true", help="Also audit one signal of every indicator.")
    given = parser.parse_args()
    folder = find_store(given.store)

    def tell(line: str) -> None:
        print(line, file=sys.stderr)

    fused, alone = (fitted(folder, without, given.quick, tell) for without in (("arms",), VOTES_ALONE))
    print(
        "Shift detected with a power of 80 % at 5 %, standard deviations between states of the raw readings"
    )
    print(
        "signal | cases | all but arms | votes alone | votes alone, published studies of single cases | ratio to ours"
    )
    studies = {}
    for signal in _signals(folder, ASKED):
        ours, theirs = run_study(signal, fused, SEED), run_study(signal, alone, SEED)
        studies[signal.text] = ours
        if ours.headline is None or theirs.headline is None:
            continue
        least, other = ours.headline.detectable, theirs.headline.detectable
        print(f"{signal.text} | {len(ours.cases)} | {least:.2f} | {other:.2f} | {least / other:.2f}")
    print(
        f"\nPlacebo studies ({STUDIES} each) that find the shift said to be detectable, and that find one where none is"
    )
    for text in ASKED[:2]:
        study = studies[text]
        if study.headline is None:
            continue
        power, size = found_again(study, study.headline.detectable)
        print(f"{text} | power {power:.2f} (stated .80) | false findings {size:.3f} (stated .050)")
    worst = exactness(fused, studies["arms:air defence"])
    print(
        f"\nLinear answer against states solved anew from moved raw readings: largest difference {worst:.1e} units"
    )
    print("\nAnswers")
    if given.quick:
        verdicts = [(study, judge(study)) for study in studies.values()]
    else:
        audits = audit_all(folder, ALL if given.all else ASKED, progress=tell)
        verdicts = [(each.study, each.verdict) for each in audits]
    for study, verdict in verdicts:
        shift = "" if study.headline is None else shift_text(study.headline.shift, *study.headline.interval)
        print(
            f"{study.signal.text} | {verdict.answer} | {verdict.reason} | {shift} | {len(study.cases)} cases"
        )


if __name__ == "__main__":
    main()
