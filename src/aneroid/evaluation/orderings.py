"""What any scholar expects of leans between the United States and Russia, and with what probability it holds.

The list was written before the model was fitted. The settings of the model were chosen with these cases in view, though
not by them; so this is a check of sanity, not a test on unseen data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.orientation.fit import OrientationFit

POLES = ("USA", "RUS")


@dataclass(frozen=True, slots=True)
class Ordering:
    """The first state and year is expected to lean further towards the United States than the second."""

    first: tuple[str, int]
    second: tuple[str, int]


EXPECTED = (
    Ordering(("CUB", 1955), ("CUB", 1965)),
    Ordering(("IRQ", 2009), ("IRQ", 1989)),
    Ordering(("EGY", 1985), ("EGY", 1970)),
    Ordering(("POL", 2010), ("POL", 1970)),
    Ordering(("ISR", 1985), ("SYR", 1985)),
    Ordering(("SAU", 1985), ("PRK", 1985)),
    Ordering(("PAK", 1965), ("IND", 1985)),
    Ordering(("GBR", 1985), ("SWE", 1985)),
    Ordering(("SWE", 1985), ("BGR", 1975)),
)
NEITHER = (("CHN", 1965), ("IRN", 1985))
"""Expected to be close to neither pole: the likely range of closeness to Russia below half a pact's worth."""
SOVIET = 0.5


def orderings(fitted: OrientationFit) -> pd.DataFrame:
    """Compare each expected pair.

    Returns
    -------
    pandas.DataFrame
        ``expected, first_lean, second_lean, probability``: the posterior probability that the first leans further towards the
        United States. Two years of one state are compared jointly.
    """
    import pandas as pd

    rows = []
    for pair in EXPECTED:
        leans = [
            float(fitted.lean([state], *POLES, year, year).lean.iloc[0])
            for state, year in (pair.first, pair.second)
        ]
        p = fitted.probability(lean_greater=(pair.first, pair.second), pole_a=POLES[0], pole_b=POLES[1])
        names = [f"{state} {year}" for state, year in (pair.first, pair.second)]
        rows.append(
            {"expected": " > ".join(names), "first_lean": leans[0], "second_lean": leans[1], "probability": p}
        )
    return pd.DataFrame(rows)


def neither(fitted: OrientationFit) -> pd.DataFrame:
    """Look at states expected to stand apart from both.

    Returns
    -------
    pandas.DataFrame
        ``case, closeness_usa, closeness_rus, rus_lo90, rus_hi90, autonomy, lean, lean_lo90, lean_hi90, p_not_soviet``;
        the last is the posterior probability that closeness to Russia is below half of what a defence pact is worth.
    """
    from statistics import NormalDist

    import pandas as pd

    rows = []
    for state, year in NEITHER:
        close = fitted.closeness([state], POLES, year, year).set_index("pole")
        near, sd = (float(value) for value in close.loc["RUS", ["closeness", "sd"]].to_numpy(dtype=float))
        lean = fitted.lean([state], *POLES, year, year).iloc[0]
        russia = close.loc["RUS"]
        rows.append(
            {
                "case": f"{state} {year}",
                "closeness_usa": close.loc["USA", "closeness"],
                "closeness_rus": russia.closeness,
                "rus_lo90": russia.lo90,
                "rus_hi90": russia.hi90,
                "autonomy": fitted.posture([state], POLES, year, year).autonomy.iloc[0],
                "lean": lean.lean,
                "lean_lo90": lean.lo90,
                "lean_hi90": lean.hi90,
                "p_not_soviet": NormalDist(near, sd).cdf(SOVIET),
            }
        )
    return pd.DataFrame(rows)
