"""How fast articles are read in one process: the whole chain with parser, and surface rules alone. Run by ``make bench``.

The text is our own gold, repeated, or with ``--data`` Reuters articles that the user has. Seconds of the processor and of the
clock are both printed, as a busy machine tells them apart.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from pathlib import Path

from aneroid.evaluation.reading_floors import gold_half
from aneroid.tables import read_parquet
from aneroid.text import Backend, load_backend, read_article

AIMS = {"built-in": 100, "rules": 2000}
REPEATS = {"built-in": 1, "rules": 8}
ARTICLES = 300


def gold() -> list[str]:
    """Our own items, one a paragraph, in articles of ten paragraphs."""
    texts = [record["text"] for record in gold_half("develop")]
    return ["\n\n".join(texts[at : at + 10]) + "\n" for at in range(0, len(texts), 10)]


def reuters(path: Path) -> list[str]:
    """The first articles of Reuters-21578 with a body."""
    bodies = read_parquet(path, columns=["body"])["body"].dropna().astype(str)
    return [body for body in bodies if body.strip()][:ARTICLES]


def measure(backend: Backend, articles: Iterable[str]) -> tuple[int, int, float, float]:
    """Read articles from plain text; return sentences, claims, and seconds of the clock and of the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    sentences = claims = 0
    for article in articles:
        reading = read_article(article, media_type="text/plain", backend=backend)
        sentences += len(reading.sentences)
        claims += len(reading.claims)
    return sentences, claims, time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with restricted/reuters21578")
    options = parser.parse_args()
    corpora = {"our own gold": gold()}
    news = options.data / "restricted/reuters21578/reuters21578.parquet" if options.data is not None else None
    if news is not None and news.exists():
        corpora[f"{ARTICLES} Reuters articles"] = reuters(news)
    print(
        f"{'backend':<10}{'text':<28}{'sentences':>10}{'claims':>8}{'per s, processor':>18}{'per s, clock':>14}   aim"
    )
    for name, aim in AIMS.items():
        backend = load_backend(name)
        read_article("Norway met Kenya.\n", media_type="text/plain", backend=backend)  # loads the model
        for title, articles in corpora.items():
            repeats = REPEATS[name] if title == "our own gold" else 1
            sentences, claims, wall, cpu = measure(backend, articles * repeats)
            print(
                f"{name:<10}{title:<28}{sentences:>10}{claims:>8}{sentences / cpu:>18.0f}{sentences / wall:>14.0f}   {aim}"
            )


if __name__ == "__main__":
    main()
