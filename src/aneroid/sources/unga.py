"""Roll calls of the UN General Assembly, sessions 1–74 (1946 to January 2020), after the unvotes copy.

Layout
    Votes: ``rcid`` (float), ``country`` (name), ``vote`` yes/no/abstain; absence is no row. Roll calls:
    ``rcid`` (integer), ``session``, ``date``, ``importantvote``, ``unres``, ``short``, ``descr``. Issues:
    ``rcid``, ``short_name``, several rows a roll call.
Terms
    CC0 (the data), MIT (the package).
Quirks
    - ``rcid`` is float in one table and integer in the other.
    - Before 1997 the day of the month never exceeds 7: take year and month from ``date``, not the day.
    - ``importantvote`` is not coded for sessions 73–74 nor for many roll calls since 52: null, not false.
    - ``Yugoslavia`` runs to session 74 (Serbia since 2006), ``Taiwan`` is the China seat to 1971, some names
      have no ISO code.
    - Session 19 has one roll call (nobody voted in 1964) and Zanzibar two votes. All are votes, all stay;
      whoever fits a model may leave them out by ``session`` and ``state``.
    - Iraq has no recorded vote from 1995 to autumn 2003.

References
----------
Voeten, Strezhnev, Bailey, United Nations General Assembly Voting Data, doi:10.7910/DVN/LEJUQZ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aneroid.sources.checks import Rejections, read_checked
from aneroid.sources.codes import SEAT_MOVED, from_names

if TYPE_CHECKING:
    import pandas as pd

SOURCE = "unga"
VOTES = "unga/unvotes_un_votes.parquet"
ROLLCALLS = "unga/unvotes_un_roll_calls.parquet"
ISSUES = "unga/unvotes_un_roll_call_issues.parquet"
VOTE_COLUMNS = ["rcid", "country", "vote"]
ROLLCALL_COLUMNS = ["rcid", "session", "importantvote", "date", "unres", "short", "descr"]
ISSUE_COLUMNS = ["rcid", "short_name"]

VOTE_CODES = {"yes": 1, "abstain": 2, "no": 3}
ISSUE_ORDER = ["me", "nu", "di", "hr", "co", "ec"]
TITLE_LENGTH = 80
# Given descriptions and sessions, the index of the previous vote on the same text, −1 where there is none.
LinkRepeated = Callable[[Sequence[str], Sequence[int]], NDArray[np.int64]]
ALIASES = {
    "Federal Republic of Germany": "DEU",
    "German Democratic Republic": "DDR",
    "Czechoslovakia": "CSK",
    "Yemen Arab Republic": "YEM",
    "Yemen People's Republic": "YEMS",
    "Zanzibar": "EAZ",
}


def load_votes(path: Path, rollcalls: pd.DataFrame, rejected: Rejections) -> pd.DataFrame:
    """Read every recorded vote.

    Parameters
    ----------
    path
        ``unvotes_un_votes.parquet``.
    rollcalls
        What :func:`load_rollcalls` returns, for the year of each vote.
    rejected
        Log of votes without a state, a roll call or a known answer.

    Returns
    -------
    pandas.DataFrame
        ``rcid``, ``state``, ``vote`` (1 yes, 2 abstain, 3 no), sorted; absence is no row.
    """
    raw = read_checked(path, VOTE_COLUMNS, source=SOURCE).astype({"rcid": "int32"})
    raw["code"] = raw["vote"].map(VOTE_CODES)
    frame = raw.merge(rollcalls[["rcid", "year"]], on="rcid", how="left")
    unusable = frame["year"].isna() | frame["code"].isna()
    rejected.add(SOURCE, "no roll call or unknown answer", frame.loc[unusable, "rcid"])
    frame = frame[~unusable].reset_index(drop=True)
    frame["state"] = from_names(frame, "country", "year", aliases=ALIASES, source=SOURCE, rejected=rejected)
    early = (frame["country"] == "Taiwan") & (frame["year"] < SEAT_MOVED)
    frame["state"] = frame["state"].mask(early, "CHN")
    frame = frame.dropna(subset="state").rename(columns={"vote": "answer", "code": "vote"})
    doubled = frame.duplicated(["rcid", "state"])
    rejected.add(SOURCE, "second vote of one state in a roll call", frame.loc[doubled, "rcid"])
    frame = frame[~doubled].astype({"vote": "int8"})
    return frame[["rcid", "state", "vote"]].sort_values(["rcid", "state"], ignore_index=True)


def load_rollcalls(path: Path, issues: Path) -> pd.DataFrame:
    """Read what was voted on.

    Parameters
    ----------
    path, issues
        ``unvotes_un_roll_calls.parquet`` and ``unvotes_un_roll_call_issues.parquet``.

    Returns
    -------
    pandas.DataFrame
        ``rcid``, ``session``, ``date`` (its day is unreliable before 1997), ``year`` (calendar), ``symbol``,
        ``title``, ``important`` (null where not coded), ``issues``.
    """
    frame = read_checked(path, ROLLCALL_COLUMNS, source=SOURCE).sort_values("rcid", ignore_index=True)
    frame["year"] = frame["date"].dt.year
    frame["date"] = frame["date"].dt.date
    frame["symbol"] = frame["unres"].str.strip().replace("", None)
    frame["title"] = [_title(short, long) for short, long in zip(frame["short"], frame["descr"], strict=True)]
    frame["important"] = frame["importantvote"].astype("boolean")
    codes = read_checked(issues, ISSUE_COLUMNS, source=SOURCE)
    listed = codes.groupby("rcid")["short_name"].agg(
        lambda names: ",".join(n for n in ISSUE_ORDER if n in set(names))
    )
    frame["issues"] = frame["rcid"].map(listed)
    frame = frame.astype({"rcid": "int32", "session": "int16", "year": "int16"})
    return frame[["rcid", "session", "date", "year", "symbol", "title", "important", "issues"]]


def _title(short: object, long: object) -> str | None:
    """Take the short title, else the description, on one line and cut at a word."""
    for text in (short, long):
        clean = re.sub(r'[\\"\s]+', " ", text).strip() if isinstance(text, str) else ""
        clean = re.sub(r"\s*: resolution( / adopted by the General Assembly)?$", "", clean)
        if clean:
            return clean if len(clean) <= TITLE_LENGTH else clean[:TITLE_LENGTH].rsplit(" ", 1)[0] + " …"
    return None


def number_texts(rollcalls: pd.DataFrame, path: Path, link: LinkRepeated) -> pd.DataFrame:
    """Add ``text``: which roll calls put the same text to the vote, found on the full descriptions.

    Parameters
    ----------
    rollcalls
        What :func:`load_rollcalls` returns; its titles are often too short to tell texts apart.
    path
        ``unvotes_un_roll_calls.parquet``, for the descriptions.
    link
        The matching rule.

    Returns
    -------
    pandas.DataFrame
        The roll calls with ``text``, the ``rcid`` of the first vote on the same text; null where a roll call
        neither repeats another nor is repeated.
    """
    import pandas as pd

    source = read_checked(path, ["rcid", "short", "descr"], source=SOURCE).set_index("rcid")
    described = source["descr"].where(source["descr"].str.strip() != "").fillna(source["short"]).fillna("")
    before = link(rollcalls["rcid"].map(described).tolist(), rollcalls["session"].tolist())
    text = rollcalls["rcid"].to_numpy(copy=True)
    # In order of session, so that the roll call before already has its number.
    for row in np.argsort(rollcalls["session"], kind="stable"):
        if before[row] >= 0:
            text[row] = text[before[row]]
    numbers = pd.Series(text, index=rollcalls.index, dtype="Int32")
    return rollcalls.assign(text=numbers.where(numbers.duplicated(keep=False)))


def count_answers(rollcalls: pd.DataFrame, votes: pd.DataFrame) -> pd.DataFrame:
    """Add the counts ``yes``, ``no``, ``abstain`` to the roll calls.

    Parameters
    ----------
    rollcalls, votes
        What the loaders return.

    Returns
    -------
    pandas.DataFrame
        The roll calls with the votes recorded here, which may be fewer than the official count.
    """
    import pandas as pd

    counts = (
        pd.crosstab(votes["rcid"], votes["vote"]).reindex(columns=[1, 3, 2], fill_value=0).astype("int16")
    )
    counts.columns = pd.Index(["yes", "no", "abstain"])
    return rollcalls.merge(counts, left_on="rcid", right_index=True, how="inner", validate="one_to_one")
