"""The likeliest answers to "who will be reported to act on whom", from a folder of a temporal knowledge graph."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.forecasts.links import COLUMNS, LinkForecaster
from aneroid.tables import read_parquet

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from aneroid.forecasts.link_training import Progress


def link_outlook(
    folder: Path,
    relation: str,
    *,
    source: str = "",
    target: str = "",
    count: int = 10,
    seed: int = 0,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Rank who comes next on the day after the last fact: targets of a source, or sources of a target.

    Parameters
    ----------
    folder
        Holds ``train.parquet``, perhaps ``valid.parquet``, ``entity_names.parquet`` and ``relation_names.parquet``.
    relation
        Name of the kind of event as the folder spells it.
    source, target
        Name of an actor; exactly one of the two is given, the other one is asked for.
    count
        How many answers.
    seed, progress
        As for :class:`aneroid.forecasts.links.LinkForecaster`.

    Returns
    -------
    pandas.DataFrame
        ``rank, actor, day`` (number of the day forecast). A rank is no probability: `aneroid forecast --scoreboard`
        says how often the right answer stood among the first ten.

    Raises
    ------
    InputError
        Neither or both of ``source`` and ``target``, a name the folder does not have, or a missing file.
    """
    import pandas as pd

    if bool(source) == bool(target):
        raise InputError("Give either a source or a target; the other one is what is asked for.")
    paths = {
        part: folder / f"{part}.parquet" for part in ("train", "valid", "entity_names", "relation_names")
    }
    lacking = [path.name for part, path in paths.items() if part != "valid" and not path.is_file()]
    if lacking:
        raise InputError(
            f"{folder} lacks {', '.join(lacking)}; give a folder in the layout of the link benchmarks."
        )
    facts = np.concatenate(
        [read_parquet(paths[p])[COLUMNS].to_numpy(np.int64) for p in ("train", "valid") if paths[p].is_file()]
    )
    entities, relations = (
        read_parquet(paths[part]).sort_values("id")["name"].astype(str).str.replace("_", " ").tolist()
        for part in ("entity_names", "relation_names")
    )
    actor, kind = _number(source or target, entities, "actor"), _number(relation, relations, "kind of event")
    day = int(facts[:, 3].max()) + 1
    forecaster = LinkForecaster(facts, entities, len(relations), cut=day, seed=seed, progress=progress)
    forecaster.start_day(day)
    answers = forecaster.likely(actor, kind if source else kind + len(relations), count)
    return pd.DataFrame(
        {"rank": np.arange(1, len(answers) + 1), "actor": [entities[i] for i in answers], "day": day}
    )


def _number(name: str, names: Sequence[str], what: str) -> int:
    lowered = {each.casefold(): i for i, each in reversed(list(enumerate(names)))}
    if name.casefold() in lowered:
        return lowered[name.casefold()]
    near = get_close_matches(name.casefold(), lowered, n=3, cutoff=0.6)
    hint = f" Near: {'; '.join(names[lowered[each]] for each in near)}." if near else ""
    raise InputError(f"The folder has no {what} called {name!r}.{hint} Names stand in its name tables.")
