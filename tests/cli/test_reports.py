"""Sources, citations and digests as a user gets them."""

from __future__ import annotations

import json
import re
from pathlib import Path


def test_sources_state_their_terms(run) -> None:
    """Every source says whether its rows may be passed on."""
    done = run("sources", "list", "--format", "json")
    rows = json.loads(done.out)
    assert done.code == 0
    assert {row["redistribute"] for row in rows} <= {"yes", "derived-only", "no"}
    assert all(row["citation"] and row["licence"] for row in rows)


def test_status_tells_years_and_vintage(run, folder: Path) -> None:
    """Each indicator shows which years the store holds and from which vintage."""
    done = run("sources", "status", "--format", "json", "--store", folder)
    rows = {row["indicator"]: row for row in json.loads(done.out)}
    assert rows["votes"]["last_year"] == 2024
    assert all(row["version"] and row["rows"] > 0 for row in rows.values())


def test_cite_prints_what_the_store_uses(run, folder: Path) -> None:
    """Citations with licence; BibTeX has one entry a source; an unknown source is refused."""
    plain = run("cite", "--store", folder)
    bibtex = run("cite", "--bibtex", "--store", folder)
    assert plain.code == 0
    assert "Licence" in plain.out
    assert len(re.findall(r"^@misc\{", bibtex.out, re.MULTILINE)) == len(plain.out.splitlines())
    assert run("cite", "nonesuch", "--store", folder).code == 2


def test_digest_is_one_file_without_script_or_request(run, folder: Path, tmp_path: Path) -> None:
    """The file opens by itself, and the same input gives the same bytes."""
    paths = [tmp_path / "one.html", tmp_path / "two.html"]
    for path in paths:
        done = run(
            "digest",
            "IRQ",
            "--from",
            "2003",
            "--to",
            "2020",
            "-o",
            path,
            "--date",
            "2026-01-01",
            "--store",
            folder,
        )
        assert (done.code, done.out) == (0, "")
    page = paths[0].read_text()
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert "<svg" in page
    assert "<script" not in page
    assert not re.search(r"(src|href)=\"https?://[^\"]+\.(js|css|png|svg|woff2?)", page)


def test_digest_into_a_missing_folder_is_an_environment_problem(run, folder: Path, tmp_path: Path) -> None:
    """Exit code 1 and a sentence; nothing is made."""
    done = run("digest", "IRQ", "-o", tmp_path / "no" / "iraq.html", "--store", folder)
    assert done.code == 1
    assert "folder" in done.err
    assert not (tmp_path / "no").exists()
