"""Names and codes lead to one state, or say why not."""

from __future__ import annotations

import datetime as dt

import pycountry
import pytest

from aneroid.errors import InputError
from aneroid.states import AmbiguousState, UnknownState, names_index, resolve
from aneroid.states.names import keys


@pytest.mark.parametrize(
    ("text", "system", "on", "expected"),
    [
        ("RS", "fips", None, "RUS"),
        ("RS", "iso2", None, "SRB"),
        ("Turkiye", None, None, "TUR"),
        ("Türkiye", None, None, "TUR"),
        ("Soviet Union", None, None, "RUS"),
        ("SUN", None, None, "RUS"),
        ("USSR", None, 1970, "RUS"),
        ("Soviet Union", "sipri", 1970, "RUS"),
        ("West Germany", None, None, "DEU"),
        ("East Germany", None, 1970, "DDR"),
        ("East Germany (GDR)", "sipri", None, "DDR"),
        (260, "cow", 1970, "DEU"),
        (255, "cow", 1914, "DEU"),
        (265, "cow", 1970, "DDR"),
        ("Viet Nam", "sipri", None, "VNM"),
        ("VDR", None, None, "VNM"),
        (817, "cow", 1965, "RVN"),
        ("Vietnam, South", None, None, "RVN"),
        (816, "cow", 1965, "VNM"),
        ("Yemen", None, None, "YEM"),
        ("Yemen", None, 1970, "YEM"),
        ("Yemen, North", None, None, "YEM"),
        (678, "cow", 1980, "YEM"),
        (679, "cow", 2000, "YEM"),
        (678, "gw", 2000, "YEM"),
        (680, "cow", 1980, "YEMS"),
        ("YMD", None, None, "YEMS"),
        ("YEM-S", None, None, "YEMS"),
        (345, "cow", 1900, "SRB"),
        (345, "cow", 1970, "YUG"),
        (345, "cow", 2010, "SRB"),
        (340, "gw", 2010, "SRB"),
        ("SCG", None, 2004, "YUG"),
        ("Serbia and Montenegro", None, 2004, "YUG"),
        ("Serbia", None, None, "SRB"),
        ("CSK", None, None, "CSK"),
        ("CS", "iso2", 1980, "CSK"),
        ("CS", "iso2", 2004, "YUG"),
        (316, "cow", 2000, "CZE"),
        ("China", None, 1960, "CHN"),
        ("China", "un", 1948, "CHN"),
        ("China", "un", 1960, "TWN"),
        ("China", "un", dt.date(1971, 10, 24), "TWN"),
        ("China", "un", "1971-10-25", "CHN"),
        ("Republic of China", None, 1930, "CHN"),
        ("Republic of China", None, 1960, "TWN"),
        ("XKX", None, None, "XKX"),
        ("KSV", None, None, "XKX"),
        ("XKK", None, None, "XKX"),
        ("UNK", None, None, "XKX"),
        (347, "cow", 2010, "XKX"),
        ("Kosovo", None, 1999, "XKX"),
        ("Taiwan", "sipri", None, "TWN"),
        (713, "cow", 1960, "TWN"),
        ("Palestine", None, None, "PSE"),
        ("West Bank and Gaza", None, None, "PSE"),
        ("NA", None, None, "NAM"),
        ("NA", "iso2", None, "NAM"),
        (730, "cow", 1900, "JOS"),
        ("Korea", None, 1900, "JOS"),
        ("Korea, South", None, None, "KOR"),
        ("Congo", "sipri", None, "COG"),
        ("BAV", None, 1850, "BAV"),
        (970, "cow", None, "NRU"),
        (970, "gw", None, "KIR"),
        ("002", "cow", None, "USA"),
        ("645.0", None, None, "IRQ"),
        ("irq", None, None, "IRQ"),
    ],
)
def test_hard_cases_resolve_as_the_field_reads_them(
    text: str | int, system: str | None, on: int | str | dt.date | None, expected: str
) -> None:
    """Codes that changed hands and names that states shared lead to the state of their date and system."""
    assert resolve(text, system=system, on=on).id == expected


@pytest.mark.parametrize(
    ("text", "system", "candidates"),
    [
        ("RS", None, {"SRB", "RUS"}),
        ("CH", None, {"CHE", "CHN"}),
        (345, "cow", {"SRB", "YUG"}),
        ("CS", "iso2", {"CSK", "YUG"}),
        ("Korea", None, {"KOR", "PRK"}),
        ("Congo", None, {"COG", "COD"}),
        (970, None, {"NRU", "KIR"}),
    ],
)
def test_an_ambiguous_code_without_a_date_names_its_candidates(
    text: str | int, system: str | None, candidates: set[str]
) -> None:
    """The message lists every state meant and how to be exact."""
    with pytest.raises(AmbiguousState) as caught:
        resolve(text, system=system)
    assert set(caught.value.candidates) == candidates
    assert all(f"({state})" in str(caught.value) for state in candidates)
    assert "ISO3" in str(caught.value)


def test_a_period_settles_a_code_or_lists_who_held_it_within() -> None:
    """COW 345 is Yugoslavia throughout 1946–2000; over 1990–2020 it was two states."""
    assert resolve("345", system="cow", between=(1946, 2000)).id == "YUG"
    assert resolve("YUG", between=(1946, 2024)).id == "YUG"
    with pytest.raises(AmbiguousState):
        resolve("345", system="cow", between=(1990, 2020))


def test_an_unknown_name_is_met_with_near_ones() -> None:
    """The sentence a user reads offers the nearest state and its code."""
    with pytest.raises(UnknownState) as caught:
        resolve("Burkina")
    expected = 'Unknown state "Burkina". Did you mean "Burkina Faso" (BFA)? Use an ISO3 code to be exact.'
    assert str(caught.value) == expected


@pytest.mark.parametrize("text", ["", "   ", "?!", "Atlantis", "X" * 5000, "999999", "-8"])
def test_nonsense_is_unknown_in_one_sentence(text: str) -> None:
    """Nothing that cannot be a state gives a traceback or a guess."""
    with pytest.raises(UnknownState):
        resolve(text)


def test_a_state_that_has_ended_points_to_its_successors() -> None:
    """Asking for Yugoslavia in 2015 names Serbia and Montenegro."""
    with pytest.raises(UnknownState, match=r"ended on 2006-06-04.*Serbia \(SRB\) or Montenegro \(MNE\)"):
        resolve("Yugoslavia", on=2015)


def test_a_code_outside_its_dates_says_what_it_stood_for() -> None:
    """COW 817 was South Vietnam until 1975 and nothing in 1990."""
    with pytest.raises(UnknownState, match="South Vietnam"):
        resolve(817, system="cow", on=1990)


@pytest.mark.parametrize("on", ["yesterday", "1990-13", "1990-02-30", 0, "1990-01-01-01"])
def test_a_date_that_is_none_is_refused(on: int | str) -> None:
    """A bad date is the user's error, said in words."""
    with pytest.raises(InputError, match="is not a date"):
        resolve("Iraq", on=on)


def test_reversed_periods_and_unknown_systems_are_refused() -> None:
    """The message says what is allowed."""
    with pytest.raises(InputError, match="Swap"):
        resolve("Iraq", between=(2020, 2003))
    with pytest.raises(InputError, match="not both"):
        resolve("Iraq", on=2003, between=(2003, 2020))
    with pytest.raises(InputError, match="iso3, iso2, cow"):
        resolve("Iraq", system="polity")


def test_every_iso_member_resolves_by_all_its_codes_and_names() -> None:
    """Alpha-2, alpha-3 and the English name in ISO 3166 lead to the same state; "Congo" alone is two."""
    ours = [country for country in pycountry.countries if _known(country.alpha_3)]
    assert len(ours) == 193 + 3, "UN members, the Holy See, Palestine and Taiwan"
    for country in ours:
        assert resolve(country.alpha_3).id == country.alpha_3
        assert resolve(country.alpha_2, system="iso2").id == country.alpha_3
        system = "un" if country.name == "Congo" else None
        assert resolve(country.name, system=system).id == country.alpha_3
        if hasattr(country, "official_name"):
            assert resolve(country.official_name).id == country.alpha_3
        if hasattr(country, "common_name"):
            assert resolve(country.common_name).id == country.alpha_3


def _known(alpha_3: str) -> bool:
    try:
        return resolve(alpha_3, system="iso3").id == alpha_3
    except UnknownState:
        return False


def test_no_two_living_states_share_a_spelling_but_the_known_ones() -> None:
    """An alias that points to two states of today would make a good name unusable."""
    shared: dict[str, set[str]] = {}
    for row in names_index():
        if row.kind in {"name", "alias"} and row.last == dt.date.max:
            for key in keys(row.surface):
                shared.setdefault(key, set()).add(row.state)
    assert {key for key, states in shared.items() if len(states) > 1} == {"korea", "congo"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Côte d’Ivoire", "COTE D'IVOIRE"),
        ("Korea (South)", "South Korea"),
        ("St. Lucia", "Saint Lucia"),
        ("Gambia, The", "the gambia"),
        ("U.S.A.", "USA"),
        ("São Tomé & Príncipe", "Sao Tome and Principe"),
        ("Congo, Dem. Rep.", "Democratic Republic of the Congo"),
    ],
)
def test_spelling_does_not_matter(one: str, other: str) -> None:
    """Accents, case, points, ampersands and the order around a comma make no difference."""
    assert set(keys(one)) & set(keys(other))
    assert resolve(one) == resolve(other)
