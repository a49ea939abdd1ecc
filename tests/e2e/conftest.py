"""The service as a user starts it, and a browser that watches for errors and for requests to others."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

HERE = Path(__file__).parent
BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
_PATIENCE = 420  # seconds for a store that has to be built and fitted first

# `make test` has no browser: these tests are collected only where `make e2e` asks for them.
collect_ignore_glob = [] if os.environ.get("ANEROID_E2E") else ["test_*.py"]


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark of these tests."""
    config.addinivalue_line("markers", "e2e: a browser walks the pages; runs in `make e2e` alone")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here talks to a real server on this machine, and runs in `make e2e` alone."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("e2e")
            item.add_marker("enable_socket")
            item.add_marker(pytest.mark.timeout(600))


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address + "/index.json", timeout=30) as answer:
            return b"how_sure" in answer.read()
    except OSError:
        return False


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a finished store where ANEROID_E2E_STORE names one, else one built and fitted now; two articles are read."""
    from aneroid.claims import take_in
    from aneroid.orientation.desk import load_fit
    from aneroid.record.store import Store
    from aneroid.text import load_document, read_article, samples

    where = tmp_path_factory.mktemp("e2e") / "store"
    if given := os.environ.get("ANEROID_E2E_STORE"):
        shutil.copytree(given, where)
    load_fit(where)
    for path in samples():
        document = load_document(path)
        with Store.open(where, write=True) as opened:
            take_in(opened, read_article(document), document)
    return where


@pytest.fixture(scope="session")
def address(store: Path) -> Iterator[str]:
    """Where `aneroid serve` answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from aneroid.cli import main; main()", "serve"]
    command += ["--port", str(port), "--store", str(store), "--rate", "0", "--quiet"]
    with subprocess.Popen(command) as server:
        base = f"http://127.0.0.1:{port}"
        until = time.monotonic() + _PATIENCE
        while not _answers(base):
            assert server.poll() is None, "the service ended by itself"
            assert time.monotonic() < until, "no estimate within seven minutes"
            time.sleep(0.5)
        yield base
        server.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    from playwright.sync_api import sync_playwright

    found = next((path for path in BROWSERS if Path(path).exists()), None)
    if found is None:
        pytest.fail(
            "There is no Chromium here. On Debian: apt-get install chromium, then run make e2e again."
        )
    with sync_playwright() as playwright:
        # The sandbox of Chromium needs rights that containers do not give; only our own pages are opened.
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open pages in a fresh context; the test fails on console errors and on requests to anybody else."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(path: str = "/", *, width: int = 1280, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, accept_downloads=True
        )
        context.set_default_timeout(90_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda asked: faults.append(asked.url) if not asked.url.startswith((address, "data:")) else None,
        )
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, faults
