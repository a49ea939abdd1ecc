"""`aneroid audit` gives one of three answers with its numbers, and a page that says the same."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from aneroid.audit.injection import responses, spread_between_states
from aneroid.audit.verdict import Answer
from aneroid.charts.event_study import event_study
from aneroid.charts.specification_curve import specification_curve
from aneroid.orientation.desk import load_fit
from aneroid.orientation.fit import OrientationFit
from aneroid.orientation.poles import States
from aneroid.orientation.sensitivity import Headline, sensitivity, weighted_lean
from aneroid.orientation.weights import Weights, load_weights


@pytest.fixture(scope="session")
def fitted(folder: Path) -> OrientationFit:
    """The fit of the small store."""
    return load_fit(folder)


def test_what_is_not_recorded_cannot_be_told(run, folder: Path) -> None:
    """Visits are in no source: the answer says so instead of guessing, and nothing else stands on stdout."""
    done = run("audit", "visit", "--format", "csv", "-q", "--store", folder)
    table = pd.read_csv(io.StringIO(done.out))
    assert done.code == 0
    assert table["answer"].tolist() == [Answer.CANNOT_TELL.value]
    assert table["cases"].tolist() == [0]


@pytest.mark.slow
def test_a_page_says_what_the_command_says(run, folder: Path, tmp_path: Path) -> None:
    """The page of an audit holds the answer, the cases, the limits and the sources, and loads nothing."""
    target = tmp_path / "arms.html"
    done = run("audit", "arms:S-400", "--page", target, "--format", "csv", "-q", "--store", folder)
    assert (done.code, done.err) == (0, "")
    page = target.read_text()
    table = pd.read_csv(io.StringIO(done.out))
    assert table["answer"].iloc[0] in page
    assert "no effect" not in page
    assert "Association, not effect" in page
    assert "arms" in table["without"].iloc[0]
    assert "http-equiv" in page
    assert "<script" not in page


@pytest.mark.parametrize("wrong", [["arms:trebuchet"], [], ["arms", "--all"], ["arms", "--page", "x.pdf"]])
def test_what_cannot_be_asked_is_refused(run, folder: Path, wrong: list[str]) -> None:
    """An unknown weapon, nothing, or two questions at once leave with code 2."""
    done = run("audit", *wrong, "--store", folder)
    assert done.code == 2


def test_the_answer_to_a_shift_is_exact(fitted: OrientationFit) -> None:
    """Moving the raw readings of a state and solving it anew gives what the weights of the fit predict."""
    state, pole, since = "EGY", "RUS", 1985
    spread = spread_between_states(fitted, pole, (1980, 1990)) + 0.1
    years = list(range(1975, 1995))
    i, p = fitted.states.index(state), fitted.poles.index(pole)
    steps = fitted.working.steps.copy()
    steps[i] = 1.0
    moved = fitted.working.response.copy()
    moved[:, i, p, fitted.design.year_index(since) :] += spread[:, None]
    found = []
    for response in (fitted.working.response, moved):
        working = replace(fitted.working, steps=steps, response=response)
        found.append(States(fitted.design, fitted.parameters, fitted.priors, working).posterior(i).mean)
    at = [fitted._solution(state).coordinate(pole, year) for year in years]
    expected = (found[1] - found[0])[at] / fitted.scale.size
    assert np.abs(responses(fitted, state, pole, [since], years, spread)[0] - expected).max() < 1e-9


def test_own_weights_of_one_change_nothing(fitted: OrientationFit) -> None:
    """The packaged weights file is the estimate itself."""
    table = weighted_lean(fitted, ["TUR"], ("USA", "RUS"), (1990, 1995), load_weights())
    assert (table["lean"] - table["own_lean"]).abs().max() < 1e-6
    assert (table["lo90"] - table["own_lo90"]).abs().max() < 1e-4


def test_a_weight_of_nearly_nothing_is_leaving_out(fitted: OrientationFit) -> None:
    """Weights reach zero smoothly, and a larger weight moves the lean away from what is left without it."""
    found = [
        weighted_lean(fitted, ["TUR"], ("USA", "RUS"), (1990, 1990), Weights({"votes": w}, {}))[
            "own_lean"
        ].iloc[0]
        for w in (0.0, 1e-6, 1.0, 4.0)
    ]
    assert found[0] == pytest.approx(found[1], abs=1e-3)
    assert found[2] != pytest.approx(found[0], abs=1e-4)
    assert (found[3] - found[0]) * (found[2] - found[0]) > 0


def test_every_choice_has_its_line_and_a_wider_prior_a_wider_range(fitted: OrientationFit) -> None:
    """A headline is shown without each indicator that was read, with two poles alone and with other steps."""
    table = sensitivity(fitted, Headline("TUR", "USA", "RUS", 1990, 2010))
    assert table["kind"].iloc[0] == "estimate"
    lines = set(table["choice"])
    assert {"without alliance", "without troops", "USA and RUS alone"} <= lines
    by_choice = table.set_index("choice")["sd"]
    assert by_choice["steps half as wide"] < by_choice["all indicators"] < by_choice["steps twice as wide"]
    own = fitted.contributions("TUR", "USA", "RUS", 1990, 2010)
    assert table["movement"].iloc[0] == pytest.approx(own.movement)
    chart = specification_curve(
        table, state="Turkey", pole_a="United States", pole_b="Russia", years=(1990, 2010)
    )
    assert "Turkey" in chart.title
    assert chart.alt
    assert len(chart.data) == len(table)


def test_own_weights_stand_beside_the_estimate(run, folder: Path, tmp_path: Path) -> None:
    """`orient --weights` prints both, and names what is not one; a file that cannot be used leaves with code 2."""
    path = tmp_path / "own.yaml"
    path.write_text("families: {arms: 0}")
    span = ["--poles", "USA,RUS", "--from", "1990", "--to", "1991", "--store", str(folder)]
    done = run("orient", "TUR", "--weights", path, "--format", "csv", *span)
    table = pd.read_csv(io.StringIO(done.out))
    assert done.code == 0
    assert (table["lean"] != table["own_lean"]).all()
    assert "arms 0" in run("orient", "TUR", "--weights", path, *span).err
    path.write_text("arms: 0")
    assert run("orient", "TUR", "--weights", path, *span).code == 2


def test_a_headline_is_printed_and_drawn_under_every_choice(run, folder: Path, tmp_path: Path) -> None:
    """`explain --sensitivity --chart` gives a line a choice and a picture with its words."""
    target = tmp_path / "curve.svg"
    span = ["--poles", "USA,RUS", "--from", "1990", "--to", "2000", "--store", str(folder)]
    done = run("explain", "TUR", "--sensitivity", "--chart", target, "--format", "csv", *span)
    table = pd.read_csv(io.StringIO(done.out))
    assert done.code == 0
    assert {"estimate", "leave one out", "poles", "prior"} <= set(table["kind"])
    assert 'role="img"' in target.read_text()


def test_a_weights_file_is_checked(tmp_path: Path) -> None:
    """A weight below zero, a name nobody knows and a broken file are refused in a sentence."""
    from aneroid.errors import InputError

    for text in ("families: {votes: -1}", "families: {friendship: 1}", "families: [1", "weights: {}"):
        path = tmp_path / "own.yaml"
        path.write_text(text)
        with pytest.raises(InputError, match=r"own\.yaml"):
            load_weights(path, known=["votes"])
    path.write_text("families: {votes: 2}\nindicators: {troops: 0}")
    assert load_weights(path).changed == {"votes": 2.0, "troops": 0.0}


def test_the_event_study_chart_has_a_title_and_words() -> None:
    """A chart says its finding in its title and its numbers in its text alternative."""
    curve = pd.DataFrame(
        {
            "horizon": [-1, 0, 1],
            "gap": [0.0, 0.1, 0.2],
            "lo90": [0.0, 0.0, 0.1],
            "hi90": [0.0, 0.2, 0.3],
            "placebo_lo": [0.0, -0.1, -0.1],
            "placebo_hi": [0.0, 0.1, 0.1],
            "cases": [3, 3, 3],
        }
    )
    chart = event_study(curve, title="An invented finding")
    assert chart.title == "An invented finding"
    assert "1 year after" in chart.alt
    assert "3 cases" in chart.alt
    with pytest.raises(ValueError, match="no year"):
        event_study(curve.iloc[:0], title="x")
