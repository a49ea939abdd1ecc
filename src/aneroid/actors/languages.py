"""Names of actors in languages other than English. A language is data: a file of words and of endings, no code.

``data/languages/CODE.yaml`` holds stems, endings and particles, ``names.tsv`` the names of states; forms are put together here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from aneroid.actors.lexicon import DATA, Entry, Kind, read_yaml

FOLDER = "languages"
KINDS = {"names": Kind.STATE, "seats": Kind.SEAT, "adjectives": Kind.ADJECTIVE}


@cache
def languages() -> tuple[str, ...]:
    """Return the ISO 639-1 codes of the languages whose actors are matched, English aside."""
    return tuple(sorted(path.stem for path in (DATA / FOLDER).glob("*.yaml")))


def foreign_entries() -> Iterator[Entry]:
    """Yield every form of every name in every language, our own words before the table of states."""
    for code in languages():
        data = read_yaml(f"{FOLDER}/{code}.yaml")
        skipped = {form for name in data["too_common"] for form in _forms(name, data)}
        for entry in (*_own(code, data), *_states(code, data)):
            if entry.alias not in skipped:
                yield entry


def _own(code: str, data: dict[str, Any]) -> Iterator[Entry]:
    """The words of a language's own file."""
    for key, kind in KINDS.items():
        for state, rows in data.get(key, {}).items():
            sector = "GOV" if kind is Kind.SEAT else None
            for word in rows:
                forms = _adjectives(word, data) if kind is Kind.ADJECTIVE else _forms(word, data)
                yield from (Entry(f, kind, state, sector, note=f"{key} in {code}") for f in forms)
    for state, people in data.get("people", {}).items():
        for name, office, first, last in people:
            note = f"{office} {first}–{last or ''}, in {code}"
            yield from (
                Entry(f, Kind.PERSON, state, "GOV", None, first, last, note) for f in _forms(name, data)
            )
    for actor, names in data.get("organisations", {}).items():
        for name in names:
            note = f"organisation in {code}"
            yield from (
                Entry(f, Kind.ORGANISATION, None, "IGO", actor, note=note) for f in _forms(name, data)
            )


def _states(code: str, data: dict[str, Any]) -> Iterator[Entry]:
    """The names of states in the compiled table."""
    for line in (DATA / FOLDER / "names.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{code}\t"):
            _, state, name = line.split("\t")
            yield from (
                Entry(f, Kind.STATE, state, note=f"name in {code} (CLDR)") for f in _forms(name, data)
            )


def _forms(name: str, data: dict[str, Any]) -> list[str]:
    """A name with the endings of other cases, when it is one word, and with the particles written onto it."""
    cases = [name]
    if " " not in name and "-" not in name and not name.isupper():
        ending = max((e for e in data["endings"] if name.endswith(e)), key=len)
        stem = name[: len(name) - len(ending)]
        cases += [stem + other for other in data["endings"][ending]]
    return list(dict.fromkeys([*cases, *_with_particles(cases, data)]))


def _adjectives(stem: str, data: dict[str, Any]) -> list[str]:
    """An adjective of origin with its endings, article and particles; a stem of two words is taken as it stands."""
    endings = [""] if " " in stem else data["adjective_endings"]
    bare = [stem + ending for ending in endings]
    bare += [data["article"] + form for form in bare] if "article" in data else []
    return list(dict.fromkeys([*bare, *_with_particles(bare, data)]))


def _with_particles(forms: Iterable[str], data: dict[str, Any]) -> Iterator[str]:
    """Forms behind the particles of the language; a particle may swallow the first letter of the article."""
    article: str = data.get("article", "")
    for form in forms:
        for particle in data["prefixes"]:
            joined = (
                form[1:] if article and form.startswith(article) and particle.endswith(article[1]) else form
            )
            yield particle + joined
