"""Years, dates and periods, as the tables of this folder use them."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

from aneroid.errors import InputError

When = int | str | dt.date
"""A calendar year as a number, a date, or ISO text: ``1990``, ``1990-05``, ``1990-05-22``."""


class Span(NamedTuple):
    """From the first to the last day, both included; ``date.min`` and ``date.max`` stand for open ends."""

    first: dt.date
    last: dt.date

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        if self.first == dt.date.min and self.last == dt.date.max:
            return "at all times"
        if self.first == dt.date.min:
            return f"to {self.last}"
        if self.last == dt.date.max:
            return f"from {self.first}"
        return f"{self.first} to {self.last}"


ALWAYS = Span(dt.date.min, dt.date.max)


def span_of(when: When) -> Span:
    """Give the days that a year, a month or a date stands for.

    Parameters
    ----------
    when
        A year as a number, a date, or ISO text.

    Returns
    -------
    Span
        A year runs from 1 January to 31 December, a date is one day.

    Raises
    ------
    InputError
        If the text is no ISO date or the year is outside 1 to 9999.
    """
    if isinstance(when, dt.datetime):
        return Span(when.date(), when.date())
    if isinstance(when, dt.date):
        return Span(when, when)
    try:
        parts = [int(part) for part in str(when).strip().split("-")]
        if len(parts) == 1:
            return Span(dt.date(parts[0], 1, 1), dt.date(parts[0], 12, 31))
        if len(parts) == 2:
            year, month = parts
            return Span(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))
        year, month, number = parts
        day = dt.date(year, month, number)
    except (ValueError, TypeError) as problem:
        raise InputError(
            f'"{when}" is not a date. Give a year (1990), a month (1990-05) or a day (1990-05-22).'
        ) from problem
    return Span(day, day)


def stored_span(first: str, last: str) -> Span:
    """Read the two date cells of a table, years or days; an empty cell is an open end."""
    return Span(
        span_of(first).first if first else dt.date.min,
        span_of(last).last if last else dt.date.max,
    )
