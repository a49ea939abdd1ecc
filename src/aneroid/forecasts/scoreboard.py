"""How past forecasts did, as `python -m aneroid.evaluation.scoreboard` last measured it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

SCOREBOARD = Path(__file__).with_name("data") / "scoreboard.json"
COLUMNS = ("forecast", "data", "scored", "measure", "ours", "to_beat", "of", "better")


@dataclass(frozen=True)
class Scoreboard:
    """``table`` has one row a task and measure: ``ours`` beside ``to_beat``, the score ``of`` the named rival; ``better``
    says which direction is better and whether we are. ``notes`` say how it was measured."""

    table: pd.DataFrame
    notes: tuple[str, ...]


def read_scoreboard() -> Scoreboard:
    """Return the packaged scoreboard: every task, where we lose too."""
    import pandas as pd

    content = json.loads(SCOREBOARD.read_text(encoding="utf-8"))
    return Scoreboard(pd.DataFrame(content["rows"], columns=list(COLUMNS)), tuple(content["notes"]))
