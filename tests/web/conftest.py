"""The application over a small fitted store, asked without a network."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from aneroid.record.store import Store

LOCAL = ("127.0.0.1", 50000)


@pytest.fixture(scope="session")
def folder(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small fitted store with one article read into it."""
    from aneroid.claims import take_in
    from aneroid.text import load_document, read_article, samples

    where = Path(shutil.copytree(small_store, tmp_path_factory.mktemp("pages") / "store"))
    document = load_document(samples()[-1])
    with Store.open(where, write=True) as store:
        take_in(store, read_article(document), document)
    return where


def ready(client: TestClient) -> TestClient:
    """Wait until estimates stand."""
    until = time.monotonic() + 90
    while client.get("/index.json").json().get("state") == "being computed" and time.monotonic() < until:
        time.sleep(0.1)
    return client


@pytest.fixture(scope="session")
def client(folder: Path) -> Iterator[TestClient]:
    """The application, with estimates."""
    from aneroid.web.app import create_app

    app = create_app(folder, rate=0)
    with TestClient(app, base_url="http://127.0.0.1:8000", client=LOCAL, follow_redirects=False) as made:
        yield ready(made)


@pytest.fixture
def page(client: TestClient) -> Callable[[str], str]:
    """Fetch a page that must be there."""

    def fetch(path: str) -> str:
        answer = client.get(path)
        assert answer.status_code == 200, answer.text[:400]
        return answer.text

    return fetch
