"""An indicator of the user's own is read, checked, and enters the fit; so do events from the news."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from aneroid.errors import InputError
from aneroid.orientation.indicators import prepare
from aneroid.orientation.news import news_indicators
from aneroid.orientation.own import read_own

DECLARED = """\
name: summits
label: Summits attended
family: summits
file: summits.csv
unit: meetings in the year
sign: 1
coverage: [2000, 2002]
poles: [USA, Russia]
absence_means_none: true
lag: 0.5
"""
TABLE = "state,pole,year,value\nIraq,USA,2001,2\nTUR,RUS,2002,1\n"


@pytest.fixture
def declared(tmp_path: Path):
    """Write a declaration and its table, changed where a test wants."""

    def write(declaration: str = DECLARED, table: str = TABLE) -> Path:
        (tmp_path / "summits.csv").write_text(table, encoding="utf-8")
        path = tmp_path / "summits.yaml"
        path.write_text(declaration, encoding="utf-8")
        return path

    return write


def test_a_declaration_is_read(declared):
    """Names become ids, the lag is kept, and absence within coverage becomes an explicit zero for states that existed."""
    own = read_own(declared())
    assert own.indicator.poles == ("USA", "RUS")
    assert own.indicator.lag_years == 0.5
    rows = own.readings.set_index(["state", "pole", "year"])["value"]
    assert rows["IRQ", "USA", 2001] == 2
    assert rows["IRQ", "USA", 2000] == 0
    assert ("YUG", "USA", 2001) in rows.index
    assert ("USA", "USA", 2001) not in rows.index


def test_the_example_of_the_how_to_page_is_read(declared):
    """What the page tells users to write can be used as it stands."""
    page = (Path(__file__).parents[2] / "docs/how-to/own-indicator.md").read_text(encoding="utf-8")
    table, declaration = (page.split(f"```{kind}\n")[1].split("```")[0] for kind in ("csv", "yaml"))
    own = read_own(declared(declaration, table))
    assert own.readings["value"].sum() == 3


def test_absence_is_missing_unless_declared(declared):
    """Without absence_means_none only the rows of the table are readings."""
    own = read_own(declared(DECLARED.replace("absence_means_none: true\n", "")))
    assert len(own.readings) == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("sign: 1\n", ""), "lacks sign"),
        (("sign: 1", "sign: 2"), "sign must be 1"),
        (("unit:", "units:"), "lacks unit"),
        (("lag: 0.5", "lag: soon"), "number of years"),
        (("lag: 0.5", "colour: red"), "unknown field colour"),
        (("[2000, 2002]", "[2002, 2000]"), "turn them round"),
        (("[2000, 2002]", "2000"), "first year, last year"),
        (("[USA, Russia]", "[USA, Brazil]"), "is no pole"),
        (("name: summits", "name: our summits"), "letters, digits"),
        (("summits.csv", "absent.csv"), "no file"),
        (("name: summits", "- name"), "YAML"),
    ],
)
def test_a_wrong_declaration_is_refused_in_one_sentence(declared, change, sentence):
    """What was given, what is allowed."""
    with pytest.raises(InputError, match=sentence):
        read_own(declared(DECLARED.replace(*change, 1)))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Iraq,USA,1999,1", "line 4: 1999 lies outside"),
        ("Iraq,USA,2001,2", "two values in 2001"),
        ("Iraq,CHN,2001,2", "not among the declared poles"),
        ("Iraq,USA,2002,many", "line 4"),
        ("Atlantis,USA,2002,1", "line 4.*Atlantis"),
        ("USA,USA,2002,1", "its own pole"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(declared, line, sentence):
    """The sentence says which line of the table cannot be used and why."""
    with pytest.raises(InputError, match=sentence):
        read_own(declared(table=TABLE + line + "\n"))


def test_the_fingerprint_follows_the_table(declared):
    """Another value is another fit."""
    one = read_own(declared()).fingerprint
    assert read_own(declared()).fingerprint == one
    assert read_own(declared(table=TABLE.replace(",2\n", ",3\n"))).fingerprint != one


def test_news_count_against_what_volume_makes_one_expect():
    """Many reports between two states of which much is written say less than as many between two seldom named."""
    rows = (
        [("IRQ", "USA", 1)] * 6 + [("IRQ", "GBR", 1)] * 6 + [("TUR", "USA", 1)] * 8 + [("OMN", "CHN", 1)] * 6
    )
    events = pd.DataFrame(rows, columns=["source", "target", "quad"]).assign(date="2020-05-01")
    (cooperative,) = news_indicators(events)
    values = cooperative.readings.set_index(["state", "pole"])["value"]
    assert values["OMN", "CHN"] > values["IRQ", "USA"]
    assert (cooperative.readings["sd"] > 0).all()
    assert cooperative.indicator.sign == 1


def test_hostile_events_pull_away():
    """Material conflict has a sign of its own and a family that is held to a small loading."""
    events = pd.DataFrame({"source": ["IRQ"], "target": ["USA"], "quad": [4], "date": ["2019-12-31"]})
    (hostile,) = news_indicators(events)
    assert hostile.indicator.sign == -1
    design = prepare(hostile.readings, [hostile.indicator], ["USA", "RUS"])
    assert design.resolution[0] < 0.5
    assert np.isfinite(design.y).sum() == 1


def test_events_without_a_state_or_date_are_left_out():
    """An event whose actor is unknown, or whose date is, makes no reading."""
    events = pd.DataFrame(
        {"source": [None, "IRQ"], "target": ["USA", "USA"], "quad": [1, 1], "date": ["2019", None]}
    )
    assert news_indicators(events) == []
