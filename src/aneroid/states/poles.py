"""The powers that others are measured against: those with readings, and those taken by default."""

from __future__ import annotations

from aneroid.errors import InputError
from aneroid.states.lookup import resolve
from aneroid.states.registry import states

ALL: tuple[str, ...] = ("USA", "RUS", "CHN", "GBR", "FRA", "IRN", "TUR", "IND", "SAU")
DEFAULT: tuple[str, ...] = ("USA", "RUS", "CHN")


def pole_name(pole: str) -> str:
    """Give the display name of a pole, as titles and axes show it."""
    return states()[pole].name


def parse_poles(text: str) -> tuple[str, ...]:
    """Read a comma-separated list of poles, by name or any code.

    Parameters
    ----------
    text
        Such as ``USA,RUS`` or ``United States, Russia``.

    Returns
    -------
    tuple of str
        State ids, in the order given.

    Raises
    ------
    InputError
        If a name is unknown, has no readings as a pole, is given twice, or the list is empty.
    """
    poles = [resolve(part).id for part in text.split(",") if part.strip()]
    for pole in poles:
        if pole not in ALL:
            raise InputError(f"{states()[pole]} has no readings as a pole. Choose among {', '.join(ALL)}.")
    if not poles or len(set(poles)) < len(poles):
        raise InputError(f'"{text}" is not a list of different poles. Choose among {", ".join(ALL)}.')
    return tuple(poles)
