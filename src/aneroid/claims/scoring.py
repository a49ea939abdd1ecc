"""Scores of resolved questions, by who spoke: proper scores where a probability was stated, hit rates for all.

Speakers are classes (officials, analysts, media, unnamed people) and outlets; no private person is ever scored. Annulled
questions, whose condition was not met, count nowhere. Questions registered after their deadline are kept apart.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from aneroid.scores.proportions import wilson

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    *("by", "name", "retrospective", "n", "came_true", "hit_rate", "lo90", "hi90"),
    *("n_quantified", "brier", "brier_lo90", "brier_hi90", "log_score"),
)
_FLOOR = 1e-3  # a probability of 0 or 1 that fails would have no finite log score


def score_table(questions: pd.DataFrame) -> pd.DataFrame:
    """Score resolved questions.

    Parameters
    ----------
    questions
        From :func:`aneroid.claims.ledger.questions`.

    Returns
    -------
    pandas.DataFrame
        One row a forecaster (ours, the base rate), a kind of speaker and an outlet. ``hit_rate`` is the share of what was
        foretold that came true, with Wilson's interval; for ours and the base rate the share of likelier sides that were
        right. ``brier`` (0 best, .25 for always saying even) and ``log_score`` (mean of minus the log probability
        of what happened, 0 best) where a probability was stated: by a forecast, or by a
        hedge word with a published range, at its middle.
    """
    import pandas as pd

    resolved = questions[questions.status.isin(["yes", "no"])].copy()
    if resolved.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    resolved["outcome"] = (resolved.status == "yes").astype(float)
    resolved["middle"] = [None if s is None else (s[0] + s[1]) / 2 for s in resolved.stated]
    rows: list[dict[str, object]] = []
    for late, part in resolved.groupby("retrospective"):
        flag = bool(late)
        rows.append(_of_forecaster("ours", part, "probability", flag))
        rows.append(_of_forecaster("base rate", part, "base_rate", flag))
        said = part[part.origin == "article"]
        for column, label in (("speaker_kind", "kind of speaker"), ("outlet", "outlet")):
            for name, group in said[said[column] != ""].groupby(column):
                rows.append(_row(label, str(name), flag, group.outcome.tolist(), _pairs(group, "middle")))
    table = pd.DataFrame([row for row in rows if row["n"]], columns=list(COLUMNS))
    return table.reset_index(drop=True)


def _of_forecaster(name: str, part: pd.DataFrame, column: str, late: bool) -> dict[str, object]:
    pairs = _pairs(part, column)
    right = [float((p >= 0.5) == (o == 1.0)) for p, o in pairs]
    return _row("forecaster", name, late, right, pairs)


def _pairs(part: pd.DataFrame, column: str) -> list[tuple[float, float]]:
    stated = part[part[column].notna()]
    return [(float(p), float(o)) for p, o in zip(stated[column], stated.outcome, strict=True)]


def _row(
    by: str, name: str, late: bool, hits: list[float], pairs: list[tuple[float, float]]
) -> dict[str, object]:
    n, came = len(hits), int(sum(hits))
    low, high = wilson(came, n)
    losses = [(p - o) ** 2 for p, o in pairs]
    brier, half = _mean(losses)
    logs = [-math.log(min(max(p if o else 1 - p, _FLOOR), 1.0)) for p, o in pairs]
    return {
        "by": by,
        "name": name,
        "retrospective": late,
        "n": n,
        "came_true": came,
        "hit_rate": came / n if n else None,
        "lo90": low,
        "hi90": high,
        "n_quantified": len(pairs),
        "brier": brier,
        "brier_lo90": None if brier is None or half is None else max(0.0, brier - half),
        "brier_hi90": None if brier is None or half is None else min(1.0, brier + half),
        "log_score": _mean(logs)[0],
    }


def _mean(values: list[float]) -> tuple[float | None, float | None]:
    """The mean and half the width of its interval of nine in ten by Student's t; no interval for fewer than three."""
    if not values:
        return None, None
    mean = sum(values) / len(values)
    if len(values) < 3:
        return mean, None
    from scipy.stats import t

    spread = math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1) / len(values))
    return mean, float(t.ppf(0.95, len(values) - 1)) * spread
