"""What stands behind the pages: the copy of the store, the fits, the work in the background, and what is remembered."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from aneroid.errors import AneroidError, InputError
from aneroid.web.library import Library

if TYPE_CHECKING:
    from aneroid.orientation.fit import OrientationFit

T = TypeVar("T")
_REMEMBERED = 3000  # results kept
_VINTAGES = 3  # fits of past dates kept in memory
_AGAIN = 30  # seconds after which something that failed is tried again
_LINES = 6  # of progress kept for a waiting page


class NotReady(Exception):
    """Asked for what is still being computed; the page says so and comes back."""

    def __init__(self, work: Work) -> None:
        super().__init__(work.what)
        self.work = work


@dataclass
class Work:
    """Something being computed in the background."""

    what: str
    lines: list[str] = field(default_factory=list)
    since: float = field(default_factory=time.monotonic)
    failed: str = ""

    def tell(self, line: str) -> None:
        """Note a line of progress."""
        self.lines = [*self.lines, line.strip()][-_LINES:]

    @property
    def seconds(self) -> int:
        """How long it has been going on."""
        return round(time.monotonic() - self.since)


@dataclass(frozen=True)
class Fitted:
    """A fit with the name of the run it comes from."""

    fit: OrientationFit
    run: str


class Service:
    """Everything that pages share.

    Parameters
    ----------
    folder
        Folder of the store.
    """

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder)
        self.folder = folder
        self._current: Fitted | None = None
        self._vintages: OrderedDict[dt.date, Fitted] = OrderedDict()
        self._works: dict[Hashable, Work] = {}
        self._guard = threading.Lock()
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._before: OrderedDict[Hashable, object] = OrderedDict()
        self._renewals: set[Hashable] = set()
        self._renewer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="renewal")
        self._children: list[subprocess.Popen[str]] = []

    def start(self) -> None:
        """Begin preparing the store and the fit; returns at once."""
        self._begin(None, "Preparing the store", self._prepare)

    def stop(self) -> None:
        """End what is being computed and delete the copy of the store."""
        self._renewer.shutdown(wait=False, cancel_futures=True)
        for child in self._children:
            child.terminate()
        self.library.close()

    @property
    def version(self) -> str:
        """Changes with the store and with the fit: a page stays the same as long as this does."""
        return f"{self.library.version}.{self._current.run if self._current else ''}"

    @property
    def renewing(self) -> Work | None:
        """The work on a newer version that goes on while the older one is shown, if any."""
        return self._works.get(None) if self._current else None

    def need_store(self) -> None:
        """Raise `NotReady` while there is no copy of the store to read."""
        if not self.library.version:
            raise NotReady(self._works.get(None) or Work("Preparing the store"))

    def look(self) -> None:
        """Notice that the store has changed, and renew copy and fit in the background; cheap enough for every request."""
        work = self._works.get(None)
        if work is not None:
            if work.failed and work.seconds > _AGAIN:  # try again, a writer may have finished
                self._works.pop(None, None)
                self.start()
        elif self.library.is_stale():
            self.start()

    def fitted(self, as_of: dt.date | None = None) -> Fitted:
        """Give the fit of today, or of what was known on a past date.

        Raises
        ------
        NotReady
            It is being computed.
        """
        if self._current is None:
            raise NotReady(self._works.get(None) or Work("Preparing the store"))
        if as_of is None:
            return self._current
        with self._guard:
            if as_of in self._vintages:
                self._vintages.move_to_end(as_of)
                return self._vintages[as_of]
        if as_of not in self._works:
            self._begin(
                as_of,
                f"Estimating again what was known on {as_of.isoformat()}",
                lambda work: self._prepare_vintage(as_of, work),
            )
        raise NotReady(self._works.get(as_of) or Work("Loading"))

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give what was made before under this key for this version, or make it now, once."""
        full = (self.version, key)
        with self._guard:
            if full in self._kept:
                self._kept.move_to_end(full)
                return self._kept[full]  # type: ignore[return-value]  # the key names the type
            lock = self._making.setdefault(full, threading.Lock())
        with lock:
            with self._guard:
                if full in self._kept:
                    return self._kept[full]  # type: ignore[return-value]  # as above
            try:
                made = make()
                with self._guard:
                    self._kept[full] = made
                    self._before[key] = made
                    while len(self._before) > _REMEMBERED:
                        self._before.popitem(last=False)
                    while len(self._kept) > _REMEMBERED:
                        self._kept.popitem(last=False)
            finally:
                self._making.pop(full, None)
            return made

    def before(self, key: Hashable, make: Callable[[], object]) -> object | None:
        """Give what was remembered for an earlier version, and have this version's made in the background, one at a time.

        None where nothing was: then it has to be made now.
        """
        found = self._before.get(key)
        if found is None or not self._current:
            return None
        with self._guard:
            if key in self._renewals:
                return found
            self._renewals.add(key)

        def renew() -> None:
            try:
                make()
            finally:
                self._renewals.discard(key)

        self._renewer.submit(renew)
        return found

    def later(self, key: Hashable, what: str, task: Callable[[Work], T]) -> T:
        """Give what a long computation found, beginning it in the background at the first asking.

        Raises
        ------
        NotReady
            It is being computed, or has failed; the work says which.
        """
        version = self.version
        full = ("later", key)
        if (found := self.recall(full)) is not None:
            return found  # type: ignore[return-value]  # the key names the type

        def keep(work: Work) -> None:
            made = task(work)
            with self._guard:
                self._kept[version, full] = made

        work = self._works.get(full)
        if work is None or (work.failed and work.seconds > _AGAIN):
            self._begin(full, what, keep)
        raise NotReady(self._works.get(full) or Work(what))

    def recall(self, key: Hashable) -> object | None:
        """Give what is remembered under this key, or None; never waits."""
        return self._kept.get((self.version, key))

    def _begin(self, key: Hashable, what: str, task: Callable[[Work], None]) -> None:
        with self._guard:
            if key in self._works and not self._works[key].failed:
                return
            if key is not None and sum(name is not None for name in self._works) >= 2:
                raise InputError(
                    "Two other computations are under way just now. Try again when they are done."
                )
            work = self._works[key] = Work(what)

        def carry_out() -> None:
            try:
                task(work)
            except AneroidError as error:
                work.failed, work.since = str(error), time.monotonic()
            else:
                self._works.pop(key, None)

        threading.Thread(target=carry_out, name=what, daemon=True).start()

    def _prepare(self, work: Work) -> None:
        from aneroid.orientation.desk import current_run
        from aneroid.orientation.fit import OrientationFit

        self.library.renew()
        run, path = self._where()
        if self._current is None or self._current.run != run:
            if not path.exists():
                work.what = "Estimating the orientation of all states"
                self.compute(work)
                self.library.renew()
                run, path = self._where()
            with self.library.open() as store:
                run = current_run(store).run
            self._current = Fitted(OrientationFit.load(path), run)
            # The pages stand from here on; turns follow.
            work.what = "Looking for realignments"
            self.compute(work, "turns")
            self.library.renew()

    def _where(self) -> tuple[str, Path]:
        from aneroid.orientation.desk import current_run

        with self.library.open() as store:
            run = current_run(store).run
        return run, self.folder / "fits" / f"{run}.npz"

    def _prepare_vintage(self, as_of: dt.date, work: Work) -> None:
        from aneroid.orientation.fit import OrientationFit
        from aneroid.web.vintages import vintage_path

        with self.library.open() as store:
            path = vintage_path(self.folder, store, as_of)
        if not path.exists():
            self.compute(work, as_of.isoformat())
        found = Fitted(OrientationFit.load(path), path.stem)
        with self._guard:
            self._vintages[as_of] = found
            while len(self._vintages) > _VINTAGES:
                self._vintages.popitem(last=False)

    def compute(self, work: Work, *arguments: str) -> None:
        """Fit in a process of its own, so that pages keep both their speed and their memory."""
        command = [sys.executable, "-m", "aneroid.web.compute", str(self.folder), *arguments]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._children.append(child)
        assert child.stdout is not None and child.stderr is not None
        for line in child.stdout:
            work.tell(line)
        problem = child.stderr.read().strip()
        code = child.wait()
        self._children.remove(child)
        if code:
            raise AneroidError(
                problem.splitlines()[-1] if problem else f"The computation ended with code {code}."
            )
