"""Forces of the powers in other states as listed by hand: ``forces.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from aneroid.errors import AneroidError
from aneroid.states.registry import states


@dataclass(frozen=True, slots=True)
class Presence:
    """One force of one power in one state."""

    guarantor: str
    host: str
    first: int
    last: int | None  # None: still there when the list was closed
    text: str
    citation: str
    exit: float | None = None  # share that left within two years of ``last``
    consent: bool = True  # whether the host's government agreed to it

    def present(self, year: int) -> bool:
        """Tell whether the force was there at some time in the year."""
        return self.first <= year <= (self.last if self.last is not None else year)


@cache
def presences() -> tuple[Presence, ...]:
    """Read the list.

    Returns
    -------
    tuple of Presence
        In the order of the file. What is not listed is not known to be absent.

    Raises
    ------
    AneroidError
        An entry names an unknown state, or ends before it begins.
    """
    text = files("aneroid.guarantors").joinpath("forces.yaml").read_text(encoding="utf-8")
    found = tuple(_presence(entry) for entry in yaml.safe_load(text))
    for each in found:
        known = {each.guarantor, each.host} <= set(states())
        if not known or (each.last is not None and each.last < each.first):
            raise AneroidError(
                f"forces.yaml: {each.guarantor} in {each.host} from {each.first} is not sound."
            )
    return found


def _presence(entry: dict[str, object]) -> Presence:
    last, share = entry["to"], entry.get("exit")
    return Presence(
        guarantor=str(entry["guarantor"]),
        host=str(entry["host"]),
        first=int(str(entry["from"])),
        last=None if last is None else int(str(last)),
        text=str(entry["text"]),
        citation=str(entry["citation"]),
        exit=None if share is None else float(str(share)),
        consent=bool(entry.get("consent", True)),
    )
