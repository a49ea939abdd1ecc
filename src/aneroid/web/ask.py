"""What was asked for: the address and query of a request, read with care, beside what is needed to answer it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aneroid.errors import InputError
from aneroid.states import State, parse_poles, pole_name, resolve
from aneroid.web.service import Fitted, Service
from aneroid.web.vintages import EARLIEST

if TYPE_CHECKING:
    from aneroid.charts.model import Pole
    from aneroid.orientation.fit import OrientationFit
    from aneroid.record.store import Store

_LONGEST = 4000  # characters of a query value


@dataclass(frozen=True)
class Ask:
    """One request for a page.

    Parameters
    ----------
    service
        What stands behind the pages.
    path
        The page's address without ``.json``.
    query
        Query parameters as given.
    names
        The parts of the address that vary, such as the state.
    """

    service: Service
    path: str
    query: Mapping[str, str]
    names: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        """A query value, or the default where it is absent or empty."""
        given = self.query.get(name, "").strip()
        if len(given) > _LONGEST:
            raise InputError(f"The value of {name} is longer than {_LONGEST} characters. Shorten it.")
        return given or default

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """One of a few values; the first is the default."""
        given = self.text(name, allowed[0])
        if given not in allowed:
            raise InputError(f'{name}="{given}" is not known. Choose one of {", ".join(allowed)}.')
        return given

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number within limits."""
        given = self.text(name)
        if not given:
            return min(max(default, low), high)
        if not given.isascii() or not given.isdigit() or not low <= int(given[:9]) <= high:
            raise InputError(
                f'{name}="{given[:20]}" cannot be used. Give a whole number from {low} to {high}.'
            )
        return int(given)

    def year(self, name: str = "year", default: int | None = None) -> int:
        """A year of the estimates; the last one by default."""
        first, last = self.fit.years
        return self.whole(name, last if default is None else default, first, last)

    def period(self, shown: int) -> tuple[int, int]:
        """First and last year; the last ``shown`` ones by default."""
        first, last = self.fit.years
        end = self.whole("to", last, first, last)
        start = self.whole("from", max(first, end - shown + 1), first, last)
        if start > end:
            raise InputError(f"from={start} is after to={end}. Give the earlier year first.")
        return start, end

    @cached_property
    def poles(self) -> tuple[str, ...]:
        """Poles asked for, or those of the settings: at least two."""
        from aneroid.settings import load_settings

        found = parse_poles(self.text("poles", load_settings().poles))
        if len(found) < 2:
            raise InputError(f"A lean needs two poles; {found[0]} is one. For instance poles={found[0]},CHN.")
        return found

    @property
    def pair(self) -> tuple[str, str]:
        """The first two poles."""
        return self.poles[0], self.poles[1]

    @cached_property
    def looks(self) -> tuple[Pole, ...]:
        """The poles with their colours."""
        from aneroid.charts.model import poles

        return poles([(pole, pole_name(pole)) for pole in self.poles])

    def state(self, name: str = "code") -> State:
        """The state in the address."""
        return resolve(self.names[name])

    @cached_property
    def as_of(self) -> dt.date | None:
        """The day on which one looks; None for today."""
        given = self.text("as_of")
        if not given:
            return None
        try:
            day = dt.date.fromisoformat(given if len(given) != 4 else f"{given}-12-31")
        except ValueError:
            raise InputError(
                f'as_of="{given[:20]}" is no date. Write it as YYYY-MM-DD, for instance 2014-12-31.'
            ) from None
        today = dt.datetime.now(dt.UTC).date()
        if not EARLIEST <= day <= today:
            raise InputError(
                f"as_of={day} lies outside {EARLIEST} to {today}: before, too little had been published to set a scale."
            )
        return None if day == today else day

    @cached_property
    def fitted(self) -> Fitted:
        """The fit for this request."""
        return self.service.fitted(self.as_of)

    @property
    def fit(self) -> OrientationFit:
        """The fit for this request, without its run."""
        return self.fitted.fit

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store, for reading; while it is being prepared the page waits."""
        self.service.need_store()
        with self.service.library.open() as opened:
            yield opened

    def link(self, path: str | None = None, /, **changes: object) -> str:
        """An address that holds the state: this page's query with changes; None or empty takes a parameter away.

        Another ``path`` keeps poles and date only.
        """
        kept = (
            dict(self.query)
            if path is None
            else {n: v for n, v in self.query.items() if n in {"poles", "as_of"}}
        )
        kept = {n: v for n, v in kept.items() if v and n not in {"figure", "as"}}
        for name, value in changes.items():
            kept.pop(name.rstrip("_"), None)
            if value not in (None, ""):
                kept[name.rstrip("_")] = str(value)
        query = urlencode(kept, safe=",")
        return f"{self.path if path is None else path}{'?' + query if query else ''}"

    @property
    def twin(self) -> str:
        """Address of the page's data."""
        return self.link((self.path if self.path != "/" else "/index") + ".json", **dict(self.query))
