"""Turn a self-contained HTML page into pictures, to be looked at: on a desk, on a phone, on paper.

    python scripts/picture.py PAGE.html FOLDER

Needs Debian's ``chromium`` and, for paper, ``pdftoppm`` (poppler-utils). Nothing here runs in the package.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WIDTHS = {"desk": 1200, "phone": 390}
TALL = 9000
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def _chromium(*arguments: str) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        sys.exit("There is no chromium: apt-get install chromium.")
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *_QUIET, f"--user-data-dir={profile}", *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def main(page: Path, folder: Path) -> None:
    """Write ``desk.png``, ``phone.png``, ``print.pdf`` and its pages into the folder."""
    if not page.is_file():
        sys.exit(f"There is no file {page}.")
    folder.mkdir(parents=True, exist_ok=True)
    address = page.resolve().as_uri()
    for name, width in WIDTHS.items():
        # Chromium makes no window under 500 pixels: a phone is a frame inside a wider one.
        with tempfile.NamedTemporaryFile("w", suffix=".html", dir=folder, delete=False) as holder:
            holder.write(f'<body style="margin:0"><iframe src="{address}" width="{width}" height="{TALL}" ')
            holder.write('style="border:0"></iframe>')
        shot = f"--screenshot={folder / f'{name}.png'}"
        _chromium(shot, f"--window-size={max(width, 500)},{TALL}", Path(holder.name).resolve().as_uri())
        Path(holder.name).unlink()
    paper = folder / "print.pdf"
    _chromium(f"--print-to-pdf={paper}", "--no-pdf-header-footer", address)
    if shutil.which("pdftoppm"):
        subprocess.run(["pdftoppm", "-r", "70", "-png", str(paper), str(folder / "print")], check=True)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
