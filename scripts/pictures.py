"""Draw the pictures of the README from the packaged data.

python scripts/pictures.py [--store DIR] [--out docs/images] [--pages]

With ``--pages`` it also photographs three pages, which needs Chromium and what `make e2e` installs.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from aneroid.charts.dial import dial
from aneroid.charts.model import poles
from aneroid.charts.render import save_svg
from aneroid.orientation.desk import load_fit
from aneroid.record import find_store
from aneroid.states import pole_name, resolve

STATE, POLES, FIRST, LAST = "IRQ", ("USA", "RUS"), 2003, 2020
CHROMIUM = "/usr/bin/chromium"
PAGES = {
    "page-today": ("/", 1040, 860),
    "page-state": ("/state/IRQ?from=2003&to=2020", 1040, 1160),
    "page-phone": ("/scenario?host=IRQ&guarantor=USA", 390, 1000),
}
"""File → address, width and height of the part that is shown."""


def main() -> None:
    """Write ``dial.svg``."""
    parser = argparse.ArgumentParser(description="Draw the pictures of the README.")
    parser.add_argument("--store", type=Path, help="folder of the store")
    parser.add_argument("--out", type=Path, default=Path("docs/images"), help="where to write")
    parser.add_argument("--pages", action="store_true", help="also photograph three pages")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    fitted = load_fit(find_store(given.store), lambda line: print(line, file=sys.stderr))
    lean = fitted.lean([STATE], *POLES, FIRST, LAST)
    pole_a, pole_b = poles([(pole, pole_name(pole)) for pole in POLES])
    chart = dial(lean, state=resolve(STATE).name, pole_a=pole_a, pole_b=pole_b, year=LAST, since=FIRST)
    save_svg(chart, given.out / "dial.svg")
    print(f"{given.out / 'dial.svg'}: {chart.alt}")
    if given.pages:
        photograph(find_store(given.store), given.out)


def photograph(store: Path, out: Path) -> None:
    """Serve the store on this machine and take pictures of the tops of three pages."""
    from playwright.sync_api import sync_playwright

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from aneroid.cli import main; main()", "serve", "--quiet"]
    base = f"http://127.0.0.1:{port}"
    with subprocess.Popen([*command, "--port", str(port), "--store", str(store), "--rate", "0"]) as server:
        try:
            wait(base)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                for name, (path, width, height) in PAGES.items():
                    page = browser.new_page(viewport={"width": width, "height": height})
                    page.goto(base + path, timeout=120_000)
                    page.screenshot(path=out / f"{name}.png")
                    print(f"{out / name}.png: {page.title()}")
        finally:
            server.terminate()


def wait(base: str) -> None:
    """Wait until estimates stand and turns have been looked for."""
    until, found = time.monotonic() + 900, b""
    while b"how_sure" not in found or b'"realignments": []' in found:
        if time.monotonic() > until:
            raise SystemExit("The pages showed no estimate within fifteen minutes.")
        time.sleep(1)
        try:
            found = b"".join(
                urllib.request.urlopen(base + path, timeout=60).read()
                for path in ("/index.json", "/realignments.json")
            )
        except OSError:
            continue


if __name__ == "__main__":
    main()
