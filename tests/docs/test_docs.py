"""Documentation is whole and true: nothing undocumented, no dead link, no example that cannot be typed, no stale number."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT / "scripts"))
from reference_pages import PAGES, command_line, walk  # noqa: E402 # the script is what is tested, and lies in scripts/

PAGES_READ = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
COMPUTED = ["can-anyone-forecast-this.md"]
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@pytest.mark.parametrize("name", list(PAGES))
def test_reference_pages_are_those_the_code_writes(name: str) -> None:
    """Every command, option, setting, indicator, chart and public name is described; run `make docs` to renew."""
    written = (DOCS / "reference" / name).read_text(encoding="utf-8").split("\n\n", 1)[1]
    assert written == "\n".join(PAGES[name]()).rstrip() + "\n"


def test_everything_that_is_public_says_what_it_is() -> None:
    """No empty cell stands in a reference page where a sentence belongs."""
    for name, command in walk(command_line()):
        assert command.help, f"{name} has no help"
        for parameter in command.params:
            assert parameter.name == "help" or parameter.help, f"{name} {parameter.name} has no help"


@pytest.mark.parametrize("page", PAGES_READ, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page names a file that is there."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def _examples() -> list[tuple[str, str]]:
    found = []
    for page in PAGES_READ:
        if "decisions" in page.parts:
            continue
        text = page.read_text(encoding="utf-8")
        blocks = "\n".join(re.findall(r"```(?:bash|sh|console|text)?\n(.*?)```", text, re.DOTALL))
        lines = re.findall(r"^(?:\$ )?(?:\.venv/bin/)?(aneroid [^\n]*)$", blocks, re.MULTILINE)
        lines += re.findall(r"`(?:\.venv/bin/)?(aneroid [a-z-]+[^`]*)`", text)
        found += [(page.name, line.split(" #")[0].split(" > ")[0].split(" | ")[0].strip()) for line in lines]
    return found


@pytest.mark.parametrize(("page", "line"), _examples())
def test_examples_can_be_typed(page: str, line: str) -> None:
    """The command exists and takes the options the page shows."""
    command, name, rest = command_line(), "aneroid", shlex.split(line.replace("…", ""))[1:]
    while hasattr(command, "commands") and rest and not rest[0].startswith("-"):
        assert rest[0] in command.commands, f"{page}: there is no {name} {rest[0]}"
        command, name, rest = command.commands[rest[0]], f"{name} {rest[0]}", rest[1:]
    known = {
        option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
    }
    used = [
        word.split("=")[0] for word in rest if word.startswith("-") and not re.fullmatch(r"-?[\d.]+", word)
    ]
    assert not set(used) - known - {"--help", "-h", "--version", "-"}, f"{page}: {line}"


@pytest.mark.parametrize("name", COMPUTED)
def test_numbers_of_a_tutorial_are_those_it_computes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every Python block runs in order and prints what the page shows below it."""
    monkeypatch.chdir(tmp_path)
    page = (DOCS / "tutorials" / name).read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```\n+```text\n(.*?)```", page, re.DOTALL)
    assert len(blocks) >= 3
    names: dict[str, object] = {}
    for block, shown in blocks:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(block, name, "exec"), names)  # the page is ours
        found, expected = (NUMBER.findall(text) for text in (printed.getvalue(), shown))
        np.testing.assert_allclose([*map(float, found)], [*map(float, expected)], atol=0.02)
        assert re.sub(NUMBER, "0", printed.getvalue()).split() == re.sub(NUMBER, "0", shown).split()
