"""`orient` and `explain` answer in tables a program can read, and say in one sentence what cannot be answered."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from aneroid.cli.asking import period
from aneroid.cli.contributions import with_rounding_line
from aneroid.errors import InputError

COLUMNS = ["state", "date", "pole_a", "pole_b", "lean", "lo90", "hi90", "n_indicators", "flags"]


def test_orient_prints_csv_alone_on_stdout(run, folder: Path) -> None:
    """The documented columns come in order, and nothing else is printed where data go."""
    done = run("orient", "IRQ", "--poles", "USA,RUS", "--from", "1990", "--format", "csv", "--store", folder)
    table = pd.read_csv(io.StringIO(done.out), dtype={"date": str})
    assert done.code == 0
    assert list(table.columns) == COLUMNS
    assert table.date.iloc[0] == "1990"
    assert (table.lo90 < table.lean).all()
    assert (table.lean < table.hi90).all()


def test_orient_has_defaults(run, folder: Path) -> None:
    """Without poles and dates every pair of the default poles is shown, with unit and last data years beneath."""
    done = run("orient", "Iraq", "--store", folder)
    assert done.code == 0
    assert "One unit is" in done.err
    assert "Last year of data" in done.err
    assert "votes 2024" in done.err


def test_a_second_fit_is_read_not_computed(run, folder: Path) -> None:
    """Nothing is measured or fitted again while the readings are the same."""
    done = run("orient", "IRQ", "--format", "csv", "--store", folder)
    assert (done.code, done.err) == (0, "")


def test_a_state_that_has_ended_is_shown_to_its_end(run, folder: Path) -> None:
    """Without years the window is the last one of the state's life."""
    done = run("orient", "DDR", "--poles", "USA,RUS", "--format", "csv", "--store", folder)
    assert done.code == 0
    assert done.out.splitlines()[-1].startswith("DDR,1990")


def test_a_pole_is_explained_between_others(run, folder: Path) -> None:
    """Russia's own movement is told between the other two of the default poles."""
    done = run("explain", "RUS", "--from", "1985", "--to", "1995", "--store", folder)
    assert done.code == 0
    assert "USA (+) and CHN" in done.out


def test_swapping_poles_mirrors_the_lean(run, folder: Path) -> None:
    """Lean towards B against A is minus lean towards A against B."""
    one = run("orient", "EGY", "--poles", "USA,RUS", "--from", "1970", "--format", "json", "--store", folder)
    two = run("orient", "EGY", "--poles", "RUS,USA", "--from", "1970", "--format", "json", "--store", folder)
    for a, b in zip(json.loads(one.out), json.loads(two.out), strict=True):
        assert a["lean"] == pytest.approx(-b["lean"], abs=2e-6)
        assert a["lo90"] == pytest.approx(-b["hi90"], abs=2e-6)


def test_explain_adds_up_to_the_movement(run, folder: Path) -> None:
    """Contributions by indicator sum to the difference of the two leans."""
    told = run(
        "explain",
        "IRQ",
        "--from",
        "2009",
        "--to",
        "2019",
        "--poles",
        "USA,RUS",
        "--format",
        "csv",
        "--store",
        folder,
    )
    lean = run(
        "orient",
        "IRQ",
        "--from",
        "2009",
        "--to",
        "2019",
        "--poles",
        "USA,RUS",
        "--format",
        "csv",
        "--store",
        folder,
    )
    leans = pd.read_csv(io.StringIO(lean.out)).lean
    parts = pd.read_csv(io.StringIO(told.out)).contribution
    assert parts.sum() == pytest.approx(leans.iloc[-1] - leans.iloc[0], abs=1e-4)  # printed with six decimals


def test_explain_table_adds_up_by_eye(run, folder: Path) -> None:
    """The printed column has a rounding line and a sum."""
    done = run("explain", "IRQ", "--from", "2009", "--to", "2019", "--store", folder)
    assert "rounding" in done.out
    assert "movement" in done.out


def test_explain_opens_votes_down_to_roll_calls(run, folder: Path) -> None:
    """The reading of votes opens to the resolutions in which the state and the pole parted."""
    done = run("explain", "IRQ", "--from", "2009", "--to", "2019", "--open", "roll_calls", "--store", folder)
    assert done.code == 0
    assert "contested roll calls" in done.err
    assert "R/64/" in done.err
    assert "Licence" in done.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("orient", "Burkina Fasso"), "Burkina Faso"),
        (("orient", "IRQ", "--from", "2019", "--to", "2009"), "Give the earlier year first"),
        (("orient", "IRQ", "--poles", "USA,BRA"), "no readings as a pole"),
        (("orient", "IRQ", "--poles", "USA"), "needs two poles"),
        (("orient", "IRQ", "--from", "1800", "--to", "1810"), "Choose years within"),
        (("orient", "IRQ", "--from", "soon"), "--from"),
        (("explain", "IRQ", "--from", "2009", "--to", "2019", "--open", "horoscope"), "Indicators that did"),
        (("digest", "IRQ", "-o", "iraq.docx"), ".html"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(
    run, folder: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    """Exit code 2, nothing on stdout, no traceback, the next step named."""
    done = run(*arguments, "--store", folder)
    assert done.code == 2
    assert done.out == ""
    assert "Traceback" not in done.err
    assert sentence in " ".join(done.err.split())


def test_a_store_that_cannot_be_made_is_an_environment_problem(run, tmp_path: Path) -> None:
    """A folder that may not be written to ends with exit code 1 and one sentence."""
    (tmp_path / "file").write_text("in the way")
    done = run("orient", "IRQ", "--store", tmp_path / "file" / "store")
    assert done.code == 1
    assert "--store" in done.err
    assert "Traceback" not in done.err


def test_rounded_contributions_add_up() -> None:
    """The rounding line is what rounding left over, to the last printed digit."""
    table = pd.DataFrame({"label": list("abc"), "contribution": [0.114, 0.114, 0.114]})
    shown = with_rounding_line(table, 0.342)
    assert shown.contribution.iloc[:-1].sum() == pytest.approx(shown.contribution.iloc[-1], abs=1e-12)
    assert shown.contribution.iloc[-2] == pytest.approx(0.01)


def test_period_fills_in_and_refuses() -> None:
    """Missing years are the last ones; reversed years are refused."""
    assert period(None, None, (1946, 2024), shown=15) == (2010, 2024)
    assert period(1900, 1950, (1946, 2024), shown=15) == (1946, 1950)
    with pytest.raises(InputError):
        period(2020, 2010, (1946, 2024), shown=15)


def test_months_and_draws_are_printed(run, folder: Path) -> None:
    """A month has its ISO date; draws come one row a draw, pole and year."""
    months = run(
        *("orient", "IRQ", "--poles", "USA,RUS", "--from", "2009", "--to", "2009"),
        "--step",
        "month",
        "--format",
        "csv",
        "--store",
        folder,
    )
    assert pd.read_csv(io.StringIO(months.out)).date.tolist()[-1] == "2009-12"
    drawn = run(
        *("orient", "IRQ", "--poles", "USA,RUS", "--from", "2008", "--to", "2009"),
        "--draws",
        "3",
        "--format",
        "csv",
        "--store",
        folder,
    )
    table = pd.read_csv(io.StringIO(drawn.out))
    assert list(table.columns) == ["draw", "state", "pole", "date", "closeness"]
    assert len(table) == 3 * 2 * 2


def test_roll_calls_add_up_to_the_contribution_of_votes(run, folder: Path) -> None:
    """One line a roll call, with what they leave over, sums to the readings' contribution."""
    asked = ("explain", "IRQ", "--poles", "USA,RUS", "--from", "2009", "--to", "2019", "--open", "roll_calls")
    readings = pd.read_csv(io.StringIO(run(*asked, "--format", "csv", "--store", folder).out))
    calls = pd.read_csv(io.StringIO(run(*asked, "--by-key", "--format", "csv", "--store", folder).out))
    assert len(calls) > len(readings)
    assert calls.contribution.sum() == pytest.approx(
        readings.contribution.sum(), abs=1e-3
    )  # printed with six decimals


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--step", "week"), "year or month"),
        (("--without", "horoscopes"), "no family of indicators"),
        (("--indicator", "absent.yaml"), "There is no file"),
    ],
)
def test_wrong_wishes_are_refused(run, folder: Path, arguments: tuple[str, ...], sentence: str) -> None:
    """A step, a family or a file that does not exist ends with exit code 2."""
    done = run("orient", "IRQ", *arguments, "--store", folder)
    assert done.code == 2
    assert sentence in " ".join(done.err.split())
