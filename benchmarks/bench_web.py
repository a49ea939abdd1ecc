"""How fast and how heavy the pages are, on the packaged snapshot: first visits, repeated visits, fifty readers at once.

python benchmarks/bench_web.py [--store DIR] [--data DIR] [--readers 50] [--seconds 20]

Starts `aneroid serve` on this machine and asks it over the loopback interface alone. While the readers read, another process
writes a new version into the store. ``--data`` is taken so that all benchmarks can be called alike; nothing in it is used.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

PAGES = (
    *(
        "/",
        "/state/IRQ",
        "/state/TUR",
        "/state/POL",
        "/compare?s=IRQ,TUR,EGY",
        "/dyad/IRQ/RUS",
        "/map?year=1985",
    ),
    *(
        "/realignments",
        "/claims",
        "/forecasts",
        "/scenario?host=IRQ&guarantor=USA",
        "/data",
        "/methods",
        "/digest",
    ),
    *("/v1/orientation?state=IRQ", "/v1/states", "/v1/realignments"),
)
PATIENCE = 900  # seconds for a store that has to be built and fitted first


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure the pages.")
    parser.add_argument("--store", type=Path, help="a finished store; copied, never written to")
    parser.add_argument("--data", type=Path, help="not used")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        store = Path(scratch) / "store"
        if given.store:
            shutil.copytree(given.store, store)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-c", "from aneroid.cli import main; main()", "serve", "--quiet"]
        started = time.monotonic()
        with subprocess.Popen(
            [*command, "--port", str(port), "--store", str(store), "--rate", "0"]
        ) as server:
            try:
                measure(port, store, started, given.readers, given.seconds)
            finally:
                server.terminate()


def measure(port: int, store: Path, started: float, readers: int, seconds: float) -> None:
    """Ask for everything and print what it took."""
    while not reachable(port):
        time.sleep(0.1)
    print(f"answers after {time.monotonic() - started:.1f} s")
    until = time.monotonic() + PATIENCE
    while b"being computed" in fetch(port, "/index.json")[2]:
        if time.monotonic() > until:
            raise SystemExit("No estimate within fifteen minutes.")
        time.sleep(1)
    print(
        f"estimates after {time.monotonic() - started:.1f} s (from {'a given' if store.exists() else 'a new'} store)"
    )
    print(f"\n{'page':38}{'first, s':>10}{'again, ms':>11}{'KB packed':>11}")
    for path in PAGES:
        first, _, body = fetch(port, path)
        again = min(fetch(port, path)[0] for _ in range(5))
        print(f"{path:38}{first:10.2f}{1000 * again:11.1f}{len(gzip.compress(body)) / 1024:11.1f}")
    show("one reader, repeated visits", *crowd(port, 1, 5.0))
    writer = threading.Thread(target=write_beside, args=(store, seconds))
    writer.start()
    show(f"{readers} readers, while another process writes", *crowd(port, readers, seconds))
    writer.join()


def reachable(port: int) -> bool:
    """Whether something answers on the port."""
    try:
        return fetch(port, "/patterns")[1] == 200
    except OSError:
        return False


def fetch(port: int, path: str) -> tuple[float, int, bytes]:
    """Seconds, status and body of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    before = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    took = time.perf_counter() - before
    connection.close()
    return took, answer.status, body


def crowd(port: int, readers: int, seconds: float) -> tuple[list[float], int]:
    """Let readers ask for random pages, each with half a second of reading between two; times and number of errors."""
    times: list[float] = []
    errors: list[int] = []
    until = time.monotonic() + seconds

    def read(seed: int) -> None:
        chance = random.Random(seed)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < until:
            before = time.perf_counter()
            connection.request("GET", chance.choice(PAGES), headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - before)
            if answer.status != 200:
                errors.append(answer.status)
            time.sleep(0.5)
        connection.close()

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, len(errors)


def show(label: str, times: list[float], errors: int) -> None:
    """Print the middle and the slow end of the times."""
    ordered = sorted(times)
    p50, p95 = (1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95))
    print(f"{label}: {len(times)} requests, p50 {p50:.0f} ms, p95 {p95:.0f} ms, {errors} errors")


def write_beside(store: Path, seconds: float) -> None:
    """Hold the store for writing in another process for half of the time, and leave a changed file behind."""
    code = (
        "import sys, time; from pathlib import Path; from aneroid.record.store import Store\n"
        "with Store.open(Path(sys.argv[1]), write=True) as store:\n"
        "    store.execute('CREATE TABLE IF NOT EXISTS written (n INTEGER)')\n"
        "    store.execute('INSERT INTO written VALUES (1)')\n"
        "    time.sleep(float(sys.argv[2]))\n"
    )
    subprocess.run([sys.executable, "-c", code, str(store), str(seconds / 2)], check=True)


if __name__ == "__main__":
    main()
