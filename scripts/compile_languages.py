"""Compile the names of states in other languages from the CLDR tables of the package Babel.

Usage: python scripts/compile_languages.py > src/aneroid/actors/data/languages/names.tsv

One line a name: language, state id, name in the nominative. Names with brackets or dashes, which no text uses, are left out. A
language is added by its code in LANGUAGES and a file of its words beside the table (docs/how-to/another-language.md).
"""

from __future__ import annotations

import pycountry
from babel import Locale

from aneroid.states import names_index

LANGUAGES = ("ar", "ru")
OTHER = {"XK": "XKX"}
HEAD = "# Names of states by Unicode CLDR (cldr.unicode.org), Unicode License v3. Built by scripts/compile_languages.py."


def main() -> None:
    """Print the table."""
    states = {row.state for row in names_index()}
    codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | OTHER
    print(HEAD)
    for language in LANGUAGES:
        for territory, name in sorted(Locale(language).territories.items()):
            state = codes.get(territory)
            if state in states and not any(mark in name for mark in "()-–"):
                print(f"{language}\t{state}\t{name}")


if __name__ == "__main__":
    main()
