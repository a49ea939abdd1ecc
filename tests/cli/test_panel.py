"""`aneroid panel` writes the same numbers in four formats, keeps missing apart from zero, and cites what it used."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from aneroid.cli.panel import span
from aneroid.errors import InputError
from aneroid.panel.units import code_of, plain, units
from aneroid.states import all_states
from aneroid.tables import read_parquet


@pytest.fixture(scope="session")
def panels(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One dyad-year panel in four formats and one state-year panel, written once."""
    from aneroid.orientation.desk import load_fit
    from aneroid.panel import PanelSpec, build_panel, write_panel
    from aneroid.record import Store
    from aneroid.record.citations import cited
    from aneroid.record.readings import readings
    from aneroid.sources.indicators import load_indicators

    where = tmp_path_factory.mktemp("panels")
    fitted = load_fit(folder)
    dyads = PanelSpec("dyad-year", "cow", (1988, 1993), ("USA", "RUS"), indicators=True)
    states = PanelSpec("state-year", "iso3", (1988, 1993), ("USA", "RUS", "CHN"), indicators=True)
    with Store.open(folder) as store:
        for spec, names in (
            (dyads, ("d.csv", "d.parquet", "d.dta", "e.dta", "d.jsonl")),
            (states, ("s.csv",)),
        ):
            panel = build_panel(fitted, spec, readings(store), load_indicators())
            blocks = list(panel.blocks())
            once = replace(panel, _make=lambda made=blocks: iter(made))
            for name in names:
                write_panel(once, where / name, cited(store, panel.sources))
    return where


def test_four_formats_hold_the_same_numbers(panels: Path) -> None:
    """CSV, Parquet, Stata and JSON Lines agree in every cell."""
    csv = pd.read_csv(panels / "d.csv")
    others = {
        "parquet": read_parquet(panels / "d.parquet"),
        "stata": pyreadstat.read_dta(panels / "d.dta", apply_value_formats=True)[0],
        "jsonl": pd.DataFrame([json.loads(line) for line in (panels / "d.jsonl").read_text().splitlines()]),
    }
    for name, other in others.items():
        assert list(other.columns) == list(csv.columns), name
        assert len(other) == len(csv), name
        for column in csv:
            if csv[column].dtype.kind in "if":
                left, right = csv[column].astype(float), other[column].astype(float)
                assert (left.isna() == right.isna()).all(), (name, column)
                assert (left - right).abs().max() < 1e-9 or left.isna().all(), (name, column)
            else:
                assert (csv[column] == other[column].astype(str)).all(), (name, column)


def test_a_code_a_pole_and_a_year_name_one_row(panels: Path) -> None:
    """No dyad-year comes twice, and a dyad is directed: the pole stands second."""
    frame = pd.read_csv(panels / "d.csv")
    assert not frame.duplicated(["ccode1", "ccode2", "year"]).any()
    assert set(frame["ccode2"]) == {2, 365}
    assert ((frame["ccode1"] == 365) & (frame["ccode2"] == 2)).any()
    assert ((frame["ccode1"] == 2) & (frame["ccode2"] == 365)).any()


def test_every_state_of_the_system_has_its_row(panels: Path) -> None:
    """A state-year panel has one row for every state that stood in the year, with or without an estimate."""
    frame = pd.read_csv(panels / "s.csv")
    for year in (1988, 1993):
        expected = {state.id for state in all_states(year)}
        assert expected <= set(frame.loc[frame["year"] == year, "state"])
    assert not frame.duplicated(["iso3", "year"]).any()


def test_codes_are_those_of_the_year() -> None:
    """Germany is 260 before unification and 255 after; 345 in 2006 is Serbia's alone."""
    assert (code_of("cow", "DEU", 1980), code_of("cow", "DEU", 1995)) == (260, 255)
    assert (code_of("cow", "YUG", 2005), code_of("cow", "YUG", 2006)) == (345, None)
    assert code_of("cow", "SRB", 2006) == 345


@pytest.mark.parametrize("system", ["iso3", "cow", "gw"])
def test_a_code_and_a_year_are_a_key(system: str) -> None:
    """In every system no two rows share a code and a year."""
    rows, _ = units([state.id for state in all_states()], (1946, 2024), system, set())
    assert len({(row.code, row.year) for row in rows}) == len(rows)


def test_missing_is_blank_with_a_flag_and_never_zero(panels: Path) -> None:
    """A value is there exactly where the flag says that it was read."""
    frame = pd.read_csv(panels / "d.csv")
    flags = [name for name in frame if name.endswith("_cov")]
    assert flags
    for flag in flags:
        read = frame[flag] == "read"
        assert (frame[flag.removesuffix("_cov")].notna() == read).all()
    troops = frame[frame["pole"] == "RUS"]
    assert set(troops["troops_cov"]) <= {"no_coverage", "not_in_system"}
    nothing = frame["close_how"] == "no_coverage"
    assert nothing.any()
    assert frame.loc[nothing, ["close", "close_sd", "close_n"]].isna().all().all()
    assert frame.loc[~nothing, ["close", "close_sd"]].notna().all().all()


def test_lean_is_the_difference_of_closeness(panels: Path) -> None:
    """Lean between two poles is closeness to one less closeness to the other, and has an interval around it."""
    frame = pd.read_csv(panels / "s.csv").dropna(subset=["lean_usa_rus"])
    assert len(frame)
    assert (frame["close_usa"] - frame["close_rus"] - frame["lean_usa_rus"]).abs().max() < 3e-6
    assert (frame["lean_usa_rus_lo90"] < frame["lean_usa_rus"]).all()
    assert set(pd.read_csv(panels / "s.csv").query("state == 'USA'")["close_usa_how"]) == {"self"}


def test_stata_variables_have_short_names_and_labels(panels: Path) -> None:
    """Every variable of the Stata file has a label, names fit, flags are labelled numbers."""
    _, meta = pyreadstat.read_dta(panels / "d.dta")
    assert all(len(name) <= 32 for name in meta.column_names)
    assert all(0 < len(label) <= 80 for label in meta.column_labels)
    assert "no_coverage" in meta.variable_value_labels["close_how"].values()


def test_files_are_plain_ascii_without_a_mark(panels: Path) -> None:
    """CSV and JSON Lines need no encoding to be named, and the first column is called what it is called."""
    for name in ("d.csv", "d.jsonl", "s.csv"):
        (panels / name).read_bytes().decode("ascii")
    assert (panels / "d.csv").read_bytes().startswith(b"state,")
    assert plain("Côte d'Ivoire") == "Cote d'Ivoire"


@pytest.mark.slow
def test_citations_name_exactly_the_sources_used(run, folder: Path, tmp_path: Path) -> None:
    """Without arms the register of arms is not cited; what is cited states its licence."""
    target = tmp_path / "panel.csv"
    done = run("panel", "--years", "1990:1991", "--without", "arms", "-o", target, "--store", folder)
    bib = (tmp_path / "CITATION.bib").read_text()
    assert done.code == 0
    assert "@misc{sipri," not in bib
    assert "@misc{atop," in bib
    assert bib.count("@misc{") == bib.count("Licence:")
    assert "arms" not in pd.read_csv(tmp_path / "panel.codebook.csv")["variable"].str.cat()


def test_the_same_panel_gives_the_same_bytes(panels: Path) -> None:
    """Two files of one panel are equal, also those of Stata, which hold a date."""
    assert (panels / "d.dta").read_bytes() == (panels / "e.dta").read_bytes()


def test_draws_are_joint_and_as_wide_as_the_estimate(folder: Path) -> None:
    """Draw 7 of one pole belongs to draw 7 of another; a row without an estimate has no draw."""
    from aneroid.orientation.desk import load_fit
    from aneroid.panel.estimates import closeness_of, draws_of, place_draws

    fitted = load_fit(folder)
    close = closeness_of(fitted, ["TUR"], ["USA", "RUS"], (1990, 1991))
    drawn = draws_of(fitted, close, 400)
    at = close[(close["pole"] == "USA") & (close["year"] == 1990)].iloc[0]
    years, values = drawn["TUR", "USA"]
    assert years.tolist() == [1990, 1991]
    assert abs(values[:, 0].mean() - at["closeness"]) < 0.2 * at["sd"]
    assert 0.7 < values[:, 0].std() / at["sd"] < 1.2
    together = fitted.draws("TUR", ["USA", "RUS"], 1990, 1991, 400)
    assert np.abs(together[:, 1, 0] - drawn["TUR", "RUS"][1][:, 0]).max() < 1e-5
    place = [np.array(each, dtype=object) for each in (["TUR", "TUR"], ["USA", "USA"], [1990, 1950])]
    columns = place_draws(*place, drawn, "close", 400)
    assert list(columns)[:2] == ["close_d0001", "close_d0002"]
    assert np.isnan(columns["close_d0001"][1])


@pytest.mark.parametrize(
    "wrong",
    [["-o", "panel.xlsx"], ["--years", "1992", "-o", "p.csv"], ["--years", "2000:1990", "-o", "p.csv"]],
)
def test_what_cannot_be_is_said_in_a_sentence(run, folder: Path, wrong: list[str]) -> None:
    """A wrong ending or wrong years leave with code 2 and no traceback."""
    done = run("panel", *wrong, "--store", folder)
    assert done.code == 2
    assert done.err.startswith("aneroid: ")


def test_years_are_read_in_both_spellings() -> None:
    """``A:B`` and ``A-B`` mean the same, nothing means all."""
    assert span("1992:2020", (1946, 2024)) == span("1992-2020", (1946, 2024)) == (1992, 2020)
    assert span("", (1946, 2024)) == (1946, 2024)
    with pytest.raises(InputError, match="two years"):
        span("soon", (1946, 2024))
