"""Draw the pictures of the README from the packaged data.

python scripts/pictures.py [--store DIR] [--out docs/images]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from aneroid.charts.dial import dial
from aneroid.charts.model import poles
from aneroid.charts.render import save_svg
from aneroid.orientation.desk import load_fit
from aneroid.record import find_store
from aneroid.states import pole_name, resolve

STATE, POLES, FIRST, LAST = "IRQ", ("USA", "RUS"), 2003, 2020


def main() -> None:
    """Write ``dial.svg``."""
    parser = argparse.ArgumentParser(description="Draw the pictures of the README.")
    parser.add_argument("--store", type=Path, help="folder of the store")
    parser.add_argument("--out", type=Path, default=Path("docs/images"), help="where to write")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    fitted = load_fit(find_store(given.store), lambda line: print(line, file=sys.stderr))
    lean = fitted.lean([STATE], *POLES, FIRST, LAST)
    pole_a, pole_b = poles([(pole, pole_name(pole)) for pole in POLES])
    chart = dial(lean, state=resolve(STATE).name, pole_a=pole_a, pole_b=pole_b, year=LAST, since=FIRST)
    save_svg(chart, given.out / "dial.svg")
    print(f"{given.out / 'dial.svg'}: {chart.alt}")


if __name__ == "__main__":
    main()
