"""Each test of orientation run, kept, and put into words: what `benchmarks/eval_orientation.py` prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.evaluation.orientation_backtest import FIRST_TEST, back_test, summary, tally
from aneroid.evaluation.orientation_data import Bench
from aneroid.evaluation.orientation_halves import compare_halves, compare_issues, compare_mixed
from aneroid.evaluation.orientation_leave_out import factors, leave_out
from aneroid.evaluation.orientation_outcomes import Grid, outcomes
from aneroid.evaluation.orientation_page import Section, verdict
from aneroid.evaluation.orientation_scores import scores_at
from aneroid.evaluation.orientation_simulation import fit_world, recovery, simulate_world
from aneroid.evaluation.orientation_validity import validity

if TYPE_CHECKING:
    import pandas as pd

FIRST_ORIGIN, LAST_ORIGIN = 1961, 2015
"""Origins before the first that is tested only teach."""


@dataclass(frozen=True)
class Options:
    """What the command line asks for."""

    data: Path | None
    quick: bool
    step: int


def prediction(bench: Bench, options: Options) -> Section:
    """Tell what every score adds to the history of the dyad."""
    source = "with-file" if options.data else "packaged"

    def compute() -> pd.DataFrame:
        grid = Grid.of(bench.poles)
        known = outcomes(bench, grid, options.data)
        scores = {
            origin: scores_at(bench, origin) for origin in range(FIRST_ORIGIN, LAST_ORIGIN + 1, options.step)
        }
        bench.say("logits")
        return summary(back_test(grid, known, scores))

    table = bench.table(f"prediction-{options.step}-{source}", compute)
    counts = tally(table)
    found = []
    for row in counts.to_dict("records"):
        ahead = f"{row['horizon']} year{'s' if row['horizon'] > 1 else ''} ahead"
        found += [
            verdict(f"outcomes to which ours adds significantly, {ahead}:", row["adds"], 4, 6),
            verdict(f"outcomes on which ours adds more than every other score, {ahead}:", row["most"], 4, 6),
            verdict(
                f"outcomes on which ours is significantly worse than history, {ahead}:", row["worse"], 0, 0
            ),
        ]
    asked = (
        f"Origins {FIRST_TEST}–{LAST_ORIGIN}, every {options.step} years, poles {', '.join(bench.poles)}; everything estimated "
        "again at each origin from what was known (published ideal points excepted, which know the future). Gain in log "
        "score over the logit on dyad history, 10⁻³ nats per dyad and origin; * = 95 % interval above zero, clustered by "
        "state and by wave of years."
    )
    return Section(
        "Prediction", asked, (("What each score adds", table), ("Outcomes by horizon", counts)), tuple(found)
    )


def halves(bench: Bench, options: Options) -> Section:
    """Tell whether intervals hold across disjoint halves."""
    few = options.quick
    one = bench.table(f"halves-{few}", lambda: compare_halves(bench, splits=3 if few else 8))
    two = bench.table(f"mixed-{few}", lambda: compare_mixed(bench, splits=1 if few else 2))
    three = bench.table("issues", lambda: compare_issues(bench))
    rival = three[(three["kind"] == "1-D blown up") & (three["split"] == "all")].iloc[0]
    alone = three[(three["kind"] == "closeness") & (three["split"] == "all")].iloc[0]
    found = []
    for name, row in (
        ("halves of the families", one.iloc[-1]),
        ("halves of the families, each with votes on its own issues", two.iloc[-1]),
        ("votes alone on different issues", alone),
    ):
        found.append(verdict(f"coverage, {name}:", row["coverage"], 0.87, 0.93))
        better = "reached" if row["score"] < rival["score"] else "missed"
        found.append(
            f"{better}: interval score, {name}: {row['score']:.2f} (one-dimensional votes blown up by one constant: "
            f"{rival['score']:.2f})"
        )
    return Section(
        "Intervals across disjoint halves",
        "|â − b̂| < 1.645 √(Va + Vb) should hold in nine cases of ten. Width and interval score of the difference are in "
        "standard deviations between pairs; knowing nothing costs 4.65.",
        (
            ("Halves of the families", one),
            ("Halves of the families and issues of votes", two),
            ("Votes alone", three),
        ),
        tuple(found),
    )


def left_out(bench: Bench, options: Options) -> Section:
    """Tell how well every indicator is predicted from the others."""
    table = bench.table("leave-out", lambda: leave_out(bench))
    positive = table[(table["marginal"] > 0) & (table["climatology"] > 0)]
    columns = [name for name in table.columns if not name.startswith("d")]
    found = (
        verdict("indicators without skill over marginal and climatology:", len(table) - len(positive), 0, 1),
        f"over the marginal alone: {int((table['marginal'] > 0).sum())} of {len(table)}, "
        f"{int((table['marginal_lo'] > 0).sum())} of them significantly",
        f"added to the dyad's own climatology: {int((table['added_lo'] > 0).sum())} of {len(table)} significantly",
        f"uniform by test (p > .05): {int((table['uniform_p'] > 0.05).sum())} of {len(table)}",
    )
    return Section(
        "One indicator left out",
        "The model is fitted without the indicator; its loading is learned on nine tenths of the states and tried on the "
        "tenth. Gains in nats per reading. The climatology has read the indicator itself, in the dyad's earlier years.",
        (
            ("Skill", table[columns]),
            (
                "Tenths of the randomised transform (a tenth each if calibrated)",
                table[["indicator", *(name for name in table.columns if name.startswith("d"))]],
            ),
        ),
        found,
    )


def one_or_three(bench: Bench, options: Options) -> Section:
    """Tell whether three factors predict better than one."""
    table = bench.table("factors", lambda: factors(bench))
    better = table[table["lo"] > 0]["indicator"].tolist()
    worse = table[table["hi"] < 0]["indicator"].tolist()
    return Section(
        "One factor against three",
        "Each indicator predicted on states that taught nothing: from closeness of all other indicators, and from three "
        "kinds of closeness (security, economic, diplomatic), each with a loading of its own. Gain over the marginal in "
        "nats per reading.",
        (("Held-out log score", table),),
        (
            f"three predict better: {', '.join(better) or 'none'}; one predicts better: {', '.join(worse) or 'none'}; mean "
            f"difference {table['three_over_one'].mean():.4f} nats",
        ),
    )


def agreement(bench: Bench, options: Options) -> Section:
    """Tell what closeness goes with, by era."""
    table = bench.table("validity", lambda: validity(bench))
    every = table[table["closeness"] == "all indicators"]
    return Section(
        "Convergent and discriminant validity",
        "Mean over years of the correlation across dyads. Convergent: all indicators with each measure. Discriminant: "
        "closeness without votes with measures of votes, and votes alone with hardware.",
        (("Correlations by era", table),),
        (
            f"closeness from all indicators correlates {every['ideal points'].min():.2f} to {every['ideal points'].max():.2f} "
            f"with nearness of ideal points and {every['S (votes)'].min():.2f} to {every['S (votes)'].max():.2f} with S",
        ),
    )


def simulation(bench: Bench, options: Options) -> Section:
    """Tell whether closeness that is known comes back."""
    seeds = (1,) if options.quick else (1, 2, 3)

    def compute() -> pd.DataFrame:
        import pandas as pd

        rows = []
        for name, private in (("as the priors expect", None), ("well read", (0.1, 0.1, 0.15))):
            for seed in seeds:
                world = simulate_world(n_states=150, seed=seed, private=private)
                rows.append({"world": name, "seed": seed, **recovery(world, fit_world(world, bench.priors))})
                bench.say(f"world {name}, seed {seed}")
        return pd.DataFrame(rows)

    table = bench.table(f"simulation-{len(seeds)}", compute)
    found = []
    for name, part in table.groupby("world", sort=False):
        mean = part.drop(columns=["world", "seed"]).mean()
        found += [
            verdict(f"{name}: recovery of closeness, r", mean["closeness_r"], 0.9, 1.0),
            verdict(f"{name}: recovery of loadings, r", mean["loading_r"], 0.9, 1.0),
            verdict(f"{name}: coverage of closeness", mean["coverage"], 0.88, 0.92),
            verdict(f"{name}: coverage of lean", mean["lean_coverage"], 0.88, 0.92),
        ]
    return Section(
        "Simulated worlds",
        "150 states, 3 poles, 60 years, twelve indicators within the coverage of their sources, drawn from the model's own "
        "equation; fitted with the priors of the package. `r_expected` is the greatest correlation that readings of such "
        "noise allow, by the fit's own variances.",
        (("Recovery", table),),
        tuple(found),
    )


SECTIONS: dict[str, Callable[[Bench, Options], Section]] = {
    "prediction": prediction,
    "halves": halves,
    "leave-out": left_out,
    "factors": one_or_three,
    "validity": agreement,
    "simulation": simulation,
}
