"""Readings and fits for the tests of orientation: measured once, fitted once, kept in a folder.

A fit is kept under the hash of its readings, settings and of the model's code, so that a test that was killed goes on
where it stopped and a changed model never answers from old fits.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.measures.verbs import packaged_votes
from aneroid.orientation.fit import fit
from aneroid.orientation.indicators import PACT
from aneroid.orientation.model import Priors
from aneroid.orientation.vintage import readings_on
from aneroid.orientation.votes import MEASURED, vote_readings, without_doubles
from aneroid.sources.indicators import Indicator, load_indicators
from aneroid.sources.snapshot import table
from aneroid.states import poles
from aneroid.tables import read_parquet, write_parquet

if TYPE_CHECKING:
    import pandas as pd

SEED = 20
CELL = ["state", "pole", "year"]
READING = [*CELL, "indicator", "value", "sd"]
QUICK_ROUNDS = (10, 4)
ONLY_ASK = {"desk.py", "opening.py", "sensitivity.py", "vintage.py"}
"""Modules of `aneroid.orientation` that a fit does not depend on."""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Bench:
    """What all tests share: readings, votes, and where fits are kept."""

    indicators: tuple[Indicator, ...]
    poles: tuple[str, ...]
    priors: Priors
    cache: Path
    say: Say

    @classmethod
    def open(cls, cache: Path, towards: Sequence[str], *, quick: bool, say: Say) -> Bench:
        """Open the folder of fits.

        Parameters
        ----------
        cache
            Made where it does not exist.
        towards
            Poles to fit.
        quick
            Fewer rounds of EM, for choosing between designs; not for figures that are published.
        say
            Told what is being computed.
        """
        cache.mkdir(parents=True, exist_ok=True)
        priors = replace(Priors(), rounds=QUICK_ROUNDS) if quick else Priors()
        return cls(tuple(load_indicators()), tuple(towards), priors, cache, say)

    def indicator(self, name: str) -> Indicator:
        """Return the entry of an indicator."""
        return next(item for item in self.indicators if item.name == name)

    def readings(self) -> pd.DataFrame:
        """All readings of the snapshot, those from votes measured from all roll calls."""
        import pandas as pd

        packaged = table("readings")
        measured = self.measured("all", packaged_votes()[1])
        return without_doubles(pd.concat([packaged, measured], ignore_index=True))

    def measured(self, name: str, rollcalls: pd.DataFrame) -> pd.DataFrame:
        """Nearness to the poles measured from some roll calls, kept under a name."""
        key = _hash(_code("aneroid.measures"), name, "".join(self.poles), str(rollcalls["rcid"].sum()))

        def measure() -> pd.DataFrame:
            votes = packaged_votes()[0]
            held = votes[votes["rcid"].isin(rollcalls["rcid"])]
            return vote_readings(held, rollcalls, self.indicator(MEASURED), self.poles, seed=SEED)

        return self._kept(f"votes-{name}-{key}", measure)

    def known(self, origin: int) -> pd.DataFrame:
        """All readings that were known on the last day of a year, votes measured again from those held by then."""
        key = _hash(_code("aneroid.measures"), _code("aneroid.orientation", ("vintage.py", "votes.py")))

        def look() -> pd.DataFrame:
            votes, calls = packaged_votes()
            return readings_on(
                table("readings"),
                self.indicators,
                dt.date(origin, 12, 31),
                votes=votes,
                rollcalls=calls,
                poles=poles.ALL,
                seed=SEED,
            )[READING]

        found = self._kept(f"known-{origin}-{key}", look)
        kept: pd.DataFrame = found[found["pole"].isin(self.poles)]
        return kept

    def closeness(
        self, name: str, readings: pd.DataFrame, using: Collection[str] | None = None
    ) -> pd.DataFrame:
        """Closeness from some readings: ``state, pole, year, mean, sd, n_indicators``, in latent terms.

        Parameters
        ----------
        name
            What the fit is, for the reader of the folder.
        readings
            Frame to fit.
        using
            Names of the indicators to fit, all of them if None. Defence pacts still measure the unit, which is undone
            here.

        Returns
        -------
        pandas.DataFrame
            The standard deviation of closeness between pairs is the unit, so that fits of different readings compare.
        """
        used = [item for item in self.indicators if using is None or item.name in using]
        kept = readings[readings["indicator"].isin([item.name for item in used] + [PACT])]
        words = (repr(self.priors), *self.poles, *(item.name for item in used))
        key = _hash(_code("aneroid.orientation"), _content(kept), *words)

        def compute() -> pd.DataFrame:
            fitted = fit(kept, used, poles=self.poles, seed=SEED, priors=self.priors)
            found = fitted.closeness(None, None, *fitted.years)
            size, zero = fitted.scale.size, fitted.scale.zero
            found["mean"], found["sd"] = found["closeness"] * size + zero, found["sd"] * size
            found["year"] = found["date"].str[:4].astype(int)
            last = found.drop_duplicates(CELL, keep="last")
            return last[[*CELL, "mean", "sd", "n_indicators"]].reset_index(drop=True)

        return self._kept(f"fit-{name}-{key}", compute)

    def table(self, name: str, compute: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Result of a test, kept under the code of the model and of the tests."""
        tests = [item.name for item in files("aneroid.evaluation").iterdir() if "orientation" in item.name]
        code = (_code("aneroid.orientation"), _code("aneroid.evaluation", sorted(tests)))
        return self._kept(f"table-{name}-{_hash(*code, repr(self.priors), *self.poles)}", compute)

    def _kept(self, name: str, compute: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        path = self.cache / f"{name}.parquet"
        if path.exists():
            return read_parquet(path)
        started = time.monotonic()
        found = compute()
        write_parquet(found, path)
        self.say(f"{name.rsplit('-', 1)[0]}: {time.monotonic() - started:.0f} s")
        return found


def _code(package: str, only: Sequence[str] = ()) -> str:
    """Hash of the code of a package (or of some of its modules), without what only asks a fit."""
    digest = hashlib.sha256()
    for entry in sorted(files(package).iterdir(), key=lambda item: item.name):
        wanted = entry.name in only if only else entry.name.endswith(".py") and entry.name not in ONLY_ASK
        if wanted:
            digest.update(entry.read_bytes())
    return digest.hexdigest()


def _content(readings: pd.DataFrame) -> str:
    import pandas as pd

    ordered = readings[READING].sort_values([*CELL, "indicator"], ignore_index=True)
    return hashlib.sha256(pd.util.hash_pandas_object(ordered, index=False).to_numpy().tobytes()).hexdigest()


def _hash(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]
