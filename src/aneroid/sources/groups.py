"""Who belonged to which body and when, as far as the sanctions table needs it."""

from __future__ import annotations

# Bodies whose members stand on all sides: what they decide tells no pole from another.
OPEN_TO_ALL = frozenset(
    {"UN", "OSCE", "CSCE", "Kimberly Process Participants", "Paris Agreement Signatories"}
)

Bodies = dict[str, dict[str, tuple[int, int]]]
LAST = 9999
# The United Kingdom applied EU measures to the end of the transition period, 31 December 2020.
_EUROPEAN = {
    **dict.fromkeys(["BEL", "DEU", "FRA", "ITA", "LUX", "NLD"], (1958, LAST)),
    **dict.fromkeys(["DNK", "IRL"], (1973, LAST)),
    "GBR": (1973, 2020),
    "GRC": (1981, LAST),
    **dict.fromkeys(["ESP", "PRT"], (1986, LAST)),
    **dict.fromkeys(["AUT", "FIN", "SWE"], (1995, LAST)),
    **dict.fromkeys(["CYP", "CZE", "EST", "HUN", "LVA", "LTU", "MLT", "POL", "SVK", "SVN"], (2004, LAST)),
    **dict.fromkeys(["BGR", "ROU"], (2007, LAST)),
    "HRV": (2013, LAST),
}
# Unions whose members are hit when the union is sanctioned, with all members.
TARGETS: Bodies = {
    "EU": _EUROPEAN,
    "EEC": _EUROPEAN,
    "EEU": dict.fromkeys(["ARM", "BLR", "KAZ", "KGZ", "RUS"], (2015, LAST)),
    "Comecon": {
        **dict.fromkeys(["BGR", "CSK", "HUN", "POL", "ROU", "RUS"], (1949, 1991)),
        "ALB": (1949, 1961),
        "DDR": (1950, 1990),
        "MNG": (1962, 1991),
        "CUB": (1972, 1991),
        "VNM": (1978, 1991),
    },
}
# Bodies that sanction, with the poles among their members; the others are not needed.
SENDERS: Bodies = {
    "EU": _EUROPEAN,
    "EEC": _EUROPEAN,
    "NATO": {**dict.fromkeys(["FRA", "GBR", "USA"], (1949, LAST)), "TUR": (1952, LAST)},
    "CoCom": {**dict.fromkeys(["FRA", "GBR", "USA"], (1949, 1994)), "TUR": (1953, 1994)},
    "ChinCom": {**dict.fromkeys(["FRA", "GBR", "USA"], (1952, 1957)), "TUR": (1953, 1957)},
    "G7": dict.fromkeys(["FRA", "GBR", "USA"], (1975, LAST)),
    "G8": {**dict.fromkeys(["FRA", "GBR", "USA"], (1997, 2014)), "RUS": (1997, 2014)},
    "Commonwealth": {"GBR": (1949, LAST), "IND": (1949, LAST)},
    "League of Arab States": {"SAU": (1945, LAST)},
    "OAPEC": {"SAU": (1968, LAST)},
    "OIC": dict.fromkeys(["IRN", "SAU", "TUR"], (1969, LAST)),
    "NAFTA": {"USA": (1994, 2020)},
    "Organization of American States": {"USA": (1948, LAST)},
}


def members(bodies: Bodies, body: str, year: int) -> list[str]:
    """Return the state ids that belonged to a body in a year.

    Parameters
    ----------
    bodies
        ``SENDERS`` or ``TARGETS``.
    body
        A key of it.
    year
        Calendar year; the years of joining and leaving count.

    Returns
    -------
    list of str
        Sorted ids, empty outside the body's life.
    """
    return sorted(state for state, (first, last) in bodies[body].items() if first <= year <= last)
