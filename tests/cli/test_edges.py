"""The command line is quick to explain itself and honest about what went wrong."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

# pydantic is not among them: the command-line library loads it itself to describe its types.
HEAVY = ("pandas", "numpy", "scipy", "duckdb", "spacy", "vl_convert", "trafilatura", "httpx", "jinja2")


def test_help_loads_none_of_the_heavy_libraries() -> None:
    """`--help` of the program and of each command parses arguments and nothing more."""
    code = (
        "import sys\nfrom aneroid.cli import main\n"
        "sys.argv = ['aneroid', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    for arguments in (["--help"], ["orient", "--help"], ["read", "--help"], ["digest", "--help"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
        )
        assert done.stderr.strip().endswith("[]"), done.stderr
        assert "Usage" in done.stdout


def test_version(run) -> None:
    """`--version` names the program and its release."""
    done = run("--version")
    assert done.code == 0
    assert done.out.startswith("aneroid 0.")


def _state(folder: Path) -> str:
    return hashlib.sha256((folder / "store.duckdb").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.html", b""),
        ("blank.txt", b"   \n\n  "),
        ("binary.html", bytes(range(256)) * 64),
        ("no-text.html", b"<html><body><script>1</script></body></html>"),
    ],
)
def test_garbage_is_refused_and_the_store_left_alone(
    run, folder: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    """A file that cannot be read gives one sentence, exit code 2, and changes nothing."""
    before = _state(folder)
    (tmp_path / name).write_bytes(content)
    done = run("read", tmp_path / name, "--store", folder)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.strip().splitlines()) == 1
    assert _state(folder) == before


def test_a_file_of_fifty_megabytes_is_refused(run, folder: Path, tmp_path: Path) -> None:
    """The limit is said, and the file is not read into the store."""
    before = _state(folder)
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    done = run("read", tmp_path / "huge.txt", "--store", folder)
    assert done.code == 2
    assert "MB" in done.err
    assert _state(folder) == before


@pytest.mark.enable_socket  # the name lookup itself must fail; names under .invalid never resolve
def test_a_url_without_network_is_an_environment_problem(run, folder: Path) -> None:
    """No network: exit code 1 and what to do instead."""
    before = _state(folder)
    done = run("read", "https://news.invalid/article.html", "--store", folder)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert "network" in done.err
    assert _state(folder) == before


def test_what_is_not_there_is_refused(run, folder: Path, tmp_path: Path) -> None:
    """A missing file and a folder with nothing to read are named."""
    for path in (tmp_path / "missing.html", tmp_path):
        done = run("read", path, "--store", folder)
        assert done.code == 2
        assert str(path) in done.err


def test_broken_html_still_gives_its_text(run, folder: Path, tmp_path: Path) -> None:
    """Unclosed and crossed tags do not hide a sentence."""
    page = tmp_path / "broken.html"
    page.write_text(
        "<html><body><p>Peru signed a trade agreement with Japan on Monday<div></p><b>. The ministers met in Lima."
    )
    done = run("read", page, "--format", "jsonl", "--no-keep", "--published", "2019-05-07", "--store", folder)
    assert done.code == 0
    assert "PER" in done.out


def test_one_bad_file_of_two_is_exit_code_three(run, folder: Path, tmp_path: Path) -> None:
    """The good one is read, the bad one is named."""
    (tmp_path / "good.txt").write_text("Peru signed a trade agreement with Japan on Monday.\n")
    (tmp_path / "bad.txt").write_bytes(b"")
    done = run(
        "read", tmp_path / "good.txt", tmp_path / "bad.txt", "--no-keep", "--format", "csv", "--store", folder
    )
    assert done.code == 3
    assert "PER" in done.out
    assert "bad.txt" in done.err


def test_reading_twice_changes_nothing(run, folder: Path, tmp_path: Path) -> None:
    """The same text coded by the same release is kept once."""
    page = tmp_path / "twice.txt"
    page.write_text("Norway and Chile signed a defence cooperation agreement in Oslo in March 2018.\n")
    first = run("read", page, "--format", "json", "--store", folder)
    second = run("read", page, "--format", "json", "--store", folder)
    assert first.out == second.out
    assert "kept in" in first.err
    assert "was already in" in second.err
