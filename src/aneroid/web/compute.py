"""Compute in a process of its own; ``aneroid.web.compute FOLDER [DATE | turns | audit SIGNAL]`` prints a line a step."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path


def main() -> None:
    """Fit the store in the folder given, as known on the date given."""
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    from aneroid.errors import AneroidError
    from aneroid.orientation.desk import load_fit
    from aneroid.web.vintages import compute_vintage

    folder = Path(sys.argv[1])
    try:
        if sys.argv[2:] == ["turns"]:
            from aneroid.realignment.desk import current_turns

            current_turns(folder, tell)
        elif sys.argv[2:3] == ["audit"]:
            from aneroid.audit.desk import audit_all

            audit_all(folder, sys.argv[3:], progress=tell)
        elif len(sys.argv) > 2:
            compute_vintage(folder, dt.date.fromisoformat(sys.argv[2]), tell)
        else:
            load_fit(folder, tell)
    except AneroidError as error:
        print(str(error), file=sys.stderr)
        raise SystemExit(error.exit_code) from None


def tell(line: str) -> None:
    """Pass a line of progress on at once."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
