"""The user has the last word on who a name means."""

from __future__ import annotations

from pathlib import Path

import pytest

from aneroid.actors import JudgementLog, default_index, identify, judge_actor, meanings, obeying
from aneroid.actors.judgements import FILE
from aneroid.errors import InputError
from aneroid.text import read_article

TEXT = "Georgia accused Russia of spying."


def states(text: str) -> list[str | None]:
    """The states named in a text."""
    return [match.entry.state for match in default_index().find(text)]


def test_what_is_called_different_is_not_matched_again(tmp_path: Path) -> None:
    """The log is a file; who reads it obeys it, and only inside the block."""
    judge_actor(tmp_path, "Georgia", "GEO", "different", "the American state")
    with obeying(JudgementLog.read(tmp_path)):
        assert states(TEXT) == ["RUS"]
        assert read_article(TEXT + "\n", media_type="text/plain").claims == ()
    assert states(TEXT) == ["GEO", "RUS"]


def test_the_next_rival_takes_the_place_of_who_was_ruled_out(tmp_path: Path) -> None:
    """The Arabic name of Oman is also that of Amman."""
    name = "عمان"
    assert states(name) == ["OMN"]
    judge_actor(tmp_path, name, "OMN", "different")
    with obeying(JudgementLog.read(tmp_path)):
        assert states(name) == ["JOR"]


def test_what_is_called_the_same_is_matched_outside_its_years(tmp_path: Path) -> None:
    """A user may know better than a term of office."""
    assert identify("Lavrov", 1990).sector != "GOV"
    judge_actor(tmp_path, "Lavrov", "RUS", "same")
    with obeying(JudgementLog.read(tmp_path)):
        assert identify("Lavrov", 1990).state == "RUS"
        assert "you said so" in identify("Lavrov", 1990).why


def test_a_name_that_only_the_user_knows_is_matched(tmp_path: Path) -> None:
    """Our lists do not know everybody."""
    assert states("Zubrowka accused Russia of spying.") == ["RUS"]
    judge_actor(tmp_path, "Zubrowka", "POL", "same")
    with obeying(JudgementLog.read(tmp_path)):
        assert states("Zubrowka accused Russia of spying.") == ["POL", "RUS"]


def test_unsure_means_nobody_until_it_is_decided(tmp_path: Path) -> None:
    """An open question yields no match; the last word counts."""
    judge_actor(tmp_path, "Georgia", "GEO", "unsure")
    with obeying(JudgementLog.read(tmp_path)):
        assert states(TEXT) == ["RUS"]
    judge_actor(tmp_path, "georgia", "GEO", "same")
    with obeying(JudgementLog.read(tmp_path)):
        assert states(TEXT) == ["GEO", "RUS"]
    assert len((tmp_path / FILE).read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("phrase", "means", "verdict"),
    [("Georgia", "GEO", "maybe"), ("Georgia", "XYZ", "same"), (" ", "GEO", "same")],
)
def test_a_judgement_that_cannot_be_obeyed_is_refused(
    tmp_path: Path, phrase: str, means: str, verdict: str
) -> None:
    """Only the three verdicts, of a phrase, on somebody known."""
    with pytest.raises(InputError):
        judge_actor(tmp_path, phrase, means, verdict)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    """The file can be edited by hand, so a slip is told by its line."""
    (tmp_path / FILE).write_text('{"phrase": "Georgia"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="Line 1"):
        JudgementLog.read(tmp_path)


def test_every_meaning_of_a_name_is_explained() -> None:
    """The one taken comes first with its reason; each rival says why it lost."""
    taken, rival = meanings("عمان", 2020)
    assert (taken.means, taken.taken, rival.means, rival.taken) == ("OMN", True, "JOR", False)
    assert taken.reason and "comes before" in rival.reason
    assert meanings("nobody at all") == []
