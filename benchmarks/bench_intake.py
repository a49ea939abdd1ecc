"""How fast articles are taken in: opened, read, filed and held against the record, in one process. Run by ``make bench``.

With ``--data FOLDER`` that has ``restricted/reuters21578`` it reads news of 1987 (terms do not allow passing them on); else
the two packaged samples, repeated with a line that makes each different. Prints articles and sentences a second, and which
part of the time reading takes.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

from aneroid.claims.batch import Given, read_many  # noqa: E402 # numpy reads the number of threads when imported
from aneroid.errors import InputError  # noqa: E402 # as above
from aneroid.record import Store  # noqa: E402 # as above
from aneroid.text import load_document, read_article, samples  # noqa: E402 # as above
from aneroid.text.collect import Item, collect  # noqa: E402 # as above
from aneroid.text.documents import Document  # noqa: E402 # as above

REUTERS = Path("restricted") / "reuters21578" / "reuters21578.parquet"


def articles(data: Path, count: int) -> tuple[str, list[Item]]:
    """The articles to read, and what they are."""
    if (data / REUTERS).is_file():
        return "Reuters-21578 (1987)", collect(str(data / REUTERS))[:count]
    texts = [read_article(load_document(path)).article.text for path in samples()]

    def item(number: int) -> Item:
        text = f"{texts[number % len(texts)]}\nThis is copy {number}.\n"
        return Item(str(number), lambda: Document(text, str(number)))

    return "packaged samples, repeated", [item(number) for number in range(count)]


def main() -> None:
    """Read, count and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--count", type=int, default=100)
    options = parser.parse_args()
    what, items = articles(options.data, options.count)
    read_article("Peru bought jets from France.\n")  # loads the models, which takes seconds once
    with tempfile.TemporaryDirectory() as where:
        Store.open(Path(where)).close()
        wall, cpu = time.perf_counter(), time.process_time()
        outcomes = list(read_many(items, Path(where), Given(outlet="Reuters")))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        again = time.process_time()
        known = Counter(o.state for o in read_many(items, Path(where), Given(outlet="Reuters")))
        again = time.process_time() - again
    reading = time.process_time()
    for item in items[: len(items) // 4]:
        try:
            read_article(item.load())
        except InputError:  # articles without text are counted above
            continue
    reading = 4 * (time.process_time() - reading)
    counts = ", ".join(f"{n} {state}" for state, n in Counter(o.state for o in outcomes).items())
    sentences = sum(outcome.sentences for outcome in outcomes)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    claims = sum(outcome.claims for outcome in outcomes)
    share = min(1.0, reading / cpu)
    print(f"Intake of {len(items)} articles, {what}: {counts}; {sentences:,} sentences, {claims:,} claims")
    print(f"  {len(items) / cpu:6.1f} articles and {sentences / cpu:6.0f} sentences a second of processor")
    print(
        f"  {wall:.0f} s wall, {cpu:.0f} s processor, of it {share:.0%} reading (from a quarter of them); peak {peak:.2f} GB"
    )
    print(f"  the same again: {again:.1f} s processor, {dict(known)}")


if __name__ == "__main__":
    main()
