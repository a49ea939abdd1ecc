"""When: dates as precise as the text gives them, resolved against the article's date and the dates before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from aneroid.text.model import DatePrecision

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip

_MONTH = (
    "(?P<month>"
    + "|".join(m.capitalize() for m in MONTHS)
    + r"|Jan\.?|Feb\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_COUNT = r"(?P<count>\d+|(?i:" + "|".join(NUMBERS) + "))"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_YEAR_WORDS = "(?i:in|since|from|until|till|by|after|before|during|early|late|of|mid-?|the|to|and|between)"
_WEEKDAY = "(?P<weekday>" + "|".join(w.capitalize() for w in WEEKDAYS) + ")"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("iso", r"\b(?P<year>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<day>[0-3]\d)\b"),
        ("dotted", r"\b(?P<day>[0-3]?\d)\.(?P<m>[01]?\d)\.(?P<year>(?:19|20)\d\d)\b"),
        ("full", rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b"),
        ("full", rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b"),
        ("month", rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b"),
        ("monthday", rf"\b{_MONTH}\s+{_DAY}\b(?!\s*(?:%|percent))"),
        ("monthday", rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\b"),
        ("baremonth", rf"\b(?:[Ii]n|[Ss]ince|[Ll]ast|[Tt]his|[Nn]ext|[Ee]arly|[Ll]ate|[Bb]y|[Uu]ntil|mid-)\s*{_MONTH}\b"),
        ("year", rf"\b(?:{_YEAR_WORDS})\s*(?:end of )?{_YEAR}\b(?!\s*(?:troops|soldiers|people|km|miles|dollars))"),
        ("year", rf"\({_YEAR}\)"),
        ("same", r"\b(?:[Tt]he same|[Tt]hat(?: very)?) (?P<unit>day|week|month|year)\b"),
        ("next", r"\b(?:[Tt]he )?(?:following|next) (?P<unit>day|month|year)\b"),
        ("before", r"\b[Tt]he (?:previous|preceding) (?P<unit>day|month|year)\b"),
        ("later", rf"\b{_COUNT} {_UNIT} (?P<way>later|earlier)\b"),
        ("within", rf"\b(?:[Ww]ithin|[Oo]ver) (?:the (?:next|coming) )?{_COUNT} {_UNIT}\b"),
        ("ago", rf"\b{_COUNT} {_UNIT} ago\b"),
        ("last", r"\b(?P<way>[Ll]ast|[Tt]his|[Nn]ext) (?P<unit>week|month|year)\b"),
        ("weekday", rf"\b(?P<way>[Ll]ast |[Nn]ext |[Tt]his )?{_WEEKDAY}\b"),
        ("today", r"\b(?P<word>[Tt]oday|[Yy]esterday|[Tt]omorrow)\b"),
    )
)  # fmt: skip
_LOOSE = re.compile(r"\b(?:after|before|until|till|by)\s*(?:the\s+)?(?:end of\s+)?$", re.IGNORECASE)
_OPEN = re.compile(r"^(?:[Aa]fter|[Bb]efore|[Uu]ntil|[Tt]ill|[Bb]y)\b")


@dataclass(frozen=True, slots=True)
class When:
    """A date in a text: offsets, ISO value as long as its precision allows, and whether it only bounds the event."""

    start: int
    end: int
    value: str
    precision: DatePrecision
    bound: bool = False  # "after 2011", "by March": not when it happened


def find_dates(text: str, published: date | None, previous: str | None = None) -> list[When]:
    """Find and resolve the dates of a text.

    Parameters
    ----------
    text
        A paragraph or sentence.
    published
        The article's date; without it "on Tuesday" and "last week" stay unresolved and are left out.
    previous
        The last date before this text (ISO), which "in the same month" refers to.

    Returns
    -------
    list of When
        In order, without overlaps. ``value`` is "2012", "2012-10" or "2012-10-09", as ``precision`` says.
    """
    hits: list[tuple[int, int, str, re.Match[str]]] = []
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end, _, _ in hits):
                hits.append((match.start(), match.end(), name, match))
    found: list[When] = []
    for start, end, name, match in sorted(hits, key=lambda hit: hit[0]):
        resolved = _RESOLVERS[name](match, published, previous)
        if resolved is None:
            continue
        value, precision = resolved
        bound = (
            name == "within"
            or _OPEN.match(match.group()) is not None
            or _LOOSE.search(text[:start]) is not None
        )
        found.append(When(start, end, value, precision, bound))
        previous = value
    return found


Resolved = tuple[str, DatePrecision] | None


def _month_number(name: str) -> int:
    return next(i for i, m in enumerate(MONTHS, 1) if m.startswith(name.lower().rstrip(".")[:3]))


def _full(m: re.Match[str], _p: date | None, _q: str | None) -> Resolved:
    groups = m.groupdict()
    month = int(groups["m"]) if groups.get("m") else _month_number(groups["month"])
    return _day(int(groups["year"]), month, int(groups["day"]))


def _month(m: re.Match[str], _p: date | None, _q: str | None) -> Resolved:
    return f"{m['year']}-{_month_number(m['month']):02d}", DatePrecision.MONTH


def _year(m: re.Match[str], _p: date | None, _q: str | None) -> Resolved:
    return m["year"], DatePrecision.YEAR


def _month_day(m: re.Match[str], published: date | None, previous: str | None) -> Resolved:
    """A day without a year: the last such day before the article, else in the year spoken of."""
    month, day = _month_number(m["month"]), int(m["day"])
    year = int(previous[:4]) if published is None and previous else published.year if published else None
    if year is None:
        return None
    if published and (month, day) > (published.month, published.day):
        year -= 1
    return _day(year, month, day)


def _bare_month(m: re.Match[str], published: date | None, previous: str | None) -> Resolved:
    """ "In May": of the year spoken of, else the last May before the article."""
    month = _month_number(m["month"])
    if published is None:
        return (f"{previous[:4]}-{month:02d}", DatePrecision.MONTH) if previous else None
    year = published.year
    if m.group().lower().startswith("next"):
        year += month <= published.month
    elif month > published.month:
        year -= 1
    return f"{year}-{month:02d}", DatePrecision.MONTH


def _day(year: int, month: int, day: int) -> Resolved:
    try:
        return date(year, month, day).isoformat(), DatePrecision.DAY
    except ValueError:
        return None


def _same(m: re.Match[str], _p: date | None, previous: str | None) -> Resolved:
    return _at_unit(previous, m["unit"])


def _at_unit(value: str | None, unit: str) -> Resolved:
    """Cut a date to a unit; a week is known by its month."""
    length = {"day": 10, "week": 7, "month": 7, "year": 4}[unit]
    if value is None:
        return None
    value = value[:length]
    return value, {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}[len(value)]


def _shift(value: str, unit: str, count: int) -> Resolved:
    """Move a date by whole units and cut it to what is then known."""
    try:
        if unit == "year":
            return _at_unit(f"{int(value[:4]) + count:04d}", "year")
        if unit == "month" and len(value) >= 7:
            months = int(value[:4]) * 12 + int(value[5:7]) - 1 + count
            return _at_unit(f"{months // 12:04d}-{months % 12 + 1:02d}", "month")
        if unit in ("day", "week") and len(value) == 10:
            moved = date.fromisoformat(value) + timedelta(days=count * (7 if unit == "week" else 1))
            return _at_unit(moved.isoformat(), unit)
    except (ValueError, OverflowError):
        return None
    return None


def _next(m: re.Match[str], _p: date | None, previous: str | None) -> Resolved:
    return _shift(previous, m["unit"], 1) if previous else None


def _before(m: re.Match[str], _p: date | None, previous: str | None) -> Resolved:
    return _shift(previous, m["unit"], -1) if previous else None


def _count(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[text.lower()]


def _later(m: re.Match[str], _p: date | None, previous: str | None) -> Resolved:
    sign = 1 if m["way"] == "later" else -1
    return _shift(previous, m["unit"], sign * _count(m["count"])) if previous else None


def _ago(m: re.Match[str], published: date | None, _q: str | None) -> Resolved:
    return _shift(published.isoformat(), m["unit"], -_count(m["count"])) if published else None


def _within(m: re.Match[str], published: date | None, _q: str | None) -> Resolved:
    return _shift(published.isoformat(), m["unit"], _count(m["count"])) if published else None


def _last(m: re.Match[str], published: date | None, _q: str | None) -> Resolved:
    step = {"last": -1, "this": 0, "next": 1}[m["way"].lower()]
    return _shift(published.isoformat(), m["unit"], step) if published else None


def _weekday(m: re.Match[str], published: date | None, _q: str | None) -> Resolved:
    """The last such day up to the article's date; "next" the one after it."""
    if published is None:
        return None
    back = (published.weekday() - WEEKDAYS.index(m["weekday"].lower())) % 7
    way = (m["way"] or "").strip().lower()
    if way == "next":
        back -= 7
    elif way == "last" and back == 0:
        back = 7
    return (published - timedelta(days=back)).isoformat(), DatePrecision.DAY


def _today(m: re.Match[str], published: date | None, _q: str | None) -> Resolved:
    step = {"today": 0, "yesterday": -1, "tomorrow": 1}[m["word"].lower()]
    return ((published + timedelta(days=step)).isoformat(), DatePrecision.DAY) if published else None


_RESOLVERS: dict[str, Callable[[re.Match[str], date | None, str | None], Resolved]] = {
    "iso": _full, "dotted": _full, "full": _full, "month": _month, "monthday": _month_day, "baremonth": _bare_month,
    "year": _year, "same": _same, "next": _next, "before": _before, "later": _later, "ago": _ago, "within": _within,
    "last": _last, "weekday": _weekday, "today": _today,
}  # fmt: skip


def first_date(lines: Iterator[str] | list[str]) -> tuple[date, DatePrecision] | None:
    """Return the first full date in some lines, for the head of an article."""
    for line in lines:
        for when in find_dates(line, None):
            if when.precision is DatePrecision.DAY:
                return date.fromisoformat(when.value), when.precision
    return None
