"""When: precision and resolution against the article's date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aneroid.text.dates import find_dates

PUBLISHED = date(2020, 6, 10)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("on 3 January 2020", "2020-01-03", "day"),
        ("on January 3, 2020", "2020-01-03", "day"),
        ("on 2020-01-03", "2020-01-03", "day"),
        ("02.02.2020", "2020-02-02", "day"),
        ("in October 2012", "2012-10", "month"),
        ("in 2012", "2012", "year"),
        ("since 2015", "2015", "year"),
        ("on Tuesday", "2020-06-09", "day"),
        ("on Wednesday", "2020-06-10", "day"),
        ("last Friday", "2020-06-05", "day"),
        ("next Monday", "2020-06-15", "day"),
        ("last week", "2020-06", "month"),
        ("last month", "2020-05", "month"),
        ("last year", "2019", "year"),
        ("two years ago", "2018", "year"),
        ("yesterday", "2020-06-09", "day"),
        ("in May", "2020-05", "month"),
        ("in September", "2019-09", "month"),
        ("on 12 March", "2020-03-12", "day"),
    ],
)
def test_dates_are_as_precise_as_the_words(text: str, value: str, precision: str) -> None:
    """The ISO value is as long as the precision allows, resolved against the day of publication."""
    (found,) = find_dates(text, PUBLISHED)
    assert (found.value, found.precision.value) == (value, precision)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("In the same month", "2019-01"),
        ("that year", "2019"),
        ("a year later", "2020"),
        ("three months later", "2019-04"),
        ("Two days later", "2019-02-01"),
        ("the following day", "2019-01-31"),
        ("the previous year", "2018"),
    ],
)
def test_dates_refer_to_the_one_before(text: str, value: str) -> None:
    """ "In the same month" means the month last spoken of."""
    assert [w.value for w in find_dates(text, PUBLISHED, "2019-01-30")] == [value]


def test_without_an_article_date_relative_dates_stay_open() -> None:
    """No guess is made from today's date."""
    assert find_dates("on Tuesday, last week, two years ago", None) == []


@pytest.mark.parametrize("text", ["4,000 troops", "the 2000 soldiers", "31.5 percent", "30 February 2019"])
def test_numbers_are_no_dates(text: str) -> None:
    """Counts, shares and days that do not exist are left alone."""
    assert [w.value for w in find_dates(text, PUBLISHED) if w.precision.value == "day"] == []


def test_bounds_are_marked() -> None:
    """ "After 2011" and "within two years" say when it did not happen or must have, not when it did."""
    assert all(w.bound for w in find_dates("After 2011, until 2014, within two years", PUBLISHED))


@given(st.text(max_size=120), st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_any_text_is_survived_and_spans_lie_inside(text: str, published: date | None) -> None:
    """Whatever the text, spans are ordered and inside it."""
    position = 0
    for when in find_dates(text, published):
        assert position <= when.start < when.end <= len(text)
        position = when.end
