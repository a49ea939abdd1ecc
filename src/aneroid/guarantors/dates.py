"""Which yearly records are complete on a date."""

from __future__ import annotations

from aneroid.states.dates import When, span_of


def complete_year(on: When) -> int:
    """Give the last calendar year that was over when a date, month or year ended.

    Parameters
    ----------
    on
        A year, month or day.

    Returns
    -------
    int
        2010 for ``2010``, 2019 for ``2020-01``, 2020 for ``2020-12``.

    Raises
    ------
    InputError
        If the text is no date.
    """
    end = span_of(on).last
    return end.year if (end.month, end.day) == (12, 31) else end.year - 1
