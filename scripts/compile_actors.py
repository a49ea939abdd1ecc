"""Compile the dated names of office holders from the Phoenix country dictionary (MIT) into our own small table.

Usage: python scripts/compile_actors.py Phoenix.Countries.actors.txt > src/aneroid/actors/data/phoenix_people.tsv

One line a person: name, state id, first year and last year in a government office, sector. Only names of two or
more words are kept: a bare surname is too often somebody else. The licence head of the source goes on top.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

# Codes of the dictionary that differ from our state ids.
CODES = {"ROM": "ROU", "GER": "DEU", "KSV": "XKX", "TMP": "TLS", "SER": "SRB", "PAL": "PSE", "ZAR": "COD"}
SECTORS = ("GOV", "MIL", "LEG", "JUD")
TITLES = (
    "President",
    "Prime",
    "Foreign",
    "Mr",
    "Mr.",
    "Mrs",
    "Mrs.",
    "Ms",
    "Dr",
    "Dr.",
    "The",
    "Senator",
    "Ambassador",
    "Us",
)
TERM = re.compile(r"\[(?P<state>[A-Z]{3})(?P<sector>[A-Z]{3})?[A-Za-z]*\s*(?P<when>[<>]?[\d-]*)\s*\]")


@dataclass
class Person:
    """Names, state and years in office of one entry while its lines are read."""

    names: list[str]
    states: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    open_end: bool = False
    sectors: list[str] = field(default_factory=list)


def year(text: str) -> int:
    """Read the year of a YYMMDD or YYYYMMDD date; two digits under 20 are this century."""
    if len(text) == 8:
        return int(text[:4])
    two = int(text[:2])
    return 2000 + two if two < 20 else 1900 + two


def clean(name: str) -> str:
    """Turn 'AHMAD_AL-JABER_' into 'Ahmad Al-Jaber'."""
    words = name.strip().strip("_").replace("_", " ").split()
    return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in words)


def read_people(lines: list[str]) -> list[Person]:
    """Group the lines of the dictionary into entries with their dated codes."""
    people: list[Person] = []
    for raw in lines:
        line = raw.split("#")[0].rstrip()
        if not line.strip():
            continue
        if line[0] not in "+\t ":
            people.append(Person([clean(line.split(";")[0].split("[")[0])]))
        elif line[0] == "+" and people:
            people[-1].names.append(clean(line[1:].split(";")[0].split("[")[0]))
        for match in TERM.finditer(line) if people else ():
            add_term(people[-1], match)
    return people


def add_term(person: Person, match: re.Match[str]) -> None:
    """Add one dated code to a person if it is an office of a state."""
    sector, when = match["sector"], match["when"]
    if sector not in SECTORS or not when:
        return
    person.states.append(CODES.get(match["state"], match["state"]))
    person.sectors.append(sector)
    person.years += [year(part) for part in re.findall(r"\d{6,8}", when)]
    person.open_end |= when.startswith(">")


def main() -> None:
    """Print the licence head and the table."""
    lines = Path(sys.argv[1]).read_text(encoding="latin-1").splitlines()
    head = [line for line in lines[:60] if line.startswith("#")]
    print("\n".join(head))
    print(
        "# Compiled by scripts/compile_actors.py: name, state, first year, last year (empty: open), sector."
    )
    rows: dict[str, tuple[str, int, str, str]] = {}
    shared: set[str] = set()  # names that mean people of two states are nobody's
    for person in read_people(lines):
        if not person.states or not person.years or len(set(person.states)) > 1:
            continue
        last = "" if person.open_end else str(max(person.years))
        row = (person.states[0], min(person.years), last, person.sectors[0])
        for name in filter(usable, person.names):
            if name in rows and rows[name][0] != row[0]:
                shared.add(name)
            rows.setdefault(name, row)
    for name, row in rows.items():
        if name not in shared:
            print(name, *row, sep="\t")


def usable(name: str) -> bool:
    """Keep plain names of two to five words that do not begin with a title or with a state's adjective."""
    words = name.split()
    if (
        not 2 <= len(words) <= 5
        or words[0] in TITLES
        or {"President", "Minister", "Administration"} & set(words)
    ):
        return False
    return re.fullmatch(r"[A-Za-z' .-]{7,40}", name) is not None


if __name__ == "__main__":
    main()
