"""Turns as a feed: Atom (RFC 4287) or JSON Feed 1.1. The same turns make the same bytes."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from aneroid.errors import InputError
from aneroid.realignment.history import records
from aneroid.states import pole_name

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

TITLE = "Aneroid: realignments"
_NOTHING_YET = "1970-01-01T00:00:00Z"


@dataclass(frozen=True)
class Entry:
    """One entry of a feed."""

    id: str
    title: str
    summary: str
    updated: str
    data: dict[str, object]


def entries(turns: pd.DataFrame) -> list[Entry]:
    """Turn records of turns into entries, latest first.

    Parameters
    ----------
    turns
        Records: ``turn, status`` and the columns of a turn; ``edition`` and ``recorded`` where they are kept. A turn
        without a date of record bears the last day of its year.

    Returns
    -------
    list of Entry
        Each with an id that stays.
    """
    made = [_entry(row) for row in records(turns)]
    return sorted(made, key=lambda entry: (entry.updated, entry.id), reverse=True)


def _entry(row: dict[str, object]) -> Entry:
    key = f"aneroid:realignment:{row['turn']}:{row.get('edition', 0)}:{row['status']}"
    recorded = row.get("recorded")
    updated = f"{recorded:%Y-%m-%dT%H:%M:%SZ}" if recorded is not None else f"{row['year']}-12-31T00:00:00Z"
    data = {name: _plain(value) for name, value in row.items() if name not in {"recorded", "mark", "unseen"}}
    return Entry(uuid.uuid5(uuid.NAMESPACE_URL, key).urn, _title(row), _summary(row), updated, data)


def _title(row: dict[str, object]) -> str:
    status = (
        f"realignment {row['status']}" if row["status"] == "withdrawn" else f"{row['status']} realignment"
    )
    return f"{row['state']} {row['year']}: {status}, {direction(str(row['away_from']), str(row['toward']))}"


def direction(away_from: str, toward: str) -> str:
    """Say in words from which pole to which a state turned."""
    parts = [f"away from {pole_name(away_from)}"] if away_from else []
    parts += [f"towards {pole_name(toward)}"] if toward else []
    return ", ".join(parts)


def _summary(row: dict[str, object]) -> str:
    text = f"Estimated probability {row['probability']:.0%}. "
    if row["shift"] == row["shift"]:
        text += f"Shift {row['shift']:+.2f} units (likely range, 9 in 10: {row['lo90']:+.2f} to {row['hi90']:+.2f}). "
    return text + (f"What moved: {row['because']}." if row["because"] else "")


def _plain(value: object) -> object:
    if isinstance(value, float):
        return None if value != value else round(value, 4)
    return value if value is None or isinstance(value, (str, int, bool)) else str(value)


def atom(items: list[Entry], title: str = TITLE) -> str:
    """Write entries as an Atom feed."""
    updated = max((item.updated for item in items), default=_NOTHING_YET)
    feed_id = uuid.uuid5(uuid.NAMESPACE_URL, f"aneroid:realignments:{title}").urn
    body = "".join(
        f"  <entry>\n    <id>{item.id}</id>\n    <title>{escape(item.title)}</title>\n"
        f"    <updated>{item.updated}</updated>\n    <summary>{escape(item.summary)}</summary>\n  </entry>\n"
        for item in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"  <id>{feed_id}</id>\n  <title>{escape(title)}</title>\n  <updated>{updated}</updated>\n"
        f"  <author><name>Aneroid</name></author>\n{body}</feed>\n"
    )


def json_feed(items: list[Entry], title: str = TITLE) -> str:
    """Write entries as a JSON Feed; the numbers of a turn stand under ``_aneroid``."""
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "items": [
            {
                "id": item.id,
                "title": item.title,
                "content_text": item.summary,
                "date_published": item.updated,
                "_aneroid": item.data,
            }
            for item in items
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def write_feed(items: list[Entry], path: Path, title: str = TITLE) -> None:
    """Write a feed: Atom for a name in ``.xml`` or ``.atom``, JSON Feed for one in ``.json``.

    Raises
    ------
    InputError
        Another ending, or the folder is not there.
    """
    check_feed(path)
    kind = json_feed if path.suffix.lower() == ".json" else atom
    path.write_text(kind(items, title), encoding="utf-8")


def check_feed(path: Path) -> None:
    """Refuse a path to which no feed can be written."""
    if path.suffix.lower() not in {".xml", ".atom", ".json"}:
        raise InputError(
            f"{path} does not end in .xml or .atom (Atom) or .json (JSON Feed). Choose one of them."
        )
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent} to write {path.name} to; make it first.")
