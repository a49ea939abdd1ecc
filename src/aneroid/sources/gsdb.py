"""Sanctions in force, Global Sanctions Data Base V3, 1949–2022.

Layout
    One row a case: ``case_id``, ``sanctioned_state``, ``sanctioning_state`` (names, some lists by comma),
    ``begin``, ``end`` (years), and 0/1 for ``trade``, ``arms``, ``military``, ``financial``, ``travel``,
    ``other``.
Terms
    Free for research with citation, no open licence: derived readings only.
Rules
    - A pole sanctions a state in every year from ``begin`` to ``end``, both included.
    - Measures of bodies with limited membership (EU, NATO, G7, CoCom …) are measures of those poles which
      were members that year. Measures of the UN, OSCE and other bodies with members on all sides bind
      everybody and tell no pole from another. They are no reading, and neither is the silence of a pole beside
      them: while one of a kind is in force, a pole without a measure of its own has no row, not a zero.
    - Measures against the EU, the EEC, the Eurasian Union and Comecon hit each member of that year. Other
      bodies, regions and armed groups are no targets of ours.
Quirks
    - Lists are separated by commas, and some single names contain one (``Korea, North``): see
      ``COMMA_NAMES``.
    - ``end`` = 2022 means in force when the data end; nothing is read after 2022.
    - ``South Vietnam`` stands for all of Vietnam from 1976, ``Yemen, North`` for Yemen from 1990,
      ``Yugoslavia`` for Serbia from 2006.
    - The 2020 US measure on Turkey over the S-400 is coded with ``arms`` = 0.

References
----------
Felbermayr et al. (2020), doi:10.1016/j.euroecorev.2020.103561. Syropoulos et al. (2023),
doi:10.1111/roie.12691.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.sources.checks import Rejections, read_checked
from aneroid.sources.codes import from_names
from aneroid.sources.groups import OPEN_TO_ALL, SENDERS, TARGETS, Bodies, members
from aneroid.sources.panel import TIE, each_year, readings
from aneroid.states import poles

if TYPE_CHECKING:
    import pandas as pd

SOURCE = "gsdb"
PATH = "gsdb/gsdb_v3.parquet"
KINDS = ["trade", "arms", "military", "financial", "travel", "other"]
COLUMNS = ["case_id", "sanctioned_state", "sanctioning_state", "begin", "end", *KINDS]
COVERAGE = (1950, 2022)
INDICATORS = {
    "sanctions_arms": ["arms"],
    "sanctions_trade": ["trade"],
    "sanctions_other": ["military", "financial", "travel", "other"],
}
COMMA_NAMES = (
    "Congo, Democratic Republic of the",
    "Egypt, Arab Rep.",
    "Gambia, The",
    "Korea, North",
    "Korea, South",
    "Yemen, North",
    "Yemen, South",
)
ALIASES = {
    "Congo, Democratic Republic of the": "COD",
    "Egypt, Arab Rep.": "EGY",
    "Gambia, The": "GMB",
    "Korea, North": "PRK",
    "Korea, South": "KOR",
    "Yemen, North": "YEM",
    "Yemen, South": "YEMS",
    "North Vietnam": "VNM",
    "Ceylon": "LKA",
    "Malagasy Republic": "MDG",
    "Transjordan": "JOR",
    "Rhodesia": "ZWE",
    "Ethiopia (excludes Eritrea)": "ETH",
    "Congo (Brazzaville)": "COG",
    "Macedonia": "MKD",
    "German Democratic Republic": "DDR",
}
UNITED_VIETNAM = 1976


def split_names(cell: str) -> list[str]:
    """Split a list of names at its commas, but not at those inside a name.

    Parameters
    ----------
    cell
        A cell such as ``"Yemen, North, Niger"``.

    Returns
    -------
    list of str
        Names in order: ``["Yemen, North", "Niger"]``.
    """
    protected = "|".join(re.escape(name) for name in COMMA_NAMES)
    # Blanks go first, so that a protected name is seen whole before its comma is.
    found = [str(match).strip() for match in re.findall(rf"\s*({protected}|[^,]+)", cell)]
    return [name for name in found if name]


def load(path: Path, rejected: Rejections) -> pd.DataFrame:
    """Read which pole sanctioned which state in which year and how.

    Parameters
    ----------
    path
        ``gsdb_v3.parquet``.
    rejected
        Log of cases by bodies open to all, and of targets that are no state that year.

    Returns
    -------
    pandas.DataFrame
        ``state`` (target), ``pole`` (sender), ``year``, ``case_id``, 0/1 for each kind, and ``binds_all``: the
        measure is one of a body open to all, in which case it stands under every pole.
    """
    import pandas as pd

    raw = read_checked(path, COLUMNS, source=SOURCE)
    raw["sender"] = raw["sanctioning_state"].map(split_names)
    raw["target"] = raw["sanctioned_state"].map(split_names)
    cases = raw.explode("sender").explode("target")
    broad = cases["sender"].isin(OPEN_TO_ALL)
    rejected.add(SOURCE, "measure of a body with members on all sides", cases.loc[broad, "case_id"])
    cases["binds_all"] = broad
    cases = each_year(cases, "begin", "end", COVERAGE)
    common = cases[cases["binds_all"]].merge(pd.DataFrame({"pole": list(poles.ALL)}), how="cross")
    cases = cases[~cases["binds_all"]]
    # Senders that are neither poles nor bodies with poles in them are no concern of ours: not logged.
    cases = _identified(cases, "sender", "pole", SENDERS, Rejections())
    cases = pd.concat([cases[cases["pole"].isin(poles.ALL)], common], ignore_index=True)
    cases = _identified(cases, "target", "state", TARGETS, rejected)
    return cases.dropna(subset="state")[[*TIE, "case_id", *KINDS, "binds_all"]].reset_index(drop=True)


def _identified(
    cases: pd.DataFrame, name: str, column: str, bodies: Bodies, rejected: Rejections
) -> pd.DataFrame:
    """Put the state id of ``name`` into ``column``; a body becomes a row for each member of that year."""
    import pandas as pd

    is_body = cases[name].isin(list(bodies))
    by_member = cases[is_body].copy()
    belonging = [
        members(bodies, who, year) for who, year in zip(by_member[name], by_member["year"], strict=True)
    ]
    by_member[column] = pd.Series(belonging, index=by_member.index, dtype="object")
    by_member = by_member.explode(column).dropna(subset=column)
    single = cases[~is_body].reset_index(drop=True)
    united = (single[name] == "South Vietnam") & (single["year"] >= UNITED_VIETNAM)
    single[name] = single[name].mask(united, "Vietnam")
    single[column] = from_names(single, name, "year", aliases=ALIASES, source=SOURCE, rejected=rejected)
    return pd.concat([single, by_member], ignore_index=True)


def derive(cases: pd.DataFrame, rejected: Rejections) -> pd.DataFrame:
    """Return the readings ``sanctions_arms``, ``sanctions_trade`` and ``sanctions_other``.

    Parameters
    ----------
    cases
        What :func:`load` returns.
    rejected
        Log of values for states that did not exist that year.

    Returns
    -------
    pandas.DataFrame
        Readings; 1 where the pole had at least one measure of the kind in force against the state in the
        year, no row where it had none beside a measure that bound everybody, else 0. ``detail`` names the cases.
    """
    import pandas as pd

    return pd.concat(
        [_in_force(cases, name, kinds, rejected) for name, kinds in INDICATORS.items()], ignore_index=True
    )


def _in_force(cases: pd.DataFrame, name: str, kinds: list[str], rejected: Rejections) -> pd.DataFrame:
    import pandas as pd

    active = cases[cases[kinds].max(axis=1) > 0]
    own = active[~active["binds_all"]].groupby(TIE)["case_id"].agg(_keys).rename("detail").reset_index()
    bound = active.loc[active["binds_all"], TIE].drop_duplicates()
    silent = bound.merge(own[TIE], how="left", indicator="found").query("found == 'left_only'")[TIE]
    values = pd.concat([own.assign(value=1.0), silent.assign(value=float("nan"))], ignore_index=True)
    return readings(name, values, coverage=COVERAGE, zero_where_absent=True, rejected=rejected)


def _keys(cases: pd.Series[int]) -> str:
    """The keys of the cases in the source, in order."""
    keys = sorted({int(key) for key in cases})
    return f"case{'s' if len(keys) > 1 else ''} " + ", ".join(map(str, keys))
