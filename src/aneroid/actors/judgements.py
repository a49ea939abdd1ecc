"""What the user says of a match: the same, different, or unsure. Kept in a file that can be read and edited; obeyed afterwards.

The file has one JSON object a line: ``phrase``, ``means`` (a state id or the id of another actor), ``verdict``, ``on`` (when it
was said) and ``note``. Nothing is deleted; the last line on a phrase and a meaning counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from aneroid.errors import EnvironmentProblem, InputError

FILE = "judgements.jsonl"


class Verdict(StrEnum):
    """What a user says of a phrase and a meaning."""

    SAME = "same"  # always taken, also outside its years
    DIFFERENT = "different"  # never taken; the next rival is
    UNSURE = "unsure"  # not taken, nor any rival: the phrase means nobody until somebody decides


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of the log."""

    phrase: str
    means: str
    verdict: Verdict
    on: str = ""
    note: str = ""


class JudgementLog:
    """The judgements of one user or desk, by folded phrase and meaning."""

    def __init__(self, judgements: tuple[Judgement, ...] = ()) -> None:
        from aneroid.actors.index import fold

        self.judgements = judgements
        self._last = {(fold(j.phrase), j.means): j.verdict for j in judgements}

    @classmethod
    def read(cls, folder: Path) -> JudgementLog:
        """Read the log of a folder (the store's); empty where there is none.

        Raises
        ------
        InputError
            When a line is no judgement; the sentence names it.
        """
        path = folder / FILE
        if not path.exists():
            return cls()
        found = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                try:
                    row = json.loads(line)
                    found.append(Judgement(**row | {"verdict": Verdict(row["verdict"])}))
                except (ValueError, TypeError, KeyError) as problem:
                    raise InputError(
                        f"Line {number} of {path} is no judgement ({problem}). Mend or delete the line."
                    ) from problem
        return cls(tuple(found))

    def verdict(self, folded: str, means: str) -> Verdict | None:
        """Return what was said last of a folded phrase and a meaning."""
        return self._last.get((folded, means))

    def __bool__(self) -> bool:
        """Whether anything was ever said."""
        return bool(self._last)


def judge_actor(folder: Path, phrase: str, means: str, verdict: Verdict | str, note: str = "") -> Judgement:
    """Add a judgement to the log of a folder.

    Parameters
    ----------
    folder
        Where the log is kept: the store's folder.
    phrase
        The words, as printed in the text.
    means
        The state id, or the id of another actor, that they were or should be matched to.
    verdict
        ``same``, ``different`` or ``unsure``.
    note
        Why, for whoever reads the log.

    Returns
    -------
    Judgement
        The line that was added.

    Raises
    ------
    InputError
        When the verdict is none of the three, the phrase is empty, or nobody has that id.
    EnvironmentProblem
        When the log cannot be written.
    """
    if verdict not in list(Verdict):
        raise InputError(f"“{verdict}” is no verdict. Say {', '.join(Verdict)}.")
    if not phrase.strip():
        raise InputError("The phrase is empty. Give the words as they stand in the article.")
    if means not in _known_ids():
        raise InputError(
            f"Nobody has the id “{means}”. Give a state id such as USA, or an actor id such as UNO."
        )
    judgement = Judgement(phrase.strip(), means, Verdict(verdict), datetime.now(UTC).date().isoformat(), note)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / FILE).open("a", encoding="utf-8") as log:
            log.write(json.dumps(asdict(judgement), ensure_ascii=False) + "\n")
    except OSError as problem:
        raise EnvironmentProblem(
            f"The judgement cannot be kept in {folder}: {problem.strerror}."
        ) from problem
    return judgement


def _known_ids() -> frozenset[str]:
    from aneroid.actors.lexicon import entries

    return frozenset(id_ for e in entries() for id_ in (e.state, e.actor) if id_)


_OBEYED: ContextVar[JudgementLog | None] = ContextVar("judgements", default=None)


def obeyed() -> JudgementLog | None:
    """Return the log that matching obeys now; None when there is none, or it is empty."""
    return _OBEYED.get() or None


@contextmanager
def obeying(log: JudgementLog) -> Iterator[None]:
    """Obey a log in everything that is matched inside the block.

    Examples
    --------
    >>> with obeying(JudgementLog((Judgement("Georgia", "GEO", Verdict.DIFFERENT),))):
    ...     from aneroid.actors import identify
    ...     identify("Georgia").state is None
    True
    """
    token = _OBEYED.set(log)
    try:
        yield
    finally:
        _OBEYED.reset(token)
