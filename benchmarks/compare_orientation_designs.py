"""Compare designs of the orientation model by what they say of readings they did not see.

python benchmarks/compare_orientation_designs.py [--store DIR] [--nth 4] [--designs amounts,levels] [--factors]

Every n-th state of the record and four poles since 1975, so that a design takes about a minute on an idle core:
- **halves**: two fits on disjoint halves of the families; |â − b̂| < 1.645·√(Va + Vb), mean width of both 90 % intervals,
  interval score of the difference, correlation of the two and of their five-year changes;
- **left out**: closeness from the other families, linked to each indicator by a regression learned on two thirds of the
  states; skill in the rest over the mean towards each pole (share of log loss for tie or none, nats for what is measured).
`--factors` compares one factor with three (security, economic, diplomatic) in the same way. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression, LogisticRegression

from aneroid.orientation.fit import OrientationFit, fit
from aneroid.orientation.model import Priors
from aneroid.orientation.poles import States, solve
from aneroid.orientation.votes import without_doubles
from aneroid.orientation.working import start
from aneroid.record import Store, find_store
from aneroid.record.readings import readings
from aneroid.sources.indicators import FAMILIES, load_indicators

POLES = ("USA", "RUS", "CHN", "FRA")
FIRST = 1975
STRONG = {"loading_weight": 100.0, "loading_limits": (0.25, 0.55)}
DESIGNS: dict[str, dict[str, object]] = {
    "amounts": {"by_levels": False, **STRONG},
    "amounts-free": {"by_levels": False},
    "levels": STRONG,
    "levels-free": {},
}
HALVES = (("votes", "arms", "troops", "disputes"), ("votes", "alliances", "trade", "sanctions"))
DOMAINS = {
    "security": {"alliances", "arms", "troops", "agreements", "disputes"},
    "economic": {"trade", "sanctions"},
    "diplomatic": {"votes"},
}
Z = 1.645


def main() -> int:
    """Print one table a question."""
    given = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    given.add_argument("--store", type=Path)
    given.add_argument("--nth", type=int, default=4)
    given.add_argument("--designs", default=",".join(DESIGNS))
    given.add_argument("--factors", action="store_true")
    asked = given.parse_args()
    rows = sample(find_store(asked.store), asked.nth)
    if asked.factors:
        print(factors(rows).round(3).to_string(index=False))
        return 0
    for name in asked.designs.split(","):
        priors = Priors(unit_years=(FIRST, 1989), **DESIGNS[name])  # type: ignore[arg-type]  # named fields
        print(f"## {name}\n{halves(rows, priors).round(3).to_string(index=False)}")
        skill = left_out(rows, priors)
        print(skill.round(3).to_string(index=False))
        print(skill.groupby("kind")["skill"].mean().round(3).to_dict(), flush=True)
    return 0


def sample(store: Path, nth: int) -> pd.DataFrame:
    """Readings of every n-th state."""
    with Store.open(store) as opened:
        rows = without_doubles(readings(opened))
    rows = rows[rows["year"] >= FIRST]
    kept = set(sorted(rows["state"].unique())[::nth]) | set(POLES[:3])
    return rows[rows["state"].isin(kept)]


def halves(rows: pd.DataFrame, priors: Priors) -> pd.DataFrame:
    """How two fits on disjoint halves of the families agree, closeness centred and in latent terms."""
    out = []
    for one in HALVES:
        other = tuple(family for family in FAMILIES if family not in one)
        a, b = (
            fit(rows, load_indicators(), poles=POLES, priors=priors, without=left) for left in (other, one)
        )
        (ma, va), (mb, vb) = latent(a, b), latent(b, a)
        seen = np.isfinite(ma) & np.isfinite(mb)
        gap = (ma - mb - (ma - mb)[seen].mean())[seen]
        width = Z * np.sqrt(va + vb)[seen]
        moved = [m[:, :, 5:] - m[:, :, :-5] for m in (ma, mb)]
        both = np.isfinite(moved[0]) & np.isfinite(moved[1])
        out.append(
            {
                "half": "+".join(one),
                "coverage": float((np.abs(gap) < width).mean()),
                "width": float(2 * Z * np.sqrt(np.concatenate([va[seen], vb[seen]])).mean()),
                "interval_score": float((2 * width + 20 * np.maximum(np.abs(gap) - width, 0)).mean()),
                "r": float(np.corrcoef(ma[seen], mb[seen])[0, 1]),
                "r_5_years": float(np.corrcoef(moved[0][both], moved[1][both])[0, 1]),
            }
        )
    return pd.DataFrame(out)


def latent(one: OrientationFit, other: OrientationFit) -> tuple[np.ndarray, np.ndarray]:
    """Closeness and its variance for states and years that both fits have."""
    common = [n for n, state in enumerate(one.states) if state in other.states]
    years = max(one.years[0], other.years[0]), min(one.years[1], other.years[1])
    at = slice(one.design.year_index(years[0]), one.design.year_index(years[1]) + 1)
    mean = one.mean + one.parameters.mu[:, None]
    variance = np.einsum("itpp->ipt", one.cov)
    return mean[common][:, :, at], variance[common][:, :, at]


def without_families(full: OrientationFit, gone: set[str]) -> np.ndarray:
    """Closeness of all states from the other families, parameters as they are."""
    y = full.design.y.copy()
    y[np.isin(np.array(full.design.of_family), sorted(gone))] = np.nan
    design = replace(full.design, y=y)
    states = States(design, full.parameters, full.priors, start(design, full.parameters))
    read = np.flatnonzero(design.exists.any(axis=(1, 2))).tolist()
    solve(states, only=read)
    return solve(states, last=True, only=read)[0]


def skill_of(full: OrientationFit, k: int, features: list[np.ndarray]) -> tuple[str, float]:
    """Skill of features for indicator k in a third of the states, linked in the others."""
    design = full.design
    value = design.value[k]
    seen = np.isfinite(value) & np.all([np.isfinite(each) for each in features], axis=0)
    i, p, _ = np.nonzero(seen)
    test = i % 3 == 0
    pole = np.eye(len(design.poles))[p]
    told = np.column_stack([pole, *(part for each in features for part in (each[seen], each[seen] ** 2))])
    tie = np.abs(value[seen]) > 0
    if (~tie).mean() > 0.03 and tie.any():
        losses = []
        for x in (pole, told):
            model = LogisticRegression(C=10, max_iter=500).fit(x[~test], tie[~test])
            chance = np.clip(model.predict_proba(x[test])[:, 1], 1e-6, 1 - 1e-6)
            losses.append(-np.where(tie[test], np.log(chance), np.log1p(-chance)).mean())
        return "tie or none", 1 - losses[1] / losses[0]
    scores = []
    for x in (pole, told):
        line = LinearRegression(fit_intercept=False).fit(x[~test], value[seen][~test])
        sd = (value[seen][~test] - line.predict(x[~test])).std()
        error = value[seen][test] - line.predict(x[test])
        scores.append(np.mean(np.log(sd) + error**2 / (2 * sd**2)))
    return "measured", float(scores[0] - scores[1])


def left_out(rows: pd.DataFrame, priors: Priors) -> pd.DataFrame:
    """Skill of closeness from the other families for every indicator."""
    full = fit(rows, load_indicators(), poles=POLES, priors=priors)
    found = {family: without_families(full, {family}) for family in full.design.families}
    out = []
    for k, name in enumerate(full.design.names):
        kind, skill = skill_of(full, k, [found[full.design.of_family[k]]])
        out.append({"indicator": name, "kind": kind, "skill": skill})
    return pd.DataFrame(out)


def factors(rows: pd.DataFrame) -> pd.DataFrame:
    """Skill of one closeness against three (security, economic, diplomatic) for every indicator."""
    full = fit(rows, load_indicators(), poles=POLES, priors=Priors(unit_years=(FIRST, 1989)))
    out = []
    for family in full.design.families:
        one = [without_families(full, {family})]
        kept = [domain - {family} for domain in DOMAINS.values()]
        # A domain with nothing left says nothing: it is dropped, not guessed.
        every = set(full.design.families)
        three = [without_families(full, every - domain) for domain in kept if domain & every]
        for k, name in enumerate(full.design.names):
            if full.design.of_family[k] == family:
                kind, single = skill_of(full, k, one)
                out.append(
                    {"indicator": name, "kind": kind, "one": single, "three": skill_of(full, k, three)[1]}
                )
    return pd.DataFrame(out)


if __name__ == "__main__":
    sys.exit(main())
