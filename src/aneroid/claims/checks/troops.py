"""Forces abroad: against the yearly counts of United States troops by host, the only ones on record."""

from __future__ import annotations

from aneroid.claims.checks.asked import Asked, absent, contradicted, last_year, outside, public_from
from aneroid.claims.history import Answer, Standing
from aneroid.record.evidence import troops_of
from aneroid.text.model import Modality

GUARANTOR = "USA"
_LEFT, _UNCHANGED = (
    0.5,
    0.95,
)  # of the troops of the year before: at most half is a withdrawal, nearly all is none


def check(asked: Asked) -> Answer | None:
    """Answer a claim that forces came, left or will."""
    claim = asked.claim
    if claim.kind not in ("troops", "base") and not (claim.event == "RETREAT" and _military(asked)):
        return None
    states = [asked.source, asked.target]
    if GUARANTOR not in states or None in states or states[0] == states[1]:
        known = [state for state in states if state]
        return outside(
            f"counts of forces abroad exist for {GUARANTOR} alone, not for {' and '.join(known) or 'these'}"
        )
    host = str(next(state for state in states if state != GUARANTOR))
    return _counted(asked, host)


def _counted(asked: Asked, host: str) -> Answer:
    assert asked.year is not None
    year, last = asked.year, last_year(asked.store, "troops")
    table = troops_of(asked.store, host, (year - 1, year + 2)).dropna()
    counts: dict[int, int] = dict(zip(table.year.astype(int), table.troops.astype(int), strict=True))
    if last is None or year - 1 > last or year - 1 not in counts:
        return outside(
            f"the counts of United States troops in {host} do not reach {year - 1} (they end in {last})"
        )
    rows = ", ".join(f"{when}: {count:,}" for when, count in counts.items())
    evidence = f"United States troops in {host} at the end of the year: {rows}"
    if not asked.dated:
        return Answer(Standing.REPORTED, "outside coverage", f"the text gives no date; {evidence}")
    before, after = counts[year - 1], [counts[when] for when in (year, year + 1) if when in counts]
    if not after:
        return outside(f"{evidence}; later years are not reported")
    known_on = public_from(asked.store, "troops", year + 1)
    if asked.claim.modality in (Modality.DENIED, Modality.THREATENED, Modality.CONDITIONAL):
        return Answer(
            Standing.REPORTED, "outside coverage", f"the record holds counts, not words; {evidence}"
        )
    leaving = asked.claim.event in ("RETREAT", "REJECT") or _says_fewer(asked)
    if leaving:
        return _left(asked, before, after, evidence, known_on)
    if max(after) > before:
        return asked.borne_out(evidence, known_on)
    return absent(f"no rise; {evidence}")


def _left(asked: Asked, before: int, after: list[int], evidence: str, known_on: str) -> Answer:
    if before and min(after) <= _LEFT * before:
        return asked.borne_out(evidence, known_on)
    if asked.happened and before and min(after) >= _UNCHANGED * before and len(after) == 2:
        return contradicted(f"no fewer than the year before; {evidence}", known_on)
    return absent(f"no cut by half or more; {evidence}")


def _military(asked: Asked) -> bool:
    parties = (asked.claim.source, asked.claim.target)
    return any(party is not None and party.sector == "MIL" for party in parties)


def _says_fewer(asked: Asked) -> bool:
    return any(
        word in asked.sentence.lower() for word in ("reduce", "withdr", "pull out", "cut its", "drawdown")
    )
