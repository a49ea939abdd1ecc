"""Run the Python blocks of tutorials and write what they print below them. Part of ``make docs``.

python scripts/renew_tutorials.py [NAME.md …]
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import tempfile
from pathlib import Path

TUTORIALS = Path(__file__).parents[1] / "docs" / "tutorials"
COMPUTED = ("can-anyone-forecast-this.md",)
PAIR = re.compile(r"(```python\n(?P<code>.*?)```\n+```text\n)(?P<shown>.*?)(```)", re.DOTALL)


def renewed(page: str, name: str) -> str:
    """Return the page with every output computed again; blocks share their names."""
    names: dict[str, object] = {}

    def run(found: re.Match[str]) -> str:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(found["code"], name, "exec"), names)  # our own page
        return f"{found[1]}{printed.getvalue()}{found[4]}"

    return PAIR.sub(run, page)


def main() -> None:
    """Renew the tutorials named, or all of them, in an empty folder."""
    start = Path.cwd()
    for name in sys.argv[1:] or COMPUTED:
        path = (TUTORIALS / name).resolve()
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            page = renewed(path.read_text(encoding="utf-8"), name)
            os.chdir(start)
        path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
