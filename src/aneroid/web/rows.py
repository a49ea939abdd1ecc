"""The rows behind ``/v1``: one function a collection, each a frame with stable ids, licences and vintage."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aneroid.errors import AneroidError, InputError
from aneroid.record.citations import cited
from aneroid.record.readings import last_years, readings
from aneroid.record.standings import Wanted
from aneroid.record.standings import claims as stored_claims
from aneroid.states import all_states, members, resolve, to
from aneroid.web.blocks import records
from aneroid.web.pages.claims import PUBLIC, STANDINGS
from aneroid.web.pages.forecasts import ledger
from aneroid.web.pages.realignments import turns
from aneroid.web.pages.shared import vintage
from aneroid.web.tabular import plain_frame

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.states import State
    from aneroid.web.ask import Ask

TOLD = AneroidError
OURS = (
    "derived by this project from the sources named under /v1/sources; may be passed on with their citations"
)
_FIRST, _LAST = 1800, 2200


@dataclass(frozen=True)
class Rows:
    """A table for programs."""

    frame: pd.DataFrame
    vintage: Mapping[str, str] = field(default_factory=dict)
    licences: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def _ids(ask: Ask) -> list[str] | None:
    given = ask.text("state")
    return [resolve(part).id for part in given.split(",") if part.strip()] if given else None


def _within(ask: Ask) -> tuple[int, int]:
    since, until = ask.whole("since", _FIRST, _FIRST, _LAST), ask.whole("until", _LAST, _FIRST, _LAST)
    if since > until:
        raise InputError(f"since={since} is after until={until}. Give the earlier year first.")
    return since, until


def states(ask: Ask) -> Rows:
    """All states, or those of a year or region."""
    year = ask.whole("year", 0, _FIRST, _LAST) if ask.text("year") else None
    chosen = members(ask.text("region"), year) if ask.text("region") else all_states(year)
    found = [
        {
            "id": s.id,
            "name": s.name,
            "iso3": s.iso3 or None,
            "iso2": s.iso2 or None,
            "cow": _code(s, "cow"),
            "gw": _code(s, "gw"),
            "region": s.region,
            "first": s.first.isoformat(),
            "last": s.last.isoformat() if s.ended else None,
            "successors": ",".join(s.successors),
        }
        for s in chosen
    ]
    columns = ("id", "name", "iso3", "iso2", "cow", "gw", "region", "first", "last", "successors")
    return Rows(plain_frame(found, columns), {}, {"*": "facts, free to use"})


def _code(state: State, system: str) -> str | None:
    """The state's last code in a system, None where it never had one."""
    try:
        return str(to(system, state, on=state.last))
    except InputError:
        return None


def orientation(ask: Ask) -> Rows:
    """Lean between the first two poles, or closeness to each."""
    since, until = _within(ask)
    first, last = ask.fit.years
    span = max(since, first), min(until, last)
    chosen = _ids(ask)
    a, b = ask.pair
    if ask.text("kind", "lean") == "lean":
        frame = ask.fit.lean(chosen, a, b, *span)
        key = frame["state"] + "-" + a + "-" + b + "-" + frame["date"].astype(str)
    else:
        frame = ask.fit.closeness(chosen, list(ask.poles), *span)
        key = frame["state"] + "-" + frame["pole"] + "-" + frame["date"].astype(str)
    frame.insert(0, "id", key)
    if chosen is not None:
        frame = frame[frame["state"].isin(chosen)]
    ordered = frame.sort_values(["state", "date", *(["pole"] if "pole" in frame else [])], ignore_index=True)
    return Rows(ordered, vintage(ask), {"*": OURS}, (ask.fit.scale.lean_sentence,))


def contributions(ask: Ask) -> Rows:
    """What each indicator contributed to a movement."""
    from aneroid.orientation.desk import explain

    who = resolve(ask.names["code"])
    since, until = _within(ask)
    others = [pole for pole in ask.poles if pole != who.id]
    if len(others) < 2:
        raise InputError(f"{who} is itself one of the poles. Choose two others with poles=.")
    result = explain(ask.fit, who.id, pole_a=others[0], pole_b=others[1], start=since, end=until)
    frame = result.by_indicator.copy()
    frame.insert(0, "id", [f"{who.id}-{since}-{until}-{r.indicator}-{r.pole}" for r in frame.itertuples()])
    notes = (
        f"The contributions add up to the movement of {result.movement:.6f} units towards {others[0]} (sd {result.sd:.6f}).",
        "They say what moved the estimate, not what caused the policy.",
    )
    return Rows(frame.drop_duplicates("id").reset_index(drop=True), vintage(ask), {"*": OURS}, notes)


def claims(ask: Ask) -> Rows:
    """Claims of the store, without their sentences."""
    standing = ask.text("standing") or None
    if standing and standing not in STANDINGS:
        raise InputError(f'standing="{standing}" is not known. Choose one of {", ".join(STANDINGS)}.')
    found = _claims(ask, standing)
    kept = plain_frame(
        [{"id": row["claim"], **{name: row[name] for name in PUBLIC}} for row in found], ("id", *PUBLIC)
    )
    terms = {
        "*": "coding by this project, may be passed on",
        "sentence_start": "offset into a text that is not passed on",
        "url": "address as published",
    }
    return Rows(kept, {}, terms)


def _claims(ask: Ask, standing: str | None = None) -> list[dict[str, Any]]:
    chosen = _ids(ask)
    with ask.store() as store:
        if chosen is None:
            return records(stored_claims(store, Wanted(standing=standing), as_of=ask.as_of))
        found: dict[str, dict[str, Any]] = {}
        for state in chosen:
            wanted = Wanted(state=state, standing=standing)
            found |= {
                str(row["claim"]): row for row in records(stored_claims(store, wanted, as_of=ask.as_of))
            }
    return list(found.values())


_EVENT = (
    "claim",
    "article",
    "date",
    "source",
    "target",
    "event",
    "cameo_root",
    "quad",
    "kind",
    "modality",
    "standing",
)


def events(ask: Ask) -> Rows:
    """Coded events, one row a claim that reports one."""
    found = [row for row in _claims(ask) if row["event"]]
    kept = plain_frame(
        [{"id": row["claim"], **{name: row[name] for name in _EVENT}} for row in found], ("id", *_EVENT)
    )
    return Rows(kept, {}, {"*": "coding by this project, may be passed on"})


def indicators(ask: Ask) -> Rows:
    """The indicators, or the readings of one; raw amounts only where the terms of their source allow."""
    name = ask.text("indicator")
    with ask.store() as store:
        table = last_years(store)
        terms = {str(row["source"]): row for row in records(cited(store))}
        if not name:
            table = table.rename(columns={"indicator": "id"})
            return Rows(table, {}, {"*": "descriptions, free to use"})
        if name not in set(table["indicator"]):
            raise InputError(f'No indicator "{name[:40]}". There are: {", ".join(table["indicator"])}.')
        frame = readings(store)
    entry = table.set_index("indicator").loc[name]
    frame = frame[frame["indicator"] == name]
    chosen = _ids(ask)
    if chosen is not None:
        frame = frame[frame["state"].isin(chosen)]
    source = terms.get(str(entry["source"]), {})
    if source.get("redistribute") == "no":
        raise InputError(
            f"The terms of {entry['source']} do not allow passing on its readings. Use the estimates instead."
        )
    frame = frame.sort_values(["state", "pole", "year"], ignore_index=True)
    frame.insert(0, "id", frame["state"] + "-" + frame["pole"] + "-" + frame["year"].astype(str))
    terms_of = f"{source.get('licence', '')}; {source.get('redistribute', '')}"
    flag = f"{terms_of}: our own derived indicator, cite {source.get('citation', '')}"
    return Rows(frame, {}, {"value": flag, "detail": flag, "*": "free to use"}, (f"Unit: {entry['unit']}.",))


def sources(ask: Ask) -> Rows:
    """The sources of this store."""
    with ask.store() as store:
        frame = cited(store)
    frame = frame.rename(columns={"source": "id"})
    return Rows(frame, {}, {"*": "descriptions, free to use"})


def realignments(ask: Ask) -> Rows:
    """Detected turns as they stand."""
    since, until = _within(ask)
    chosen = _ids(ask)
    kept = [
        {"id": row["turn"], **{name: row[name] for name in _TURN}}
        for row in turns(ask)
        if since <= row["year"] <= until and (chosen is None or row["state"] in chosen)
    ]
    return Rows(
        plain_frame(kept, ("id", *_TURN)), {}, {"*": OURS}, ("Withdrawn turns stay, and say so in status.",)
    )


_TURN = (
    *(
        "state",
        "year",
        "status",
        "away_from",
        "toward",
        "probability",
        "expected_false",
        "because",
        "shift",
        "lo90",
        "hi90",
    ),
    *("p_shift", "year_lo90", "year_hi90", "own", "shared", "edition", "recorded"),
)


def forecasts(ask: Ask) -> Rows:
    """Questions of the ledger."""
    kept = [
        {
            "id": entry["id"],
            "entered": entry["entered"],
            "resolved": entry["resolved"],
            "question": json.dumps(entry.get("body"), ensure_ascii=False, sort_keys=True),
            "resolution": json.dumps(entry["resolution"], sort_keys=True) if entry["resolved"] else None,
        }
        for entry in ledger(ask)
    ]
    return Rows(plain_frame(kept, ("id", "entered", "resolved", "question", "resolution")), {}, {"*": OURS})


def guarantors(ask: Ask) -> Rows:
    """Shares of the powers in a state's security."""
    from aneroid.guarantors import assess
    from aneroid.guarantors.ties import FIRST, LAST

    who = resolve(ask.names["code"])
    year = ask.whole("year", LAST, FIRST + 1, LAST)
    with ask.store() as store:
        frame = assess(store, who.id, on=year).frame()
    frame.insert(0, "id", frame["state"] + "-" + frame["pole"] + "-" + frame["year"].astype(str))
    return Rows(frame, {}, {"*": OURS}, ("shows_up: chance of taking the state's side in an episode.",))


def scenarios(ask: Ask) -> Rows:
    """Rates of a withdrawal scenario."""
    from aneroid.scenarios import withdrawal

    year = str(ask.whole("year", 0, _FIRST, _LAST)) if ask.text("year") else None
    try:
        share = float(ask.text("share", "0.5"))
    except ValueError:
        raise InputError("share is no number. Give one above 0 and up to 1.") from None
    horizon = ask.whole("horizon", 5, 1, 10)
    with ask.store() as store:
        found = withdrawal(
            store, ask.text("host"), ask.text("guarantor"), share=share, on=year, horizon=horizon
        )
    frame = found.frame()
    frame.insert(
        0, "id", [f"{r.stratum}-{r.outcome}-{r.years}".replace(" ", "_") for r in frame.itertuples()]
    )
    return Rows(frame, {}, {"*": OURS}, (found.headline, *found.cautions))


COLLECTIONS: dict[str, Callable[[Ask], Rows]] = {
    "states": states,
    "orientation": orientation,
    "contributions/{state}": contributions,
    "realignments": realignments,
    "claims": claims,
    "events": events,
    "indicators": indicators,
    "forecasts": forecasts,
    "guarantors/{state}": guarantors,
    "scenarios/withdrawal": scenarios,
    "sources": sources,
}
