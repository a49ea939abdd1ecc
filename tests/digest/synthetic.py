"""An invented state between three invented readings of powers, 2003–2020: every number is made up."""

from __future__ import annotations

import math

import pandas as pd

from aneroid.digest import DigestInput, Movement, Vintage

NAMES = {
    "IRQ": "Iraq",
    "USA": "United States",
    "RUS": "Russia",
    "CHN": "China",
    "KWT": "Kuwait",
    "SAU": "Saudi Arabia",
    "JOR": "Jordan",
    "TUR": "Turkey",
    "SYR": "Syria",
    "IRN": "Iran",
}
POLES = (("USA", "United States"), ("RUS", "Russia"), ("CHN", "China"))
SILENT = (2007, 2008, 2018)


def lean_row(
    state: str, year: int, pair: tuple[str, str], mean: float, sd: float, flags: str = ""
) -> dict[str, object]:
    """One row of a lean frame with Gaussian intervals."""
    return {
        "state": state,
        "date": str(year),
        "pole_a": pair[0],
        "pole_b": pair[1],
        "lean": mean,
        "sd": sd,
        "lo50": mean - 0.6745 * sd,
        "hi50": mean + 0.6745 * sd,
        "lo90": mean - 1.6449 * sd,
        "hi90": mean + 1.6449 * sd,
        "n_indicators": 0 if "no data" in flags else 6,
        "flags": flags,
    }


def _lean() -> pd.DataFrame:
    rows = []
    for pair, base, gain in (
        (("USA", "RUS"), -2.1, 2.0),
        (("USA", "CHN"), -1.4, 0.3),
        (("RUS", "CHN"), 0.7, -1.7),
    ):
        for year in range(2002, 2021):
            mean = (
                base
                + gain * (1 - math.exp(-(year - 2002) / 2.5))
                - 0.07 * max(0, year - 2011) * math.copysign(1, gain)
            )
            silent = year in SILENT
            rows.append(
                lean_row(
                    "IRQ", year, pair, mean, 0.62 if silent else 0.42, "no data this year" if silent else ""
                )
            )
    return pd.DataFrame(rows)


def _neighbours() -> pd.DataFrame:
    means = {"KWT": 1.6, "SAU": 1.1, "JOR": 0.9, "TUR": 0.4, "SYR": -2.8}
    rows = [
        lean_row(state, year, ("USA", "RUS"), mean - 0.2 * (year == 2019), 0.45)
        for state, mean in means.items()
        for year in (2019, 2020)
    ]
    return pd.DataFrame(rows)


def _contributions(amount: float) -> pd.DataFrame:
    parts = [
        ("arms_deliveries", "arms deliveries", "USA", 0.83, "sipri", 2020),
        ("arms_deliveries", "arms deliveries", "RUS", -0.31, "sipri", 2020),
        ("troops", "US troops", "USA", -0.38, "troops", 2020),
        ("votes", "UN votes", "USA", 0.22, "ideal_points", 2020),
        ("votes", "UN votes", "RUS", 0.17, "ideal_points", 2020),
        ("sanctions_trade", "trade sanctions", "USA", 0.271, "gsdb", 2019),
        ("defence_agreements", "defence cooperation agreements", "USA", 0.144, "dcad", 2010),
        ("trade", "trade, net of size and distance", "RUS", -0.062, "trade", 2014),
        ("dispute", "disputes", "USA", 0.333, "mid", 2014),
    ]
    frame = pd.DataFrame(
        [("reading", *part) for part in parts],
        columns=["kind", "indicator", "label", "pole", "contribution", "source", "last_year"],
    )
    left = amount - frame["contribution"].sum()
    rest = {
        "kind": "prior",
        "indicator": "prior",
        "label": "prior and common movement",
        "pole": "USA",
        "contribution": left,
    }
    return pd.concat([frame, pd.DataFrame([rest])], ignore_index=True)


_INDICATORS = [
    ("votes", "UN votes", "distance of ideal points", "ideal_points", 1946, 2024),
    ("alliance", "Alliance with defence obligation", "0 to 2", "atop", 1946, 2018),
    ("arms_deliveries", "Arms deliveries", "trend-indicator value", "sipri", 1950, 2024),
    ("troops", "US troops", "persons", "troops", 1950, 2023),
    ("sanctions_trade", "Trade sanctions", "in force", "gsdb", 1950, 2019),
    ("defence_agreements", "Defence cooperation agreements", "in force", "dcad", 1980, 2010),
    ("dispute", "Disputes", "highest hostility", "mid", 1946, 2014),
    ("trade", "Trade, net of size and distance", "log ratio", "trade", 1946, 2014),
]


def _readings() -> pd.DataFrame:
    reach = {
        "votes": (2009, 2020),
        "arms_deliveries": (2005, 2020),
        "troops": (2003, 2020),
        "sanctions_trade": (2003, 2019),
    }
    reach |= {"defence_agreements": (2003, 2010), "dispute": (2003, 2014)}
    rows = [
        (name, pole, year)
        for name, (first, last) in reach.items()
        for pole in (("USA",) if name == "troops" else ("USA", "RUS"))
        for year in range(first, last + 1)
    ]
    return pd.DataFrame(rows, columns=["indicator", "pole", "year"])


_CLAIM_COLUMNS = [
    "claim",
    "date",
    "source",
    "event",
    "target",
    "modality",
    "attributed_to",
    "details",
    "standing",
    "answer",
    "evidence",
    "sentence",
    "sentence_start",
    "title",
    "outlet",
    "published",
]
_CLAIMS = [
    (
        "c1",
        "2012-10",
        "RUS GOV",
        "AGREE",
        "IRQ GOV",
        "happened",
        None,
        "RUS → IRQ; Pantsir-S1; 4,200,000,000 USD",
        "confirmed",
        "on record",
        "Pantsir-S1, ordered 2012 (an arms register)",
        "In October 2012 the two governments signed contracts worth 4.2 billion dollars for attack "
        "helicopters and short-range air defence, a deal suspended within weeks and later resumed in part.",
        1204,
        "An invented article",
        "The Invented Courier",
        "2020-02-01",
    ),
    (
        "c2",
        "2020-01-05",
        "IRQ LEG",
        "REQUEST",
        "USA MIL",
        "decided",
        "state television",
        None,
        "reported",
        "not checked",
        "no structured source in this store records this kind of event",
        "State television said the chamber had voted to ask foreign forces to leave.",
        3310,
        "An invented article",
        "The Invented Courier",
        "2020-02-01",
    ),
    (
        "c3",
        "2020",
        "USA GOV",
        "THREATEN",
        "IRQ",
        "threatened",
        "an unnamed official",
        "if the order is placed",
        "unresolved",
        "not yet resolvable",
        "a threat; the record holds deeds",
        "Sanctions would follow, an unnamed official said, if the order is placed.",
        4021,
        "An invented article",
        "The Invented Courier",
        "2020-02-01",
    ),
]
_SOURCES = [
    (
        "ideal_points",
        "Ideal points from UN voting",
        "Author, A. (2017). A journal 61(2).",
        "10.1177/0022002715595700",
        "",
        "CC0 1.0",
        "yes",
    ),
    (
        "sipri",
        "Arms transfers register",
        "An institute (2025). Arms transfers.",
        None,
        "https://example.org/arms",
        "terms of use",
        "derived-only",
    ),
    (
        "troops",
        "Troops by host",
        "Author, B. (2022). Another journal 39(3).",
        "10.1177/07388942211030885",
        "",
        "public-domain facts",
        "yes",
    ),
    (
        "gsdb",
        "Sanctions data base",
        "Author, C. (2021). A review.",
        None,
        "javascript:alert(1)",
        "on request",
        "derived-only",
    ),
]


def synthetic() -> DigestInput:
    """The input of a digest with everything in it."""
    lean = _lean()
    main = lean[(lean["pole_a"] == "USA") & (lean["pole_b"] == "RUS")].set_index("date")["lean"]
    amount = float(main["2020"] - main["2003"])
    sources = pd.DataFrame(
        _SOURCES, columns=["source", "title", "citation", "doi", "url", "licence", "redistribute"]
    ).assign(retrieved="2025-07-01")
    facts = [
        ("2003-03-20", "An invasion led by the United States began.", "An invented chronicle, p. 12."),
        ("2011-12-18", "The last United States combat troops left.", "An invented chronicle, p. 88."),
    ]
    return DigestInput(
        state="IRQ",
        name="Iraq",
        poles=POLES,
        start=2003,
        end=2020,
        lean=lean,
        neighbours=_neighbours(),
        neighbour_ids=("KWT", "SAU", "JOR", "TUR", "SYR", "IRN"),
        names=NAMES,
        movement=Movement(2003, 2020, amount, _contributions(amount), p_towards_a=0.93),
        p_towards_a=0.08,
        indicators=pd.DataFrame(_INDICATORS, columns=["name", "label", "unit", "source", "first", "last"]),
        readings=_readings(),
        claims=pd.DataFrame(_CLAIMS, columns=_CLAIM_COLUMNS),
        facts=pd.DataFrame(facts, columns=["date", "text", "citation"]),
        sources=sources,
        vintage=Vintage("2025.07 (sha 1f3a9c)", "4be1c20d", "2025-07-01", "2025-07-02", "aneroid 0.1.0"),
        limits=("Intervals have not been tested on states outside the data.",),
    )
